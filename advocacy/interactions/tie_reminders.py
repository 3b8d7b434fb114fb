"""Hints for key contacts: officials not spoken to for too long, and judgements grown old (DOMAIN.md §7)."""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.interactions.models import KeyContact, OfficialStance, RelationshipScore
from advocacy.interactions.models.interaction import TRAILING_YEAR
from advocacy.interactions.models.relationship import KeyContactQuerySet
from advocacy.kernel.periods import Month
from advocacy.kernel.reminder_rules import Days, Due, Line, months_in, quarter_of
from members.access import society_today

_QUARTERS_BEGIN = (1, 4, 7, 10)
_NAMED_AT_MOST = 5


def quiet_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """On the first of each month."""
    for day in months_in(days):
        yield from (Due(person, str(Month.of(day)), day) for person in _key_contacts())


def stale_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """On the first day of each quarter."""
    for day in months_in(days):
        if day.month in _QUARTERS_BEGIN:
            yield from (Due(person, quarter_of(day), day) for person in _key_contacts())


def _key_contacts() -> list[int]:
    """Who keeps in touch with somebody; whether they have is asked when it is written to them."""
    ties = KeyContact.objects.in_force(society_today()).order_by("person").values_list("person", flat=True)
    return list(ties.distinct())


def quiet_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """The officials whose rhythm, 90 days unless said otherwise, is over. For the newest period only."""
    ties = _ties_of(person, today).with_last_contact(person)
    late = [tie for tie in ties if tie.days_late(today, tie.last_contact_on) > 0]
    text = _("No contact for longer than you meant to: %(officials)s")
    return _one_line(periods, text, [str(tie.official) for tie in late])


def stale_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Officials whose relationship or stance was last judged more than twelve months ago."""
    officials = {tie.official_id: str(tie.official) for tie in _ties_of(person, today)}
    scores = RelationshipScore.objects.visible_to(person).filter(person=person, official__in=officials)
    stale = {score.official_id for score in scores.newest_of_each() if not score.is_fresh(today)}
    stances = OfficialStance.objects.visible_to(person).exportable().filter(official__in=officials)
    newest: dict[tuple[int, int | None, int | None], date] = {}
    for official, measure, issue, as_of in stances.order_by("as_of", "pk").values_list(
        "official", "measure", "issue", "as_of"
    ):
        newest[official, measure, issue] = as_of
    stale |= {official for (official, *_about), as_of in newest.items() if as_of <= today - TRAILING_YEAR}
    text = _("Judged more than twelve months ago, is it still so? %(officials)s")
    return _one_line(periods, text, [name for pk, name in officials.items() if pk in stale])


def _ties_of(person: User, today: date) -> KeyContactQuerySet:
    ties = KeyContactQuerySet(KeyContact).visible_to(person).kept(today).filter(person=person)
    return ties.select_related("official").order_by("official__name", "pk")


def _one_line(periods: Collection[str], text: str, officials: list[str]) -> dict[str, Line]:
    if not officials:
        return {}
    names = ", ".join(officials[:_NAMED_AT_MOST])
    if len(officials) > _NAMED_AT_MOST:
        names = _("%(names)s and %(count)d more") % {
            "names": names,
            "count": len(officials) - _NAMED_AT_MOST,
        }
    return {max(periods): Line(text % {"officials": names}, reverse("interactions:survey"))}
