"""From an empty database to the real record: whatever known files lie in a folder, in the right order."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from legislation.actions import division_lists, map_loading, record_import
from legislation.actions.map_loading import LoadedFile, Replaced
from legislation.models import EditionPart
from legislation.sources import catalogue, download, map_sources
from legislation.sources.divisions import read_divisions
from legislation.sources.map_shapes import read_shapes
from legislation.sources.opening import LARGEST_MAP, Document, FileRefused, content_of
from legislation.sources.postal_tables import read_postal_tables
from legislation.sources.recognise import Found, Kind, recognise

LOADED, UNCHANGED, REFUSED = "loaded", "unchanged", "refused"
_LONGEST_LABEL, _MOST_EDITIONS_NAMED = 200, 3


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
    """`passed_over` are folders of older snapshots."""

    lines: list[Line] = field(default_factory=list)
    not_recognised: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.status == REFUSED]

    def as_data(self) -> dict[str, Any]:
        return {
            "loaded": [vars(line) for line in self.lines],
            "not_recognised": self.not_recognised,
            "passed_over": self.passed_over,
        }


def load(
    folder: Path,
    *,
    now: datetime,
    only: Collection[str] = (),
    force: bool = False,
    on_line: Callable[[Line], None] = lambda line: None,
) -> LoadReport:
    """Load what is known of `folder`, kinds of `only` alone where some are named. One bad file stops no other."""
    contents = recognise(folder)
    report = LoadReport(
        not_recognised=[str(path.relative_to(folder)) for path in contents.unknown],
        passed_over=[str(path.relative_to(folder)) for path in contents.older],
    )
    loading = _Loading(folder, contents.known, now, force)
    for kind in Kind:
        found = [one for one in contents.known if one.kind == kind and (not only or kind in only)]
        for line in loading.lines_of(kind, found):
            report.lines.append(line)
            on_line(line)
    return report


def load_published(
    folder: Path, web: httpx.Client, *, now: datetime, on_line: Callable[[Line], None] = lambda line: None
) -> LoadReport:
    """Load the people of every source that publishes them for anybody, fetched into `folder`."""
    report = LoadReport()
    loading = _Loading(folder, [], now, force=False)
    for source in catalogue.SOURCES:
        for line in _fetched(source, folder / source, web, loading):
            report.lines.append(line)
            on_line(line)
    return report


def _fetched(source: str, folder: Path, web: httpx.Client, loading: "_Loading") -> Iterator[Line]:
    folder.mkdir()
    try:
        path = download.fetch(source, folder, web)
    except FileRefused as refusal:
        yield Line(Kind.PEOPLE, source, REFUSED, why=str(refusal))
        return
    yield from loading.lines_of(Kind.PEOPLE, [Found(Kind.PEOPLE, path, source)])


class _Loading:
    def __init__(self, folder: Path, known: list[Found], now: datetime, force: bool) -> None:
        self.folder = folder
        self.now = now
        self.force = force
        self.districts = next((one.path for one in known if one.kind == Kind.DISTRICTS), None)
        self.divisions = next((one.path for one in known if one.path.name.startswith("country-ca.csv")), None)
        # What each list of divisions says is the same as something else.
        self._same: dict[Path, dict[str, str]] = {}
        # The maps and tables of this folder that the record holds already, by their label.
        self._beside: set[str] = set()

    def lines_of(self, kind: Kind, found: list[Found]) -> Iterator[Line]:
        # The states' importer reads DISTRICTS with its people: a seat belongs to a chamber.
        match kind:
            case Kind.DIVISIONS:
                yield from self._lists(found)
            case Kind.PEOPLE:
                for one in found:
                    yield from self._people(one)
            case Kind.SHAPES:
                yield from (self._tried(one, self._shapes) for one in found)
            case Kind.POSTAL:
                yield from (self._tried(one, self._postal) for one in found)

    def _tried(self, found: Found, load: Callable[[Found], Line]) -> Line:
        """What becomes of a file. One that cannot be loaded leaves nothing behind, and stops no other."""
        try:
            return load(found)
        except FileRefused as refusal:
            return Line(found.kind, found.path.name, REFUSED, why=str(refusal))
        except (DataError, IntegrityError) as problem:
            why = _("%(file)s holds something the record cannot keep: %(problem)s")
            said = {"file": found.path.name, "problem": problem}
            return Line(found.kind, found.path.name, REFUSED, why=why % said)

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

    def _lists(self, found: list[Found]) -> Iterator[Line]:
        """All lists first, then what is the same as what: one list names divisions of another."""
        lines = [(one.path, self._tried(one, self._list)) for one in found]
        linked = division_lists.link_aliases(
            {ocd_id: other for same in self._same.values() for ocd_id, other in same.items()}
        )
        for path, line in lines:
            if line.status != REFUSED:
                line.rows += len(self._same[path].keys() & linked)
                line.status = LOADED if line.rows else UNCHANGED
            yield line

    def _list(self, found: Found) -> Line:
        document = Document(found.path.name, content_of(found.path))
        listed = list(read_divisions(document))
        rows = division_lists.load(listed)
        map_loading.source_row(map_sources.DIVISIONS)
        self._same[found.path] = {one.fact.ocd_id: one.alias_of for one in listed if one.alias_of}
        return Line(found.kind, document.name, UNCHANGED, rows)

    def _shapes(self, found: Found) -> Line:
        document = Document(found.path.name, content_of(found.path, LARGEST_MAP))
        file = self._file(found, document)
        if self._is_loaded(file, EditionPart.SHAPES):
            return Line(found.kind, document.name, UNCHANGED)
        drawn = read_shapes(document, division_lists.names_below)
        done = []
        with transaction.atomic():
            for shapes in drawn.editions.values():
                if not self._is_drawn(shapes.edition, EditionPart.SHAPES, file):
                    source = map_sources.shapes_key(shapes.edition, shapes.about)
                    done.append(
                        map_loading.replace_shapes(shapes, replace(file, source=source), now=self.now)
                    )
        notices = [f"{notice.record}: {notice.why}" for notice in drawn.notices]
        if drawn.left_out:
            notices.append(_("%(count)d areas of water are no districts.") % {"count": drawn.left_out})
        notices += [_("%(name)s is no division of the record.") % {"name": name} for name in drawn.unmatched]
        return self._line(found, file, list(drawn.editions), done, notices)

    def _postal(self, found: Found) -> Line:
        document = Document(found.path.name, content_of(found.path))
        file = self._file(found, document)
        if self._is_loaded(file, EditionPart.POSTAL_CODES, EditionPart.FSAS):
            return Line(found.kind, document.name, UNCHANGED)
        done = []
        tables = read_postal_tables(document)
        with transaction.atomic():
            for table in tables:
                if not self._is_drawn(table.edition, table.part, file):
                    source = map_sources.source_key(table.edition, table.part)
                    done.append(
                        map_loading.replace_postal_codes(table, replace(file, source=source), now=self.now)
                    )
        return self._line(found, file, [tables[0].edition], done, [])

    def _is_loaded(self, file: LoadedFile, *parts: str) -> bool:
        """Whether the file need not be read: under its name it was loaded as it is."""
        known = map_loading.is_loaded(file.label, file.content_hash, parts) and not self.force
        if known:
            self._beside.add(file.label)
        return known

    def _is_drawn(self, edition: str, part: str, file: LoadedFile) -> bool:
        return not self.force and map_loading.is_drawn_from(edition, part, file.content_hash)

    def _line(
        self, found: Found, file: LoadedFile, editions: list[str], done: list[Replaced], notices: list[str]
    ) -> Line:
        self._beside.add(file.label)
        rows = sum(one.rows for one in done)
        which = ", ".join(editions[:_MOST_EDITIONS_NAMED]) + " …" * (len(editions) > _MOST_EDITIONS_NAMED)
        said = [*notices, *(notice for one in done for notice in one.notices)]
        status = LOADED if rows else UNCHANGED
        return Line(found.kind, f"{found.path.name} ({which})", status, rows, notices=said)

    def _file(self, found: Found, document: Document) -> LoadedFile:
        """Known by its path below the folder, so that two files of one name are two."""
        path = found.path.relative_to(self.folder) if found.path != self.folder else Path(found.path.name)
        return LoadedFile(
            label=str(path)[-_LONGEST_LABEL:],
            content_hash=hashlib.sha256(document.content).hexdigest(),
            beside=frozenset(self._beside),
            force=self.force,
        )
