"""The formats of measures that an import can name, the publishers behind them, and whose word goes first."""

from collections.abc import Callable
from pathlib import Path

from legislation.models import Source
from legislation.sources.catalogue import AboutSource
from legislation.sources.measures import (
    billstatus,
    congress_gov,
    legiscan_csv,
    legiscan_json,
    legisinfo,
    openstates_api,
    openstates_scrape,
    own_table,
    senate_votes,
)
from legislation.sources.measures.records import MeasureFile

Opening = Callable[[Path], list[MeasureFile]]

_OPEN_STATES = AboutSource("Open States", "https://open.pluralpolicy.com", "CC0", "")
_CONGRESS = "https://www.congress.gov"
# By key of `Source`, best first: where two have the same measure, the better one leads it. Whoever keeps the record
# goes before those who collect it from others; within one publisher, the fuller format goes first.
SOURCES = {
    "legisinfo": AboutSource(
        "LEGISinfo",
        "https://www.parl.ca/legisinfo",
        "Open Government Licence – Canada",
        "Contains information licensed under the Open Government Licence – Canada.",
    ),
    "congress-gov": AboutSource("Congress.gov", _CONGRESS, "Public domain", ""),
    "billstatus": AboutSource(
        "GPO Bill Status", "https://www.govinfo.gov/bulkdata/BILLSTATUS", "Public domain", ""
    ),
    "senate-votes": AboutSource("U.S. Senate roll calls", "https://www.senate.gov", "Public domain", ""),
    "openstates-v3": _OPEN_STATES,
    "openstates-scrape": _OPEN_STATES._replace(name="Open States scrapers"),
    "legiscan": AboutSource(
        "LegiScan",
        "https://legiscan.com/datasets",
        "CC BY 4.0",
        "LegiScan data © LegiScan LLC, licensed CC BY 4.0, https://legiscan.com/datasets",
    ),
    Source.OWN: AboutSource("Our own staff", "", "", ""),
}
_RANKS = {key: rank for rank, key in enumerate(SOURCES)}

# By the name of the format.
READERS: dict[str, Opening] = {
    "billstatus": billstatus.open_at,
    "congress-gov": congress_gov.open_at,
    "legiscan-csv": legiscan_csv.open_at,
    "legiscan-json": legiscan_json.open_at,
    "legisinfo": legisinfo.open_at,
    "own": own_table.open_at,
    "senate-votes": senate_votes.open_at,
    "openstates-scrape": lambda path: [openstates_scrape.read(path)],
    "openstates-v3": lambda path: [openstates_api.read(path)],
}


def rank_of(key: str) -> int:
    """How far down the list a source stands; one that is not on it stands last."""
    return _RANKS.get(key, len(_RANKS))
