"""Who is the best person to ask this official? Our own relationships and those of grasstops contacts, in one order.

Points say the order and nothing else, and are shown nowhere; the reasons are. How well they know the official weighs
most, twice what anything else does; what was said more than twelve months ago weighs half. To that come, each up to
five: how willing they are to act, and of a grasstops contact the influence. A key contact of ours, a constituent, and
somebody who would call within a day go before others of the same strength.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.coalitions.models import Grasstops, Influence
from advocacy.coalitions.rhythm import Rhythm, rhythms
from advocacy.interactions.models import Basis, KeyContact, RelationshipScore, Strength
from advocacy.interactions.models.interaction import TRAILING_YEAR
from legislation.models import Official
from members.access import today_for
from members.models import RoleAssignment

_KEY_CONTACT, _PRIMARY, _CONSTITUENT, _CALLS_SOON, _TOUCHED = 2, 3, 2, 1, 1


@dataclass(frozen=True)
class Candidate:
    """Somebody who could ask: one of ours, or a grasstops contact at a partner, with the reasons in words."""

    name: str
    where: str
    points: float
    reasons: list[str]
    grasstops: Grasstops | None = None


def people_to_ask(official: Official, *, user: User, today: date) -> list[Candidate]:
    """The best first. Only what `user` may read, and nobody who is gone."""
    found = [*_of_ours(official, user, today), *_grasstops(official, user, today)]
    return sorted(found, key=lambda one: (-one.points, one.name, one.where))


def _of_ours(official: Official, user: User, today: date) -> list[Candidate]:
    """Each colleague once, by the strongest of what is known of them."""
    kept = KeyContact.objects.visible_to(user).kept(today).filter(official=official)
    ties = {tie.person_id: tie for tie in kept.select_related("person", "chapter").order_by("rank", "pk")}
    here = RoleAssignment.objects.in_force(today_for(user)).order_by().values("person")
    scores = RelationshipScore.objects.visible_to(user).filter(official=official, person__is_active=True)
    known: dict[int, RelationshipScore] = {}
    for score in scores.filter(person__in=here).newest_of_each():
        if score.strength > Strength.NO_CONTACT and not score.through_has_left(today):
            known.setdefault(score.person_id, score)
    found = [_colleague(score, ties.pop(pk, None), today) for pk, score in known.items()]
    return found + [_only_key_contact(tie) for tie in ties.values()]


def _colleague(score: RelationshipScore, tie: KeyContact | None, today: date) -> Candidate:
    points, reasons = _of_strength(score.strength, is_fresh=score.is_fresh(today))
    reasons = [str(score.get_strength_display()), *reasons]
    if score.staffer:
        reasons.append(_("knows %(name)s in the office") % {"name": score.staffer})
    if tie:
        of_tie, word = _of_tie(tie)
        points, reasons = points + of_tie, [*reasons, word]
    if score.calls_within_a_day:
        points += _CALLS_SOON
        reasons.append(_("would call within a day"))
    more, words = _of_basis_and_will(score.basis, score.willingness)
    return Candidate(str(score.person), str(score.chapter), points + more, reasons + words)


def _only_key_contact(tie: KeyContact) -> Candidate:
    """How well they know the official nobody has said."""
    points, words = _of_tie(tie)
    return Candidate(str(tie.person), str(tie.chapter), points, [words])


def _of_tie(tie: KeyContact) -> tuple[int, str]:
    if tie.is_primary:
        return _PRIMARY, _("primary key contact")
    return _KEY_CONTACT, _("key contact")


def _of_strength(strength: int, *, is_fresh: bool) -> tuple[float, list[str]]:
    if is_fresh:
        return strength * 2, []
    return strength, [_("not confirmed for more than twelve months")]


def _of_basis_and_will(basis: str, willingness: int | None) -> tuple[int, list[str]]:
    points, reasons = willingness or 0, []
    if basis == Basis.CONSTITUENT:
        points += _CONSTITUENT
    if basis:
        reasons.append(str(Basis(basis).label))
    if willingness:
        reasons.append(_("willingness to act %(score)d of 5") % {"score": willingness})
    return points, reasons


def _grasstops(official: Official, user: User, today: date) -> list[Candidate]:
    contacts = Grasstops.objects.in_force(today).order_by()
    rows = Influence.objects.visible_to(user).filter(official=official, grasstops__in=contacts)
    related = ("grasstops__contact__organisation", "grasstops__chapter")
    influences = list(rows.select_related(*related).order_by("pk"))
    kept = {
        one.grasstops.pk: one
        for one in rhythms([row.grasstops for row in influences], user=user, today=today)
    }
    return [_within_reach(row, kept[row.grasstops_id], today) for row in influences]


def _within_reach(row: Influence, rhythm: Rhythm, today: date) -> Candidate:
    person = row.grasstops
    points, reasons = _of_strength(row.strength, is_fresh=row.said_on > today - TRAILING_YEAR)
    more, words = _of_basis_and_will(row.basis, person.willingness)
    points += more + (person.influence or 0)
    reasons = [_("strength %(score)d of 5") % {"score": row.strength}, *reasons, *words]
    if person.influence:
        reasons.append(_("influence %(score)d of 5") % {"score": person.influence})
    if rhythm.last_touch_on:
        points += _TOUCHED if rhythm.last_touch_on > today - TRAILING_YEAR else 0
        reasons.append(_("last touch on %(day)s") % {"day": date_format(rhythm.last_touch_on)})
    else:
        reasons.append(_("no touch on record"))
    where = f"{person.contact.organisation} · {person.chapter}"
    return Candidate(str(person), where, points, reasons, person)
