"""What an answer of a mail server means for the message, and for those behind it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import SystemRandom

from django.conf import settings

from advocacy.outbox.models.attempt import Phase

_chance = SystemRandom()
_STEPS = [1, 5, 15, 60]
# "Mailbox full" and "too large" are permanent by number, and often not by nature: they get one more try.
_PERHAPS_NOT_FOR_GOOD = {552}
_SLOW_DOWN = {421, 432, 451, 452}


class Verdict(StrEnum):
    SENT = "sent"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    POISON = "poison"


@dataclass(frozen=True)
class Outcome:
    """How one try with one message ended."""

    pk: int
    fence: int
    verdict: Verdict
    phase: Phase
    code: int | None
    text: str
    carrier: str
    at: datetime
    milliseconds: int


def before_the_text(code: int | None, attempts: int) -> Verdict:
    """Nothing was handed over: only a plain no for good ends it."""
    if code is None or code // 100 != 5:
        return Verdict.DEFERRED
    if code in _PERHAPS_NOT_FOR_GOOD and attempts < 2:
        return Verdict.DEFERRED
    return Verdict.REJECTED


def after_the_dot(code: int, attempts: int) -> Verdict:
    return Verdict.SENT if code // 100 == 2 else before_the_text(code, attempts)


def asks_for_patience(code: int | None) -> bool:
    """Whether the server wants less mail, not only this one later."""
    return code in _SLOW_DOWN


def wait_after(attempts: int) -> timedelta:
    """1, 5, 15, 60 minutes, then hourly, each anywhere between half of it and the whole: full queues spread out."""
    steps = _STEPS[min(max(attempts, 1), len(_STEPS)) - 1]
    return steps * settings.MAIL_STEP * _chance.uniform(0.5, 1.0)
