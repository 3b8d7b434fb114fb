"""What the portal keeps of one contact's consent, as the person themselves is shown it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from campaigns import audience
from campaigns.audience import Skip
from campaigns.consent_state import ConsentState, Standing, states
from campaigns.models import Consent, Contact, ContactList, Withdrawal
from members.models import Chapter, RoleAssignment


@dataclass(frozen=True)
class Place:
    """One chapter that may write to them; `stopped_on` is the day they asked it not to."""

    chapter: Chapter
    stopped_on: date | None


@dataclass(frozen=True)
class Kept:
    """`stopped` is set where no campaign mail goes to them at all."""

    state: ConsentState
    stopped: Skip | None
    places: list[Place]
    consents: list[Consent]
    lists: list[ContactList]


def about(contact: Contact, *, now: datetime) -> Kept:
    consents = list(Consent.objects.filter(contact=contact).select_related("chapter"))
    lists = list(ContactList.objects.filter(entries__contact=contact).select_related("chapter"))
    society = states([contact], None, now)[contact.pk]
    nearest = states([contact], contact.chapter, now)[contact.pk] if contact.chapter else society
    stopped = next((skip for _pk, skip in audience.left_alone([contact])), None)
    everything = Withdrawal.objects.filter(contact=contact, chapter=None)
    if stopped is None and not society.may_be_asked and everything.exists():
        stopped = audience.said_no(society)
    return Kept(nearest, stopped, _places(contact, consents, lists, now=now), consents, lists)


def _places(
    contact: Contact, consents: list[Consent], lists: list[ContactList], *, now: datetime
) -> list[Place]:
    """The chapters that have a reason to write to them."""
    named = {row.chapter_id for row in consents} | {row.chapter_id for row in lists} | {contact.chapter_id}
    held = RoleAssignment.objects.filter(person=contact.user_id or 0, chapter__isnull=False).order_by()
    stopped = Withdrawal.objects.filter(contact=contact, chapter__isnull=False).order_by()
    meant = Q(pk__in=named - {None}) | Q(pk__in=held.values("chapter")) | Q(pk__in=stopped.values("chapter"))
    chapters = list(Chapter.objects.filter(meant))
    return [Place(chapter, _stopped_on(contact, chapter, now)) for chapter in chapters]


def _stopped_on(contact: Contact, chapter: Chapter, now: datetime) -> date | None:
    state = states([contact], chapter, now)[contact.pk]
    return state.since if state.standing == Standing.WITHDRAWN else None
