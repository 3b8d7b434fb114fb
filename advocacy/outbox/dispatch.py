"""Emptying the queue: messages taken in hand in bundles, handed over on several connections, booked together.

The dispatcher is the only one that speaks to the database. One commit marks a group of messages as being on the wire;
the ends of those before them ride along in the same transaction. Why nobody gets a message twice all the same:

* No byte of a text leaves before the commit that marks it. The mark may stand a moment too early, never too late.
* A connection gets its next messages, marked and with leave, while it waits for an answer, so that it never waits for
  the books. These are few (see the courier): none until a message got through, and where one does not, those behind
  it come back.
* Leave is good for a second. Whoever comes to it later asks again, as does whoever had none: consent, a pause, the
  deadline and the fence are looked at no longer than that before the text goes.
* A worker that dies leaves as uncertain what was under way and what it had leave for, and no more than that. They
  wait for evidence like every message of which nobody knows: too many of them is a nuisance, a second copy never.

A server that keeps one message waiting for longer than a leave is good for keeps nobody else waiting. What stands
behind that message is taken back, by one step that either side wins: it returns to the queue as known not to have
been sent. Mail to other domains goes around it, on up to as many connections again.
"""

import logging
import os
import queue
import socket
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from advocacy.outbox.actions import events
from advocacy.outbox.courier import Courier, Errand, Event, Leave, Ready, outcome_of
from advocacy.outbox.ending import is_ending
from advocacy.outbox.ledger import Ledger, patiently
from advocacy.outbox.models import OutboundMessage, Phase
from advocacy.outbox.transports.interface import Parcel, Transport
from advocacy.outbox.verdicts import Outcome, Verdict
from advocacy.outbox.wire import parcel_of

