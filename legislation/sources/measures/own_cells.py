"""The cells of our own table of measures: one that cannot be used is named, with what may stand there instead."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from legislation.sources.measures.records import Refused
from legislation.sources.places import CANADA, CANADIAN_PARTS, UNITED_STATES, US_PARTS
from legislation.sources.shapes import nfc, one_line

_OCD_ID = re.compile(
    r"^ocd-jurisdiction/country:(?:ca|us)[a-z0-9_:/.~-]*/(?:government|legislature|council)$"
)
_LONGEST_ADDRESS = 500
_LONGEST_OCD_ID = 200
_LOCAL_MOMENT = re.compile(r"^(?P<moment>\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2})(?::00)? (?P<zone>[A-Za-z_/]+)$")
# ISO 3166-2: CA is Canada, and California is US-CA.
JURISDICTIONS = (
    {"US": UNITED_STATES.ocd_id, "CA": CANADA.ocd_id}
    | {f"US-{code.upper()}": place.ocd_id for code, place in US_PARTS.items()}
    | {f"CA-{code.upper()}": place.ocd_id for code, place in CANADIAN_PARTS.items()}
)


@dataclass
class TableRow:
    """One row by the names of its columns. What is wrong with it is collected: a person mends all of it at once."""

    file: str
    line: int
    cells: dict[str, str]
    wrong: list[Refused] = field(default_factory=list)

    def refuse(self, column: str, why: str) -> None:
        where = _("%(file)s, line %(line)d, column %(column)s")
        self.wrong.append(Refused(where % {"file": self.file, "line": self.line, "column": column}, why))

    def text(self, column: str, most: int, *, required: bool = False) -> str:
        found = one_line(self.cells.get(column, ""))
        if required and not found:
            self.refuse(column, _("It is empty, and every row needs it."))
        return self._within(column, found, most)

    def paragraphs(self, column: str, most: int) -> str:
        return self._within(column, nfc(self.cells.get(column, "")).strip(), most)

    def listed(self, column: str, most: int) -> tuple[str, ...]:
        """Several values, with a bar between them."""
        values = (one_line(value) for value in self.cells.get(column, "").split("|"))
        return tuple(dict.fromkeys(self._within(column, value, most) for value in values if value))

    def choice(self, column: str, allowed: Collection[str]) -> str:
        found = one_line(self.cells.get(column, "")).lower()
        if found and found not in allowed:
            why = _("“%(value)s” is not one of: %(allowed)s.")
            self.refuse(column, why % {"value": found[:80], "allowed": ", ".join(allowed)})
            return ""
        return found

    def day(self, column: str) -> date | None:
        found = one_line(self.cells.get(column, ""))
        if not found:
            return None
        try:
            return datetime.strptime(found, "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            why = _("“%(value)s” is not a date. Write the year first: 2026-11-21.")
            self.refuse(column, why % {"value": found[:80]})
            return None

    def moment(self, column: str) -> datetime | None:
        """A moment by the clock of a place: 2026-12-15 23:59 America/Toronto."""
        found = one_line(self.cells.get(column, ""))
        if not found:
            return None
        said = _LOCAL_MOMENT.match(found)
        if said and (moment := _by_the_clock(said["moment"], said["zone"])):
            return moment
        why = _(
            "“%(value)s” is not a moment. Write date, time and zone, such as 2026-12-15 23:59 %(zone)s; "
            "zones: %(zones)s."
        )
        zones = ", ".join(NORTH_AMERICAN_ZONES)
        self.refuse(column, why % {"value": found[:80], "zone": NORTH_AMERICAN_ZONES[4], "zones": zones})
        return None

    def address(self, column: str) -> str:
        found = self.text(column, _LONGEST_ADDRESS)
        try:
            parts = urlsplit(found)
        except ValueError:
            parts = urlsplit("")
        if found and (parts.scheme not in ("http", "https") or not parts.netloc or " " in found):
            self.refuse(
                column, _("“%(value)s” is not an address that begins with https://.") % {"value": found[:80]}
            )
            return ""
        return found

    def jurisdiction(self, column: str) -> str:
        found = self.text(column, _LONGEST_OCD_ID, required=True)
        if known := JURISDICTIONS.get(found.upper()):
            return known
        if found and not _OCD_ID.match(found):
            why = _(
                "“%(value)s” is not known. Write CA, US, a part such as CA-ON or US-TX, or an Open Civic Data id."
            )
            self.refuse(column, why % {"value": found[:80]})
            return ""
        return found

    def _within(self, column: str, found: str, most: int) -> str:
        if "\0" in found:
            self.refuse(column, _("It holds a character that no text has."))
            return ""
        if len(found) > most:
            why = _("It has %(found)d characters, and %(most)d is the most.")
            self.refuse(column, why % {"found": len(found), "most": most})
            return ""
        return found


def _by_the_clock(moment: str, zone: str) -> datetime | None:
    """None where that clock never shows it: no such day, or the hour that is skipped in spring."""
    if zone not in NORTH_AMERICAN_ZONES:
        return None
    try:
        shown = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return shown if shown.astimezone(UTC).astimezone(shown.tzinfo).replace(fold=0) == shown else None
