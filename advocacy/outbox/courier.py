"""One connection and the thread that works it: offers a message, waits for leave, hands it over.

It never touches the database. What it finds goes to the dispatcher, which keeps the books for all of them.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from django.utils import timezone

from advocacy.outbox import verdicts
from advocacy.outbox.models import OutboundMessage, Phase
from advocacy.outbox.transports.interface import Distrusted, NobodyKnows, NotOffered, Transport
from advocacy.outbox.verdicts import Outcome, Verdict
from advocacy.outbox.wire import parcel_of

logger = logging.getLogger(__name__)


class Ready(NamedTuple):
    """The server waits for the text of this message: may it go?"""

    courier: "Courier"
    message: OutboundMessage


class Done(NamedTuple):
    """A courier is free again; `outcome` None where it had no leave to go on."""

    courier: "Courier"
    message: OutboundMessage
    outcome: Outcome | None


Event = Ready | Done


class Courier:
    def __init__(self, transport: Transport, tell: Callable[[Event], None]) -> None:
        self.transport, self._tell = transport, tell
        self._work: queue.SimpleQueue[OutboundMessage | None] = queue.SimpleQueue()
        self._leave: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._thread.start()

    def take(self, message: OutboundMessage) -> None:
        self._work.put(message)

    def answer(self, may_go: bool) -> None:
        self._leave.put(may_go)

    def stop(self, seconds: float) -> None:
        self._work.put(None)
        self._leave.put(False)
        self._thread.join(seconds)

    def _run(self) -> None:
        while (message := self._work.get()) is not None:
            outcome = self._deliver(message)
            self._tell(Done(self, message, outcome))
        self.transport.close()

    def _deliver(self, message: OutboundMessage) -> Outcome | None:
        started = time.monotonic()

        def outcome(verdict: Verdict, phase: Phase, code: int | None, text: str) -> Outcome:
            return Outcome(
                pk=message.pk,
                fence=message.fence,
                verdict=verdict,
                phase=phase,
                code=code,
                text=text,
                carrier=self.transport.carrier,
                at=timezone.now(),
                milliseconds=int((time.monotonic() - started) * 1000),
            )

        is_going = False
        try:
            parcel = parcel_of(message)
            content = parcel.content()
            self.transport.offer(parcel)
            self._tell(Ready(self, message))
            if not self._leave.get():
                self.transport.take_back()
                return None
            is_going = True
            answer = self.transport.hand_over(parcel._replace(content=lambda: content))
        except NotOffered as no:
            verdict = verdicts.before_the_text(no.phase, no.code, message.attempts)
            ended = outcome(verdict, no.phase, no.code, no.text)
            return replace(ended, is_distrusted=isinstance(no, Distrusted))
        except NobodyKnows as lost:
            return outcome(Verdict.UNCERTAIN, lost.phase, None, lost.text)
        except Exception as error:
            logger.exception("Message %s could not be handed over.", message.pk)
            self.transport.close()
            verdict = Verdict.UNCERTAIN if is_going else Verdict.POISON
            return outcome(verdict, Phase.BODY if is_going else Phase.CONNECT, None, type(error).__name__)
        return outcome(
            verdicts.after_the_dot(answer.code, message.attempts), Phase.DONE, answer.code, answer.text
        )
