"""Mail about a proposal that waits: to those who decide now, once each, and to nobody once it has moved on."""

from datetime import datetime

import time_machine

from advocacy.accounts.models import User
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.models import Ruling
from campaigns.reminders import planner
from tests.cast import NOW, Cast
from tests.factories.measures import measure
from tests.factories.positions import put_forward, ruled


def mailed(clock: time_machine.Traveller, moment: datetime) -> dict[str, str]:
    """Whom the planner writes at that moment, and the subject."""
    clock.move_to(moment)
    known = set(OutboundMessage.objects.values_list("pk", flat=True))
    planner.tick(moment)
    rows = OutboundMessage.objects.exclude(pk__in=known).select_related("user")
    return {row.user.full_name: row.subject for row in rows if isinstance(row.user, User)}


def at(day: int, hour: int, month: int = 2) -> datetime:
    return NOW.replace(month=month, day=day, hour=hour)


def test_whoever_is_asked_is_reminded_after_two_and_four_business_days_once_each(
    cast: Cast, clock: time_machine.Traveller
):
    put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)

    heard = {day: mailed(clock, at(day, 9)) | mailed(clock, at(day, 11)) for day in range(10, 23)}

    what = "HB 210 (90R) · Gulf Prairie: Proposed: Support"
    assert {day: mails for day, mails in heard.items() if mails} == {
        11: {"Luis Ortega": f"{what} waits for your decision, by Feb. 17, 2027"},
        16: {"Luis Ortega": f"{what} waits for your decision, by Feb. 17, 2027"},
    }


def test_an_expedited_proposal_reminds_after_four_hours_and_the_next_step_anew(
    cast: Cast, clock: time_machine.Traveller
):
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie, is_expedited=True)
    early, late, again = (mailed(clock, at(9, hour)) for hour in (13, 14, 15))
    clock.move_to(at(9, 16))
    ruled(row, cast.luis)
    next_step = mailed(clock, at(9, 20))

    assert (early, set(late), again, set(next_step)) == ({}, {"Luis Ortega"}, {}, {"Jordan Blake"})


def test_what_was_decided_meanwhile_reminds_nobody(cast: Cast, clock: time_machine.Traveller):
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)
    ruled(row, cast.luis, Ruling.DECLINED, words="Too early.")

    assert mailed(clock, at(11, 9)) == {}
