"""The campaign's other letters, to hold a new one against: kept in each process, and read on from where it stopped."""

import threading
from collections import OrderedDict
from time import monotonic

from campaigns import similarity
from campaigns.models import Campaign, LetterShape
from campaigns.similarity import Meter, Shapes

_MOST_CAMPAIGNS = 8
_ROWS_AT_ONCE = 2000
# To count thousands of rows takes longer than to read the few that came since.
SECONDS_BETWEEN_COUNTS = 1


class _Earlier:
    """What is known of one campaign's letters. One thread at a time reads on or compares."""

    def __init__(self, campaign_id: int) -> None:
        self._campaign_id = campaign_id
        self._lock = threading.Lock()
        self._to_count_at = 0.0
        self._forget()

    def _forget(self) -> None:
        self._shapes, self._last = Shapes(), 0

    def meter(self, letter: str, ours: str) -> Meter:
        with self._lock:
            self._read_on()
            return similarity.meter_of(letter, ours=ours, others=self._shapes)

    def _read_on(self) -> None:
        rows = LetterShape.objects.filter(campaign=self._campaign_id)
        if monotonic() >= self._to_count_at:
            self._to_count_at = monotonic() + SECONDS_BETWEEN_COUNTS
            # A row may come to light after a newer one, or be taken back with its transaction.
            if rows.filter(pk__lte=self._last).count() != len(self._shapes):
                self._forget()
        in_order = rows.order_by("pk").values_list("pk", "shape")
        is_more = True
        while is_more:
            newer = list(in_order.filter(pk__gt=self._last)[:_ROWS_AT_ONCE])
            self._shapes.add(similarity.from_bytes(shape) for _number, shape in newer)
            self._last = newer[-1][0] if newer else self._last
            is_more = len(newer) == _ROWS_AT_ONCE


class _Kept:
    """The campaigns that were last written for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._campaigns: OrderedDict[int, _Earlier] = OrderedDict()

    def of(self, campaign_id: int) -> _Earlier:
        with self._lock:
            if campaign_id not in self._campaigns:
                self._campaigns[campaign_id] = _Earlier(campaign_id)
            self._campaigns.move_to_end(campaign_id)
            while len(self._campaigns) > _MOST_CAMPAIGNS:
                self._campaigns.popitem(last=False)
            return self._campaigns[campaign_id]

    def clear(self) -> None:
        with self._lock:
            self._campaigns.clear()


_kept = _Kept()


def meter(letter: str, *, ours: str, campaign: Campaign) -> Meter:
    """`letter` beside the organisation's text and every other letter of the campaign; two queries at most.

    Ask before the letter itself is added.
    """
    return _kept.of(campaign.pk).meter(letter, ours)


def forget() -> None:
    """What this process keeps is read anew."""
    _kept.clear()
