"""What staff decide about a reminder whose time passed."""

from datetime import datetime

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from campaigns.reminders.models import Occurrence, OccurrenceState


def send_now(occurrence: Occurrence, *, by: User, now: datetime) -> bool:
    """Put a missed reminder into the person's next mail. False where it is not missed any more."""
    with transaction.atomic():
        rows = Occurrence.objects.missed().filter(pk=occurrence.pk)
        changed = rows.update(state=OccurrenceState.PLANNED, due_at=now)
        if changed:
            trail.record(by=by, verb="sent", of=occurrence)
    return changed == 1
