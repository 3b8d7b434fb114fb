"""Who has come: at the door by those who run the day, or by oneself. Two who tap at once count somebody once."""

from datetime import datetime

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events import attendee_mail
from advocacy.events.actions.places import nameless
from advocacy.events.models import AdvocacyEvent, Registration


class MayNotCheckIn(PermissionError):
    """Somebody checks in themselves; others are checked in by those who run the day."""


class NotOnTheDay(RuntimeError):
    """People check in on the day, until it is closed; oneself on that day only."""


def door_is_open(event: AdvocacyEvent, now: datetime) -> bool:
    """From the day itself until the event is closed, so that a list kept on paper can be entered later."""
    return event.has_begun(now) and not event.is_over


def may_check_in_oneself(registration: Registration, now: datetime) -> bool:
    event = registration.event
    return registration.is_coming and event.today(now) == event.held_on and door_is_open(event, now)


@transaction.atomic
def check_in(registration: Registration, *, by: User, now: datetime) -> bool:
    """False where they are checked in already, or have no place. Raises MayNotCheckIn and NotOnTheDay."""
    if registration.person_id == by.pk and not _runs(registration, by):
        if not may_check_in_oneself(registration, now):
            raise NotOnTheDay(registration.event_id)
    else:
        _check_the_door(registration, by, now)
    rows = Registration.objects.coming().filter(pk=registration.pk, checked_in_at=None)
    if rows.update(checked_in_at=now) != 1:
        return False
    trail.record(by=by, verb="checked in", of=nameless(registration))
    attendee_mail.plan_survey(registration, now=now)
    return True


@transaction.atomic
def take_back(registration: Registration, *, by: User, now: datetime) -> bool:
    """False where they are not checked in. Raises MayNotCheckIn and NotOnTheDay."""
    _check_the_door(registration, by, now)
    rows = Registration.objects.checked_in().filter(pk=registration.pk)
    if rows.update(checked_in_at=None) != 1:
        return False
    trail.record(by=by, verb="check-in undone", of=nameless(registration))
    return True


def _runs(registration: Registration, by: User) -> bool:
    return AdvocacyEvent.objects.filter(pk=registration.event_id).run_by(by).exists()


def _check_the_door(registration: Registration, by: User, now: datetime) -> None:
    if not _runs(registration, by):
        raise MayNotCheckIn(registration.event_id)
    if not door_is_open(registration.event, now):
        raise NotOnTheDay(registration.event_id)
