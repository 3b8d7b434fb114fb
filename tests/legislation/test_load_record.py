"""`load_record`: one command from an empty database to the real record."""

import gzip
import json
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from legislation.actions import load_record
from legislation.models import Division, MapEdition, Official, Source
from tests.legislation.maps import WEST, census, congress, geojson
from tests.legislation.record_dump import record_dump
from tests.legislation.upstream import CANADA, CONGRESS, STATES, archive, copy_of

pytestmark = pytest.mark.django_db
PRESIDENT = b"""
- id: {bioguide: Q000001, govtrack: 990001}
  name: {first: Ada, last: Quill}
  terms:
  - {type: prez, start: '2025-01-20', end: '2029-01-20', party: Independent, how: election}
"""
TEXAS = "ocd-division/country:us/state:tx"


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("load_record", *map(str, arguments), stdout=out)
    return out.getvalue()


def everything() -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of the record, but for the days on which a source last said the same."""
    dump = record_dump()
    for row in dump["legislation.SourceRecord"].values():
        row.pop("last_seen_at")
    return dump


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as somebody collects it: people, places, a map, a table, and something nobody knows."""
    (tmp_path / "divisions").mkdir()
    (tmp_path / "divisions" / "states.csv").write_text("ocd-division/country:us/state:tx,Texas\n")
    with gzip.open(tmp_path / "divisions" / "country-ca.csv.gz", "wt", encoding="utf-8") as file:
        file.write(
            "id,name,sameAs,validThrough,name_fr,validFrom\n"
            "ocd-division/country:ca/ed:24001-2013,Old,,2024-04-23,Vieux,2015-10-19\n"
            "ocd-division/country:ca/ed:24001-2023,Abitibi,,,Abitibi—Baie,2024-04-23\n"
            "ocd-division/country:ca/region:1,Same,ocd-division/country:ca/ed:24001-2023,,,\n"
        )
    copy_of(CONGRESS, tmp_path)
    geojson(tmp_path / "cd119.geojson", congress("07", WEST))
    (tmp_path / "zccd.csv").write_text("state_fips,state_abbr,zcta,cd\n48,TX,77004,7\n")
    (tmp_path / "notes.txt").write_text("Ask Kim.")
    (tmp_path / "README.md").write_text("What this is.")
    return tmp_path


def test_everything_known_is_loaded_and_the_rest_is_named(folder: Path):
    said = run(folder)

    assert Official.objects.exists()
    assert MapEdition.objects.get().key == "cd119"
    assert "shapes: cd119.geojson (cd119): loaded, 1 rows" in said
    assert "postal: zccd.csv (cd119): loaded, 1 rows" in said
    assert said.rstrip().endswith("Not recognised:\n  notes.txt")


def test_divisions_keep_their_names_their_days_and_what_they_are_the_same_as(folder: Path):
    run(folder, "--only", "divisions")

    old = Division.objects.get(ocd_id="ocd-division/country:ca/ed:24001-2013")
    assert (old.name_fr, old.valid_from, old.valid_through) == (
        "Vieux",
        date(2015, 10, 19),
        date(2024, 4, 23),
    )
    assert old.jurisdiction.name == "Quebec"
    assert Division.objects.get(ocd_id="ocd-division/country:ca/region:1").alias_of.name == "Abitibi"
    assert not Official.objects.exists()


def test_what_is_the_same_as_a_division_of_a_later_list_is_linked_in_the_first_run(tmp_path):
    one, other = f"{TEXAS}/sldl:1", f"{TEXAS}/sldu:1"
    (tmp_path / "aliases.csv").write_text(f"id,sameAs,sameAsNote\n{one},{other},Same as the Senate\n")
    (tmp_path / "us_sld.csv").write_text(f"id,name\n{one},House 1\n{other},Senate 1\n")

    said = run(tmp_path)

    alias = Division.objects.get(ocd_id=one)
    assert (alias.name, alias.alias_of.ocd_id) == ("House 1", other)
    assert "aliases.csv: loaded" in said
    assert "aliases.csv: unchanged, 0 rows" in run(tmp_path)


def test_a_second_run_changes_nothing_at_all(folder: Path):
    (folder / "divisions" / "aliases.csv").write_text(
        f"id,sameAs,sameAsNote\n{TEXAS}/cd:at-large,{TEXAS},\n{TEXAS}/place:nowhere,{TEXAS}/place:unknown,\n"
    )
    # Two maps that draw the same, and the same bytes under another name.
    geojson(folder / "b" / "cd119.geojson", congress("08", WEST))
    geojson(folder / "c" / "cd119.geojson", congress("08", WEST))
    run(folder)
    before = everything()

    report = json.loads(run(folder, "--json"))

    assert {line["status"] for line in report["loaded"]} == {"unchanged"}
    assert report["not_recognised"] == ["notes.txt"]
    assert everything() == before


