"""The staged folder as a whole: loaded twice it is the same record as loaded once, and its ids fit together."""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from advocacy.kernel.postal import Zip
from legislation.actions import load_record
from legislation.lookup.code_places import places_of
from legislation.models import Division
from legislation.sources.census_districts import CensusDistricts, Unmatched
from legislation.sources.divisions import ListedDivision, read_divisions
from legislation.sources.map_shapes import read_shapes
from legislation.sources.opening import Document, content_of
from legislation.sources.postal_tables import read_postal_tables
from legislation.sources.recognise import Kind, recognise
from tests.legislation.record_dump import record_dump
from tests.real_data.staged import STAGED, staged

pytestmark = pytest.mark.real_data
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 12, tzinfo=UTC)
BY_NAME = {"MA-lower", "MA-upper", "VT-lower", "VT-upper", "NH-lower"}


def document(path: Path) -> Document:
    return Document(path.name, content_of(path))


@cache
def listed() -> dict[str, ListedDivision]:
    """Every division of the staged lists."""
    lists = [found.path for found in recognise(staged("divisions")).known]
    return {one.fact.ocd_id: one for path in lists for one in read_divisions(document(path))}


def names_below(start: str) -> dict[str, str]:
    return {ocd_id: one.fact.name for ocd_id, one in listed().items() if ocd_id.startswith(start)}


def everything() -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of the record, but for the days on which a source last said the same."""
    dump = record_dump()
    for row in dump["legislation.SourceRecord"].values():
        row.pop("last_seen_at")
    return dump


@pytest.mark.django_db
def test_loading_the_staged_folder_twice_changes_nothing_the_second_time():
    first = load_record.load(staged("."), now=NOW)
    before = everything()

    second = load_record.load(STAGED, now=LATER)

    assert (first.refused, second.refused) == ([], [])
    assert [line for line in second.lines if line.status != "unchanged"] == []
    assert everything() == before
    assert Division.objects.exclude(alias_of=None).count() > 1_000
    assert "openstates-people-2026-02-01" in "".join(second.passed_over)


@pytest.mark.parametrize("folder", ["shapes", "canada", "zip"])
def test_every_division_of_a_map_or_table_is_in_the_lists(folder: str):
    unknown = {
        found.path.name: sorted(set(ids) - listed().keys())
        for found in recognise(staged(folder)).known
        if (ids := list(divisions_in(found.path, found.kind)))
    }

    assert len(unknown) >= 1
    assert {name: ids for name, ids in unknown.items() if ids} == {}


def divisions_in(path: Path, kind: Kind) -> Iterator[str]:
    if kind == Kind.SHAPES:
        for shapes in read_shapes(document(path), names_below).editions.values():
            yield from shapes.areas
    if kind == Kind.POSTAL:
        for table in read_postal_tables(document(path)):
            yield from table.divisions


def test_every_numbered_district_of_the_census_is_in_the_lists():
    with gzip.open(staged("shapes/us_sld_2025_centroids.json.gz"), "rt") as file:
        drawn = json.load(file)["districts"].values()
    readers = {
        chamber: CensusDistricts(Document("tl_2025_us_sld.zip", b""), column, cache(names_below))
        for chamber, column in (("lower", "SLDLST"), ("upper", "SLDUST"))
    }
    found: Counter[str] = Counter()
    for one in drawn:
        reader = readers[one["chamber"]]
        row = {"GEOID": one["geoid"], reader.column: one["geoid"][2:], "NAMELSAD": one["full_name"]}
        try:
            found["matched" if reader.named(row) else "water"] += 1
        except Unmatched:
            found[f"{one['state_code']}-{one['chamber']}"] += 1

    # This list gives the named districts no names, only codes, and nobody guesses from those.
    by_name = sum(count for name, count in found.items() if name in BY_NAME)
    assert found["matched"] + found["water"] + by_name == len(drawn) == 6_793
    assert set(found) - {"matched", "water"} <= BY_NAME
    assert (found["matched"], found["water"]) == (6_294, 10)


@pytest.mark.parametrize(
    ("state", "name"), [("ma", "Massachusetts"), ("vt", "Vermont"), ("nh", "New Hampshire")]
)
@pytest.mark.parametrize("column", ["SLDLST", "SLDUST"])
def test_every_named_district_is_found_by_the_name_the_list_gives_it(state: str, name: str, column: str):
    fips = {"ma": "25", "vt": "50", "nh": "33"}[state]
    reader = CensusDistricts(Document("cb_2024_us.zip", b""), column, cache(names_below))
    divisions = names_below(f"ocd-division/country:us/state:{state}/{reader.kind}:")

    assert divisions
    for number, (ocd_id, called) in enumerate(divisions.items()):
        said = re.sub(rf"^{name} | \(obsolete\)$", "", called)
        code = ocd_id.rpartition(":")[2] if (state, reader.kind) == ("nh", "sldu") else f"X{number}"
        edition_and_fact = reader.named({"GEOID": fips, column: code, "NAMELSAD": said})
        assert edition_and_fact is not None
        assert edition_and_fact[1].ocd_id == ocd_id


def test_how_a_zip_code_begins_says_its_state():
    states: dict[str, set[str]] = {}
    with gzip.open(staged("zip/zccd.csv.gz"), "rt") as file:
        for row in csv.DictReader(file):
            states.setdefault(row["zcta"], set()).add(row["state_abbr"])

    across = [
        code
        for code, where in states.items()
        if not where & {one.abbreviation for one in places_of(Zip(code))}
    ]

    # Fifteen codes are delivered from a post office in the next state.
    assert (len(states), len(across)) == (33_774, 15)
