"""Verbs for tests of reminders of measures: what the planner writes to whom as its clock moves on."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import time_machine

from advocacy.accounts.models import User
from advocacy.outbox.models import OutboundMessage
from campaigns.models import Occurrence
from campaigns.reminders import planner

CHICAGO = ZoneInfo("America/Chicago")


def chicago(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


def written(clock: time_machine.Traveller, *moments: datetime) -> list[tuple[str, str]]:
    """Whom the planner writes as the clock stands at these moments, and under which subject."""
    known = set(OutboundMessage.objects.values_list("pk", flat=True))
    for moment in moments:
        clock.move_to(moment)
        planner.tick(moment)
    rows = (
        OutboundMessage.objects.exclude(pk__in=known).select_related("user").order_by("user__full_name", "pk")
    )
    return [(row.user.get_short_name(), row.subject) for row in rows if isinstance(row.user, User)]


def subjects(mails: Iterable[tuple[str, str]], person: str) -> list[str]:
    return [subject for name, subject in mails if name == person]


def states() -> set[str]:
    """What has become of all reminders."""
    return set(Occurrence.objects.order_by().values_list("state", flat=True))
