"""Each rule of the tables of Advocacy Days, broken once."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from advocacy.events.models import (
    AcceptedWarning,
    AdvocacyEvent,
    Appointment,
    Building,
    ChecklistItem,
    EventAsk,
    EventMaterial,
    Recognition,
    Registration,
    RegistrationDistrict,
    ScheduleChange,
    SurveyAnswer,
    Team,
    TeamMember,
    Walk,
)
from legislation.models import Committee
from tests.cast import NOW, TODAY, Cast
from tests.factories.advocacy_days import building, coming, day_of, meets, team
from tests.factories.log import alma_reyes, interoperability, logged
from tests.factories.maps import division
from tests.factories.materials import paper
from tests.factories.measures import measure, proposed
from tests.factories.people import state

Broken = Callable[[Cast], models.Model]


def _event(cast: Cast, **fields: Any) -> AdvocacyEvent:
    known: dict[str, Any] = {
        "name": "Day", "held_on": date(2027, 4, 14), "jurisdiction": state("tx", "Texas"), "coordinator": cast.dana,
        "added_by": cast.dana,
    }  # fmt: skip
    return AdvocacyEvent(**(known | fields))


def _ask(cast: Cast, **fields: Any) -> EventAsk:
    return EventAsk(event=day_of(cast), text="Fund it.", **({"kind": "fund"} | fields))


def _item(cast: Cast, **fields: Any) -> ChecklistItem:
    return ChecklistItem(event=day_of(cast), due_on=TODAY, **({"step": "goal"} | fields))


def _second_step(cast: Cast) -> ChecklistItem:
    first = _item(cast)
    first.save()
    return ChecklistItem(event=first.event, due_on=TODAY, step="goal")


def _person(cast: Cast, event: AdvocacyEvent | None = None, **fields: Any) -> Registration:
    known: dict[str, Any] = {"name": "Ann", "email": "ann@example.org", "registered_at": NOW}
    return Registration(event=event or day_of(cast), **(known | fields))


def _same_address(cast: Cast) -> Registration:
    return _person(cast, coming(day_of(cast), "Ann").event, email="ANN@example.org")


def _same_person(cast: Cast) -> Registration:
    return _person(cast, coming(day_of(cast), cast.sam).event, person=cast.sam)


def _second_district(cast: Cast) -> RegistrationDistrict:
    texas = state("tx", "Texas")
    row, lies = coming(day_of(cast), "Ann"), {"jurisdiction": texas, "chamber_code": "lower"}
    here, there = (division(f"ocd-division/country:us/state:tx/sldl:{one}", texas) for one in (1, 2))
    RegistrationDistrict.objects.create(registration=row, division=here, **lies)
    return RegistrationDistrict(registration=row, division=there, **lies)


def _second_captain(cast: Cast) -> TeamMember:
    event = day_of(cast)
    made = team(event, coming(event, "Ann"))
    return TeamMember(team=made, registration=coming(event, "Bo"), is_captain=True)


def _member(cast: Cast, **fields: Any) -> TeamMember:
    event = day_of(cast)
    return TeamMember(team=team(event), registration=coming(event, "Ann"), **fields)


def _meeting(cast: Cast, **fields: Any) -> Appointment:
    return Appointment(event=day_of(cast), **({"agency": "Health Department"} | fields))


def _same_office(cast: Cast) -> Appointment:
    first = meets(day_of(cast), alma_reyes())
    return Appointment(event=first.event, official=first.official)


def _same_committee(cast: Cast) -> Appointment:
    committee = Committee.objects.create(jurisdiction=state("tx", "Texas"), name="Health")
    first = _meeting(cast, agency="", committee=committee)
    first.save()
    return Appointment(event=first.event, committee=committee)


def _second_building(cast: Cast) -> Building:
    return Building(event=building(day_of(cast)).event, name="CAPITOL")


def _second_walk(cast: Cast) -> Walk:
    hall = building(day_of(cast))
    annex = building(hall.event, "Annex")
    Walk.objects.create(start=hall, end=annex, minutes=5)
    return Walk(start=hall, end=annex, minutes=6)


def _walk_to_itself(cast: Cast) -> Walk:
    hall = building(day_of(cast))
    return Walk(start=hall, end=hall, minutes=1)


def _recognition(cast: Cast, **fields: Any) -> Recognition:
    known: dict[str, Any] = {
        "kind": "award", "direction": "given", "title": "Thanks", "chapter": cast.gulf_prairie, "office": "Mayor",
        "due_on": TODAY, "owner": cast.dana,
    }  # fmt: skip
    return Recognition(**(known | fields))


def _warning(cast: Cast, **fields: Any) -> AcceptedWarning:
    known: dict[str, Any] = {"key": "k", "reason": "Fine.", "accepted_by": cast.dana, "accepted_at": NOW}
    return AcceptedWarning(**({"event": day_of(cast)} | known | fields))


def _second_warning(cast: Cast) -> AcceptedWarning:
    first = _warning(cast)
    first.save()
    return _warning(cast, event=first.event)


def _change(cast: Cast, **fields: Any) -> ScheduleChange:
    known: dict[str, Any] = {
        "what": "time",
        "old": "10:00",
        "new": "11:00",
        "changed_by": cast.dana,
        "changed_at": NOW,
    }
    return ScheduleChange(appointment=meets(day_of(cast), alma_reyes()), **(known | fields))


def _same_material(cast: Cast) -> EventMaterial:
    row = EventMaterial.objects.create(event=day_of(cast), material=paper(cast))
    return EventMaterial(event=row.event, material=row.material)


def _answer(cast: Cast) -> SurveyAnswer:
    return SurveyAnswer(registration=coming(day_of(cast), "Ann"), recommends=11, answered_at=NOW)


BROKEN: list[tuple[str, Broken]] = [
    ("events_event_has_a_known_status_and_format", lambda cast: _event(cast, status="lost")),
    ("events_event_closes_after_it_opens", lambda cast: _event(cast, closes_at=time(9))),
    ("events_event_teams_have_a_size", lambda cast: _event(cast, team_max=1)),
    ("events_event_cap_leaves_a_place", lambda cast: _event(cast, cap=0)),
    (
        "events_event_registration_ends_by_the_day",
        lambda cast: _event(cast, registration_until=date(2027, 4, 15)),
    ),
    ("events_event_budget_has_a_currency", lambda cast: _event(cast, budget=5)),
    ("events_event_edition_was_published_at_a_moment", lambda cast: _event(cast, edition=1)),
    ("events_event_is_cancelled_with_a_reason", lambda cast: _event(cast, status="cancelled")),
    ("events_event_is_cancelled_with_a_reason", lambda cast: _event(cast, cancelled_reason="Storm.")),
    ("events_ask_has_a_known_kind", lambda cast: _ask(cast, kind="beg")),
    (
        "events_ask_is_about_a_measure_or_an_issue",
        lambda cast: _ask(cast, measure=measure("HB 1"), issue=interoperability()),
    ),
    (
        "events_ask_has_a_position_only_on_a_measure",
        lambda cast: _ask(cast, position=proposed(measure("HB 1"), None, "support")),  # type: ignore[arg-type]
    ),
    ("events_checklist_has_each_step_once", _second_step),
    ("events_checklist_own_step_says_what", lambda cast: _item(cast, step="own")),
    ("events_checklist_own_step_says_what", lambda cast: _item(cast, step="lost")),
    ("events_checklist_done_on_and_by_go_together", lambda cast: _item(cast, done_on=TODAY)),
    ("events_registration_address_once_per_event", _same_address),
    ("events_registration_person_once_per_event", _same_person),
    (
        "events_registration_has_a_known_status_language_and_role",
        lambda cast: _person(cast, wished_role="singer"),
    ),
    (
        "events_registration_leaves_after_arriving",
        lambda cast: _person(cast, arrives_at=time(10), leaves_at=time(10)),
    ),
    ("events_registration_speaks_a_language", lambda cast: _person(cast, speaks_english=False)),
    (
        "events_registration_checks_in_with_a_place",
        lambda cast: _person(cast, status="waiting", checked_in_at=NOW),
    ),
    ("events_district_is_one_for_each_chamber", _second_district),
    (
        "events_team_number_is_unique_in_its_event",
        lambda cast: Team(event=team(day_of(cast)).event, number=1),
    ),
    ("events_material_once_on_a_day", _same_material),
    ("events_team_numbers_begin_with_one", lambda cast: Team(event=day_of(cast), number=0)),
    ("events_team_has_one_captain", _second_captain),
    ("events_member_has_known_roles", lambda cast: _member(cast, role="singer")),
    ("events_appointment_is_with_one_office", lambda cast: _meeting(cast, agency="")),
    ("events_appointment_is_with_one_office", lambda cast: _meeting(cast, official=alma_reyes())),
    ("events_appointment_once_per_official", _same_office),
    ("events_appointment_once_per_committee", _same_committee),
    ("events_appointment_has_a_known_status_and_language", lambda cast: _meeting(cast, status="lost")),
    ("events_appointment_takes_five_minutes_to_four_hours", lambda cast: _meeting(cast, minutes=4)),
    ("events_appointment_is_confirmed_for_a_time", lambda cast: _meeting(cast, status="confirmed")),
    (
        "events_appointment_window_has_a_length",
        lambda cast: _meeting(cast, free_from=time(11), free_until=time(10)),
    ),
    (
        "events_appointment_debrief_has_a_moment",
        lambda cast: _meeting(cast, interaction=logged(cast.dana, [alma_reyes()])),
    ),
    ("events_appointment_cap_lets_somebody_in", lambda cast: _meeting(cast, people_cap=0)),
    ("events_building_name_once_per_event", _second_building),
    ("events_walk_is_known_once", _second_walk),
    ("events_walk_stands_once_for_both_ways", _walk_to_itself),
    ("events_recognition_has_known_values", lambda cast: _recognition(cast, kind="cup")),
    ("events_recognition_names_one_office", lambda cast: _recognition(cast, office="")),
    ("events_recognition_done_on_goes_with_done", lambda cast: _recognition(cast, status="done")),
    ("events_warning_is_accepted_once", _second_warning),
    ("events_warning_is_accepted_with_a_reason", lambda cast: _warning(cast, reason="")),
    ("events_survey_recommends_from_zero_to_ten", _answer),
    ("events_change_changes_something_known", lambda cast: _change(cast, new="10:00")),
]


@pytest.mark.parametrize(("name", "broken"), BROKEN)
def test_the_database_refuses_it(cast: Cast, name: str, broken: Broken):
    row = broken(cast)

    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        row.save()

    assert name in str(problem.value) or "UNIQUE constraint failed" in str(problem.value)


@pytest.mark.parametrize(("name", "broken"), BROKEN)
def test_people_are_told_what_is_wrong(cast: Cast, name: str, broken: Broken):
    row = broken(cast)
    (rule,) = [rule for rule in row._meta.constraints if rule.name == name]

    with pytest.raises(ValidationError) as problem:
        row.validate_constraints()

    assert str(rule.violation_error_message) in problem.value.messages


def test_each_rule_is_broken_here():
    ours = [model for model in apps.get_models() if model._meta.app_label == "events"]
    rules = {rule.name for model in ours for rule in model._meta.constraints}

    assert {name for name, _broken in BROKEN} == rules
