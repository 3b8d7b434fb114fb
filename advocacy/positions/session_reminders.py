"""What the calendar of a session reminds people of: days by which a measure must have moved (DOMAIN.md W3 step 9).

One line for each date of a session, with all measures that it threatens and that one follows: a crossover day may
catch fifty of them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.naming import several
from advocacy.kernel.reminder_rules import Days, Due, Line, RowPeriod
from advocacy.positions.followers import owners_and_watchers, reasons
from advocacy.positions.models import Tier, Tracking
from advocacy.positions.models.tracking import TRACKED_TIERS
from advocacy.positions.reminder_words import why
from legislation import session_clock
from legislation.models import DeadlineKind, SessionDeadline
from members.access import society_today

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Closing:
    """Dates of a session that threaten measures, and in which tiers their followers hear of it."""

    kinds: frozenset[DeadlineKind]
    tiers: tuple[int, ...]


FIRST_CHAMBER = Closing(session_clock.FIRST_CHAMBER_DATES, (Tier.LEAD, Tier.ENGAGE))
SIGNATURE = Closing(frozenset({DeadlineKind.EXECUTIVE_WINDOW_ENDS}), TRACKED_TIERS)


def due(closing: Closing, days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many days before a date that has not passed yet."""
    first, last = days.counted_from(offsets)
    # Wherever it is still that day; asked of nobody while no date is near.
    first = max(first, timezone.now().date() - _DAY)
    rows = SessionDeadline.objects.filter(kind__in=closing.kinds, on__range=(first, last))
    for deadline in rows.order_by("on", "pk"):
        people: set[int] | None = None
        for offset in offsets:
            if (day := deadline.on + _DAY * offset) in days:
                people = _people(closing, deadline, society_today()) if people is None else people
                period = str(RowPeriod(deadline.pk, deadline.on, offset))
                yield from (Due(person, period, day) for person in sorted(people))


def _people(closing: Closing, deadline: SessionDeadline, today: date) -> set[int]:
    threatened = session_clock.threatened_by(deadline, today).filter(
        pk__in=Tracking.objects.order_by().values("measure")
    )
    measures = set(threatened.order_by().values_list("pk", flat=True))
    following = owners_and_watchers(measures, today, owned=closing.tiers, watched=closing.tiers)
    return set().union(*following.values())


def words(closing: Closing, person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing of a date that has moved or passed, nor of measures that have moved on meanwhile."""
    asked = {text: RowPeriod.parse(text) for text in periods}
    rows = SessionDeadline.objects.visible_to(person).filter(
        pk__in={one.pk for one in asked.values()}, kind__in=closing.kinds, on__gte=today
    )
    standing = {row.pk: row for row in rows.select_related("session__jurisdiction")}
    found = {}
    for text, one in asked.items():
        row = standing.get(one.pk)
        line = _line(closing, person, row, today) if row and row.on == one.counted_from else None
        if line:
            found[text] = line
    return found


def _line(closing: Closing, person: User, deadline: SessionDeadline, today: date) -> Line | None:
    threatened = session_clock.threatened_by(deadline, today).filter(
        pk__in=Tracking.objects.visible_to(person).looked_after_by(person).order_by().values("measure")
    )
    rows = (
        threatened.visible_to(person).select_related("session", "source__feed").order_by("number_key", "pk")
    )
    measures = list(rows)
    because = reasons(person, [one.pk for one in measures], today, owned=closing.tiers, watched=closing.tiers)
    mine = [one for one in measures if one.pk in because]
    if not mine:
        return None
    link = (mine[0] if len(mine) == 1 else deadline.session.jurisdiction).get_absolute_url()
    words = {
        "what": deadline,
        "session": deadline.session,
        "day": formats.date_format(deadline.on),
        "measures": several([one.number for one in mine]),
    }
    text = _("%(what)s, %(session)s: %(day)s. It concerns %(measures)s") % words
    return Line(text, link, why(because.values(), [one.source for one in mine], person))
