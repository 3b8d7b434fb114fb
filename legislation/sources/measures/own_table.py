"""Reader for our own table of measures: what no publisher offers as data, written down by hand or by a script.

Provinces, regulations and consultations come this way; docs/measures_csv.md says what each column holds. A row is a
measure, or one more stage of it. What a measure says of itself stands on any of its rows, and contradicts none of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from advocacy.kernel.exports import plain_text
from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind, number_key
from legislation.models.source import Source
from legislation.models.sponsorship import SponsorRole
from legislation.models.stage import Stage
from legislation.sources.measures.own_cells import TableRow
from legislation.sources.measures.records import (
    CommentFact,
    MeasureFile,
    MeasureKey,
    MeasureRecord,
    PersonHint,
    Reading,
    SessionFact,
    SponsorFact,
    StageFact,
)
from legislation.sources.opening import Document, FileRefused, content_of
from legislation.sources.records import content_hash
from legislation.sources.tables import Row, rows_of, text_of

SOURCE = Source.OWN
IDENTITY = ("jurisdiction", "session", "number")
OF_THE_MEASURE = (
    "session_name",
    "kind",
    "title_en",
    "title_fr",
    "summary_en",
    "summary_fr",
    "subjects",
    "sponsors",
    "url",
    "comment_closes",
)
OF_A_STAGE = ("stage", "stage_date", "stage_label", "stage_chamber")
COLUMNS = (*IDENTITY, *OF_THE_MEASURE, *OF_A_STAGE)
_LONGEST_ID = 120


class _Identity(NamedTuple):
    jurisdiction: str
    session: str
    number_key: str

    @property
    def external_id(self) -> str:
        written = "/".join((self.jurisdiction.removeprefix("ocd-jurisdiction/"), *self[1:]))
        return written if len(written) <= _LONGEST_ID else content_hash(*self)


@dataclass
class _Found:
    """What the rows of one measure say, by column; and which line said it first."""

    identity: _Identity
    number: str
    said: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    stages: list[StageFact] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)


def template() -> str:
    """The first line of the table, to be filled in with a spreadsheet."""
    return ",".join(COLUMNS) + "\r\n"


def open_at(path: Path) -> list[MeasureFile]:
    """The measures of one CSV file. Raises FileRefused where its first line does not name the columns."""
    if path.is_dir():
        raise FileRefused(_("%(path)s is a folder. Give one CSV file.") % {"path": path.name})
    document = Document(path.name, content_of(path))
    rows = rows_of(document, _delimiter(document))
    header = _header(document, next(rows, None))
    return [MeasureFile(SOURCE, path.name, _readings(document.name, header, rows))]


def _delimiter(document: Document) -> str:
    """Spreadsheets of French Canada write semicolons. The first line decides: no name of a column holds either."""
    first_line = text_of(document).partition("\n")[0]
    return ";" if first_line.count(";") > first_line.count(",") else ","


def _header(document: Document, row: Row | None) -> list[str]:
    names = [name.strip().lower() for name in row.cells] if row else []
    while names and not names[-1]:
        names.pop()
    unknown = [name or "“”" for name in names if name not in COLUMNS]
    missing = [name for name in IDENTITY if name not in names]
    twice = sorted({name for name in names if names.count(name) > 1 and name not in unknown})
    if unknown:
        why = _("%(file)s has columns that are not known: %(unknown)s. Columns are: %(columns)s.")
    elif missing:
        why = _("%(file)s lacks the columns %(missing)s. Columns are: %(columns)s.")
    elif twice:
        why = _("%(file)s has these columns twice: %(twice)s.")
    else:
        return names
    raise FileRefused(
        why
        % {
            "file": document.name,
            "unknown": ", ".join(unknown),
            "missing": ", ".join(missing),
            "twice": ", ".join(twice),
            "columns": ", ".join(COLUMNS),
        }
    )


def _readings(file: str, header: list[str], rows: Iterator[Row]) -> Iterator[Reading]:
    found: dict[_Identity, _Found] = {}
    for row in rows:
        one = _row(file, header, row)
        identity, number = _identity(one)
        if one.wrong:
            yield from one.wrong
            continue
        measure = found.setdefault(identity, _Found(identity, number))
        measure.rows.append(one)
        _read_measure(one, measure)
        _read_stage(one, measure)
    for measure in found.values():
        yield from _record(measure)


def _row(file: str, header: list[str], row: Row) -> TableRow:
    """Cells beyond the last column are refused, missing ones are empty."""
    cells = [plain_text(cell) for cell in row.cells]
    one = TableRow(file, row.line, dict(zip(header, cells, strict=False)))
    if any(cell.strip() for cell in cells[len(header) :]):
        one.refuse(_("after the last"), _("The row has more cells than there are columns."))
    return one


def _identity(row: TableRow) -> tuple[_Identity, str]:
    jurisdiction = row.jurisdiction("jurisdiction")
    session = row.text("session", 40, required=True)
    number = row.text("number", 40, required=True)
    if number and not number_key(number):
        row.refuse("number", _("A number has at least one letter or digit."))
    return _Identity(jurisdiction, session, number_key(number)), number


def _read_measure(row: TableRow, measure: _Found) -> None:
    values: dict[str, Any] = {
        "session_name": row.text("session_name", 160),
        "kind": row.choice("kind", MeasureKind.values),
        "title_en": row.text("title_en", 2000),
        "title_fr": row.text("title_fr", 2000),
        "summary_en": row.paragraphs("summary_en", 50_000),
        "summary_fr": row.paragraphs("summary_fr", 50_000),
        "subjects": row.listed("subjects", 200),
        "sponsors": row.listed("sponsors", 200),
        "url": row.address("url"),
        "comment_closes": row.moment("comment_closes"),
    }
    for column, value in values.items():
        if not value:
            continue
        if measure.said.setdefault(column, value) != value:
            why = _("Line %(line)d says something else of the same measure. Say it once.")
            row.refuse(column, why % {"line": measure.lines[column]})
        measure.lines.setdefault(column, row.line)


def _read_stage(row: TableRow, measure: _Found) -> None:
    on, stage = row.day("stage_date"), row.choice("stage", Stage.values)
    label = row.text("stage_label", 120)
    chamber = row.choice("stage_chamber", ChamberCode.values)
    if stage and on:
        place = ChamberCode(chamber) if chamber else None
        fact = StageFact(on, Stage(stage), label, place)
        known = next((one for one in measure.stages if _is_one_step(one, fact)), fact)
        if known != fact:
            row.refuse("stage_label", _("Another line has this stage of this day in other words."))
        elif known is fact:
            measure.stages.append(fact)
    elif stage and not row.cells.get("stage_date"):
        row.refuse("stage_date", _("A stage has a date: 2026-11-21."))
    elif (on or label or chamber) and not row.cells.get("stage"):
        allowed = ", ".join(Stage.values)
        row.refuse("stage", _("Which stage was it? One of: %(allowed)s.") % {"allowed": allowed})


def _is_one_step(one: StageFact, other: StageFact) -> bool:
    return (one.on, one.stage, one.chamber) == (other.on, other.stage, other.chamber)


def _record(measure: _Found) -> Iterator[Reading]:
    """A measure with a bad cell on any row is left out whole: half of its way would mislead."""
    said, first = measure.said, measure.rows[0]
    if not said.get("title_en") and not said.get("title_fr"):
        first.refuse("title_en", _("A measure has a title, in English or in French."))
    if wrong := [problem for row in measure.rows for problem in row.wrong]:
        yield from wrong
        return
    identity = measure.identity
    session = SessionFact(identity.jurisdiction, identity.session, said.get("session_name", ""))
    sponsors = tuple(SponsorFact(PersonHint(name), SponsorRole.SPONSOR) for name in said.get("sponsors", ()))
    stages = list(measure.stages)
    for close in _close_of_comments(said.get("comment_closes")):
        if not any(_is_one_step(close, stage) for stage in stages):
            stages.append(close)
    yield MeasureRecord(
        identity.external_id,
        first.file,
        MeasureKey(session, measure.number),
        content_hash(*(sorted(row.cells.items()) for row in measure.rows)),
        MeasureKind(said.get("kind", MeasureKind.BILL)),
        said.get("title_en", ""),
        said.get("title_fr", ""),
        summary_en=said.get("summary_en", ""),
        summary_fr=said.get("summary_fr", ""),
        subjects=said.get("subjects", ()),
        url=said.get("url", ""),
        stages=tuple(sorted(stages, key=lambda stage: stage.on)) or None,
        sponsors=sponsors or None,
        comments=_comments(said.get("comment_closes")),
    )


def _comments(moment: datetime | None) -> CommentFact | None:
    return CommentFact(moment, str(moment.tzinfo)) if moment else None


def _close_of_comments(moment: datetime | None) -> Iterator[StageFact]:
    """The stage is reached on the day by the clock of whoever takes the comments; its words keep the hour."""
    if moment:
        words = f"Comments close {moment:%Y-%m-%d %H:%M} {moment.tzinfo}"
        yield StageFact(moment.date(), Stage.COMMENT_CLOSED, words)