logger = logging.getLogger(__name__)
# How many are taken in hand at once: as many as go in about a second, so that what is urgent waits no longer.
_LEAST, _MOST, _SECONDS_IN_HAND = 2, 50, 1.0
# How long the end of a message may wait for company before it is written down by itself.
_SECONDS_UNBOOKED = 0.05
_SECONDS_FOR_COMPANY = 0.02
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
        owner = f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
        self._ledger = Ledger(owner, note_unknown=events.note_unknown_addresses)
        self._couriers: list[Courier] = []
        self._held: deque[OutboundMessage] = deque()
        self._bundle, self._is_more, self._claimed_at = _LEAST * connections, False, time.monotonic()
        # Handed out with the next commit, to couriers who are busy.
        self._leaving: list[tuple[Courier, Errand]] = []
        self._ended: list[Outcome] = []
        self._ended_since = 0.0
        self._ready: list[Ready] = []
        # Known not to have been sent: it returns to the queue.
        self._unsent: list[OutboundMessage] = []
        self._is_distrusted = False
        self.tally: Counter[str] = Counter()

    def run(self) -> Counter[str]:
        try:
            self._claim()
            while (self._busy() or self._held) and self._may_go_on():
                self._listen()
                self._hand_out()
                self._book()
                self._take_back(courier for courier in self._busy() if courier.slow_domain is not None)
                self._claim()
        finally:
            self._leave()
        return self.tally

    def _may_go_on(self) -> bool:
        return not (is_ending.is_set() or self._is_distrusted)

    def _busy(self) -> list[Courier]:
        return [courier for courier in self._couriers if courier.load]

    def _slow_domains(self) -> set[str]:
        return {domain for courier in self._couriers if (domain := courier.slow_domain) is not None}

    def _claim(self) -> None:
        """Take the next bundle when little is in hand; where all of it waits for slow domains, what goes elsewhere."""
        but_to: set[str] = set()
        if len(self._held) >= self._connections:
            but_to = self._slow_domains()
            if not but_to.issuperset(message.domain for message in self._held):
                return
        lasted = time.monotonic() - self._claimed_at
        is_too_soon = bool(self._busy()) and not self._is_more and lasted < _SECONDS_UNBOOKED
        if is_too_soon or not (self._may_go_on() and self._may_claim()):
            return
        self._fit_bundle(lasted)
        most = self._bundle
        found = patiently(lambda: self._ledger.claim(most, now=timezone.now(), but_to=but_to))
        self._is_more, self._claimed_at = len(found) == most, time.monotonic()
        self._held.extend(found)

    def _fit_bundle(self, lasted: float) -> None:
        """Larger where the last one went quickly, smaller where the server is slow."""
        if self._is_more and lasted < _SECONDS_IN_HAND / 2:
            self._bundle = min(self._bundle * 2, _MOST * self._connections)
        elif lasted > _SECONDS_IN_HAND:
            self._bundle = max(self._bundle // 2, _LEAST * self._connections)

    def _listen(self) -> None:
        """Everything the couriers have said by now; for the first word there is time, and for some company."""
        if not (busy := self._busy()):
            return
        try:
            self._hear(self._events.get(timeout=_SECONDS_UNBOOKED if self._ended else 1.0))
            if not self._ready:
                time.sleep(min(_SECONDS_FOR_COMPANY, *(courier.seconds_ahead / 2 for courier in busy)))
            while True:
                self._hear(self._events.get_nowait())
        except queue.Empty:
            return

    def _hear(self, event: Event) -> None:
        if isinstance(event, Ready):
            self._ready.append(event)
            return
        event.courier.load -= 1
        if event.outcome is None:
            self._unsent.append(event.message)
        else:
            self._end(event.outcome)

    def _end(self, outcome: Outcome) -> None:
        if not self._ended:
            self._ended_since = time.monotonic()
        self._ended.append(outcome)
        self._is_distrusted = self._is_distrusted or outcome.is_distrusted

    def _hand_out(self) -> None:
        """One for each connection first; then some ahead for those that carry mail well."""
        slow = self._slow_domains()
        while (message := self._next_message(slow)) is not None:
            if not self._may_go_on() or (courier := self._next_courier(slow)) is None:
                return
            self._held.remove(message)
            if (parcel := self._parcel_of(message)) is None:
                continue
            courier.load += 1
            if courier.most_ahead:
                self._leaving.append((courier, Errand(message, parcel)))
            else:
                courier.take(Errand(message, parcel))

    def _next_message(self, slow: set[str]) -> OutboundMessage | None:
        """The first in the queue; where every connection is busy, nothing more for domains that are slow."""
        is_room = not slow or len(self._busy()) < self._connections
        return next((message for message in self._held if is_room or message.domain not in slow), None)

    def _next_courier(self, slow: set[str]) -> Courier | None:
        """Whoever is idle; otherwise the least busy, if it may have something ahead."""
        busy, most = self._busy(), self._connections * (2 if slow else 1)
        if len(busy) < most:
            return next((courier for courier in self._couriers if not courier.load), None) or self._one_more()
        flowing = [courier for courier in busy if courier.slow_domain is None]
        # More than these are busy only for a moment, after a domain was slow: they get nothing, and become idle.
        if not flowing or len(busy) > most:
            return None
        least = min(flowing, key=lambda courier: courier.load)
        return least if least.load <= least.most_ahead else None

    def _one_more(self) -> Courier:
        courier = Courier(self._make_transport(), self._events.put)
        self._couriers.append(courier)
        return courier

    def _parcel_of(self, message: OutboundMessage) -> Parcel | None:
        started = time.monotonic()
        try:
            return parcel_of(message)
        except Exception as error:
            logger.exception("Message %s could not be written out.", message.pk)
            what = type(error).__name__
            self._end(outcome_of(message, Verdict.POISON, Phase.CONNECT, None, what, started=started))
            return None

    def _book(self) -> None:
        """Ends are written with the next messages that may go; alone only when there are none for a while."""
        waited = time.monotonic() - self._ended_since if self._ended else 0.0
        is_last = not (self._held or self._busy())
        is_time = bool(self._ended) and (is_last or waited >= _SECONDS_UNBOOKED)
        if not (self._ready or self._leaving or is_time):
            return
        ended, ready, leaving = self._ended, self._ready, self._leaving
        self._ended, self._ready, self._leaving = [], [], []
        asking = [event.message for event in ready] + [errand.message for _courier, errand in leaving]
        leave = Leave.from_now()
        going = self._write_down(ended, asking)
        for event in ready:
            event.courier.answer(going is not None and event.message.pk in going)
        for courier, errand in leaving:
            if going is not None and errand.message.pk in going:
                courier.take(errand._replace(leave=leave))
            else:
                courier.load -= 1
        if going is None:
            self._ended = ended
            self._settle_patiently()
            self._put_back(asking, not_before=timezone.now() + settings.MAIL_STEP)

    def _write_down(self, ended: list[Outcome], asking: list[OutboundMessage]) -> set[int] | None:
        """Which of those who ask may go. None where it may have been written or not: without an answer nobody sends."""
        try:
            with transaction.atomic():
                counted = self._ledger.settle(ended, now=timezone.now())
                going = self._ledger.put_on_wire(asking, now=timezone.now())
        except Exception:
            logger.exception("The books could not be written; nothing was handed over.")
            connection.close()
            return None
        self.tally += counted
        return going

    def _settle_patiently(self) -> None:
        ended, self._ended = self._ended, []
        self.tally += patiently(lambda: self._ledger.settle(ended, now=timezone.now()))

    def _take_back(self, couriers: Iterable[Courier]) -> None:
        """Put back what came back, and what these have not begun."""
        unsent, self._unsent = self._unsent, []
        for courier in couriers:
            errands = courier.give_back()
            courier.load -= len(errands)
            unsent += [errand.message for errand in errands]
        self._put_back(unsent)

    def _put_back(self, messages: list[OutboundMessage], *, not_before: datetime | None = None) -> None:
        if messages:
            patiently(lambda: self._ledger.let_go(messages, not_before=not_before))

    def _leave(self) -> None:
        """What is with a server is waited for, what is not goes back into the queue."""
        until = time.monotonic() + _SECONDS_TO_STOP
        self._unsent.extend(self._held)
        self._take_back(self._couriers)
        while self._busy() and time.monotonic() < until:
            self._listen()
            self._book()
        self._take_back(())
        self._settle_patiently()
        for courier in self._couriers:
            courier.stop(max(0.0, until - time.monotonic()))
