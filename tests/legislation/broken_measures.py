"""Measures and what hangs on them, each broken in one way: for test_constraints.py."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from advocacy.accounts.models import User
from legislation.models import (
    CommentPeriod,
    Committee,
    Disposition,
    Hearing,
    LegislativeSession,
    Measure,
    MeasureAction,
    MeasureEvent,
    MeasureRelation,
    NameMatch,
    Official,
    RollCall,
    SessionDeadline,
    Source,
    Sponsorship,
    TextVersion,
    Vote,
)
from tests.factories.log import alma_reyes
from tests.factories.people import UserFactory, state

DAY = date(2026, 3, 1)
Broken = Callable[[], models.Model]


def second(first: models.Model, second: models.Model) -> models.Model:
    first.save()
    return second


def session_90(**fields: Any) -> LegislativeSession:
    known = {"jurisdiction": state("tx", "Texas"), "identifier": "90R", "name": "90th"}
    return LegislativeSession(**(known | fields))


def measure_called(number: str) -> Measure:
    session = LegislativeSession.objects.filter(identifier="90R").first() or session_90()
    session.save()
    return Measure(session=session, number=number, number_key=number)


def health() -> Committee:
    return Committee(jurisdiction=state("tx", "Texas"), name="Health", scheme="own", external_id="h")


def _kept_committee() -> Committee:
    committee = health()
    committee.save()
    return committee


def source() -> Source:
    return Source.objects.get_or_create(key="s", name="S")[0]


def _saved(number: str = "HB 210") -> Measure:
    """One measure of each number, in the database."""
    key = number.replace(" ", "")
    measure = Measure.objects.filter(number_key=key).first() or measure_called(number)
    measure.save()
    return measure


def _line(**fields: Any) -> MeasureAction:
    return MeasureAction(**({"measure": _saved(), "order": 0, "on": DAY, "text": "Filed"} | fields))


def _sponsorship(**fields: Any) -> Sponsorship:
    return Sponsorship(**({"measure": _saved(), "name": "Reyes", "role": "sponsor"} | fields))


def _text() -> TextVersion:
    return TextVersion(measure=_saved(), key="I", label="Introduced")


def _roll_call(**fields: Any) -> RollCall:
    known = {"measure": _saved(), "source": source(), "external_id": "v1", "on": DAY, "motion": "Passage"}
    return RollCall(**(known | fields))


def _vote(order: int = 0, **fields: Any) -> Vote:
    call = RollCall.objects.first() or _roll_call()
    call.save()
    return Vote(**({"roll_call": call, "name": "Reyes", "option": "yes", "order": order} | fields))


def _relation(**fields: Any) -> MeasureRelation:
    first, second = _saved("HB 1"), _saved("HB 2")
    return MeasureRelation(**({"measure": first, "other": second, "kind": "companion"} | fields))


def _hearing(**fields: Any) -> Hearing:
    known = {"jurisdiction": state("tx", "Texas"), "committee_name": "Health", "zone": "America/Chicago"}
    return Hearing(**(known | {"starts_at": timezone.now()} | fields))


def _deadline(**fields: Any) -> SessionDeadline:
    session = LegislativeSession.objects.filter(identifier="90R").first() or session_90()
    session.save()
    return SessionDeadline(**({"session": session, "kind": "crossover", "on": DAY} | fields))


def _comments(**fields: Any) -> CommentPeriod:
    known = {"measure": _saved(), "closes_at": timezone.now(), "zone": "America/New_York"}
    return CommentPeriod(**(known | fields))


def _disposition(**fields: Any) -> Disposition:
    person = User.objects.first() or UserFactory()
    known = {"measure": _saved(), "kind": "other", "adjourned_on": DAY, "confirmed_by": person}
    return Disposition(**(known | {"confirmed_at": timezone.now()} | fields))


def _event(**fields: Any) -> MeasureEvent:
    known = {"measure": _saved(), "kind": "text_changed", "key": "I", "noted_at": timezone.now()}
    return MeasureEvent(**(known | {"source": source()} | fields))


def _name_match(**fields: Any) -> NameMatch:
    official = Official.objects.filter(name="Alma Reyes").first() or alma_reyes()
    session = LegislativeSession.objects.filter(identifier="90R").first() or session_90()
    session.save()
    known = {"session": session, "chamber": "lower", "name": "Reyes", "name_key": "reyes"}
    return NameMatch(official=official, **(known | {"reason": "The journal."} | fields))


BROKEN_MEASURES: dict[str, Broken] = {
    "legislation_measureaction_has_a_place_of_its_own": lambda: second(_line(), _line(text="Again")),
    "legislation_sponsorship_name_stands_once": lambda: second(_sponsorship(), _sponsorship()),
    "legislation_sponsorship_official_stands_once": lambda: second(
        first := _sponsorship(official=alma_reyes()), _sponsorship(official=first.official, name="A. Reyes")
    ),
    "legislation_sponsorship_is_a_person_or_a_committee": lambda: _sponsorship(
        official=alma_reyes(), committee=_kept_committee()
    ),
    "legislation_textversion_is_unique_in_its_measure": lambda: second(_text(), _text()),
    "legislation_rollcall_is_unique_in_its_source": lambda: second(_roll_call(), _roll_call()),
    "legislation_rollcall_has_a_known_result": lambda: _roll_call(result="draw"),
    "legislation_namematch_a_name_is_one_person": lambda: second(
        _name_match(), _name_match(reason="The clerk.")
    ),
    "legislation_namematch_has_a_name": lambda: _name_match(name="–", name_key=""),
    "legislation_namematch_says_how_it_is_known": lambda: _name_match(reason=""),
    "legislation_vote_has_a_place_of_its_own": lambda: second(_vote(), _vote(name="Young")),
    "legislation_vote_official_votes_once": lambda: second(
        first := _vote(official=alma_reyes()), _vote(1, official=first.official)
    ),
    "legislation_vote_has_a_known_option": lambda: _vote(option="maybe"),
    "legislation_measurerelation_stands_once": lambda: second(_relation(), _relation()),
    "legislation_measurerelation_joins_two": lambda: _relation(kind="replaces", other=_saved("HB 1")),
    "legislation_measurerelation_both_ways_stands_once": lambda: _relation(
        measure=(pair := _relation()).other, other=pair.measure
    ),
    "legislation_hearing_is_unique_in_its_source": lambda: second(
        _hearing(source=source(), external_id="h"), _hearing(source=source(), external_id="h")
    ),
    "legislation_hearing_is_of_a_committee": lambda: _hearing(committee_name=""),
    "legislation_hearing_has_a_known_status": lambda: _hearing(status="perhaps"),
    "legislation_session_has_known_rules": lambda: session_90(carry_over="perhaps"),
    "legislation_session_is_in_the_first_or_second_year": lambda: session_90(year=3),
    "legislation_session_signing_window_has_a_day": lambda: session_90(signing_days=0),
    "legislation_disposition_once_per_adjournment": lambda: second(_disposition(), _disposition()),
    "legislation_disposition_has_a_known_kind": lambda: _disposition(
        kind="lost", overruled_at=timezone.now()
    ),
    "legislation_disposition_enters_the_stage_of_its_kind": lambda: _disposition(kind="died"),
    "legislation_disposition_only_waits_in_a_window": lambda: _disposition(window_ends_on=DAY),
    "legislation_measureevent_is_noted_once": lambda: second(_event(), _event()),
    "legislation_measureevent_has_a_known_kind": lambda: _event(kind="rumour"),
    "legislation_measureevent_of_a_hearing_names_it": lambda: _event(kind="hearing_set"),
    "legislation_measureevent_says_who_said_so": lambda: _event(source=None),
    "legislation_sessiondeadline_stands_once": lambda: second(_deadline(), _deadline()),
    "legislation_sessiondeadline_has_a_known_kind": lambda: _deadline(kind="picnic"),
    "legislation_commentperiod_is_extended_to_a_later_moment": lambda: _comments(
        extended_to=timezone.now() - timedelta(days=1)
    ),
    "legislation_commentperiod_tracks_what_was_submitted": lambda: _comments(tracking_number="1k2-3"),
}
