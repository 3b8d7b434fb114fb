"""Emptying the queue: messages taken in hand in bundles, handed over on several connections, booked together.

The dispatcher is the only one that speaks to the database. One commit marks a group of messages as being on the wire;
the ends of those before them ride along in the same transaction. Why nobody gets a message twice all the same:

* No byte of a text leaves before the commit that marks it. The mark may stand a moment too early, never too late.
* A connection gets its next messages, marked and with leave, while it waits for an answer, so that it never waits for
  the books. These are few: what it carries in a tenth of a second, five to a relay that takes 20 ms, and never more
  than sixteen; none until a message got through, and none after one that did not.
* Leave is good for a second. Whoever comes to it later asks again, as does whoever had none: consent, a pause, the
  deadline and the fence are looked at no longer than that before the text goes.
* A worker that dies leaves as uncertain what was under way and what it had leave for, and no more than that. They
  wait for evidence like every message of which nobody knows: too many of them is a nuisance, a second copy never.
* What a connection has not begun can be taken from it again, by one step that either side wins: it goes back into the
  queue as known not to have been sent. So nothing waits behind a server that has fallen silent.
"""

import logging
import os
import queue
import socket
import threading
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from advocacy.outbox.courier import NO_LEAVE, Courier, Errand, Event, Leave, Ready, outcome_of
from advocacy.outbox.ledger import Ledger, patiently
from advocacy.outbox.models import OutboundMessage, Phase
from advocacy.outbox.transports.interface import Parcel, Transport
from advocacy.outbox.verdicts import Outcome, Verdict
from advocacy.outbox.wire import parcel_of

