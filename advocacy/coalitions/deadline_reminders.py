"""What the deadlines of sign-on letters remind us of, by the clock of the letter and by the reader's.

While our own decision is missing: whoever looks after the letter, and whoever may decide about it. Of a letter of ours
that partners have not answered yet: whoever looks after it. A deadline that moves is due anew.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.coalitions.models import Decision, SignOnLetter
from advocacy.coalitions.models.letter import SignOnLetterQuerySet
from advocacy.kernel.reminder_rules import Days, Due, Line
from advocacy.kernel.two_clocks import by_both_clocks
from advocacy.positions.moments import Slot, midnight
from members.access import society_today
from members.models import Role, RoleAssignment

_DAY = timedelta(days=1)


class Deadline(NamedTuple):
    """One of the two deadlines."""

    field: str

    def of(self, letter: SignOnLetter) -> datetime:
        moment: datetime = getattr(letter, self.field)
        return moment

    def on_the_wall(self, letter: SignOnLetter) -> date:
        return self.of(letter).astimezone(ZoneInfo(letter.zone)).date()

    def ahead(self, rows: SignOnLetterQuerySet) -> SignOnLetterQuerySet:
        return rows.open().filter(**{f"{self.field}__gt": timezone.now()})


SOFT, HARD = Deadline("soft_deadline_at"), Deadline("hard_deadline_at")


def due(deadline: Deadline, days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many days before the day of the deadline, as the letter's clock has it."""
    first, last = days.counted_from(offsets)
    near = Q(**{f"{deadline.field}__range": (midnight(first - _DAY), midnight(last + 2 * _DAY))})
    letters = list(_with_silent(deadline.ahead(SignOnLetter.objects.filter(near))))
    people = _people(letters)
    for letter in letters:
        for offset in offsets:
            if (day := deadline.on_the_wall(letter) + _DAY * offset) in days:
                period = str(Slot(letter.pk, deadline.of(letter), f"{offset:+d}"))
                yield from (Due(person, period, day) for person in sorted(people[letter.pk]))


def _with_silent(rows: SignOnLetterQuerySet) -> SignOnLetterQuerySet:
    """Adds `silent`: how many partners have not answered."""
    counted = rows.annotate(silent=Count("invitations", filter=Q(invitations__answer="")))
    return counted.order_by("hard_deadline_at", "pk")


def _people(letters: Collection[SignOnLetter]) -> dict[int, set[int]]:
    if not letters:
        return {}
    held = RoleAssignment.objects.in_force(society_today()).filter(
        Q(role=Role.LEAD) | Q(role__in=(Role.ADVOCATE, Role.PRESIDENT), chapter__sign_on_letters__in=letters)
    )
    roles = set(held.order_by().values_list("person", "role", "chapter"))
    return {letter.pk: _people_of(letter, roles) for letter in letters}


def _people_of(letter: SignOnLetter, roles: Collection[tuple[int, str, int | None]]) -> set[int]:
    """As `decidable_by` has it, but for staff: they can decide anything, and are not reminded of everything."""
    if letter.decision:
        return {letter.owner_id} if _waits_for_partners(letter) else set()
    approvers = {
        person
        for person, role, chapter in roles
        if (chapter == letter.chapter_id if letter.chapter_id else role == Role.LEAD)
    }
    return (approvers - {letter.brought_in_by_id}) | {letter.owner_id}


def _waits_for_partners(letter: SignOnLetter) -> bool:
    silent: int = letter.silent  # type: ignore[attr-defined]  # annotated by `_with_silent`
    return letter.decision == Decision.SIGN and silent > 0


def words(deadline: Deadline, person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing of a deadline that passed or moved, nor of what is decided and answered."""
    asked = {text: Slot.parse(text) for text in periods}
    rows = SignOnLetter.objects.visible_to(person).filter(pk__in={one.pk for one in asked.values()})
    letters = list(_with_silent(deadline.ahead(rows)))
    people = _people(letters)
    standing = {letter.pk: letter for letter in letters if person.pk in people[letter.pk]}
    return {
        text: _line(deadline, standing[one.pk], person)
        for text, one in asked.items()
        if one.pk in standing and one.is_of(deadline.of(standing[one.pk]))
    }


def _line(deadline: Deadline, letter: SignOnLetter, person: User) -> Line:
    when = by_both_clocks(deadline.of(letter), person.time_zone, letter.zone)
    said = {"letter": letter, "when": when}
    if letter.decision:
        count: int = letter.silent  # type: ignore[attr-defined]  # annotated by `_with_silent`
        text = ngettext(
            "%(letter)s: one organization has not answered yet; the deadline is %(when)s",
            "%(letter)s: %(count)d organizations have not answered yet; the deadline is %(when)s",
            count,
        ) % {**said, "count": count}
        return Line(text, letter.get_absolute_url(), _("You look after this letter."))
    if deadline == SOFT:
        text = _("%(letter)s: an answer whether we sign is hoped for by %(when)s") % said
    else:
        text = _("%(letter)s: last moment to decide whether we sign: %(when)s") % said
    is_owner = letter.owner_id == person.pk
    because = _("You look after this letter.") if is_owner else _("The decision can be yours.")
    return Line(text, letter.get_absolute_url(), because)
