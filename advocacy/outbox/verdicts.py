"""What an answer of a mail server means for the message, and for those behind it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import SystemRandom

from django.conf import settings

from advocacy.outbox.models.attempt import Phase

_chance = SystemRandom()
_NO_SUCH_ADDRESS = re.compile(r"5\.1\.(?![78]\b)\d")
_STEPS = [1, 5, 15, 60]
# "Mailbox full" and "too large" are permanent by number, and often not by nature: they get one more try.
_PERHAPS_NOT_FOR_GOOD = {552}
_SLOW_DOWN = {421, 432, 451, 452}
# The server refuses us, not the message: it wants a sign-in, or does not accept ours (RFC 4954, 6).
_REFUSES_US = {530, 534, 535, 538}


class Verdict(StrEnum):
    SENT = "sent"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    POISON = "poison"


@dataclass(frozen=True)
class Outcome:
    """How one try with one message ended. `is_distrusted`: the server is not the one it should be, or denies us."""

    pk: int
    fence: int
    verdict: Verdict
    phase: Phase
    code: int | None
    text: str
    carrier: str
    at: datetime
    milliseconds: int
    is_distrusted: bool = False


def before_the_text(phase: Phase, code: int | None, attempts: int) -> Verdict:
    """Nothing was handed over: only a plain no for good ends it, and only where it was said of this message."""
    if phase == Phase.CONNECT or code is None or code // 100 != 5 or code in _REFUSES_US:
        return Verdict.DEFERRED
    if code in _PERHAPS_NOT_FOR_GOOD and attempts < 2:
        return Verdict.DEFERRED
    return Verdict.REJECTED


def after_the_dot(code: int, attempts: int) -> Verdict:
    return Verdict.SENT if code // 100 == 2 else before_the_text(Phase.DONE, code, attempts)


def is_no_such_address(phase: Phase, code: int | None, text: str) -> bool:
    """Whether the server says for good that nobody has this address (RFC 3463: 5.1.x, but for the sender's)."""
    is_said_of_it = phase in (Phase.RCPT, Phase.DONE) and code is not None and code // 100 == 5
    return is_said_of_it and _NO_SUCH_ADDRESS.match(text) is not None


def asks_for_patience(code: int | None) -> bool:
    """Whether the server wants less mail, not only this one later."""
    return code in _SLOW_DOWN


def wait_after(attempts: int) -> timedelta:
    """1, 5, 15, 60 minutes, then hourly, each anywhere between half of it and the whole: full queues spread out."""
    steps = _STEPS[min(max(attempts, 1), len(_STEPS)) - 1]
    return steps * settings.MAIL_STEP * _chance.uniform(0.5, 1.0)
