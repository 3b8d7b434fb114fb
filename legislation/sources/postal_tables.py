"""Tables of the districts that ZIP codes, postal codes and their first three characters lie in."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from legislation.models.map_edition import EditionPart
from legislation.sources.division_ids import PREFIX, division_fact, whole
from legislation.sources.map_shapes import edition_in_name, house_district, riding
from legislation.sources.opening import Document, FileRefused, parse_json
from legislation.sources.places import US_PARTS
from legislation.sources.records import DivisionFact

ZIP_HEADER = ["state_fips", "state_abbr", "zcta", "cd"]
RIDING_HEADER = ["postal_code", "fed_num"]
FSA_HEADER = ["fsa", "fed_num", "postal_codes", "share"]
OWN_HEADER = ["postal_code", "division_id"]
ONTARIO_FSAS = "on_fsa_provincial_ed"
_AT_LARGE = {"0", "00", "98"}


class PostalRow(NamedTuple):
    code: str
    division: str
    share: float | None = None


@dataclass
class PostalTable:
    """The rows of one part of an edition, and the divisions they speak of, by id."""

    edition: str
    part: str
    rows: list[PostalRow] = field(default_factory=list)
    divisions: dict[str, DivisionFact] = field(default_factory=dict)

    def add(self, code: str, fact: DivisionFact, share: float | None = None) -> None:
        self.divisions.setdefault(fact.ocd_id, fact)
        self.rows.append(PostalRow(code, fact.ocd_id, share))


def header_of(head: bytes) -> list[str]:
    """The names in the first line of a CSV file that begins so."""
    first = head.decode("utf-8-sig", "replace").partition("\n")[0].strip()
    return [name.strip() for name in first.split(",")]


def is_postal_table(name: str, head: bytes) -> bool:
    header = header_of(head)
    return ONTARIO_FSAS in name or any(
        header[: len(known)] == known for known in (ZIP_HEADER, RIDING_HEADER, FSA_HEADER, OWN_HEADER)
    )


def read_postal_table(document: Document) -> PostalTable:
    """The table in a file. Raises FileRefused, naming the line that cannot be read."""
    if ONTARIO_FSAS in document.name:
        return _ontario(document)
    header = header_of(document.content[:2000])
    table, read = _kind_of(document, header)
    text = io.StringIO(document.content.decode("utf-8-sig", "strict"))
    for number, row in enumerate(csv.DictReader(text), start=2):
        try:
            read(table, row)
        except (KeyError, ValueError, TypeError, AttributeError) as problem:
            raise FileRefused(
                _("%(file)s, line %(line)d cannot be read: %(problem)s")
                % {"file": document.name, "line": number, "problem": problem}
            ) from problem
    if not table.rows:
        raise FileRefused(_("%(file)s holds no postal codes.") % {"file": document.name})
    return table


def _kind_of(
    document: Document, header: list[str]
) -> tuple[PostalTable, Callable[[PostalTable, dict[str, str]], None]]:
    if header[:4] == ZIP_HEADER:
        return PostalTable("cd119", EditionPart.POSTAL_CODES), _zip_row
    if header[:2] == RIDING_HEADER:
        return PostalTable("fed2023", EditionPart.POSTAL_CODES), _riding_row
    if header[:4] == FSA_HEADER:
        return PostalTable("fed2023", EditionPart.FSAS), _fsa_row
    return PostalTable(edition_in_name(document.name), EditionPart.POSTAL_CODES), _own_row


def _zip_row(table: PostalTable, row: dict[str, str]) -> None:
    state, number = row["state_abbr"].lower(), row["cd"]
    if len(row["zcta"]) != 5 or not row["zcta"].isdecimal():
        raise ValueError(row["zcta"])
    fact = whole(US_PARTS[state]) if number in _AT_LARGE else house_district(state, int(number))
    table.add(row["zcta"], fact)


def _riding_row(table: PostalTable, row: dict[str, str]) -> None:
    table.add(row["postal_code"].replace(" ", "").upper(), riding(int(row["fed_num"])))


def _fsa_row(table: PostalTable, row: dict[str, str]) -> None:
    # Shares are rounded; a riding that holds any code at all has some of it.
    share = min(max(float(row["share"]), 0.0001), 1.0)
    table.add(row["fsa"].upper(), riding(int(row["fed_num"])), share)


def _own_row(table: PostalTable, row: dict[str, str]) -> None:
    if not row["division_id"].startswith(PREFIX):
        raise ValueError(row["division_id"])
    share = float(row["share"]) if row.get("share") else None
    name = row["division_id"].rpartition(":")[2]
    table.add(row["postal_code"].replace(" ", "").upper(), division_fact(row["division_id"], name), share)


def _ontario(document: Document) -> PostalTable:
    """Elections Ontario's look-ups by FSA: for each, the electoral districts with their part of it."""
    table = PostalTable("on-2015", EditionPart.FSAS)
    for fsa, district in _districts_of_fsas(parse_json(document)):
        ocd_id = f"{PREFIX}ca/province:on/ed:{int(district['id'])}-2015"
        share = min(max(float(district["percent"]) / 100, 0.0001), 1.0)
        table.add(fsa, division_fact(ocd_id, f"Ontario {district['id']}"), share)
    return table


def _districts_of_fsas(content: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in content:
        for district in entry["eds"]:
            yield entry["fsa"].upper(), district
