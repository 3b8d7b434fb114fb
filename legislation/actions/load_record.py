"""From an empty database to the real record: whatever known files lie in a folder, in the right order."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from legislation.actions import map_loading, record_import
from legislation.actions.map_loading import LoadedFile
from legislation.models import EditionPart, Source
from legislation.sources import map_sources
from legislation.sources.divisions import read_divisions
from legislation.sources.map_shapes import read_shapes
from legislation.sources.opening import Document, FileRefused, content_of
from legislation.sources.postal_tables import read_postal_table
from legislation.sources.recognise import Found, Kind, recognise

LOADED, UNCHANGED, REFUSED = "loaded", "unchanged", "refused"


@dataclass
class Line:
    """What became of one file, or of one source of people."""

    kind: str
    name: str
    status: str
    rows: int = 0
    why: str = ""
    notices: list[str] = field(default_factory=list)


@dataclass
class LoadReport:
    lines: list[Line] = field(default_factory=list)
    not_recognised: list[str] = field(default_factory=list)

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.status == REFUSED]

    def as_data(self) -> dict[str, Any]:
        return {"loaded": [vars(line) for line in self.lines], "not_recognised": self.not_recognised}


def load(
    folder: Path,
    *,
    now: datetime,
    only: Collection[str] = (),
    force: bool = False,
    on_line: Callable[[Line], None] = lambda line: None,
) -> LoadReport:
    """Load what is known of `folder`, kinds of `only` alone where some are named. One bad file stops no other."""
    known, unknown = recognise(folder)
    report = LoadReport(not_recognised=[str(path.relative_to(folder)) for path in unknown])
    loading = _Loading(known, now, force)
    for found in known:
        if only and found.kind not in only:
            continue
        for line in loading.lines_of(found):
            report.lines.append(line)
            on_line(line)
    return report


class _Loading:
    def __init__(self, known: list[Found], now: datetime, force: bool) -> None:
        self.now = now
        self.force = force
        self.districts = next((one.path for one in known if one.kind == Kind.DISTRICTS), None)
        self.divisions = next((one.path for one in known if one.path.name.startswith("country-ca.csv")), None)

    def lines_of(self, found: Found) -> Iterator[Line]:
        if found.kind == Kind.DISTRICTS:
            # The states' importer reads it with its people: a seat belongs to a chamber.
            return
        if found.kind == Kind.PEOPLE:
            yield from self._people(found)
            return
        load = {
            Kind.DIVISIONS: self._divisions,
            Kind.SHAPES: self._shapes,
            Kind.POSTAL: self._postal,
        }[found.kind]
        try:
            yield load(found, Document(found.path.name, content_of(found.path)))
        except FileRefused as refusal:
            yield Line(found.kind, found.path.name, REFUSED, why=str(refusal))

    def _people(self, found: Found) -> Iterator[Line]:
        try:
            report = record_import.run(
                source=found.source,
                path=found.path,
                now=self.now,
                force=self.force,
                districts=self.districts,
                divisions=self.divisions,
            )
        except FileRefused as refusal:
            yield Line(found.kind, found.source, REFUSED, why=str(refusal))
            return
        for outcome in report.outcomes:
            status = {record_import.APPLIED: LOADED, record_import.REFUSED: REFUSED}.get(
                outcome.status, UNCHANGED
            )
            yield Line(found.kind, f"{found.source}: {outcome.name}", status, outcome.changes, outcome.why)

    def _divisions(self, found: Found, document: Document) -> Line:
        rows = map_loading.load_divisions(read_divisions(document))
        _source(map_sources.DIVISIONS)
        return Line(found.kind, document.name, LOADED if rows else UNCHANGED, rows)

    def _shapes(self, found: Found, document: Document) -> Line:
        digest = _digest(document)
        if map_loading.is_loaded(EditionPart.SHAPES, digest) and not self.force:
            return Line(found.kind, document.name, UNCHANGED)
        shapes = read_shapes(document)
        file = self._file(document, digest, shapes.edition, EditionPart.SHAPES)
        rows = map_loading.replace_shapes(shapes, file, now=self.now, force=self.force)
        notices = [f"{notice.record}: {notice.why}" for notice in shapes.notices]
        if shapes.left_out:
            notices.append(_("%(count)d areas of water are no districts.") % {"count": shapes.left_out})
        return Line(found.kind, f"{document.name} ({shapes.edition})", LOADED, rows, notices=notices)

    def _postal(self, found: Found, document: Document) -> Line:
        digest = _digest(document)
        postal = (EditionPart.POSTAL_CODES, EditionPart.FSAS)
        if any(map_loading.is_loaded(part, digest) for part in postal) and not self.force:
            return Line(found.kind, document.name, UNCHANGED)
        table = read_postal_table(document)
        file = self._file(document, digest, table.edition, table.part)
        rows = map_loading.replace_postal_codes(table, file, now=self.now, force=self.force)
        return Line(found.kind, f"{document.name} ({table.edition})", LOADED, rows)

    def _file(self, document: Document, digest: str, edition: str, part: str) -> LoadedFile:
        return LoadedFile(document.name[:200], digest, _source(map_sources.source_key(edition, part)))


def _digest(document: Document) -> str:
    return hashlib.sha256(document.content).hexdigest()


def _source(key: str) -> Source:
    return Source.objects.get_or_create(key=key, defaults=map_sources.about(key)._asdict())[0]
