"""A hint once a month to whoever holds relationships with grasstops contacts: with whom to be in touch again."""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.coalitions import rhythm
from advocacy.coalitions.models import Grasstops
from advocacy.kernel.periods import Month
from advocacy.kernel.reminder_rules import Days, Due, Line, months_in
from members.access import society_today

_NAMED_AT_MOST = 5


def due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """On the first of each month; whether anybody is due is asked when it is written to them."""
    for day in months_in(days):
        yield from (Due(person, str(Month.of(day)), day) for person in _holders())


def _holders() -> list[int]:
    rows = Grasstops.objects.in_force(society_today()).filter(holders__is_active=True).order_by("holders")
    return list(rows.values_list("holders", flat=True).distinct())


def words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """For the newest period only. Of restricted contacts a mail names nobody: their page does."""
    held = Grasstops.objects.visible_to(person).exportable().filter(holders=person)
    names = [str(one.grasstops) for one in rhythm.due(held, user=person, today=today)]
    if not names:
        return {}
    named = ", ".join(names[:_NAMED_AT_MOST])
    if len(names) > _NAMED_AT_MOST:
        said = {"names": named, "count": len(names) - _NAMED_AT_MOST}
        named = _("%(names)s and %(count)d more") % said
    text = _("Grasstops contacts due for a touch: %(people)s") % {"people": named}
    return {max(periods): Line(text, reverse("coalitions:grasstops_list"))}
