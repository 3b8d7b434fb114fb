"""Tables of the districts that ZIP codes, postal codes and their first three characters lie in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from advocacy.kernel.postal import is_possible
from legislation.models.map_edition import EditionPart
from legislation.sources.division_ids import PREFIX, by_number, division_fact, listed_division, whole
from legislation.sources.map_shapes import edition_in_name, house_district, riding
from legislation.sources.opening import Document, FileRefused, parse_json
from legislation.sources.places import US_PARTS
from legislation.sources.records import DivisionFact
from legislation.sources.tables import ends_with_its_line, named, refused, rows_of

ZIP_HEADER = ["state_fips", "state_abbr", "zcta", "cd"]
RIDING_HEADER = ["postal_code", "fed_num"]
FSA_HEADER = ["fsa", "fed_num", "postal_codes", "share"]
OWN_HEADER = ["postal_code", "division_id"]
ONTARIO_FSAS = "on_fsa_provincial_ed"
FSA_LENGTH, ZIP_LENGTH = 3, 5
_AT_LARGE = {"0", "00", "98"}
# Shares are rounded; a district that holds any of a code at all has some of it.
_LEAST_SHARE = 0.0001


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


class _Line(NamedTuple):
    """What one row says."""

    code: str
    fact: DivisionFact
    share: float | None = None


def header_of(head: bytes) -> list[str]:
    """The names in the first line of a CSV file that begins so, in small letters."""
    first = head.decode("utf-8-sig", "replace").strip().partition("\n")[0].strip()
    return [name.strip().strip('"').lower() for name in first.split(",")]


def is_postal_table(name: str, head: bytes) -> bool:
    header = header_of(head)
    return ONTARIO_FSAS in name or any(
        header[: len(known)] == known for known in (ZIP_HEADER, RIDING_HEADER, FSA_HEADER, OWN_HEADER)
    )


def read_postal_tables(document: Document) -> list[PostalTable]:
    """The tables in a file: whole codes, and what codes begin with. Raises FileRefused, naming the line."""
    if ONTARIO_FSAS in document.name:
        return _by_part("on-2015", _ontario(document))
    edition, read = _kind_of(document)
    tables = _by_part(edition, _lines(document, read))
    if not tables:
        raise FileRefused(_("%(file)s holds no postal codes.") % {"file": document.name})
    return tables


def _by_part(edition: str, lines: Iterator[_Line]) -> list[PostalTable]:
    tables = {part: PostalTable(edition, part) for part in (EditionPart.POSTAL_CODES, EditionPart.FSAS)}
    for line in lines:
        is_fsa = len(line.code) == FSA_LENGTH
        table = tables[EditionPart.FSAS if is_fsa else EditionPart.POSTAL_CODES]
        table.divisions.setdefault(line.fact.ocd_id, line.fact)
        table.rows.append(PostalRow(line.code, line.fact.ocd_id, line.share))
    return [table for table in tables.values() if table.rows]


def _lines(document: Document, read: Callable[[dict[str, str]], _Line]) -> Iterator[_Line]:
    """What each row says, once. A number that was cut off is another district, so every line must be ended."""
    rows = rows_of(document)
    header = [name.strip().lower() for name in next(rows).cells]
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        try:
            line = read(named(header, row, document))
        except (KeyError, ValueError) as problem:
            raise refused(document, row.line, _why(problem)) from problem
        first = seen.setdefault((line.code, line.fact.ocd_id), row.line)
        if first != row.line:
            why = _("%(code)s has this district on line %(line)d already; remove one of the two")
            raise refused(document, row.line, why % {"code": line.code, "line": first})
        yield line
    if not ends_with_its_line(document):
        why = _(
            "the last line is not ended, so the file may be cut off. If it is whole, end it with a line break."
        )
        raise refused(document, document.content.count(b"\n") + 1, why)


def _why(problem: KeyError | ValueError) -> str:
    if isinstance(problem, KeyError):
        return _("this cannot be read: %(problem)s") % {"problem": problem}
    return str(problem)


def _kind_of(document: Document) -> tuple[str, Callable[[dict[str, str]], _Line]]:
    header = header_of(document.content[:2000])
    if header[:4] == ZIP_HEADER:
        return "cd119", _zip_row
    if header[:2] == RIDING_HEADER:
        return "fed2023", _riding_row
    if header[:4] == FSA_HEADER:
        return "fed2023", _fsa_row
    return edition_in_name(document.name), _own_row


def _zip_row(row: dict[str, str]) -> _Line:
    state, number = row["state_abbr"].lower(), row["cd"]
    fact = whole(US_PARTS[state]) if number in _AT_LARGE else house_district(state, int(number))
    return _Line(_code(row["zcta"], ZIP_LENGTH), fact)


def _riding_row(row: dict[str, str]) -> _Line:
    return _Line(_code(row["postal_code"]), riding(_riding_number(row["fed_num"])))


def _fsa_row(row: dict[str, str]) -> _Line:
    share = max(_share(row["share"], least=0), _LEAST_SHARE)
    return _Line(_code(row["fsa"], FSA_LENGTH), riding(_riding_number(row["fed_num"])), share)


def _own_row(row: dict[str, str]) -> _Line:
    share = _share(row["share"], least=_LEAST_SHARE) if row.get("share") else None
    ocd_id = row["division_id"]
    return _Line(_code(row["postal_code"]), listed_division(ocd_id, by_number(ocd_id)), share)


def _code(text: str, length: int | None = None) -> str:
    """A code in its one spelling. Raises ValueError where none can be written so."""
    code = text.replace(" ", "").upper()
    if not is_possible(code) or (length and len(code) != length):
        raise ValueError(_("no code is written like “%(code)s”") % {"code": text[:40]})
    return code


def _riding_number(text: str) -> int:
    if len(text) != 5 or not (text.isascii() and text.isdecimal()):
        raise ValueError(_("a riding has a number of five digits, not “%(text)s”") % {"text": text[:40]})
    return int(text)


def _share(value: object, *, least: float, whole_is: float = 1) -> float:
    """A part of one. Raises ValueError for what is none, such as NaN."""
    try:
        share = float(str(value)) / whole_is
    except ValueError:
        share = -1.0
    if not least <= share <= 1:
        raise ValueError(
            _("“%(share)s” is no share: it lies above 0 and is at most %(whole)g")
            % {"share": str(value)[:40], "whole": whole_is}
        )
    return share


def _ontario(document: Document) -> Iterator[_Line]:
    """Elections Ontario's look-ups by FSA: for each, the electoral districts with their part of it."""
    content = parse_json(document)
    if not isinstance(content, list) or not content:
        raise FileRefused(_("%(file)s holds no list of FSAs.") % {"file": document.name})
    seen: set[tuple[str, str]] = set()
    for number, entry in enumerate(content, start=1):
        try:
            lines = list(_districts_of_fsa(entry))
            for line in lines:
                if (line.code, line.fact.ocd_id) in seen:
                    raise ValueError(
                        _("%(code)s has district %(district)s twice; remove one of the two")
                        % {"code": line.code, "district": by_number(line.fact.ocd_id)}
                    )
                seen.add((line.code, line.fact.ocd_id))
        except (KeyError, ValueError, TypeError, AttributeError) as problem:
            raise FileRefused(
                _("%(file)s, entry %(number)d: %(why)s")
                % {"file": document.name, "number": number, "why": _why_of_entry(problem)}
            ) from problem
        yield from lines


def _why_of_entry(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return _("it lacks %(problem)s; download the file again") % {"problem": problem}
    return str(problem)


def _districts_of_fsa(entry: dict[str, Any]) -> Iterator[_Line]:
    fsa, districts = _code(str(entry["fsa"]), FSA_LENGTH), entry["eds"]
    if not isinstance(districts, Sequence) or isinstance(districts, str):
        raise TypeError(_("its districts (eds) are no list; download the file again"))
    for district in districts:
        ocd_id = f"{PREFIX}ca/province:on/ed:{int(district['id'])}-2015"
        share = max(_share(district["percent"], least=0, whole_is=100), _LEAST_SHARE)
        yield _Line(fsa, division_fact(ocd_id, by_number(ocd_id)), share)
