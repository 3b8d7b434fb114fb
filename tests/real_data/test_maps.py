"""Every row of the staged maps and tables, asked back from the database."""

import csv
import gzip
import json
from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from legislation.actions import load_record
from legislation.lookup.points import divisions_at
from legislation.models import Division, MapEdition, PostalDistrict
from tests.real_data.staged import staged

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()


def load(*paths: str) -> None:
    for path in paths:
        report = load_record.load(staged(path), now=NOW)
        assert not report.refused, report.refused


def rows(path: str) -> list[dict[str, str]]:
    with gzip.open(staged(path), "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def areas(path: str) -> list[dict[str, Any]]:
    with gzip.open(staged(path), "rt", encoding="utf-8") as file:
        return json.load(file)["features"]


def answered(day: date = TODAY) -> dict[str, set[str]]:
    """For every code, the last steps of the divisions in force on a day."""
    found = defaultdict(set)
    in_force = PostalDistrict.objects.filter(edition__in=MapEdition.objects.in_force(day)).order_by()
    for code, ocd_id in in_force.values_list("code", "division__ocd_id").iterator():
        found[code].add("/".join(ocd_id.split("/")[2:]))
    return dict(found)


def at(point: Any, day: date = TODAY) -> set[str]:
    ids = [division for _edition, division in divisions_at(point.y, point.x, day)]
    return set(Division.objects.filter(pk__in=ids).values_list("ocd_id", flat=True))


def test_every_zip_lies_in_exactly_the_districts_of_its_file():
    load("zip/zccd.csv.gz")
    expected = defaultdict(set)
    for row in rows("zip/zccd.csv.gz"):
        state = row["state_abbr"].lower()
        place = {"dc": "district:dc", "pr": "territory:pr"}.get(state, f"state:{state}")
        number = int(row["cd"])
        expected[row["zcta"]].add(f"{place}/cd:{number}" if number not in {0, 98} else place)

    assert len(expected) == 33774
    assert answered() == expected
    assert answered(date(2027, 1, 3)) == {}


def test_every_postal_code_lies_in_its_riding_and_its_fsa_knows_that_riding():
    load("canada/postal_code_fed2023.csv.gz", "canada/fsa_fed2023.csv.gz")
    found = answered()

    codes = rows("canada/postal_code_fed2023.csv.gz")
    assert len(codes) == 891_651
    for row in codes:
        riding = f"ed:{row['fed_num']}-2023"
        assert found[row["postal_code"]] == {riding}
        assert riding in found[row["postal_code"][:3]]
    assert not Division.objects.filter(ocd_id__endswith="-2013").exists()


@pytest.mark.parametrize(
    ("path", "count"),
    [("shapes/us_cd119_20m.geojson.gz", 437), ("shapes/ca_fed_2023_derived.geojson.gz", 343)],
)
def test_a_point_inside_every_district_returns_that_district(path: str, count: int):
    load(path)
    features = areas(path)

    assert len(features) == count
    for feature in features:
        inside = shapely.make_valid(shape(feature["geometry"])).representative_point()
        said = feature["properties"]
        if "FED_NUM" in said:
            expected = f"ocd-division/country:ca/ed:{said['FED_NUM']}-2023"
            assert expected in at(inside), said
        else:
            (found,) = at(inside)
            number = said["CD119FP"]
            assert found.endswith(f"/cd:{int(number)}") != (number in {"00", "98"}), said


def test_old_lines_never_answer_for_today_nor_todays_for_the_next_congress():
    load("shapes/us_cd118.geojson.gz", "shapes/us_cd119_20m.geojson.gz")
    montgomery = shapely.Point(-86.3, 32.37)  # Alabama was redrawn between the two

    editions = {
        day: [
            MapEdition.objects.get(pk=edition).key for edition, _division in divisions_at(32.37, -86.3, day)
        ]
        for day in (date(2024, 6, 1), TODAY, date(2027, 1, 3))
    }

    assert editions == {date(2024, 6, 1): ["cd118"], TODAY: ["cd119"], date(2027, 1, 3): []}
    assert at(montgomery) == {"ocd-division/country:us/state:al/cd:2"}


def test_the_shapefile_of_new_brunswick_lands_where_it_lies():
    load("shapes/nb_provincial_2024_shp.zip")

    (fredericton,) = at(shapely.Point(-66.6431, 45.9636))
    assert Division.objects.get(ocd_id=fredericton).name.startswith("Fredericton")
    assert Division.objects.filter(ocd_id__contains="province:nb/ed:").count() == 49

    load("divisions/ca/country-ca.csv.gz")
    assert Division.objects.filter(ocd_id__contains="province:nb/ed:").count() == 49


def test_colorado_has_a_house_and_a_senate_district_at_its_capitol():
    load("shapes/co_state_house_2021.geojson.gz", "shapes/co_state_senate_2021.geojson.gz")

    assert {found.rpartition("/")[2].partition(":")[0] for found in at(shapely.Point(-104.985, 39.739))} == {
        "sldl",
        "sldu",
    }
