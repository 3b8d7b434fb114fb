"""Telling people their schedule: whole the first time, afterwards only those whose own has changed, old beside new."""

from datetime import datetime

from django.db import transaction

from advocacy.events import mail, told_schedule
from advocacy.events.models import AdvocacyEvent, Registration, ScheduleChange
from advocacy.events.my_schedule import Book

_AT_ONCE = 100


@transaction.atomic
def tell(event: AdvocacyEvent, *, now: datetime) -> int:
    """Mail everybody whose schedule is not the one they were told last, and return how many. Told twice, once."""
    told, book = [], Book(event)
    # Locked in one order, so that of two who tell at once the second finds nothing new.
    for registration in told_schedule.with_meetings(event).select_for_update(of=("self",)):
        current, before = told_schedule.told_now(registration), registration.told
        if current != before:
            registration.told, registration.told_count = current, registration.told_count + 1
            told.append((registration, before, book.of(registration)))
    people = [registration for registration, *_rest in told]
    Registration.objects.bulk_update(people, ["told", "told_count"], batch_size=_AT_ONCE)
    # Afterwards: a schedule is refused whose number is not the newest.
    mail.tell_schedules(event, told, now=now)
    changes = ScheduleChange.objects.filter(appointment__event=event)
    changes.untold().update(told_at=now)
    return len(told)


def waiting(event: AdvocacyEvent) -> int:
    """How many people hold a schedule that is no longer right."""
    return sum(told_schedule.told_now(one) != one.told for one in told_schedule.with_meetings(event))
