"""How the Congress of the United States names its measures: eight types, each counted anew in every Congress."""

import re
from datetime import date
from typing import NamedTuple

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.sources.measures.records import MeasureKey, SessionFact
from legislation.sources.places import UNITED_STATES

LAST_CONGRESS = 999
_FIRST_YEAR = 1789
# Since the Twentieth Amendment a Congress begins at noon on 3 January; the 74th was the first to do so.
_FIRST_IN_JANUARY = 74
_NOT_A_LETTER = re.compile(r"[^a-z]+")
_PRINTED = re.compile(r"^\s*(?P<type>[A-Za-z][A-Za-z. ]*?)\s*(?P<number>[0-9]{1,6})\b")


class BillType(NamedTuple):
    """`code` is how the sources write it, `page` how the addresses of congress.gov do."""

    code: str
    printed: str
    kind: MeasureKind
    origin: ChamberCode
    page: str

    @property
    def is_agreed_to(self) -> bool:
        """Simple and concurrent resolutions are agreed to; bills and joint resolutions pass."""
        return self.code in {"hres", "sres", "hconres", "sconres"}


_BILL, _RESOLUTION = MeasureKind.BILL, MeasureKind.RESOLUTION
_HOUSE, _SENATE = ChamberCode.LOWER, ChamberCode.UPPER
TYPES = {
    one.code: one
    for one in (
        BillType("hr", "H.R.", _BILL, _HOUSE, "house-bill"),
        BillType("s", "S.", _BILL, _SENATE, "senate-bill"),
        BillType("hjres", "H.J.Res.", _RESOLUTION, _HOUSE, "house-joint-resolution"),
        BillType("sjres", "S.J.Res.", _RESOLUTION, _SENATE, "senate-joint-resolution"),
        BillType("hconres", "H.Con.Res.", _RESOLUTION, _HOUSE, "house-concurrent-resolution"),
        BillType("sconres", "S.Con.Res.", _RESOLUTION, _SENATE, "senate-concurrent-resolution"),
        BillType("hres", "H.Res.", _RESOLUTION, _HOUSE, "house-resolution"),
        BillType("sres", "S.Res.", _RESOLUTION, _SENATE, "senate-resolution"),
    )
}


class CongressNumber(NamedTuple):
    """One measure of one Congress."""

    congress: int
    type: BillType
    number: int

    @property
    def printed(self) -> str:
        return f"{self.type.printed} {self.number}"

    @property
    def external_id(self) -> str:
        return f"{self.congress}-{self.type.code}-{self.number}"

    @property
    def key(self) -> MeasureKey:
        return MeasureKey(session_of(self.congress), self.printed)

    @property
    def url(self) -> str:
        return (
            f"https://www.congress.gov/bill/{_ordinal(self.congress)}-congress/{self.type.page}/{self.number}"
        )


def bill_type(written: str) -> BillType | None:
    """`HJRES`, `hjres` and `H.J.Res.` are one type; None for amendments, nominations and treaties."""
    return TYPES.get(_NOT_A_LETTER.sub("", written.lower()))


def read_number(congress: int, written: str) -> CongressNumber | None:
    """The measure that `H.R. 82` is in that Congress; None for whatever is no measure."""
    match = _PRINTED.match(written)
    found = bill_type(match["type"]) if match else None
    if not match or not found or not int(match["number"]) or not 1 <= congress <= LAST_CONGRESS:
        return None
    return CongressNumber(congress, found, int(match["number"]))


def session_of(congress: int) -> SessionFact:
    """The two years of a Congress are one session here: its measures keep their numbers in both."""
    starts_on = ends_on = None
    if congress >= _FIRST_IN_JANUARY:
        year = _FIRST_YEAR + 2 * (congress - 1)
        starts_on, ends_on = date(year, 1, 3), date(year + 2, 1, 3)
    return SessionFact(
        UNITED_STATES.ocd_id,
        str(congress),
        f"{_ordinal(congress)} Congress",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"
