"""Mail about a session that is over: to its leads and to owners, while something of theirs waits (W10)."""

from datetime import date, datetime
from typing import Any

import time_machine

from advocacy.accounts.models import User
from advocacy.outbox.models import OutboundMessage
from campaigns.reminders import planner
from legislation.actions import session_sweep
from legislation.models import CarryOver, Measure, Stage
from legislation.session_sweep import SessionEnd
from tests.cast import NOW, Cast
from tests.factories.measures import adjourned, measure, stepped, tracked

SINE_DIE = date(2027, 6, 1)


def at(day: int) -> datetime:
    return NOW.replace(month=6, day=day, hour=11)


def heard(clock: time_machine.Traveller, *days: int) -> dict[int, dict[str, str]]:
    """Whom the planner writes about the sweep on each of these days, and the line."""
    found: dict[int, dict[str, str]] = {}
    for day in days:
        clock.move_to(at(day))
        known = set(OutboundMessage.objects.values_list("pk", flat=True))
        planner.tick(at(day))
        for row in OutboundMessage.objects.exclude(pk__in=known).select_related("user"):
            lines = [
                line.strip()
                for line in f"{row.subject}\n{row.text}".splitlines()
                if "say what became" in line
            ]
            if lines and isinstance(row.user, User):
                found.setdefault(day, {})[row.user.full_name] = lines[0]
    return found


def over(cast: Cast, **rules: Any) -> SessionEnd:
    for number, stage in (("HB 1", Stage.COMMITTEE_1), ("HB 2", Stage.ENROLLED)):
        stepped(measure(number), stage, date(2027, 5, 3))
    tracked(Measure.objects.get(number="HB 2"), cast.gulf_prairie, owner=cast.priya)
    return adjourned(SINE_DIE, carry_over=CarryOver.ENDS, **rules)


def confirm(end: SessionEnd, cast: Cast, *, day: date) -> None:
    keys = Measure.objects.values_list("pk", flat=True)
    session_sweep.confirm(end, list(keys), by=cast.angela, now=at(day.day), day=day)


def test_leads_and_owners_hear_of_it_within_ten_business_days_each_of_what_is_theirs(
    cast: Cast, clock: time_machine.Traveller
):
    over(cast, signing_days=60)

    mails = heard(clock, *range(1, 22))

    assert sorted(mails) == [3, 8, 14]
    assert set(mails[3]) == {"Angela Moss", "Priya Shah"}
    assert "say what became of 2 open measures" in mails[3]["Angela Moss"]
    assert "say what became of 1 open measure" in mails[3]["Priya Shah"]


def test_what_is_swept_reminds_nobody_until_the_signing_window_closes(
    cast: Cast, clock: time_machine.Traveller
):
    end = over(cast, signing_days=10)
    clock.move_to(at(2))
    confirm(end, cast, day=date(2027, 6, 2))

    mails = heard(clock, *range(3, 22))

    # The window closes on Friday the 11th; the morning after is a Saturday, and moves to Monday.
    assert {day: set(people) for day, people in mails.items()} == {14: {"Angela Moss", "Priya Shah"}}
    assert "say what became of 1 open measure" in mails[14]["Angela Moss"]
