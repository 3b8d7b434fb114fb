"""The sources an import can name: what they are, and how each is opened."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from legislation.sources import canada, congress, congress_files, openstates, openstates_bundles
from legislation.sources.opening import FileRefused, reference_file
from legislation.sources.openstates_seats import DistrictList, read_districts
from legislation.sources.records import Snapshot

Known = Mapping[str, tuple[str, str]]


class AboutSource(NamedTuple):
    name: str
    url: str
    licence: str
    attribution: str


class Entry(NamedTuple):
    """One jurisdiction's worth of files. `read` parses them when their turn comes, not before."""

    label: str
    read: Callable[[Known], Snapshot]


SOURCES = {
    congress.SOURCE: AboutSource(
        "congress-legislators", "https://github.com/unitedstates/congress-legislators", "CC0", ""
    ),
    openstates.SOURCE: AboutSource("Open States people", "https://github.com/openstates/people", "CC0", ""),
    canada.SOURCE: AboutSource(
        "Members of Parliament of Canada",
        "https://represent.opennorth.ca",
        "Open Government Licence – Canada",
        "Contains information licensed under the Open Government Licence – Canada.",
    ),
}


def entries(key: str, path: Path, *, districts: Path | None, divisions: Path | None) -> Iterator[Entry]:
    """What lies at `path`. Raises FileRefused where that is nothing of this source."""
    if key == congress.SOURCE:
        documents = congress_files.find(path)
        yield Entry(path.name, lambda known: congress.read(documents, path.name))
    elif key == canada.SOURCE:
        yield Entry(path.name, partial(_read_canada, path, divisions))
    else:
        listed = reference_file(districts, path, "districts.csv", "openstates-metadata/districts.csv")
        seats = read_districts(listed) if listed else None
        for found in openstates_bundles.find(path):
            yield from _states(found, seats)


def _states(found: Path, seats: DistrictList | None) -> Iterator[Entry]:
    try:
        bundles = openstates_bundles.open_bundles(found)
    except FileRefused as refusal:
        yield Entry(found.name, partial(_refuse, refusal))
    else:
        for bundle in bundles:
            yield Entry(bundle.label, partial(openstates.read, bundle, seats))


def _refuse(refusal: FileRefused, known: Known) -> Snapshot:
    raise refusal


def _read_canada(path: Path, divisions: Path | None, known: Known) -> Snapshot:
    file = canada.find(path)
    listed = reference_file(
        divisions, path, "country-ca.csv.gz", "country-ca.csv", "divisions/ca/country-ca.csv.gz"
    )
    ridings = canada.read_ridings(listed) if listed else None
    return canada.read(canada.document_at(file), ridings)
