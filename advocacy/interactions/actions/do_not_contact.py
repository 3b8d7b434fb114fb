"""Asking colleagues to leave an office alone for a while: `do_not_contact.ask(by=dana, official=reyes, …)`."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.audit.models import Entry
from advocacy.interactions.errors import NotAllowedToChange
from advocacy.interactions.models import DoNotContact, KeyContact
from legislation.models import Official
from members.access import reach_of

_WENT_ON = "went on"


def may_ask(user: User, official: Official, today: date) -> bool:
    """Staff, leads, and whoever holds the tie with this official while they serve."""
    reach = reach_of(user)
    if reach.reads_every_shared_record:
        return True
    ties = KeyContact.objects.visible_to(user).in_force(today).filter(person=user, official=official)
    return reach.may_log and ties.exists()


def ask(*, by: User, official: Official, until: date, reason: str, on: date) -> DoNotContact:
    """Leave a note that holds until that day. Raises NotAllowedToChange."""
    if not may_ask(by, official, on):
        raise NotAllowedToChange(official.pk)
    with transaction.atomic():
        note = DoNotContact.objects.create(
            official=official, until=until, reason=reason, set_by=by, set_on=on
        )
        trail.record(by=by, verb="added", of=note, reason=reason)
    return note


def lift(note: DoNotContact, *, by: User, on: date) -> bool:
    """It is fine again before its day. False when somebody was faster. Raises NotAllowedToChange."""
    if not may_ask(by, note.official, on):
        raise NotAllowedToChange(note.pk)
    with transaction.atomic():
        changed = DoNotContact.objects.in_force(on).filter(pk=note.pk).update(lifted_on=on, lifted_by=by)
        if changed:
            trail.record(by=by, verb="lifted", of=note)
    return changed == 1


@transaction.atomic
def go_on(notes: Iterable[DoNotContact], *, by: User, reason: str) -> None:
    """Contact the office all the same. Who and why is kept with each note, once however often the page is sent."""
    for note in notes:
        said = Entry.objects.about(note).filter(actor=by, verb=_WENT_ON, reason=reason)
        if not said.exists():
            trail.record(by=by, verb=_WENT_ON, of=note, reason=reason)
