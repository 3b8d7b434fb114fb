"""What the society reminds people of: terms that end, and what leavers leave behind (DOMAIN.md §7)."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import Days, Due, Line, MailClass, ReminderRule, reminder_rule
from legislation.models import LeaverDecision
from members.access import reach_of, roles_visible_to, society_today
from members.models import Role, RoleAssignment
from members.models.role import BOARD_ROLES, RoleAssignmentQuerySet

_JUNE, _MONDAY = 6, 0
_NOTICE = timedelta(days=30)


def _ending_after(roles: RoleAssignmentQuerySet, first_of_june: date) -> RoleAssignmentQuerySet:
    """Board roles whose last day lies within thirty days of 1 June."""
    ends = (first_of_june + timedelta(days=1), first_of_june + _NOTICE)
    return roles.in_force(first_of_june).filter(role__in=BOARD_ROLES, ends_on__range=ends)


def _terms_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """On 1 June, to whoever goes out and to the presidents of their chapters."""
    for day in days:
        if (day.month, day.day) != (_JUNE, 1):
            continue
        ending = list(_ending_after(RoleAssignmentQuerySet(RoleAssignment), day))
        presidents = RoleAssignment.objects.in_force(day).filter(
            role=Role.PRESIDENT, chapter__in={role.chapter_id for role in ending}
        )
        people = {role.person_id for role in [*ending, *presidents]}
        yield from (Due(person, str(day.year), day) for person in sorted(people))


def _terms_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    mine = Q(person=person) | Q(chapter__in=reach_of(person).president_of)
    found = {}
    for year in periods:
        roles = _ending_after(roles_visible_to(person), date(int(year), _JUNE, 1)).filter(mine)
        if ends := [
            _term_in_words(role, person, today) for role in roles.select_related("person", "chapter")
        ]:
            link = reverse("members:chapter_list")
            found[year] = Line(_("Terms that end soon: %(terms)s") % {"terms": "; ".join(ends)}, link)
    return found


def _term_in_words(role: RoleAssignment, person: User, today: date) -> str:
    words = {"role": role, "day": formats.date_format(role.ends_on or today), "person": role.person}
    if role.person == person:
        return _("you, %(role)s, on %(day)s") % words
    return _("%(person)s, %(role)s, on %(day)s") % words


def _leavers_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """On Mondays, to those who log for a chapter; those with nothing to decide hear nothing."""
    mondays = [day for day in days if day.weekday() == _MONDAY]
    if not mondays or not LeaverDecision.objects.open().exists():
        return
    roles = RoleAssignment.objects.in_force(society_today()).filter(
        role__in=(Role.VOLUNTEER, Role.ADVOCATE, Role.LEAD)
    )
    people = sorted(set(roles.order_by().values_list("person", flat=True)))
    for day in mondays:
        yield from (Due(person, str(day), day) for person in people)


def _leavers_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Said once, for the newest of the weeks."""
    count = LeaverDecision.objects.open().visible_to(person, today).count()
    if not count:
        return {}
    text = ngettext(
        "%(count)d thing is addressed to an official who left: decide what becomes of it",
        "%(count)d things are addressed to officials who left: decide what becomes of them",
        count,
    )
    return {max(periods): Line(text % {"count": count}, reverse("legislation:leaver_list"))}


reminder_rule(
    "members.term_ends",
    ReminderRule(gettext_lazy("Term ends within thirty days"), MailClass.DUTY, _terms_due, _terms_in_words),
)
reminder_rule(
    "members.leavers",
    ReminderRule(
        gettext_lazy("Decisions about officials who left"), MailClass.DUTY, _leavers_due, _leavers_in_words
    ),
)