logger = logging.getLogger(__name__)
# Set when this process is about to end: what is in hand is finished, nothing new is taken.
is_ending = threading.Event()
# How many are taken in hand at once: as many as go in about a second, so that what is urgent waits no longer.
_LEAST, _MOST, _SECONDS_IN_HAND = 2, 50, 1.0
# How long the end of a message may wait for company before it is written down by itself.
_SECONDS_UNBOOKED = 0.05
_SECONDS_FOR_COMPANY = 0.02
_SECONDS_OF_LEAVE = 1.0
_SECONDS_TO_STOP = 20.0


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
        self._ledger = Ledger(f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid.uuid4().hex[:12]}")
        self._couriers: list[Courier] = []
        self._held: deque[OutboundMessage] = deque()
        self._bundle, self._is_more, self._claimed_at = _LEAST * connections, False, time.monotonic()
        # Handed out with the next commit, to couriers who are busy.
        self._leaving: list[tuple[Courier, Errand]] = []
        self._last_leave = NO_LEAVE
        self._ended: list[Outcome] = []
        self._ended_since = 0.0
        self._ready: list[Ready] = []
        self._under_way = 0
        self.tally: Counter[str] = Counter()

    def run(self) -> Counter[str]:
        try:
            self._claim()
            while (self._under_way or self._held) and not is_ending.is_set():
                self._listen()
                self._hand_out()
                self._book()
                self._take_back_late()
                if len(self._held) < self._connections:
                    self._claim()
        finally:
            self._leave()
        return self.tally

    def _claim(self) -> None:
        """Take the next bundle: larger where the last one went quickly, smaller where the server is slow."""
        lasted = time.monotonic() - self._claimed_at
        if not self._may_claim() or (self._under_way and not self._is_more and lasted < _SECONDS_UNBOOKED):
            return
        if self._is_more and lasted < _SECONDS_IN_HAND / 2:
            self._bundle = min(self._bundle * 2, _MOST * self._connections)
        elif lasted > _SECONDS_IN_HAND:
            self._bundle = max(self._bundle // 2, _LEAST * self._connections)
        found = patiently(lambda: self._ledger.claim(self._bundle, now=timezone.now()))
        self._is_more, self._claimed_at = len(found) == self._bundle, time.monotonic()
        self._held.extend(found)

    def _listen(self) -> None:
        """Everything the couriers have said by now; for the first word there is time, and for some company."""
        if not self._under_way:
            return
        try:
            self._hear(self._events.get(timeout=_SECONDS_UNBOOKED if self._ended else 1.0))
            if not self._ready and all(courier.load > 1 for courier in self._couriers):
                time.sleep(_SECONDS_FOR_COMPANY)
            while True:
                self._hear(self._events.get_nowait())
        except queue.Empty:
            return

    def _hear(self, event: Event) -> None:
        if isinstance(event, Ready):
            self._ready.append(event)
            return
        self._under_way -= 1
        event.courier.load -= 1
        if event.outcome is not None:
            self._end(event.outcome)

    def _end(self, outcome: Outcome) -> None:
        if not self._ended:
            self._ended_since = time.monotonic()
        self._ended.append(outcome)

    def _hand_out(self) -> None:
        """One for each connection first; then some ahead for those that carry mail well."""
        while self._held and (courier := self._next_courier()) is not None:
            message = self._held.popleft()
            if (parcel := self._written(message)) is None:
                continue
            courier.load += 1
            if courier.most_ahead:
                self._leaving.append((courier, Errand(message, parcel)))
            else:
                self._give(courier, Errand(message, parcel))

    def _next_courier(self) -> Courier | None:
        if len(self._couriers) < self._connections and all(courier.load for courier in self._couriers):
            self._couriers.append(Courier(self._make_transport(), self._events.put))
        least = min(self._couriers, key=lambda courier: courier.load)
        return least if least.load <= least.most_ahead else None

    def _written(self, message: OutboundMessage) -> Parcel | None:
        started = time.monotonic()
        try:
            return parcel_of(message)
        except Exception as error:
            logger.exception("Message %s could not be written out.", message.pk)
            name = type(error).__name__
            self._end(outcome_of(message, Verdict.POISON, Phase.CONNECT, None, name, "", started))
            return None

    def _give(self, courier: Courier, errand: Errand) -> None:
        courier.take(errand)
        self._under_way += 1

    def _book(self) -> None:
        """Ends are written with the next messages that may go; alone only when there are none for a while."""
        waited = time.monotonic() - self._ended_since if self._ended else 0.0
        is_last = not (self._held or self._under_way)
        is_time = bool(self._ended) and (is_last or waited >= _SECONDS_UNBOOKED)
        if not (self._ready or self._leaving or is_time):
            return
        ended, ready, leaving = self._ended, self._ready, self._leaving
        self._ended, self._ready, self._leaving = [], [], []
        asking = [event.message for event in ready] + [errand.message for _courier, errand in leaving]
        going: set[int] = set()
        is_written = False
        leave = Leave.of(_SECONDS_OF_LEAVE)
        try:
            with transaction.atomic():
                counted = self._ledger.settle(ended, now=timezone.now())
                going = self._ledger.put_on_wire(asking, now=timezone.now())
            self.tally += counted
            is_written = True
        except Exception:
            # The marks may have reached the database or not: without its answer nobody sends.
            logger.exception("The books could not be written; nothing was handed over.")
            going, self._ended = set(), ended + self._ended
            connection.close()
        for event in ready:
            event.courier.answer(event.message.pk in going)
        for courier, errand in leaving:
            if errand.message.pk in going:
                self._last_leave = leave
                self._give(courier, errand._replace(leave=leave))
            else:
                courier.load -= 1
        if not is_written:
            self._settle_patiently()
            self._put_back(asking, not_before=timezone.now() + settings.MAIL_STEP)

    def _settle_patiently(self) -> None:
        ended, self._ended = self._ended, []
        self.tally += patiently(lambda: self._ledger.settle(ended, now=timezone.now()))

    def _take_back_late(self) -> None:
        """What waits behind a server that has not answered for the length of a leave goes to somebody else."""
        if self._last_leave != NO_LEAVE and not self._last_leave.holds():
            self._put_back(self._not_begun(courier for courier in self._couriers if courier.load > 1))
            self._last_leave = NO_LEAVE

    def _not_begun(self, couriers: Iterable[Courier]) -> list[OutboundMessage]:
        found = []
        for courier in couriers:
            errands = courier.give_back()
            courier.load -= len(errands)
            self._under_way -= len(errands)
            found += [errand.message for errand in errands]
        return found

    def _put_back(self, messages: list[OutboundMessage], *, not_before: datetime | None = None) -> None:
        if messages:
            patiently(lambda: self._ledger.let_go(messages, not_before=not_before))

    def _leave(self) -> None:
        """What is with a server is waited for, what is not goes back into the queue."""
        until = time.monotonic() + _SECONDS_TO_STOP
        self._put_back([*self._held, *self._not_begun(self._couriers)])
        while self._under_way and time.monotonic() < until:
            self._listen()
            self._book()
        self._settle_patiently()
        for courier in self._couriers:
            courier.stop(max(0.0, until - time.monotonic()))
