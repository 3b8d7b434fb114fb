"""What lies in a folder: which of its files the importers know, and what each of them is."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from legislation.sources import canada, congress, congress_files, openstates
from legislation.sources.divisions import looks_like_divisions
from legislation.sources.postal_tables import is_postal_table

_HEAD = 4000
_MAP = re.compile(r"\.(?:geojson|topojson)(?:\.gz)?$", re.IGNORECASE)
# What map makers call their archives: `nb_shp.zip`, `FED_CA_2023_EN-SHP.zip`, `cb_2024_us_cd119_500k.zip`.
_MAP_ARCHIVE = re.compile(r"(?:^|[^a-z])shp\.zip$|^(?:cb|tl)_\d{4}_.*\.zip$", re.IGNORECASE)
_JSON = re.compile(r"\.json(?:\.gz)?$", re.IGNORECASE)
_CSV = re.compile(r"\.csv(?:\.gz)?$", re.IGNORECASE)
# Members of an object stand in any order: its type may come after all its areas.
_MAP_BEGINS = re.compile(
    rb'^\s*\{.*?(?:"type"\s*:\s*"(?:FeatureCollection|Topology|Feature)"|"features"\s*:\s*\[|"arcs"\s*:\s*\[)',
    re.DOTALL,
)
_GZIP, _IS_GZIP = 31, b"\x1f\x8b"  # how zlib is told of gzip's frame, and how such a file begins
_STATE_ARCHIVE = re.compile(r"^[a-z]{2}\.tar\.gz$")
_ALL_STATES = re.compile(r"^openstates-people.*\.tar\.gz$")  # upstream's own archive of its repository
_ABOUT = re.compile(r"(?:^|/)(?:readme|licen[cs]e|schema|settings)[^/]*$|\.md$", re.IGNORECASE)
_FOLDERS_OF_OLD = re.compile(r"(?:^|[-_])\d{4}-\d{2}-\d{2}$|^snapshots$")


class Kind(StrEnum):
    """What a file brings, in the order in which they are loaded: places before people, people before their lines."""

    DIVISIONS = "divisions"
    DISTRICTS = "districts"
    PEOPLE = "people"
    SHAPES = "shapes"
    POSTAL = "postal"


ORDER = tuple(Kind)
_OF_PEOPLE = {Kind.DISTRICTS, Kind.PEOPLE}
_OF_EDITIONS = {Kind.SHAPES, Kind.POSTAL}


class Found(NamedTuple):
    """One thing to load. `source` names the importer of people."""

    kind: Kind
    path: Path
    source: str = ""


class Contents(NamedTuple):
    """What lies in a folder. `older` are snapshots of people that a later file beside them replaces."""

    known: list[Found]
    unknown: list[Path]
    older: list[Path]


def recognise(folder: Path) -> Contents:
    """What can be loaded from `folder`, in the order to load it, and what is left.

    Folders named by a day are looked into as well, for maps and tables. People in them are passed over: a later file
    says what they said, and more.
    """
    if folder.is_file():
        found = _of_file(folder)
        return Contents([found] if found else [], [] if found else [folder], [])
    known: list[Found] = []
    unknown: list[Path] = []
    older: list[Path] = []
    for file, snapshot in _files(folder):
        found = _of_file(file)
        if found is None:
            if not _ABOUT.search(str(file.relative_to(folder))):
                unknown.append(file)
        elif snapshot and found.kind in _OF_PEOPLE:
            older.append(snapshot)
        else:
            known.append(found)
    by_name = sorted(dict.fromkeys(known), key=lambda one: str(one.path))
    # Where two maps draw the same, the first to be loaded stays: the one whose name comes last, as newer ones do.
    maps = [one for one in reversed(by_name) if one.kind in _OF_EDITIONS]
    others = [one for one in by_name if one.kind not in _OF_EDITIONS]
    in_order = sorted(others + maps, key=lambda one: ORDER.index(one.kind))
    return Contents(in_order, unknown, list(dict.fromkeys(older)))


def _files(folder: Path, snapshot: Path | None = None) -> Iterator[tuple[Path, Path | None]]:
    """The files below a folder, each with the folder named by a day that it lies in."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from _files(path, snapshot or (path if _FOLDERS_OF_OLD.search(path.name) else None))
        elif path.is_file() and not path.name.startswith("."):
            yield path, snapshot


def _of_file(path: Path) -> Found | None:
    if path.name == "districts.csv":
        return Found(Kind.DISTRICTS, path)
    if congress_files.part_of(path.name):
        return Found(Kind.PEOPLE, path.parent, congress.SOURCE)
    if _STATE_ARCHIVE.match(path.name) and path.parent.name.startswith("openstates-people"):
        return Found(Kind.PEOPLE, path.parent, openstates.SOURCE)
    if _ALL_STATES.match(path.name):
        return Found(Kind.PEOPLE, path, openstates.SOURCE)
    if canada.is_list_of_members(path.name):
        return Found(Kind.PEOPLE, path, canada.SOURCE)
    return _map_or_table(path)


def _map_or_table(path: Path) -> Found | None:
    if path.suffix.lower() == ".zip":
        return Found(Kind.SHAPES, path) if _is_map_archive(path) else None
    head = _head(path)
    if _MAP.search(path.name) or (_JSON.search(path.name) and _MAP_BEGINS.match(head)):
        return Found(Kind.SHAPES, path)
    if is_postal_table(path.name, head):
        return Found(Kind.POSTAL, path)
    if _CSV.search(path.name) and looks_like_divisions(head):
        return Found(Kind.DIVISIONS, path)
    return None


def _is_map_archive(path: Path) -> bool:
    """Whether a shapefile lies in it; half an archive cannot be looked into, and only its name tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(".shp") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
        return bool(_MAP_ARCHIVE.search(path.name))


def _head(path: Path) -> bytes:
    """How a file begins, decompressed; of half a file, what there is."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD * 4)
            return zlib.decompressobj(_GZIP).decompress(head, _HEAD) if head.startswith(_IS_GZIP) else head
    except (OSError, zlib.error):
        return b""
