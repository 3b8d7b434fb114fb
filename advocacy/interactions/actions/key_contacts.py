"""Key contacts of a chapter: `key_contacts.assign(by=dana, person=priya, official=holt, …)`."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.models import KeyContact, Rank
from advocacy.interactions.models.relationship import KeyContactQuerySet
from legislation.actions import leavers
from legislation.leavers import Pointer
from legislation.models import Decision, Official, Seat, Tenure
from members.access import reach_of
from members.models import Chapter, JurisdictionTeam, RoleAssignment

# The name under which `leavers.py` registers key contacts.
KIND = "key contact"
_RECORDED = ("person", "official", "seat", "chapter", "team", "rank", "rhythm_days")


class TeamIsSpokenFor(ValueError):
    """Another chapter's key contact speaks for the team with this official."""

    def __init__(self, held: KeyContact) -> None:
        self.held = held
        super().__init__(
            _(
                "%(person)s of %(chapter)s speaks for the team with this official. Ask them, or national staff."
            )
            % {"person": held.person, "chapter": held.chapter}
        )


class KeepsInTouchElsewhere(ValueError):
    """They keep in touch with this official for another chapter, which would lose them without a word."""

    def __init__(self, held: KeyContact) -> None:
        self.held = held
        super().__init__(
            _(
                "%(person)s keeps in touch with this official for %(chapter)s. That has to end first, or somebody "
                "else be named."
            )
            % {"person": held.person, "chapter": held.chapter}
        )


def seat_to_remember(official: Official, day: date) -> Seat | None:
    """The seat a new tie is made for: of those held on the day, the newest."""
    held = Tenure.objects.in_force(day).filter(official=official).select_related("seat")
    newest = held.order_by(F("starts_on").desc(nulls_last=True), "-pk").first()
    return newest.seat if newest else None


def rank_for_newcomer(person: User, official: Official, chapter: Chapter) -> Rank:
    """Whoever of a chapter is first to keep in touch goes first; anybody else comes second."""
    is_named = KeyContact.objects.open().filter(chapter=chapter, official=official, rank=Rank.PRIMARY)
    belongs = RoleAssignment.objects.filter(person=person, chapter=chapter)
    return Rank.PRIMARY if belongs.exists() and not is_named.exists() else Rank.SECONDARY


@transaction.atomic
def assign(
    *,
    by: User,
    person: User,
    official: Official,
    chapter: Chapter,
    rank: Rank,
    on: date,
    seat: Seat | None = None,
    team: JurisdictionTeam | None = None,
    rhythm_days: int | None = None,
    former_stays: bool = True,
) -> KeyContact:
    """Name a key contact of the chapter with an official, or change one's rank.

    The primary so far becomes secondary, or hands on and ends (`former_stays`). Raises TeamIsSpokenFor, and
    KeepsInTouchElsewhere: a person has one tie with an official, whatever the number of their chapters.
    """
    Chapter.objects.select_for_update().get(pk=chapter.pk)  # one naming in this chapter at a time
    theirs = KeyContact.objects.open().filter(person=person, official=official)
    if elsewhere := theirs.exclude(chapter=chapter).select_related("chapter").first():
        raise KeepsInTouchElsewhere(elsewhere)
    if team:
        _free_the_team(team, official, chapter, by=by)
    if rank == Rank.PRIMARY:
        _step_back(chapter, official, newcomer=person, by=by, on=on, stays=former_stays)
    changes = {
        "chapter": chapter,
        "rank": rank,
        "team": team if rank == Rank.PRIMARY else None,
        "seat": seat or seat_to_remember(official, on),
    }
    if rhythm_days:
        changes["rhythm_days"] = rhythm_days
    tie = theirs.first()
    if tie is None:
        tie = KeyContact.objects.create(person=person, official=official, starts_on=on, **changes)
        trail.record(by=by, verb="assigned", of=tie, changes=_as_new(tie))
    else:
        _change(tie, by=by, **changes)
    return tie


def end(tie: KeyContact, *, by: User, on: date, reason: str = "") -> bool:
    """The tie is over, and stays in the history. False when it was over already."""
    with transaction.atomic():
        ends_on = max(on, tie.starts_on)
        changed = KeyContact.objects.filter(pk=tie.pk, ends_on=tie.ends_on).update(
            ends_on=ends_on, end_reason=reason[:200]
        )
        if changed:
            trail.record(by=by, verb="released", of=tie, reason=reason)
    return changed == 1


