"""What lies in a folder: which of its files the importers know, and what each of them is."""

import gzip
import re
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from legislation.sources import canada, congress, congress_files, openstates
from legislation.sources.divisions import looks_like_divisions
from legislation.sources.postal_tables import is_postal_table

_HEAD = 2000
_MAP = re.compile(r"\.(?:geojson|topojson)(?:\.gz)?$|[_-]shp\.zip$|\.shp\.zip$")
_MAP_BEGINS = re.compile(rb'^\s*\{\s*"type"\s*:\s*"(?:FeatureCollection|Topology)"')
_STATE_ARCHIVE = re.compile(r"^[a-z]{2}\.tar\.gz$")
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


class Found(NamedTuple):
    """One thing to load. `source` names the importer of people."""

    kind: Kind
    path: Path
    source: str = ""


def recognise(folder: Path) -> tuple[list[Found], list[Path]]:
    """What can be loaded from `folder`, in the order to load it, and the files nobody knows.

    Older snapshots of people (folders named by a day) are passed over: a later file says what they said, and more.
    """
    if folder.is_file():
        found = _of_file(folder, folder.name)
        return ([found], []) if found else ([], [folder])
    known: list[Found] = []
    unknown: list[Path] = []
    for file in _files(folder):
        if found := _of_file(file, str(file.relative_to(folder))):
            known.append(found)
        elif not _ABOUT.search(str(file.relative_to(folder))):
            unknown.append(file)
    known = _people_once(known)
    return sorted(known, key=lambda one: (ORDER.index(one.kind), str(one.path))), unknown


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not _FOLDERS_OF_OLD.search(path.name):
            yield from _files(path)
        elif path.is_file() and not path.name.startswith("."):
            yield path


def _of_file(path: Path, name: str) -> Found | None:
    if path.name == "districts.csv":
        return Found(Kind.DISTRICTS, path)
    if congress_files.part_of(path.name):
        return Found(Kind.PEOPLE, path.parent, congress.SOURCE)
    if _STATE_ARCHIVE.match(path.name) and path.parent.name.startswith("openstates-people"):
        return Found(Kind.PEOPLE, path.parent, openstates.SOURCE)
    if canada.is_list_of_members(path.name):
        return Found(Kind.PEOPLE, path, canada.SOURCE)
    head = _head(path)
    if _MAP.search(path.name) or _MAP_BEGINS.match(head):
        return Found(Kind.SHAPES, path)
    if is_postal_table(path.name, head):
        return Found(Kind.POSTAL, path)
    if path.name.endswith((".csv", ".csv.gz")) and looks_like_divisions(head):
        return Found(Kind.DIVISIONS, path)
    return None


def _people_once(found: list[Found]) -> list[Found]:
    """Files that are read together are one thing to load."""
    return list(dict.fromkeys(found))


def _head(path: Path) -> bytes:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return file.read(_HEAD)
    except (OSError, EOFError, zlib.error):
        return b""