def test_a_folder_named_by_a_day_is_looked_into_for_maps_and_its_people_are_named_as_older(folder: Path):
    geojson(folder / "2026-08-01" / "cd118.geojson", congress("09", WEST, edition="118"))
    copy_of(CONGRESS, folder / "snapshots" / "2026-01-13")

    said = run(folder)

    assert set(MapEdition.objects.values_list("key", flat=True)) == {"cd118", "cd119"}
    assert "Older than what lies beside it, and passed over:\n  snapshots\n" in said
    assert json.loads(run(folder, "--json"))["passed_over"] == ["snapshots"]


@pytest.mark.parametrize(
    "name",
    [
        "cb_2024_us_cd119_500k.zip",
        "CB_2024_US_CD119_500K.ZIP",
        "FED_CA-SHP.zip",
        "nb_shp.zip",
        "whatever.zip",
    ],
)
def test_an_archive_is_a_map_if_a_shapefile_lies_in_it(tmp_path, name: str):
    census(tmp_path / name, ({"GEOID": "4807", "CD119FP": "07"}, WEST))

    (line,) = json.loads(run(tmp_path, "--json"))["loaded"]

    assert (line["kind"], line["status"], line["rows"]) == ("shapes", "loaded", 1)


def test_an_archive_without_a_shapefile_is_not_recognised(tmp_path):
    with zipfile.ZipFile(tmp_path / "bills.zip", "w") as archive:
        archive.writestr("bills.json", "[]")

    assert json.loads(run(tmp_path, "--json"))["not_recognised"] == ["bills.zip"]


@pytest.mark.parametrize(
    "name", ["districts.json", "DISTRICTS.GEOJSON", "districts.json.gz", "districts.GeoJSON.gz"]
)
@pytest.mark.parametrize("type_comes", ["first", "last"])
def test_a_collection_is_a_map_wherever_its_type_stands(tmp_path, name: str, type_comes: str):
    collection = {"type": "FeatureCollection", "name": "x", "features": [congress("07", WEST)]}
    if type_comes == "last":
        collection = dict(reversed(collection.items()))
    content = json.dumps(collection, indent=1).encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)

    (line,) = json.loads(run(tmp_path, "--json"))["loaded"]

    assert (line["kind"], line["status"]) == ("shapes", "loaded")


def test_other_json_is_no_map(tmp_path):
    (tmp_path / "bills.json").write_text('{"results": [{"type": "bill"}]}')

    assert json.loads(run(tmp_path, "--json"))["not_recognised"] == ["bills.json"]


def test_people_come_from_their_publishers_where_there_are_no_files(tmp_path):
    files = {path.name: path.read_bytes() for path in CONGRESS.glob("*.yaml")} | {"executive.yaml": PRESIDENT}

    def publisher(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        return httpx.Response(200, content=files[name]) if name in files else httpx.Response(404)

    with httpx.Client(transport=httpx.MockTransport(publisher)) as web:
        report = load_record.load_published(tmp_path, web, now=timezone.now())

    assert [(line.name, line.status) for line in report.lines] == [
        ("congress-legislators: United States", "loaded"),
        ("openstates-people", "refused"),
        ("canada-mps", "refused"),
    ]
    assert "You can also give a PATH" in report.refused[0].why
    assert Official.objects.exists()


@pytest.mark.parametrize("arguments", [(), ("x", "--download")])
def test_either_a_path_or_a_download_is_needed(arguments: tuple[str, ...]):
    with pytest.raises(CommandError, match="either a PATH or --download"):
        run(*arguments)


def test_a_bad_file_is_refused_by_name_and_stops_no_other(folder: Path):
    (folder / "zccd.csv").write_text("state_fips,state_abbr,zcta,cd\n48,TX,x,7\n")

    with pytest.raises(CommandError, match=r"zccd\.csv.*line 2"):
        run(folder)

    assert Official.objects.exists()
    assert MapEdition.objects.filter(key="cd119").exists()


def test_older_snapshots_of_people_are_passed_over(folder: Path):
    older = folder / "openstates-people-2026-02-01"
    older.mkdir()
    archive(STATES, older / "tx.tar.gz")

    run(folder)

    assert not Official.objects.filter(name="Alba Ferrante").exists()


def test_archives_of_states_and_members_of_parliament_are_found(tmp_path: Path):
    states = tmp_path / "openstates-people"
    states.mkdir()
    archive(copy_of(STATES, tmp_path / "x"), states / "tx.tar.gz")
    (tmp_path / "mps_2026.json").write_bytes(next(CANADA.glob("*.json")).read_bytes())

    kinds = {line["name"] for line in json.loads(run(tmp_path, "--json", "--only", "people"))["loaded"]}

    assert kinds == {"openstates-people: Texas", "canada-mps: Canada"}


def test_real_officials_do_not_come_into_the_demo(folder: Path):
    Source.objects.create(key=Source.INVENTED, name="Demo")

    with pytest.raises(CommandError, match="Start clean first"):
        run(folder)
    assert not Official.objects.exists()


def test_a_folder_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="nothing at"):
        run("nowhere")
