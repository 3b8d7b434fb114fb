"""Verbs for tests of the planner: a follow-up that falls due, and a rule that can be told what to say."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from advocacy.accounts.models import User
from advocacy.interactions.models import FollowUp, FollowUpKind
from advocacy.kernel.reminder_rules import Days, Due, Line, MailClass, ReminderRule, reminder_rule
from campaigns.models import Occurrence
from members.access import chapters_to_write_for

FOLLOWUP, REHEARSAL, ALARM = "interactions.followup", "rehearsal.bundled", "rehearsal.urgent"


@dataclass
class Script:
    """Whom the rehearsal rules name; empty outside of a test that asks for it."""

    owed: list[Due] = field(default_factory=list)
    urgent: list[Due] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)


script = Script()


def _words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    return {period: Line(f"Think of {period}", "/") for period in periods if period not in script.silent}


def _bundled(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    return (due for due in script.owed if due.day in days)


def _urgent(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    return (due for due in script.urgent if due.day in days)


reminder_rule(REHEARSAL, ReminderRule("Rehearsal", MailClass.OPTIONAL, _bundled, _words))
reminder_rule(ALARM, ReminderRule("Alarm", MailClass.ALERT, _urgent, _words, urgent=True))


def promised(by: User, *, due_on: date, **fields: Any) -> FollowUp:
    chapter = chapters_to_write_for(by).order_by("pk")[0]
    known = {"chapter": chapter, "kind": FollowUpKind.SEND_INFORMATION, "owner": by, "created_by": by}
    return FollowUp.objects.create(due_on=due_on, **(known | fields))


def chicago(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=ZoneInfo("America/Chicago")).astimezone(UTC)


def told() -> list[tuple[str, str, str, str]]:
    """Who was reminded of which period by which rule, and what became of it."""
    rows = Occurrence.objects.order_by("rule", "person__full_name", "period")
    return [(row.rule, row.person.get_short_name(), row.period, row.state) for row in rows]
