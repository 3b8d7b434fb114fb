"""The sources of measures that can be asked: how, how often, with which key, and about which legislatures."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.conf import settings

from legislation.models.feed import Feed
from legislation.models.feed_calls import Limit, Period
from legislation.sources.measures.legiscan_codes import state_of
from legislation.sources.measures.live import (
    billstatus,
    congress_gov,
    legiscan,
    legisinfo,
    openstates,
    senate_votes,
)
from legislation.sources.measures.live.pages import Page, Visit
from legislation.sources.places import CANADA, UNITED_STATES, US_PARTS


class LiveSource(NamedTuple):
    """`format` names the reader of its answers; `key_name` the setting that holds the key, where it needs one.

    `limits` are the publisher's, besides the requests a day, which staff may lower: `calls_a_day` is where they start.
    """

    format: str
    pages: Callable[[Visit], Iterator[Page]]
    covers: Callable[[str], bool]
    calls_a_day: int
    limits: Callable[[], list[Limit]] = list
    every_hours: int = 24
    key_name: str = ""

    @property
    def key(self) -> str:
        return str(getattr(settings, self.key_name)) if self.key_name else ""

    @property
    def lacks_its_key(self) -> bool:
        return bool(self.key_name) and not self.key

    def limits_of(self, feed: Feed) -> list[Limit]:
        """The publisher's, and the requests a day that staff allow."""
        return [*self.limits(), Limit(Period.DAY, feed.most_calls_a_day)]


_STATES = frozenset(place.ocd_id for place in US_PARTS.values())


def _congress(jurisdiction: str) -> bool:
    return jurisdiction == UNITED_STATES.ocd_id


def _state_of_legiscan(jurisdiction: str) -> bool:
    """Congress as well could be asked of LegiScan; who keeps the record is asked instead."""
    return jurisdiction in _STATES and bool(state_of(jurisdiction))


# The publisher’s own word.
_CONGRESS_GOV_CALLS_AN_HOUR, _LEGISCAN_CALLS_A_MONTH = 5_000, 30_000
# By key of `Source`.
LIVE = {
    "openstates-v3": LiveSource(
        "openstates-v3",
        openstates.pages,
        _STATES.__contains__,
        250,
        lambda: [Limit(Period.MINUTE, settings.OPENSTATES_CALLS_A_MINUTE)],
        key_name="OPENSTATES_API_KEY",
    ),
    "legiscan": LiveSource(
        "legiscan-json",
        legiscan.pages,
        _state_of_legiscan,
        2_000,
        lambda: [Limit(Period.MONTH, _LEGISCAN_CALLS_A_MONTH)],
        key_name="LEGISCAN_API_KEY",
    ),
    "congress-gov": LiveSource(
        "congress-gov",
        congress_gov.pages,
        _congress,
        20_000,
        lambda: [Limit(Period.HOUR, _CONGRESS_GOV_CALLS_AN_HOUR)],
        key_name="CONGRESS_GOV_API_KEY",
    ),
    # These three name no quota; ours keep us polite.
    "billstatus": LiveSource(
        "billstatus", billstatus.pages, _congress, 10_000, lambda: [Limit(Period.MINUTE, 120)], every_hours=6
    ),
    "senate-votes": LiveSource(
        "senate-votes", senate_votes.pages, _congress, 1_000, lambda: [Limit(Period.MINUTE, 60)]
    ),
    "legisinfo": LiveSource(
        "legisinfo",
        legisinfo.pages,
        lambda jurisdiction: jurisdiction == CANADA.ocd_id,
        1_000,
        lambda: [Limit(Period.MINUTE, 60)],
        every_hours=6,
    ),
}
