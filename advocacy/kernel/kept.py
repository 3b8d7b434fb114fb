"""What was asked a moment ago, kept in this process for a few seconds."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Found(NamedTuple, Generic[Value]):
    """`is_kept`: it was asked before, and may have changed since."""

    value: Value
    is_kept: bool


class Kept(Generic[Value]):
    """At most so many answers, each for so long. Keep only what changes nothing but how fast somebody is answered."""

    def __init__(self, *, most: int, lasting: timedelta) -> None:
        self._most, self._lasting = most, lasting
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, tuple[datetime, Value]] = OrderedDict()

    def get(self, key: Hashable, ask: Callable[[], Value], *, now: datetime) -> Found[Value]:
        """What `ask` answered within that time, else what it answers now. What it raises is not kept."""
        known = self._answers.get(key)
        if known and known[0] <= now < known[0] + self._lasting:
            return Found(known[1], is_kept=True)
        value = ask()
        with self._lock:
            self._answers[key] = (now, value)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return Found(value, is_kept=False)

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
