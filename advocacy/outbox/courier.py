"""One connection and the thread that works it: offers a message, and hands it over when it has leave.

It never touches the database. What it finds goes to the dispatcher, which keeps the books for all of them. Where
mail flows, a message comes with leave that is good for a moment; otherwise, or when that moment has passed before
the server is ready for the text, the courier asks.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from django.utils import timezone

from advocacy.outbox import verdicts
from advocacy.outbox.models import OutboundMessage, Phase
from advocacy.outbox.transports.interface import Distrusted, NobodyKnows, NotOffered, Parcel, Transport
from advocacy.outbox.verdicts import Outcome, Verdict

logger = logging.getLogger(__name__)
# What a connection carries in so long is handed out to it ahead, so that a quick server does not wait for the books.
# A relay takes longer for a single message, and gets none ahead: what was is uncertain when the worker is killed.
_SECONDS_AHEAD, _MOST_AHEAD = 0.01, 25
# How long leave is good for. A server that keeps one message waiting for longer is slow.
_SECONDS_OF_LEAVE = 1.0


class Leave(NamedTuple):
    """Good for a moment by both clocks: one may stand still while a machine sleeps, the other may be set."""

    steady: float
    wall: float

    @classmethod
    def from_now(cls) -> "Leave":
        return cls(time.monotonic() + _SECONDS_OF_LEAVE, time.time() + _SECONDS_OF_LEAVE)

    def holds(self) -> bool:
        return time.monotonic() < self.steady and time.time() < self.wall


class Errand(NamedTuple):
    """A message written out. Without leave, or when it has passed, whoever carries it asks before the text."""

    message: OutboundMessage
    parcel: Parcel
    leave: Leave | None = None

    def may_go(self) -> bool:
        return self.leave is not None and self.leave.holds()


class Ready(NamedTuple):
    """The server waits for the text of this message: may it go?"""

    courier: "Courier"
    message: OutboundMessage


class Done(NamedTuple):
    """A courier has one errand less; `outcome` None where it did not go: it had no leave, or one before it failed."""

    courier: "Courier"
    message: OutboundMessage
    outcome: Outcome | None


Event = Ready | Done


class Courier:
    """`load` is what it was given and has not ended, kept by the dispatcher."""

    def __init__(self, transport: Transport, tell: Callable[[Event], None]) -> None:
        self.transport, self._tell = transport, tell
        self.load = 0
        self._seconds_each: float | None = None
        # What is under way: for which domain, and since when.
        self._begun: tuple[str, float] | None = None
        self._work: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._leave: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._thread.start()

    @property
    def most_ahead(self) -> int:
        """How many messages may wait behind the one that is under way: none until one got through, and quickly."""
        seconds = self._seconds_each
        return 0 if seconds is None else min(int(_SECONDS_AHEAD / seconds), _MOST_AHEAD)

    @property
    def seconds_ahead(self) -> float:
        """How long it has something to carry after what is under way now."""
        return max(self.load - 1, 0) * (self._seconds_each or 0.0)

    @property
    def slow_domain(self) -> str | None:
        """The domain whose message has kept it waiting for so long that nothing should wait behind it."""
        domain, since = self._begun or (None, 0.0)
        return domain if time.monotonic() - since > _SECONDS_OF_LEAVE else None

    def take(self, errand: Errand) -> None:
        self._work.put(errand)

    def answer(self, may_go: bool) -> None:
        self._leave.put(may_go)

    def give_back(self) -> list[Errand]:
        """What it has not begun: nothing of it was said to a server, nor will be."""
        found = []
        with suppress(queue.Empty):
            while (errand := self._work.get_nowait()) is not None:
                found.append(errand)
        return found

    def stop(self, seconds: float) -> None:
        self._work.put(None)
        self._leave.put(False)
        self._thread.join(seconds)

    def _run(self) -> None:
        while (errand := self._work.get()) is not None:
            started = time.monotonic()
            self._begun = errand.message.domain, started
            outcome = self._deliver(errand, started)
            self._begun = None
            is_through = outcome is not None and outcome.verdict == Verdict.SENT
            self._seconds_each = max(time.monotonic() - started, 1e-4) if is_through else None
            self._tell(Done(self, errand.message, outcome))
            if not is_through:
                # The relay may be closing, or ask for patience, or not be the one it should be.
                for behind in self.give_back():
                    self._tell(Done(self, behind.message, None))
        self.transport.close()

    def _deliver(self, errand: Errand, started: float) -> Outcome | None:
        message, is_going = errand.message, False
        ended = partial(outcome_of, message, started=started, carrier=self.transport.carrier)
        try:
            self.transport.offer(errand.parcel)
            if not self._may_go(errand):
                self.transport.take_back()
                return None
            is_going = True
            answer = self.transport.hand_over(errand.parcel)
        except NotOffered as no:
            verdict = verdicts.before_the_text(no.phase, no.code, message.attempts)
            return ended(verdict, no.phase, no.code, no.text, is_distrusted=isinstance(no, Distrusted))
        except NobodyKnows as lost:
            return ended(Verdict.UNCERTAIN, lost.phase, None, lost.text)
        except Exception as error:
            logger.exception("Message %s could not be handed over.", message.pk)
            self.transport.close()
            verdict = Verdict.UNCERTAIN if is_going else Verdict.POISON
            return ended(verdict, Phase.BODY if is_going else Phase.CONNECT, None, type(error).__name__)
        verdict = verdicts.after_the_dot(answer.code, message.attempts)
        return ended(verdict, Phase.DONE, answer.code, answer.text)

    def _may_go(self, errand: Errand) -> bool:
        if errand.may_go():
            return True
        self._tell(Ready(self, errand.message))
        return self._leave.get()


def outcome_of(
    message: OutboundMessage,
    verdict: Verdict,
    phase: Phase,
    code: int | None,
    text: str,
    *,
    started: float,
    carrier: str = "",
    is_distrusted: bool = False,
) -> Outcome:
    return Outcome(
        pk=message.pk,
        fence=message.fence,
        verdict=verdict,
        phase=phase,
        code=code,
        text=text,
        carrier=carrier,
        at=timezone.now(),
        milliseconds=int((time.monotonic() - started) * 1000),
        is_distrusted=is_distrusted,
    )
