"""Handing an advocate's work on: `hand_over.hand_over(by=chris, chapter=…, outgoing=dana, incoming=mia, on=today)`."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.actions import followups, key_contacts
from advocacy.interactions.models import FollowUp, KeyContact
from advocacy.interactions.models.followup import FollowUpQuerySet
from members.access import reach_of
from members.actions import roles
from members.models import Chapter, Role, RoleAssignment


@dataclass(frozen=True)
class HandedOver:
    followups: int
    key_contacts: int


@dataclass(frozen=True)
class Holder:
    """Somebody who has open work for a chapter."""

    person: User
    followups: int
    key_contacts: int


def holders(chapter: Chapter) -> list[Holder]:
    """Everybody with open work for the chapter, whether or not their term has ended; by name."""
    owed = FollowUpQuerySet(FollowUp).open().filter(chapter=chapter).order_by()
    owed_by = dict(owed.values_list("owner").annotate(number=Count("pk")))
    ties = KeyContact.objects.open().filter(chapter=chapter).order_by()
    held_by = dict(ties.values_list("person").annotate(number=Count("pk")))
    people = User.objects.filter(pk__in=[*owed_by, *held_by]).order_by("full_name", "pk")
    return [Holder(one, owed_by.get(one.pk, 0), held_by.get(one.pk, 0)) for one in people]


def may_hand_over_for(user: User, chapter: Chapter) -> bool:
    """The chapter's advocates, its president, and national staff (DOMAIN.md W9)."""
    reach = reach_of(user)
    return reach.is_staff or chapter.pk in reach.advocate_of | reach.president_of


@transaction.atomic
def hand_over(*, by: User, chapter: Chapter, outgoing: User, incoming: User, on: date) -> HandedOver:
    """All that `outgoing` has open for the chapter goes to `incoming`, who is its advocate from that day.

    Follow-ups keep their day, key contacts their rank, rhythm and seat, and begin at zero. What was logged keeps its
    author. The outgoing advocate stays a member of the chapter, who reads what they took part in and logs nothing.
    Raises ValueError where both are the same person.
    """
    if outgoing == incoming:
        raise ValueError(_("Hand over to somebody else."))
    _end_roles(outgoing, chapter, by=by, on=on)
    advocates = RoleAssignment.objects.in_force(on).filter(chapter=chapter, role=Role.ADVOCATE)
    if not advocates.filter(person=incoming).exists():
        roles.give(by=by, person=incoming, role=Role.ADVOCATE, chapter=chapter, starts_on=on)
    handed = HandedOver(
        _hand_over_followups(outgoing, incoming, chapter, by=by),
        _hand_over_ties(outgoing, incoming, chapter, by=by, on=on),
    )
    changes: trail.Changes = {
        "advocate": [str(outgoing), str(incoming)],
        "followups": [None, handed.followups],
        "key_contacts": [None, handed.key_contacts],
    }
    trail.record(by=by, verb="handed over", of=chapter, changes=changes)
    return handed


def _end_roles(outgoing: User, chapter: Chapter, *, by: User, on: date) -> None:
    """They log for the chapter no more; a seat as president or member is another matter."""
    theirs = RoleAssignment.objects.filter(person=outgoing, chapter=chapter)
    for role in theirs.filter(Q(ends_on=None) | Q(ends_on__gt=on), role__in=(Role.ADVOCATE, Role.VOLUNTEER)):
        roles.end(role, by=by, on=on, reason=_("Handed over"))
    if not theirs.in_force(on).exists():
        roles.give(by=by, person=outgoing, role=Role.MEMBER, chapter=chapter, starts_on=on)


def _hand_over_followups(outgoing: User, incoming: User, chapter: Chapter, *, by: User) -> int:
    rows = FollowUpQuerySet(FollowUp).open().filter(chapter=chapter, owner=outgoing).order_by("pk")
    return sum(
        followups.change(row, by=by, owner=incoming, due_on=row.due_on, text=row.text)
        for row in rows.select_related("owner")
    )


def _hand_over_ties(outgoing: User, incoming: User, chapter: Chapter, *, by: User, on: date) -> int:
    ties = KeyContact.objects.open().filter(chapter=chapter, person=outgoing).order_by("pk")
    reason = _("Handed on to %(name)s") % {"name": incoming}
    every = ties.select_related("person", "official", "seat", "chapter", "team")
    return sum(key_contacts.hand_on(tie, by=by, on=on, reason=reason, person=incoming) for tie in every)
