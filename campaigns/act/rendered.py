"""The first page of a campaign, kept as it was drawn: a thousand people open it at once, and it is the same for all.

Where a campaign stands is asked once a second; so long may a pause go unseen here. Sending asks anew each time.

What differs, the form's token and the mail somebody came by, is put in afterwards. What is kept is known by all that
decides how the page looks, so that a pause draws another; the count of participants may be a minute old.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime, timedelta

from campaigns.act.shown import Standing

MOST_PAGES = 64
STANDING_KEPT_FOR = timedelta(seconds=1)


class Pages:
    """The pages that were drawn last, in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, list[str]] = OrderedDict()
        self._standings: dict[str, tuple[datetime, Standing]] = {}

    def get(self, key: Hashable, marks: Mapping[str, str], draw: Callable[[], str]) -> str:
        """The page of this key; each of the `marks` stands in what `draw` gives, and is replaced by its value."""
        with self._lock:
            parts = self._pages.get(key)
        if parts is None:
            parts = _parted(draw(), marks)
            with self._lock:
                self._pages[key] = parts
                while len(self._pages) > MOST_PAGES:
                    self._pages.popitem(last=False)
        return "".join(marks.get(part, part) for part in parts)

    def standing(self, slug: str, now: datetime, ask: Callable[[str], Standing | None]) -> Standing | None:
        """Where the campaign stands, as it was asked within the last second."""
        known = self._standings.get(slug)
        if known and known[0] <= now < known[0] + STANDING_KEPT_FOR:
            return known[1]
        standing = ask(slug)
        with self._lock:
            # A robot may try any name: what is no campaign is not kept.
            if standing is not None:
                self._standings[slug] = (now, standing)
        return standing

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._standings.clear()


def _parted(page: str, marks: Mapping[str, str]) -> list[str]:
    parts = [page]
    for mark in marks:
        parts = [bit for part in parts for bit in _around(part, mark)]
    return parts


def _around(part: str, mark: str) -> list[str]:
    bits: list[str] = []
    for number, bit in enumerate(part.split(mark)):
        bits += [mark, bit] if number else [bit]
    return bits
