"""What the close of comments reminds people of, by the clock of the agency and by the reader's (DOMAIN.md §6.5, §7).

To whoever looks after the measure, whoever writes our comment, and the lead of the task force where we follow the
measure at all; to nobody once our comment was submitted. An extension makes it due anew.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import Days, Due, Line
from advocacy.kernel.two_clocks import by_both_clocks
from advocacy.positions.followers import owners_and_watchers, reasons
from advocacy.positions.models import Tracking
from advocacy.positions.moments import Slot, midnight
from advocacy.positions.reminder_words import why
from legislation.models import CommentPeriod
from legislation.models.comment_period import CommentPeriodQuerySet
from members.access import reach_of, society_today
from members.models import Role, RoleAssignment

_DAY = timedelta(days=1)


def _without_ours(rows: CommentPeriodQuerySet) -> CommentPeriodQuerySet:
    return rows.open(timezone.now()).filter(submitted_at=None)


def due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many days before the day of the close, as the agency's clock has it."""
    first, last = days.counted_from(offsets)
    near = (midnight(first - _DAY), midnight(last + 2 * _DAY))
    rows = _without_ours(CommentPeriod.objects.all()).filter(Q(ends_at__range=near))
    periods = list(rows.soonest_first())
    people = _people(periods)
    for one in periods:
        for offset in offsets:
            if (day := one.ends_on + _DAY * offset) in days:
                text = str(Slot(one.pk, one.end, f"{offset:+d}"))
                yield from (Due(person, text, day) for person in sorted(people[one.pk]))


def _people(periods: Collection[CommentPeriod]) -> dict[int, set[int]]:
    if not periods:
        return {}
    today = society_today()
    measures = {one.measure_id for one in periods}
    owners = owners_and_watchers(measures, today, watched=())
    followed = set(
        Tracking.objects.tracked(today).filter(measure__in=measures).values_list("measure", flat=True)
    )
    held = RoleAssignment.objects.in_force(today).filter(role=Role.LEAD)
    leads = set(held.order_by().values_list("person", flat=True))
    return {
        one.pk: owners[one.measure_id]
        | ({one.comment_lead_id} if one.comment_lead_id else set())
        | (leads if one.measure_id in followed else set())
        for one in periods
    }


def words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing of comments that closed, moved, or were handed in, nor to whoever has no part in it any more."""
    asked = {text: Slot.parse(text) for text in periods}
    rows = _without_ours(CommentPeriod.objects.visible_to(person)).filter(
        pk__in={one.pk for one in asked.values()}
    )
    rows = rows.select_related("measure__session", "measure__source__feed")
    standing = {row.pk: row for row in rows.order_by("pk")}
    lines = _lines(person, standing.values(), today)
    return {
        text: lines[one.pk]
        for text, one in asked.items()
        if one.pk in lines and one.is_of(standing[one.pk].end)
    }


def _lines(person: User, periods: Collection[CommentPeriod], today: date) -> dict[int, Line]:
    reach = reach_of(person)
    if reach.is_empty or not periods:
        return {}
    measures = {one.measure_id for one in periods}
    owned = reasons(person, measures, today, watched=())
    rows = Tracking.objects.visible_to(person).tracked(today).filter(measure__in=measures)
    followed = set(rows.values_list("measure", flat=True)) if reach.is_lead else set()
    found = {}
    for one in periods:
        because = [owned[one.measure_id]] if one.measure_id in owned else []
        because += [_("You write our comment.")] if one.comment_lead_id == person.pk else []
        because += [_("You lead the task force.")] if one.measure_id in followed else []
        if because:
            found[one.pk] = Line(
                _("%(measure)s: comments close %(when)s")
                % {"measure": one.measure, "when": by_both_clocks(one.end, person.time_zone, one.zone)},
                one.get_absolute_url(),
                why(because, [one.measure.source], person),
            )
    return found
