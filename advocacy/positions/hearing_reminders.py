"""What a hearing reminds people of: that it comes, and what must be done before it (DOMAIN.md W3 step 6, §7).

To whoever looks after one of its measures, watches one in tier 1, or testifies. Days are counted by the clock on
the wall of the room. A hearing that moves is due anew; the old time falls, as do one that was held and one called off.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.naming import several
from advocacy.kernel.reminder_rules import Days, Due, Line
from advocacy.kernel.two_clocks import by_both_clocks
from advocacy.positions.followers import owners_and_watchers, reasons
from advocacy.positions.models import Testimony, TestimonyForm, Tier
from advocacy.positions.models.testimony import TestimonyQuerySet
from advocacy.positions.moments import Slot, midnight
from advocacy.positions.reminder_words import why
from legislation.models import Hearing, Measure
from legislation.models.hearing import HearingQuerySet
from members.access import society_today

LAST_CALL = timedelta(hours=2)
_DAY = timedelta(days=1)
_WATCHED = (Tier.LEAD,)


class Approach(NamedTuple):
    """A moment of a hearing that comes near, and whose testimony it concerns."""

    field: str
    say: Callable[[dict[str, object]], str]
    concerns: Callable[[TestimonyQuerySet], TestimonyQuerySet] = lambda rows: rows

    def of(self, hearing: Hearing) -> datetime:
        moment: datetime = getattr(hearing, self.field)
        return moment

    def near(self, rows: HearingQuerySet, first: date, last: date) -> HearingQuerySet:
        """Still ahead, on one of these days, in any zone."""
        begins = (midnight(first - _DAY), midnight(last + 2 * _DAY))
        return self.ahead(rows).filter(**{f"{self.field}__range": begins}).order_by(self.field, "pk")

    def ahead(self, rows: HearingQuerySet) -> HearingQuerySet:
        return rows.open().filter(**{f"{self.field}__gt": timezone.now()})


def _unwritten(rows: TestimonyQuerySet) -> TestimonyQuerySet:
    return rows.filter(form=TestimonyForm.WRITTEN, submitted_at=None)


def _to_be_spoken(rows: TestimonyQuerySet) -> TestimonyQuerySet:
    return rows.exclude(form=TestimonyForm.WRITTEN)


BEGINS = Approach("starts_at", lambda words: _("%(measures)s: hearing of %(committee)s, %(when)s") % words)
SIGN_UP = Approach(
    "sign_up_by",
    lambda words: _("%(measures)s: sign up to testify before %(committee)s by %(when)s") % words,
    _to_be_spoken,
)
WRITTEN = Approach(
    "written_by",
    lambda words: _("%(measures)s: written testimony for %(committee)s by %(when)s") % words,
    _unwritten,
)


def due_by_days(approach: Approach, days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many days before the day that the moment has in the room."""
    hearings = list(approach.near(Hearing.objects.all(), *days.counted_from(offsets)))
    people = _people(approach, hearings)
    for hearing in hearings:
        at = approach.of(hearing)
        for offset in offsets:
            day = hearing.on_the_wall(at).date() + _DAY * offset
            if day in days:
                period = str(Slot(hearing.pk, at, f"{offset:+d}"))
                yield from (Due(person, period, day) for person in sorted(people[hearing.pk]))


def due_by_hours(approach: Approach, days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """Two hours before, whatever the hour."""
    hearings = list(approach.near(Hearing.objects.all(), days.first, days.last))
    people = _people(approach, hearings)
    for hearing in hearings:
        at = approach.of(hearing) - LAST_CALL
        if (day := hearing.on_the_wall(at).date()) in days:
            period = str(Slot(hearing.pk, approach.of(hearing), "-2h"))
            yield from (Due(person, period, day, at) for person in sorted(people[hearing.pk]))


def _people(approach: Approach, hearings: Collection[Hearing]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    if not hearings:
        return found
    pairs = _measures_of(hearings)
    following = owners_and_watchers(
        {measure for _hearing, measure in pairs}, society_today(), watched=_WATCHED
    )
    for hearing, measure in pairs:
        found[hearing] |= following[measure]
    testimony = approach.concerns(Testimony.objects.filter(hearing__in=hearings))
    for hearing, person in testimony.order_by().values_list("hearing", "person"):
        found[hearing].add(person)
    return found


def _measures_of(hearings: Iterable[Hearing]) -> list[tuple[int, int]]:
    links = Hearing.measures.through.objects.filter(hearing__in=hearings)
    return list(links.order_by("hearing", "measure").values_list("hearing", "measure"))


def words(approach: Approach, person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing of a moment that has passed or moved, nor of measures that one follows and testifies on no more."""
    asked = {text: Slot.parse(text) for text in periods}
    rows = approach.ahead(Hearing.objects.visible_to(person)).filter(
        pk__in={one.pk for one in asked.values()}
    )
    rows = (
        rows.select_related("committee", "source__feed").prefetch_related("measures__session").order_by("pk")
    )
    standing = {row.pk: row for row in rows}
    lines = _lines(approach, person, standing.values(), today)
    return {
        text: lines[one.pk]
        for text, one in asked.items()
        if one.pk in lines and one.is_of(approach.of(standing[one.pk]))
    }


def _lines(approach: Approach, person: User, hearings: Collection[Hearing], today: date) -> dict[int, Line]:
    measures = {hearing.pk: sorted(hearing.measures.all(), key=_by_number) for hearing in hearings}
    concerned = {measure.pk for some in measures.values() for measure in some}
    followed = reasons(person, concerned, today, watched=_WATCHED)
    testimony = Testimony.objects.visible_to(person).filter(person=person, hearing__in=hearings)
    speaks = set(approach.concerns(testimony).values_list("hearing", "measure"))
    found = {}
    for hearing in hearings:
        mine = [one for one in measures[hearing.pk] if one.pk in followed or (hearing.pk, one.pk) in speaks]
        because = [followed[one.pk] for one in mine if one.pk in followed]
        because += [_("You testify.")] if any((hearing.pk, one.pk) in speaks for one in mine) else []
        if mine:
            text = approach.say(_what(approach, hearing, mine, person))
            found[hearing.pk] = Line(text, hearing.get_absolute_url(), why(because, [hearing.source], person))
    return found


def _by_number(measure: Measure) -> tuple[str, int]:
    return measure.number_key, measure.pk


def _what(
    approach: Approach, hearing: Hearing, measures: Iterable[Measure], person: User
) -> dict[str, object]:
    return {
        "measures": several([str(measure) for measure in measures]),
        "committee": hearing.held_by,
        "when": by_both_clocks(approach.of(hearing), person.time_zone, hearing.zone),
    }
