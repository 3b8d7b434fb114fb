"""What the gate held back: a person lets it through, or refuses it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from advocacy.accounts.models import User
from advocacy.audit import trail
from campaigns.actions import letters
from campaigns.gate.verdict import Reason
from campaigns.models import Participation, ParticipationState


def in_words(participation: Participation) -> str:
    """Why it was held, as a person reads it."""
    return ", ".join(str(Reason(code).label) for code in participation.held_because)


@transaction.atomic
def let_through(rows: QuerySet[Participation], *, by: User, now: datetime) -> int:
    """It counts, and what waits for nothing else leaves. Returns how many were held."""
    found = _judged(rows, ParticipationState.COUNTED, by=by, now=now, verb="accepted")
    for row in found:
        letters.release(row, now=now)
    return len(found)


@transaction.atomic
def refuse(rows: QuerySet[Participation], *, by: User, now: datetime) -> int:
    """It does not count, and nothing leaves. Returns how many were held."""
    return len(_judged(rows, ParticipationState.REFUSED, by=by, now=now, verb="rejected"))


def _judged(
    rows: QuerySet[Participation], state: ParticipationState, *, by: User, now: datetime, verb: str
) -> list[Participation]:
    held = list(rows.filter(state=ParticipationState.HELD).select_related("campaign", "contact"))
    judged = {"state": state, "judged_by": by, "judged_at": now}
    changed = [row for row in held if _still_held(row).update(**judged)]
    for row in changed:
        trail.record(by=by, verb=verb, of=row)
    return changed


def _still_held(row: Participation) -> QuerySet[Participation]:
    return Participation.objects.held().filter(pk=row.pk)
