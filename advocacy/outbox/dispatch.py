"""Emptying the queue: messages taken in hand in bundles, handed over on several connections, booked together.

The dispatcher is the only one that speaks to the database. One commit marks every message that is ready at that
moment as being on the wire; the ends of those before them ride along in the same transaction.
"""

import logging
import os
import queue
import socket
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Collection
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from advocacy.outbox.actions import events
from advocacy.outbox.courier import Courier, Event, Ready
from advocacy.outbox.ending import is_ending
from advocacy.outbox.ledger import Ledger, patiently
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.transports.interface import Transport
from advocacy.outbox.verdicts import Outcome

logger = logging.getLogger(__name__)
_BUNDLE = 50
# How long the end of a message may wait for company before it is written down by itself.
_SECONDS_UNBOOKED = 0.05
_SECONDS_TO_STOP = 20.0
# A server that keeps us waiting for longer must not keep those who wait for another.
_SECONDS_SLOW = 1.0


class Dispatcher:
    """Works until nothing is due, or the process ends."""

    def __init__(
        self,
        make_transport: Callable[[], Transport],
        *,
        connections: int,
        may_claim: Callable[[], bool] = lambda: True,
    ) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._make_transport, self._connections, self._may_claim = make_transport, connections, may_claim
        owner = f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
        self._ledger = Ledger(owner, note_unknown=events.note_unknown_addresses)
        self._couriers: list[Courier] = []
        self._free: list[Courier] = []
        self._held: deque[OutboundMessage] = deque()
        self._ended: list[Outcome] = []
        self._ended_since = 0.0
        self._ready: list[Ready] = []
        # Who is under way for which domain, and since when.
        self._busy: dict[Courier, tuple[str, float]] = {}
        self._looked_aside = 0.0
        self._is_distrusted = False
        self.tally: Counter[str] = Counter()

    def run(self) -> Counter[str]:
        try:
            self._claim()
            while (self._busy or self._held) and not (is_ending.is_set() or self._is_distrusted):
                self._hand_out()
                self._listen()
                self._book()
                if len(self._held) < self._connections:
                    self._claim()
                self._look_aside()
        finally:
            self._leave()
        return self.tally

    def _claim(self, *, but_to: Collection[str] = ()) -> None:
        """A bundle is small against what the connections carry in the length of a lease."""
        if self._may_claim():
            most = _BUNDLE * max(1, self._connections // 2)
            claim = partial(self._ledger.claim, most, but_to=but_to)
            self._held.extend(patiently(lambda: claim(now=timezone.now())))

    def _look_aside(self) -> None:
        """Where all that is in hand waits for slow domains, find what goes elsewhere."""
        slow, now = self._slow_domains(), time.monotonic()
        if not slow or now - self._looked_aside < _SECONDS_SLOW:
            return
        if all(message.domain in slow for message in self._held):
            self._looked_aside = now
            self._claim(but_to=slow)

    def _slow_domains(self) -> set[str]:
        now = time.monotonic()
        return {domain for domain, since in self._busy.values() if now - since > _SECONDS_SLOW}

    def _hand_out(self) -> None:
        while (message := self._next()) is not None:
            if not self._free:
                courier = Courier(self._make_transport(), self._events.put)
                self._couriers.append(courier)
                self._free.append(courier)
            courier = self._free.pop()
            courier.take(message)
            self._busy[courier] = (message.domain, time.monotonic())

    def _next(self) -> OutboundMessage | None:
        """The first in the queue; while domains are slow, up to as many connections again serve the others."""
        if self._held and len(self._busy) < self._connections:
            return self._held.popleft()
        slow = self._slow_domains()
        if not slow or len(self._busy) >= 2 * self._connections:
            return None
        message = next((message for message in self._held if message.domain not in slow), None)
        if message is not None:
            self._held.remove(message)
        return message

    def _listen(self) -> None:
        """Everything the couriers have said by now; for the first word there is time."""
        if not self._busy:
            return
        try:
            self._hear(self._events.get(timeout=_SECONDS_UNBOOKED if self._ended else 1.0))
            while True:
                self._hear(self._events.get_nowait())
        except queue.Empty:
            return

    def _hear(self, event: Event) -> None:
        if isinstance(event, Ready):
            self._ready.append(event)
            return
        del self._busy[event.courier]
        self._free.append(event.courier)
        if event.outcome is not None:
            if not self._ended:
                self._ended_since = time.monotonic()
            self._ended.append(event.outcome)
            self._is_distrusted = self._is_distrusted or event.outcome.is_distrusted

    def _book(self) -> None:
        """Ends are written with the next messages that are ready; alone only when none is for a while."""
        waited = time.monotonic() - self._ended_since if self._ended else 0.0
        is_last = not (self._held or self._busy)
        if not (self._ready or (self._ended and (is_last or waited >= _SECONDS_UNBOOKED))):
            return
        ended, ready = self._ended, self._ready
        self._ended, self._ready = [], []
        going: set[int] = set()
        try:
            with transaction.atomic():
                counted = self._ledger.settle(ended, now=timezone.now())
                going = self._ledger.put_on_wire([event.message for event in ready], now=timezone.now())
            self.tally += counted
        except Exception:
            # The marks may have reached the database or not: without its answer nobody sends.
            logger.exception("The books could not be written; nothing was handed over.")
            going, self._ended = set(), ended + self._ended
            connection.close()
        for event in ready:
            event.courier.answer(event.message.pk in going)
        if self._ended:
            self._settle_patiently()

    def _settle_patiently(self) -> None:
        ended, self._ended = self._ended, []
        self.tally += patiently(lambda: self._ledger.settle(ended, now=timezone.now()))

    def _leave(self) -> None:
        """What is with a server is waited for, what is not goes back into the queue."""
        until = time.monotonic() + _SECONDS_TO_STOP
        if self._held:
            patiently(lambda: self._ledger.let_go(self._held))
        while self._busy and time.monotonic() < until:
            self._listen()
            self._book()
        self._settle_patiently()
        for courier in self._couriers:
            courier.stop(max(0.0, until - time.monotonic()))
