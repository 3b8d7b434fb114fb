"""Each rule of the tables, broken once: the form says it in words, the database refuses it anyway."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from members.taskforce.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    CalendarFeed,
    Decision,
    Meeting,
    MeetingInvitation,
    MeetingSeries,
    MinutesCorrection,
    PublishedMinutes,
)
from tests.cast import NOW, TODAY, Cast
from tests.factories.meetings import FEBRUARY, item, planned, series

Broken = Callable[[Cast], models.Model]


def _meeting(cast: Cast, **fields: Any) -> Meeting:
    known = {"title": "X", "starts_at": FEBRUARY, "host": cast.angela}
    return Meeting(**known | fields)


def _second_of_the_month(cast: Cast) -> Meeting:
    rule = series(cast.angela)
    _meeting(cast, series=rule, period="2027-02").save()
    return _meeting(cast, series=rule, period="2027-02", starts_at=FEBRUARY + timedelta(days=1))


def _invitation(cast: Cast, **fields: Any) -> MeetingInvitation:
    return MeetingInvitation(meeting=planned(cast.angela), person=cast.dana, **fields)


def _attendance(cast: Cast, presence: str = "present", **fields: Any) -> Attendance:
    known = {"confirmed_at": NOW, "confirmed_by": cast.angela, "presence": presence}
    return Attendance(meeting=planned(cast.angela), person=cast.dana, **known | fields)


def _action(cast: Cast, **fields: Any) -> ActionItem:
    known = {"text": "X", "owner": cast.dana, "due_on": TODAY, "made_by": cast.angela}
    return ActionItem(**{"meeting": planned(cast.angela)} | known | fields)


def _feed(cast: Cast, **fields: Any) -> CalendarFeed:
    return CalendarFeed(owner=cast.dana, made_at=NOW, **{"scope": "person", "token_hash": "x", **fields})


def _second(row: models.Model) -> models.Model:
    row.save()
    row.pk = None
    row._state.adding = True
    return row


def _empty_correction(cast: Cast) -> MinutesCorrection:
    published = PublishedMinutes.objects.create(
        meeting=planned(cast.angela), content={}, published_by=cast.angela, published_at=NOW
    )
    return MinutesCorrection(minutes=published, text="", made_by=cast.angela, made_at=NOW)


BROKEN: dict[str, Broken] = {
    "taskforce_meetingseries_names_a_day_of_the_month": lambda cast: MeetingSeries(
        name="X", which=7, starts="13:00"
    ),
    "taskforce_meetingseries_takes_some_minutes": lambda cast: MeetingSeries(
        name="X", minutes=0, starts="13:00"
    ),
    "taskforce_meeting_takes_some_minutes": lambda cast: _meeting(cast, minutes=0),
    "taskforce_meeting_cancelled_has_a_reason": lambda cast: _meeting(cast, status="cancelled"),
    "taskforce_meeting_of_a_series_names_its_month": lambda cast: _meeting(cast, period="2027-02"),
    "taskforce_meeting_once_a_month_in_its_series": _second_of_the_month,
    "taskforce_agendaitem_takes_some_minutes": lambda cast: AgendaItem(
        meeting=planned(cast.angela), title="X", proposed_by=cast.dana, minutes_wanted=0
    ),
    "taskforce_decision_only_a_vote_has_counts": lambda cast: Decision(
        item=item(planned(cast.angela), by=cast.dana), text="X", how="consensus", votes_for=3
    ),
    "taskforce_meetinginvitation_once_per_person": lambda cast: _second(_invitation(cast)),
    "taskforce_meetinginvitation_answer_says_when_and_how": lambda cast: _invitation(cast, answer="yes"),
    "taskforce_meetinginvitation_delegate_has_a_name": lambda cast: _invitation(
        cast, answer="delegate", how="link", answered_at=NOW
    ),
    "taskforce_attendance_once_per_person": lambda cast: _second(_attendance(cast)),
    "taskforce_attendance_delegate_has_a_name": lambda cast: _attendance(cast, delegate_name="X"),
    "taskforce_attendance_minutes_only_of_who_was_there": lambda cast: _attendance(
        cast, "absent", minutes_present=5
    ),
    "taskforce_attendance_confirmed_at_and_by_go_together": lambda cast: _attendance(cast, confirmed_by=None),
    "taskforce_attendance_is_said_by_somebody": lambda cast: _attendance(
        cast, confirmed_by=None, confirmed_at=None
    ),
    "taskforce_minutescorrection_says_something": _empty_correction,
    "taskforce_actionitem_dropped_has_a_reason": lambda cast: _action(
        cast, status="dropped", closed_on=TODAY
    ),
    "taskforce_actionitem_closed_says_when": lambda cast: _action(cast, status="done"),
    "taskforce_actionitem_one_word_per_meeting_and_person": lambda cast: _second(
        _action(cast, about=cast.luis)
    ),
    "taskforce_calendarfeed_token_is_unique": lambda cast: _second(_feed(cast)),
    "taskforce_calendarfeed_only_a_chapters_names_one": lambda cast: _feed(cast, scope="chapter"),
}


def _constraints() -> dict[str, Any]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config("taskforce").get_models()
        for constraint in model._meta.constraints
    }


def test_every_rule_is_broken_here():
    assert _constraints().keys() == BROKEN.keys()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named_in_words_and_refused_by_the_database(cast: Cast, name: str):
    row = BROKEN[name](cast)

    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    assert [str(_constraints()[name].violation_error_message)] == refusal.value.messages

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
