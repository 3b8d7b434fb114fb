"""Telling people their schedule: whole the first time, afterwards only those whose own has changed, old beside new."""

from datetime import datetime

from django.db import transaction

from advocacy.events import mail, own_schedule
from advocacy.events.models import AdvocacyEvent, Registration, ScheduleChange
from advocacy.events.my_schedule import Book


@transaction.atomic
def tell(event: AdvocacyEvent, *, now: datetime) -> int:
    """Mail everybody whose schedule is not the one they were told last, and return how many. Told twice, once."""
    count, book = 0, Book(event)
    for registration in own_schedule.with_meetings(event):
        current = own_schedule.told_now(registration)
        if current == registration.told:
            continue
        claimed = Registration.objects.filter(pk=registration.pk, told_count=registration.told_count).update(
            told=current, told_count=registration.told_count + 1
        )
        if claimed:
            registration.told_count += 1
            mail.tell_schedule(registration, current, book.of(registration), now=now)
            count += 1
    changes = ScheduleChange.objects.filter(appointment__event=event)
    changes.untold().update(told_at=now)
    return count


def waiting(event: AdvocacyEvent) -> int:
    """How many people hold a schedule that is no longer right."""
    return sum(own_schedule.told_now(one) != one.told for one in own_schedule.with_meetings(event))
