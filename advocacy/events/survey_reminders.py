"""Asking colleagues who came to an Advocacy Day how it was, once, a week later.

Those without an account are asked by a mail that is written as they check in (attendee_mail.py).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from advocacy.accounts.models import User
from advocacy.events import attendee_mail
from advocacy.events.models import DONE, Registration
from advocacy.kernel.reminder_rules import Days, Due, RowPeriod
from advocacy.outbox.models import OutboundMessage


def due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    rows = Registration.objects.checked_in().filter(
        event__held_on__range=days.counted_from(offsets), person__is_active=True, survey_answer=None
    )
    rows = rows.exclude(event__status__in=DONE).select_related("event")
    for row in rows.order_by("event__held_on", "pk"):
        for offset in offsets:
            if row.person_id and (day := row.event.held_on + timedelta(days=offset)) in days:
                yield Due(row.person_id, str(RowPeriod(row.event_id, row.event.held_on, offset)), day)


def post(person: User, period: str, now: datetime) -> OutboundMessage | None:
    """Nothing to who has answered meanwhile, nor once the day is closed."""
    asked = RowPeriod.parse(period)
    rows = Registration.objects.all().visible_to(person).checked_in().filter(person=person, event=asked.pk)
    row = rows.filter(survey_answer=None).select_related("event__coordinator", "person").first()
    if row is None or not row.may_answer or row.event.held_on != asked.counted_from:
        return None
    return attendee_mail.ask_how_it_was(row, now=now)