@transaction.atomic
def hand_on(
    tie: KeyContact,
    *,
    by: User,
    on: date,
    reason: str,
    person: User | None = None,
    to: Official | None = None,
) -> bool:
    """End the tie and begin it anew at zero: with another person of ours, or with the seat's next holder.

    Rank, rhythm and seat go along; what is known of the relationship does not. Where whoever takes it on has such a
    tie already, that one stays, and goes first if nobody else does. False when the tie was over.
    """
    if not end(tie, by=by, on=on, reason=reason):
        return False
    person, official = person or tie.person, to or tie.official
    rank = Rank(tie.rank)
    open_ties = KeyContact.objects.open().filter(official=official)
    if rank == Rank.PRIMARY and open_ties.filter(chapter=tie.chapter_id, rank=Rank.PRIMARY).exists():
        rank = Rank.SECONDARY
    held = open_ties.filter(person=person).first()
    if held:
        if rank == Rank.PRIMARY and not held.is_primary and held.chapter_id == tie.chapter_id:
            _change(held, by=by, rank=rank)
        return True
    speaks_for = tie.team if rank == Rank.PRIMARY else None
    if speaks_for and open_ties.filter(team=speaks_for).exists():
        speaks_for = None
    begun = KeyContact.objects.create(
        person=person,
        official=official,
        seat=tie.seat,
        chapter=tie.chapter,
        team=speaks_for,
        rank=rank,
        rhythm_days=tie.rhythm_days,
        starts_on=on,
    )
    trail.record(by=by, verb="assigned", of=begun, changes=_as_new(begun))
    if official == tie.official:
        leavers.move_on(
            KIND, tie.pk, Pointer(official.pk, KeyContact._meta.label_lower, begun.pk, in_words(begun))
        )
    return True


def keep_for_person(tie: KeyContact, *, by: User, on: date) -> None:
    """The tie stays with the person who left the seat, in whatever they hold now."""
    _change(tie, by=by, seat=seat_to_remember(tie.official, on))


def answer(tie: KeyContact, decision: Decision, *, by: User, now: datetime, reason: str = "") -> bool:
    """Say what becomes of a tie whose official left the seat, as on the list of leavers: one decision, one place.

    False when somebody was faster. Raises NobodySitsThere.
    """
    pointer = Pointer(tie.official_id, KeyContact._meta.label_lower, tie.pk, in_words(tie))
    with transaction.atomic():
        row, _is_new = leavers.list_one(KIND, pointer)
        return leavers.decide(row, decision, by=by, now=now, reason=reason)


def may_assign_for(user: User, chapter: Chapter) -> bool:
    """The chapter's advocates name its key contacts, and national staff."""
    reach = reach_of(user)
    return reach.is_staff or chapter.pk in reach.advocate_of


def in_words(tie: KeyContact) -> str:
    return _("%(person)s keeps in touch") % {"person": tie.person}


def _free_the_team(team: JurisdictionTeam, official: Official, chapter: Chapter, *, by: User) -> None:
    """Only one speaks for the team. Another chapter's is replaced by staff alone."""
    open_ties = KeyContactQuerySet(KeyContact).open().select_related("person", "chapter")
    held = open_ties.filter(team=team, official=official).first()
    if held is None:
        return
    if held.chapter_id != chapter.pk and not reach_of(by).is_staff:
        raise TeamIsSpokenFor(held)
    _change(held, by=by, team=None)


def _step_back(
    chapter: Chapter, official: Official, *, newcomer: User, by: User, on: date, stays: bool
) -> None:
    primary = KeyContact.objects.open().filter(chapter=chapter, official=official, rank=Rank.PRIMARY)
    former = primary.exclude(person=newcomer).select_related("person", "official", "seat", "team").first()
    if former is None:
        return
    if stays:
        _change(former, by=by, rank=Rank.SECONDARY, team=None)
    else:
        end(former, by=by, on=on, reason=_("Handed on to %(name)s") % {"name": newcomer})


def _change(tie: KeyContact, *, by: User, **values: object) -> None:
    before = trail.snapshot(tie, values)
    for name, value in values.items():
        setattr(tie, name, value)
    changes = trail.difference(before, trail.snapshot(tie, values))
    if changes:
        tie.save(update_fields=list(values))
        trail.record(by=by, verb="edited", of=tie, changes=changes)


def _as_new(tie: KeyContact) -> trail.Changes:
    return {
        name: [None, value] for name, value in trail.snapshot(tie, _RECORDED).items() if value is not None
    }
