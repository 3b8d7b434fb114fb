"""Each rule of the tables of issues, tracked measures and positions, broken once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from advocacy.positions.models import (
    Alert,
    AlertCadence,
    Issue,
    Material,
    MaterialVersion,
    Outcome,
    Position,
    PositionDecision,
    Standpoint,
    TierChange,
    Tracking,
    TrackingNote,
    TrackingWatcher,
)
from advocacy.positions.models import Testimony as Statement  # pytest takes a name with Test for a test
from legislation.models import Measure, MeasureEvent
from tests.cast import Cast
from tests.factories.measures import decided, heard, measure, proposed, took, tracked

DAY = date(2027, 1, 11)
Broken = Callable[[Cast], models.Model]


def _bill() -> Measure:
    return Measure.objects.first() or measure("HB 1")


def _position(cast: Cast, **fields: Any) -> Position:
    known = {"measure": _bill(), "chapter": cast.gulf_prairie, "position": "support", "proposed_on": DAY}
    return Position(**(known | fields))


def _approved(cast: Cast, **fields: Any) -> Position:
    """With an approval; that it is one of another position is what no constraint can tell."""
    decision = decided(
        proposed(measure(f"SB {Position.objects.count()}"), None, Standpoint.SUPPORT), cast.jordan, DAY
    )
    known = {"status": "approved", "approved_on": DAY, "approved_by": cast.jordan, "approval": decision}
    return _position(cast, **(known | fields))


def _outcome(cast: Cast, **fields: Any) -> Outcome:
    known = {"measure": _bill(), "chapter": cast.gulf_prairie, "recorded_on": DAY, "recorded_by": cast.dana}
    return Outcome(**(known | fields))


def _second_outcome(cast: Cast, whose: Any) -> Outcome:
    _outcome(cast, chapter=whose).save()
    return _outcome(cast, chapter=whose)


def _material(cast: Cast, **fields: Any) -> Material:
    known = {"title": "One page", "kind": "fact_sheet", "chapter": cast.gulf_prairie}
    return Material(added_on=DAY, added_by=cast.dana, **(known | fields))


def _version(cast: Cast, **fields: Any) -> MaterialVersion:
    row = Material.objects.first() or _material(cast)
    row.save()
    known = {"language": "en", "number": 1, "text": "Records follow the patient."}
    return MaterialVersion(material=row, written_on=DAY, written_by=cast.dana, **(known | fields))


def _second_version(cast: Cast) -> MaterialVersion:
    _version(cast).save()
    return _version(cast)


def _second_tracking(cast: Cast, whose: Any) -> Tracking:
    tracked(_bill(), whose)
    return Tracking(measure=_bill(), chapter=whose)


def _second_position(cast: Cast, whose: Any) -> Position:
    took(_bill(), whose, Standpoint.SUPPORT, cast.jordan, DAY)
    return _approved(cast, chapter=whose, position="oppose")


def _second_proposal(cast: Cast, whose: Any) -> Position:
    proposed(_bill(), whose, Standpoint.SUPPORT)
    return _position(cast, chapter=whose, position="oppose")


def _decision(cast: Cast, **fields: Any) -> PositionDecision:
    row = Position.objects.first() or proposed(_bill(), None, Standpoint.SUPPORT)
    known = {"step": "national", "ruling": "approved", "standpoint": "support", "decided_on": DAY}
    return PositionDecision(position=row, decided_by=cast.jordan, **(known | fields))


def _second_decision(cast: Cast) -> PositionDecision:
    decided(proposed(_bill(), None, Standpoint.SUPPORT), cast.jordan, DAY)
    return _decision(cast)


def _testimony(cast: Cast, **fields: Any) -> Statement:
    row = took(_bill(), cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan, DAY)
    known = {
        "measure": _bill(),
        "chapter": cast.gulf_prairie,
        "person": cast.dana,
        "form": "written",
        "side": "for",
    }
    said = {"organisation": "Gulf Prairie", "registered_on": DAY, "registered_by": cast.dana}
    return Statement(position=row, **(known | said | fields))


def _second_testimony(cast: Cast) -> Statement:
    hearing = heard(_bill(), datetime(2027, 2, 11, 14, tzinfo=UTC))
    first = _testimony(cast, hearing=hearing)
    first.save()
    return Statement(**{name: getattr(first, name) for name in _COPIED})


_COPIED = (
    "measure", "chapter", "position", "person", "form", "side", "organisation", "hearing", "registered_on",
    "registered_by",
)  # fmt: skip


def _tier(**fields: Any) -> TierChange:
    return TierChange(**({"tracking": tracked(_bill(), None, since=DAY), "on": date(2027, 1, 12)} | fields))


def _followed(**fields: Any) -> Tracking:
    return Tracking(measure=_bill(), **fields)


def _note(cast: Cast, **fields: Any) -> TrackingNote:
    known = {"text": "Ours.", "author": cast.dana, "written_at": datetime(2027, 1, 11, tzinfo=UTC)}
    return TrackingNote(tracking=tracked(_bill(), None), **(known | fields))


def _second_watch(cast: Cast) -> TrackingWatcher:
    row = {"tracking": tracked(_bill(), None), "person": cast.dana}
    TrackingWatcher.objects.create(**row)
    return TrackingWatcher(**row)


def _second_issue() -> Issue:
    Issue.objects.create(title_en="Roads")
    return Issue(title_en="ROADS")


def _alert(cast: Cast, **fields: Any) -> Alert:
    now = datetime(2027, 1, 11, tzinfo=UTC)
    event = MeasureEvent.objects.first() or MeasureEvent.objects.create(
        measure=_bill(), kind="text_changed", key="I", noted_at=now, by=cast.jordan
    )
    known = {"event": event, "person": cast.dana, "because": "owner", "cadence": "daily"}
    followed = Tracking.objects.first() or tracked(_bill(), None)
    return Alert(**(known | {"tracking": followed, "due_at": now, "made_at": now} | fields))


def _second_alert(cast: Cast) -> Alert:
    _alert(cast).save()
    return _alert(cast, because="watcher")


def _second_choice(cast: Cast) -> AlertCadence:
    AlertCadence.objects.create(person=cast.dana, tier=1, cadence="daily")
    return AlertCadence(person=cast.dana, tier=1, cadence="never")


BROKEN: dict[str, Broken] = {
    "positions_alert_once_for_an_event_and_a_person": _second_alert,
    "positions_alert_of_a_follower_names_what_is_followed": lambda cast: _alert(cast, tracking=None),
    "positions_alert_has_known_words": lambda cast: _alert(cast, cadence="hourly"),
    "positions_alert_mailed_has_a_message": lambda cast: _alert(cast, state="mailed"),
    "positions_alert_not_told_says_why": lambda cast: _alert(cast, state="skipped"),
    "positions_alertcadence_once_for_a_tier": _second_choice,
    "positions_alertcadence_is_known_and_for_what_is_followed": lambda cast: AlertCadence(
        person=cast.dana, tier=4, cadence="daily"
    ),
    "positions_issue_title_is_unique": lambda cast: _second_issue(),
    "positions_material_has_a_known_kind_and_level": lambda cast: _material(cast, kind="poster"),
    "positions_material_of_the_society_is_shared": lambda cast: _material(
        cast, chapter=None, confidentiality="chapter"
    ),
    "positions_material_on_a_measure_rests_on_a_position": lambda cast: _material(cast, measure=_bill()),
    "positions_material_archived_on_and_by_go_together": lambda cast: _material(cast, archived_on=DAY),
    "positions_materialversion_number_once_in_a_language": _second_version,
    "positions_materialversion_has_a_known_language_and_number": lambda cast: _version(cast, language="de"),
    "positions_materialversion_has_a_text_or_a_link": lambda cast: _version(cast, text=""),
    "positions_materialversion_link_is_https": lambda cast: _version(cast, link="http://example.org/a"),
    "positions_outcome_once_per_chapter": lambda cast: _second_outcome(cast, cast.gulf_prairie),
    "positions_outcome_once_for_the_society": lambda cast: _second_outcome(cast, None),
    "positions_outcome_has_a_known_part_and_amendments": lambda cast: _outcome(
        cast, contribution="all of it"
    ),
    "positions_tracking_once_per_chapter": lambda cast: _second_tracking(cast, cast.gulf_prairie),
    "positions_tracking_once_by_the_society": lambda cast: _second_tracking(cast, None),
    "positions_tracking_has_a_known_effect": lambda cast: _followed(effect="good"),
    "positions_tracking_has_a_known_likelihood": lambda cast: _followed(likelihood="maybe"),
    "positions_tracking_says_who_added_it_and_when": lambda cast: _followed(added_on=DAY),
    "positions_trackingwatcher_watches_once": _second_watch,
    "positions_trackingnote_is_not_empty": lambda cast: _note(cast, text=""),
    "positions_trackingnote_has_a_known_level": lambda cast: _note(cast, confidentiality="secret"),
    "positions_tierchange_once_a_day": lambda cast: _tier(on=DAY, tier=2),
    "positions_tierchange_is_one_of_four": lambda cast: _tier(tier=5),
    "positions_position_approval_says_who_and_when": lambda cast: _approved(cast, approved_by=None),
    "positions_position_status_goes_with_its_dates": lambda cast: _approved(cast, status="proposed"),
    "positions_position_ends_after_it_was_approved": lambda cast: _approved(cast, ends_on=date(2027, 1, 10)),
    "positions_position_is_proposed_before_it_is_approved": lambda cast: _approved(
        cast, proposed_on=date(2027, 1, 12)
    ),
    "positions_position_has_a_known_status": lambda cast: _position(cast, status="asked"),
    "positions_position_is_not_needed_before_its_proposal": lambda cast: _position(
        cast, needed_by=date(2027, 1, 10)
    ),
    "positions_position_one_waits_per_chapter": lambda cast: _second_proposal(cast, cast.gulf_prairie),
    "positions_position_one_waits_for_the_society": lambda cast: _second_proposal(cast, None),
    "positions_positiondecision_once_per_step": lambda cast: _second_decision(cast),
    "positions_positiondecision_has_a_known_step_and_ruling": lambda cast: _decision(cast, step="mayor"),
    "positions_positiondecision_says_why": lambda cast: _decision(cast, ruling="declined"),
    "positions_testimony_has_a_known_form_and_side": lambda cast: _testimony(cast, side="both"),
    "positions_testimony_is_received_once_delivered": lambda cast: _testimony(cast, reception="Kindly."),
    "positions_testimony_once_per_person_form_and_hearing": lambda cast: _second_testimony(cast),
    "positions_position_one_holds_per_chapter": lambda cast: _second_position(cast, cast.gulf_prairie),
    "positions_position_one_holds_for_the_society": lambda cast: _second_position(cast, None),
}


def test_every_rule_of_these_tables_is_broken_here():
    tables = apps.get_app_config("positions").get_models()

    assert {rule.name for table in tables for rule in table._meta.constraints} == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_and_the_form_refuse_it(cast: Cast, name: str):
    row = BROKEN[name](cast)
    (rule,) = [one for one in row._meta.constraints if one.name == name]

    with pytest.raises(ValidationError, match=str(rule.violation_error_message)):
        rule.validate(type(row), row)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "approved", "approved_on": None, "approved_by": None, "approval": None},
        {"status": "declined"},
        {"status": "withdrawn"},
    ],
    ids=["approved without an approval", "declined with one", "withdrawn later without an end"],
)
def test_each_status_has_the_dates_that_go_with_it(cast: Cast, fields: dict[str, Any]):
    with pytest.raises(IntegrityError), transaction.atomic():
        _approved(cast, **fields).save()


@pytest.mark.parametrize("missing", ["approved_by", "approved_on", "approval"])
def test_an_approval_is_nothing_without_its_decision_its_person_and_its_day(cast: Cast, missing: str):
    with pytest.raises(IntegrityError), transaction.atomic():
        _approved(cast, **{missing: None}).save()


def test_two_chapters_and_the_society_may_each_hold_a_position(cast: Cast):
    for whose in (cast.gulf_prairie, cast.hill_country, None):
        took(_bill(), whose, Standpoint.SUPPORT, cast.jordan)

    assert Position.objects.usable().count() == 3
