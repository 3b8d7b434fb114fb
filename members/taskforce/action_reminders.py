"""What action items remind people of: the day that comes, and the day that has passed (DOMAIN.md §7)."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import Days, Due, Line, RowPeriod
from members.access import society_today
from members.models import Role, RoleAssignment
from members.taskforce.models import ActionItem
from members.taskforce.models.action_item import ActionItemQuerySet

OVERDUE_AFTER, OVERDUE_EVERY = 1, 7
_DAY = timedelta(days=1)
# After half a year nobody is asked any more: what is older than that is a matter for the meeting.
_OVERDUE_ON = range(OVERDUE_AFTER, 26 * OVERDUE_EVERY, OVERDUE_EVERY)


def _open_between(first: date, last: date) -> ActionItemQuerySet:
    rows = ActionItem.objects.unfinished().filter(due_on__range=(first, last), owner__is_active=True)
    return rows.order_by("due_on", "pk")


def due_for_owner(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    for item in _open_between(*days.counted_from(offsets)):
        for offset in offsets:
            if (day := item.due_on + _DAY * offset) in days:
                yield Due(item.owner_id, str(RowPeriod(item.pk, item.due_on, offset)), day)


def overdue_for_owner(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """The day after, and then every week."""
    for item in _open_between(*days.counted_from(_OVERDUE_ON)):
        for day in days:
            late = (day - item.due_on).days
            if late in _OVERDUE_ON:
                yield Due(item.owner_id, str(RowPeriod(item.pk, item.due_on, late)), day)


def overdue_for_leads(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """To the leads of the task force, who read along."""
    items = list(_open_between(*days.counted_from(offsets)))
    held = RoleAssignment.objects.in_force(society_today()) if items else RoleAssignment.objects.none()
    people = held.filter(role=Role.LEAD, person__is_active=True).order_by().values_list("person", flat=True)
    leads = sorted(set(people))
    for item in items:
        for offset in offsets:
            if (day := item.due_on + _DAY * offset) in days:
                period = str(RowPeriod(item.pk, item.due_on, offset))
                yield from (Due(lead, period, day) for lead in leads if lead != item.owner_id)


def own(rows: ActionItemQuerySet, person: User) -> ActionItemQuerySet:
    return rows.owned_by(person)


def of_others(rows: ActionItemQuerySet, person: User) -> ActionItemQuerySet:
    """Nothing for somebody who leads the task force no more."""
    held = RoleAssignment.objects.in_force(society_today()).filter(role=Role.LEAD, person=person)
    return rows.exclude(owner=person) if held.exists() else rows.none()


def words(
    which: Callable[[ActionItemQuerySet, User], ActionItemQuerySet],
    person: User,
    periods: Collection[str],
    today: date,
) -> dict[str, Line]:
    """Nothing of what is done or dropped, or was given another day."""
    asked = {text: RowPeriod.parse(text) for text in periods}
    rows = (
        ActionItem.objects.visible_to(person).unfinished().filter(pk__in={one.pk for one in asked.values()})
    )
    standing = {row.pk: row for row in which(rows, person).select_related("owner")}
    return {
        text: Line(_in_words(standing[one.pk], person, today), standing[one.pk].get_absolute_url())
        for text, one in asked.items()
        if one.pk in standing and standing[one.pk].due_on == one.counted_from
    }


def _in_words(item: ActionItem, person: User, today: date) -> str:
    what = item.text
    if item.owner != person:
        what = _("%(what)s (%(owner)s)") % {"what": what, "owner": item.owner}
    words = {"what": what, "day": formats.date_format(item.due_on)}
    if item.due_on < today:
        return _("%(what)s was due on %(day)s") % words
    return _("%(what)s is due on %(day)s") % words
