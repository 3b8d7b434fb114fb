"""`load_record`: one command from an empty database to the real record."""

import gzip
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from legislation.models import Division, MapEdition, Official, Source
from tests.legislation.maps import WEST, congress, geojson
from tests.legislation.upstream import CANADA, CONGRESS, STATES, archive, copy_of

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("load_record", *map(str, arguments), stdout=out)
    return out.getvalue()


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


def test_a_second_run_loads_nothing(folder: Path):
    run(folder)

    report = json.loads(run(folder, "--json"))

    assert {line["status"] for line in report["loaded"]} == {"unchanged"}
    assert report["not_recognised"] == ["notes.txt"]


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
