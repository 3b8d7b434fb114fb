"""What comes on measures that are followed: hearings, and dates of their sessions (DOMAIN.md §6.1, §6.2)."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from legislation.models import OPEN_STATUSES, Hearing, Measure, SessionDeadline

_A_DAY = timedelta(days=1)


class Coming(NamedTuple):
    """A hearing on these measures; its day is that of the room."""

    on: date
    hearing: Hearing
    measures: list[Measure]

    @property
    def what(self) -> str:
        numbers = ", ".join(str(one) for one in self.measures)
        return _("Hearing on %(measures)s, %(committee)s") % {
            "measures": numbers,
            "committee": self.hearing.held_by,
        }

    @property
    def at(self) -> str:
        return f"{self.hearing.starts_there:%H:%M %Z}"


def hearings(measures: Collection[int], first: date, until: date) -> Iterator[Coming]:
    """From `first` to the day before `until`, soonest first; cancelled ones are none."""
    early, late = (datetime.combine(day, time(), UTC) for day in (first - _A_DAY, until + _A_DAY))
    about = Measure.objects.filter(pk__in=measures).select_related("session").order_by("number_key", "pk")
    rows = Hearing.objects.filter(
        measures__in=measures, starts_at__gte=early, starts_at__lt=late, status__in=OPEN_STATUSES
    )
    parts = rows.select_related("committee", "jurisdiction").prefetch_related(Prefetch("measures", about))
    for hearing in parts.distinct().order_by("starts_at", "pk"):
        on = hearing.starts_there.date()
        if first <= on < until:
            yield Coming(on, hearing, list(hearing.measures.all()))


def deadlines(measures: Collection[int], first: date, until: date) -> list[SessionDeadline]:
    """Of the sessions that these measures stand in, soonest first, each once."""
    sessions = Measure.objects.filter(pk__in=measures).order_by().values("session")
    rows = SessionDeadline.objects.filter(session__in=sessions, on__gte=first, on__lt=until)
    return list(rows.select_related("session__jurisdiction").order_by("on", "pk"))
