"""State legislative districts as the Census draws them: by code, by name, or named as unknown. Never guessed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from legislation.actions import load_record
from legislation.lookup.points import divisions_at
from legislation.models import Division, DivisionShape, EditionFile, MapEdition
from tests.factories.maps import division, edition
from tests.factories.people import state
from tests.legislation.maps import EAST, IN_EAST, IN_WEST, WEST, Ring, by_id, census, geojson, state_district

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()
US = "ocd-division/country:us"


def load(path: Path, **options: bool) -> load_record.Line:
    (line,) = load_record.load(path, now=NOW, **options).lines
    return line


def at(point: tuple[float, float], day: date = TODAY) -> list[str]:
    keys = [hit.division_id for hit in divisions_at(*point, day)]
    return sorted(Division.objects.filter(pk__in=keys).values_list("ocd_id", flat=True))


@pytest.mark.parametrize(
    ("geoid", "kind", "name", "ocd_id"),
    [
        ("48131", "SLDL", "State House District 131", "state:tx/sldl:131"),
        ("48007", "SLDU", "State Senate District 7", "state:tx/sldu:7"),
        ("2701A", "SLDL", "State House District 1A", "state:mn/sldl:1a"),
        ("0200T", "SLDU", "State Senate District T", "state:ak/sldu:t"),
        ("31012", "SLDU", "State Legislative District 12", "state:ne/sldu:12"),
        ("11003", "SLDU", "Ward 3", "district:dc/ward:3"),
        ("72004", "SLDL", "State House District 4", "territory:pr/sldl:4"),
        ("25001", "SLDL", "1st Barnstable District", "state:ma/sldl:1st_barnstable"),
        (
            "25141",
            "SLDL",
            "Barnstable-Dukes-Nantucket District",
            "state:ma/sldl:barnstable_dukes_and_nantucket",
        ),
        ("25D08", "SLDU", "Second Worcester District", "state:ma/sldu:2nd_worcester"),
        ("50A-1", "SLDL", "Addison-1 State House District", "state:vt/sldl:addison-1"),
        ("50CHS", "SLDU", "Chittenden South East Senatorial District", "state:vt/sldu:chittenden-southeast"),
        ("33003", "SLDL", "State House District Belknap 03", "state:nh/sldl:belknap_3"),
        ("33007", "SLDU", "State Senate District 7", "state:nh/sldu:7"),
    ],
)
def test_a_district_is_found_by_its_code_or_by_its_name(
    tmp_path, geoid: str, kind: str, name: str, ocd_id: str
):
    wanted = division(f"{US}/{ocd_id}", name="As the list says")

    line = load(
        census(
            tmp_path / f"cb_2024_{geoid[:2]}_{kind.lower()}_500k.zip",
            (state_district(geoid, name, kind=kind), WEST),
        )
    )

    assert (line.status, line.rows, line.why) == ("loaded", 1, "")
    assert at(IN_WEST) == [wanted.ocd_id]
    wanted.refresh_from_db()
    assert wanted.name == "As the list says"


@pytest.mark.parametrize(
    ("geoid", "name"),
    [
        ("25108", "State House District 108"),
        ("25001", ""),
        ("50C14", "State House District C14"),
        ("33901", "Floterial District 1"),
        ("48999", "State House District 999"),
        ("48A-1", "State House District A-1"),
    ],
)
def test_a_district_in_no_list_is_named_and_left_out(tmp_path, geoid: str, name: str):
    for known in ("ma/sldl:1st_barnstable", "vt/sldl:chittenden-14", "nh/sldl:belknap_1", "tx/sldl:1"):
        division(f"{US}/state:{known}")
    path = census(
        tmp_path / "cb_2024_us_sldl_500k.zip",
        (state_district("48001", "State House District 1"), EAST),
        (state_district(geoid, name), WEST),
    )

    line = load(path)

    assert line.rows == 1
    assert at(IN_WEST) == []
    assert [
        notice for notice in line.notices if geoid[2:] in notice and "no division of the record" in notice
    ]


def test_two_divisions_of_one_name_are_not_chosen_between(tmp_path):
    division(f"{US}/state:vt/sldl:grand_isle")
    division(f"{US}/state:vt/sldl:grand-isle")

    line = load(
        census(tmp_path / "cb_2024_50_sldl_500k.zip", (state_district("50G-I", "Grand Isle District"), WEST))
    )

    assert line.status == "refused"


def test_without_the_lists_of_divisions_the_file_is_refused_with_what_to_do(tmp_path):
    line = load(
        census(tmp_path / "cb_2024_48_sldl_500k.zip", (state_district("48131", "District 131"), WEST))
    )

    assert line.status == "refused"
    assert "us_sldl.csv" in line.why
    assert "Texas, District 131" in line.why
    assert not MapEdition.objects.exists()


def test_the_file_of_all_states_brings_an_edition_for_each_and_leaves_water_out(tmp_path):
    for known in ("tx/sldl:1", "ct/sldl:1"):
        division(f"{US}/state:{known}")
    path = census(
        tmp_path / "cb_2024_us_sldl_500k.zip",
        (state_district("48001"), WEST),
        (state_district("09001"), EAST),
        (state_district("09ZZZ"), WEST),
    )

    line = load(path)

    assert line.notices == ["1 areas of water are no districts."]
    found = MapEdition.objects.values_list("key", "jurisdiction__abbreviation", "chamber_code", "valid_from")
    assert sorted(found) == [
        ("ct-lower-2024", "CT", "lower", date(2025, 2, 1)),
        ("tx-lower-2024", "TX", "lower", date(2025, 2, 1)),
    ]
    assert set(EditionFile.objects.values_list("source__key", flat=True)) == {"census-boundaries"}
    assert load(path).status == "unchanged"


def test_one_chamber_is_one_chamber_although_the_census_calls_it_upper(tmp_path):
    division(f"{US}/state:ne/sldu:12")
    load(census(tmp_path / "cb_2024_31_sldu_500k.zip", (state_district("31012", kind="SLDU"), WEST)))

    assert MapEdition.objects.get().chamber_code == "legislature"


def test_the_lines_of_the_next_elections_end_the_older_ones_in_whatever_order_they_come(tmp_path):
    division(f"{US}/state:tx/sldl:1")
    division(f"{US}/state:tx/sldl:2")

    def drawn(year: str, code: str, ring: Ring) -> load_record.Line:
        return load(
            census(tmp_path / f"cb_{year}_48_sldl_500k.zip", (state_district(f"48{code}", year=year), ring))
        )

    drawn("2026", "002", WEST)
    drawn("2024", "001", WEST)

    assert at(IN_WEST, date(2025, 1, 31)) == []
    assert at(IN_WEST, date(2027, 1, 31)) == [f"{US}/state:tx/sldl:1"]
    assert at(IN_WEST, date(2027, 2, 1)) == [f"{US}/state:tx/sldl:2"]

    line = drawn("2028", "001", EAST)

    assert "hold until 2029-02-01" in line.notices[0]
    assert (at(IN_WEST, date(2029, 2, 1)), at(IN_EAST, date(2029, 2, 1))) == ([], [f"{US}/state:tx/sldl:1"])


def test_two_maps_of_one_chamber_from_one_day_are_refused(tmp_path):
    division(f"{US}/state:tx/sldl:1")
    edition("tx-of-our-own", state("tx", "Texas"), "lower", date(2025, 2, 1))

    line = load(census(tmp_path / "cb_2024_48_sldl_500k.zip", (state_district("48001"), WEST)))

    assert line.status == "refused"
    assert "tx-lower-2024" in line.why
    assert not DivisionShape.objects.exists()


def test_the_year_is_in_the_file_or_in_its_name_or_the_file_is_refused(tmp_path):
    division(f"{US}/state:tx/sldl:1")
    row = (state_district("48001", year=""), WEST)

    assert load(census(tmp_path / "texas.zip", row)).why.startswith("texas.zip does not say its year")
    load(census(tmp_path / "tl_2022_48_sldl.zip", row))

    assert MapEdition.objects.get().key == "tx-lower-2022"


def test_a_map_of_our_own_still_needs_its_edition(tmp_path):
    line = load(geojson(tmp_path / "tx-lower-2027.geojson", by_id(f"{US}/state:tx/sldl:131", WEST)))

    assert "Enter it in the admin" in line.why
