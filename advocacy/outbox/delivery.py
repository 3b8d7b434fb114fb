"""One round of delivery, by whatever way this installation has."""

import logging
import os
import threading
import uuid
from collections import Counter
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from advocacy.outbox import arming, bundles, kept_here, ledger
from advocacy.outbox.actions import events
from advocacy.outbox.dispatch import Dispatcher
from advocacy.outbox.transports.smtp import Relay, SmtpTransport

logger = logging.getLogger(__name__)
# One round at a time in each process: a bell that rings meanwhile makes it look once more.
_round = threading.Lock()
_rung = threading.Event()


def deliver() -> Counter[str]:
    """Hand over what is due, unless a round is under way here: then that one looks once more."""
    tally: Counter[str] = Counter()
    _rung.set()
    while _rung.is_set():
        if not _round.acquire(blocking=False):
            return tally
        try:
            _rung.clear()
            tally += _one_round()
        finally:
            _round.release()
    return tally


def sweep(*, now: datetime) -> Counter[str]:
    """Find what other workers lost, and settle what waited too long."""
    tally = Counter(bundles=bundles.bundle_up(now=now), evidence=events.settle_doubts(now=now))
    return tally + ledger.recover(now=now) + ledger.close_the_books(now=now)


def _one_round() -> Counter[str]:
    if settings.MAIL_TRANSPORT == "mailbox":
        owner = f"{os.getpid()}:{uuid.uuid4().hex[:12]}"
        return Counter({"kept": kept_here.keep(owner, now=timezone.now())})
    if why := arming.why_not_armed():
        logger.info("No mail leaves: %s", why)
        return Counter()
    tally = Dispatcher(
        lambda: SmtpTransport(Relay.from_settings()),
        connections=settings.MAIL_CONNECTIONS,
        may_claim=lambda: not arming.why_not_armed(),
    ).run()
    arming.remember_how_far()
    return tally
