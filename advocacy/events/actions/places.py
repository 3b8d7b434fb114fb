"""Who has a place and who waits for one. Of two who want the last, one gets it: the event's row is locked meanwhile."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events import attendee_mail
from advocacy.events.models import AdvocacyEvent, EventStatus, Registration, RegistrationStatus

# Before it nobody has a place, and after it nobody needs one.
_WITH_PLACES = (EventStatus.ANNOUNCED, EventStatus.OPEN, EventStatus.FROZEN, EventStatus.PUBLISHED)


def locked(event: AdvocacyEvent) -> AdvocacyEvent:
    """The event as it stands, while nobody else gives a place away: in the caller's transaction."""
    return AdvocacyEvent.objects.select_for_update().get(pk=event.pk)


def left(event: AdvocacyEvent) -> int | None:
    """How many places are free; None where there is no limit."""
    if event.cap is None:
        return None
    return max(event.cap - event.registrations.all().coming().count(), 0)


def status_of_the_next(event: AdvocacyEvent) -> RegistrationStatus:
    """`event` is locked. Whoever waits already comes before."""
    free = left(event)
    queue = event.registrations.all().waiting().count()
    if free is None or free > queue:
        return RegistrationStatus.REGISTERED
    return RegistrationStatus.WAITING


def why_closed(event: AdvocacyEvent, now: datetime) -> str:
    """Why nobody registers now; empty while they may."""
    if event.takes_registrations(now):
        return ""
    if event.status == EventStatus.CANCELLED:
        return _("This Advocacy Day is cancelled.")
    if event.status in (EventStatus.IDEA, EventStatus.ANNOUNCED):
        return _("Registration is not open yet.")
    if event.status == EventStatus.FROZEN or (event.is_published and not event.has_begun(now)):
        return _("Registration is closed: the schedule is being made. Write to the coordinator.")
    return _("Registration is over.")


def fill(event: AdvocacyEvent, *, now: datetime) -> list[Registration]:
    """Each free place goes to whoever has waited longest, and they are told. `event` is locked."""
    if event.status not in _WITH_PLACES or event.today(now) > event.held_on:
        return []
    queue = event.registrations.all().waiting()
    free = left(event)
    moved = list(queue if free is None else queue[:free])
    for registration in moved:
        _give(registration, event, by=None, now=now)
    return moved


@transaction.atomic
def move_up(registration: Registration, *, by: User, now: datetime) -> bool:
    """Whoever runs the day gives somebody who waits a place, beyond the limit too. False where they have one."""
    event = locked(registration.event)
    rows = Registration.objects.all().managed_by(by).waiting()
    if event.status not in _WITH_PLACES or not rows.filter(pk=registration.pk).exists():
        return False
    _give(registration, event, by=by, now=now)
    return True


def _give(registration: Registration, event: AdvocacyEvent, *, by: User | None, now: datetime) -> None:
    registration.event, registration.status = event, RegistrationStatus.REGISTERED
    registration.save(update_fields=["status"])
    trail.record(by=by, verb="gave a place", of=nameless(registration))
    attendee_mail.confirm(registration, now=now)


def nameless(registration: Registration) -> Registration:
    """The registration as the trail may name it: by its number. Who was forgotten is not found there."""
    return Registration(pk=registration.pk)
