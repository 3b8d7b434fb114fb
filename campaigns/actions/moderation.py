"""What the gate held back: a person lets it through, or refuses it, many at once."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from advocacy.accounts.models import User
from advocacy.audit import trail
from campaigns.actions import letters
from campaigns.models import Doubt, Participation


def in_words(participation: Participation) -> str:
    """Why it was held, as a person reads it."""
    known = dict(Doubt.choices)
    return ", ".join(str(known.get(code, code)) for code in participation.held_because)


@transaction.atomic
def let_through(rows: QuerySet[Participation], *, by: User, now: datetime) -> int:
    """They count, and what waits for nothing else leaves. Returns how many were held."""
    return _judge(rows, letters.accept, by=by, now=now, verb="accepted")


@transaction.atomic
def refuse(rows: QuerySet[Participation], *, by: User, now: datetime) -> int:
    """They do not count, and nothing leaves. Returns how many were held."""
    return _judge(rows, letters.refuse, by=by, now=now, verb="rejected")


def _judge(
    rows: QuerySet[Participation], judge: Callable[..., bool], *, by: User, now: datetime, verb: str
) -> int:
    held = rows.filter(state="held").select_related("campaign", "contact").order_by("pk")
    judged = [row for row in held if judge(row, by=by, now=now)]
    for row in judged:
        trail.record(by=by, verb=verb, of=row)
    return len(judged)
