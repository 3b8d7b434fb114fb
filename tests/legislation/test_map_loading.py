"""Loading maps and postal tables: an edition is replaced whole or not at all, and only editions in force answer."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from legislation.actions import load_record
from legislation.lookup.points import divisions_at
from legislation.models import Division, DivisionShape, EditionFile, MapEdition, PostalDistrict
from tests.factories.people import united_states
from tests.legislation.maps import (
    AT_SEA,
    EAST,
    IN_EAST,
    IN_WEST,
    ON_THE_LINE,
    WEST,
    area,
    by_id,
    congress,
    geojson,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()
NEW_YEAR = date(2027, 1, 3)
TEXAS = "ocd-division/country:us/state:tx"


def load(path: Path, **options: bool) -> load_record.Line:
    (line,) = load_record.load(path, now=NOW, **options).lines
    return line


def at(point: tuple[float, float], day: date = TODAY) -> list[str]:
    hits = divisions_at(*point, day)
    return sorted(Division.objects.get(pk=division).ocd_id.rpartition("/")[2] for _edition, division in hits)


def two_districts(folder: Path, **others: str) -> Path:
    return geojson(folder / "cd.geojson", congress("07", WEST, **others), congress("08", EAST, **others))


def postal(folder: Path, *lines: str, name: str = "tx-lower-2027.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(["postal_code,division_id,share", *lines, ""]))
    return path


def test_a_point_lies_in_its_district_and_on_a_border_in_both(tmp_path):
    load(two_districts(tmp_path))

    assert at(IN_WEST) == ["cd:7"]
    assert at(IN_EAST) == ["cd:8"]
    assert at(ON_THE_LINE) == ["cd:7", "cd:8"]
    assert at(AT_SEA) == []


def test_two_editions_lie_side_by_side_and_the_day_decides(tmp_path):
    load(two_districts(tmp_path))
    load(geojson(tmp_path / "next.geojson", congress("09", WEST, edition="120")))

    assert at(IN_WEST, date(2027, 1, 2)) == ["cd:7"]
    assert at(IN_WEST, NEW_YEAR) == ["cd:9"]
    assert at(IN_WEST, date(2024, 6, 1)) == []


def test_the_same_district_keeps_its_division_and_has_a_shape_in_each_edition(tmp_path):
    load(two_districts(tmp_path))
    load(geojson(tmp_path / "next.geojson", congress("07", EAST, edition="120")))

    assert DivisionShape.objects.filter(division__ocd_id=f"{TEXAS}/cd:7").count() == 2
    assert (at(IN_EAST), at(IN_EAST, NEW_YEAR)) == (["cd:8"], ["cd:7"])


def test_a_new_file_replaces_the_whole_edition_and_answers_at_once(tmp_path):
    load(two_districts(tmp_path))
    assert at(IN_WEST) == ["cd:7"]

    line = load(geojson(tmp_path / "cd.geojson", congress("09", WEST)))

    assert (line.status, line.rows) == ("loaded", 1)
    assert at(IN_WEST) == ["cd:9"]
    assert DivisionShape.objects.count() == 1


def test_an_unchanged_file_is_passed_over(tmp_path):
    load(two_districts(tmp_path))
    kept = EditionFile.objects.get()

    assert load(two_districts(tmp_path)).status == "unchanged"
    assert EditionFile.objects.get().loaded_at == kept.loaded_at


def test_half_an_edition_is_refused_and_nothing_changes(tmp_path):
    squares = [
        [(x / 10, 29.0), (x / 10, 29.1), ((x + 1) / 10, 29.1), ((x + 1) / 10, 29.0)]
        for x in range(-960, -950)
    ]
    districts = [congress(f"{n:02}", [*ring, ring[0]]) for n, ring in enumerate(squares, start=1)]
    load(geojson(tmp_path / "cd.geojson", *districts))

    line = load(geojson(tmp_path / "cd.geojson", *districts[:4]))

    assert line.status == "refused"
    assert "Nothing was changed" in line.why
    assert DivisionShape.objects.count() == 10
    assert load(tmp_path / "cd.geojson", force=True).rows == 4


def test_an_edition_nobody_has_entered_is_refused_with_what_to_do(tmp_path):
    path = geojson(tmp_path / "tx-lower-2027.geojson", by_id(f"{TEXAS}/sldl:131", WEST))
    assert "Enter it in the admin" in load(path).why

    MapEdition.objects.create(
        key="tx-lower-2027",
        name="Texas House districts of 2027",
        jurisdiction=united_states(),
        chamber_code="lower",
        valid_from=date(2027, 1, 12),
    )

    assert load(path).rows == 1
    assert at(IN_WEST, date(2027, 1, 12)) == ["sldl:131"]
    assert at(IN_WEST, date(2027, 1, 11)) == []


def test_zip_codes_lie_in_the_districts_their_seats_hang_on(tmp_path):
    path = tmp_path / "zccd.csv"
    path.write_text(
        "state_fips,state_abbr,zcta,cd\n48,TX,77004,7\n48,TX,77004,18\n02,AK,99501,0\n11,DC,20001,98\n72,PR,00901,98\n"
    )

    assert load(path).rows == 5

    found = PostalDistrict.objects.values_list("code", "division__ocd_id")
    assert sorted(found) == [
        ("00901", "ocd-division/country:us/territory:pr"),
        ("20001", "ocd-division/country:us/district:dc"),
        ("77004", f"{TEXAS}/cd:18"),
        ("77004", f"{TEXAS}/cd:7"),
        ("99501", "ocd-division/country:us/state:ak"),
    ]


def test_postal_codes_and_their_first_three_characters_are_replaced_apart(tmp_path):
    codes = tmp_path / "postal.csv"
    codes.write_text("postal_code,fed_num\nh2x 1y4,24001\nH2X1Y5,24002\n")
    fsas = tmp_path / "fsa.csv"
    fsas.write_text("fsa,fed_num,postal_codes,share\nH2X,24001,9,0.9\nH2X,24002,0,0.0\n")
    load(codes)
    load(fsas)
    codes.write_text("postal_code,fed_num\nH2X1Y4,24003\n")

    assert load(codes).rows == 1

    found = PostalDistrict.objects.values_list("code", "division__ocd_id", "share")
    assert sorted(found) == [
        ("H2X", "ocd-division/country:ca/ed:24001-2023", 0.9),
        ("H2X", "ocd-division/country:ca/ed:24002-2023", 0.0001),
        ("H2X1Y4", "ocd-division/country:ca/ed:24003-2023", None),
    ]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("48,TX,7700,7", "line 3"),
        ("48,XX,77004,7", "line 3"),
        ("48,TX,77004,seven", "line 3"),
        ("48,TX", "line 3"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_loaded(tmp_path, line: str, named: str):
    path = tmp_path / "zccd.csv"
    path.write_text(f"state_fips,state_abbr,zcta,cd\n48,TX,77005,7\n{line}\n")

    refused = load(path)

    assert (refused.status, named in refused.why) == ("refused", True)
    assert not PostalDistrict.objects.exists()


def test_a_table_of_our_own_names_its_edition_and_divisions(tmp_path):
    MapEdition.objects.create(
        key="tx-lower-2027", name="x", jurisdiction=united_states(), chamber_code="lower", valid_from=TODAY
    )

    line = load(postal(tmp_path, f"77004,{TEXAS}/sldl:131,0.6", f"77004,{TEXAS}/sldl:147,0.4"))

    assert line.rows == 2
    assert "no division id" not in line.why
    assert load(postal(tmp_path, "77004,somewhere,1", name="tx-lower-2027.csv")).status == "refused"


def test_the_same_bytes_for_another_edition_are_loaded_for_it(tmp_path):
    for year in (2027, 2029):
        MapEdition.objects.create(
            key=f"tx-lower-{year}",
            name="x",
            jurisdiction=united_states(),
            chamber_code="lower",
            valid_from=date(year, 1, 12),
        )
        geojson(tmp_path / f"tx-lower-{year}.geojson", by_id(f"{TEXAS}/sldl:131", WEST))
        postal(tmp_path, f"77004,{TEXAS}/sldl:131,", name=f"tx-lower-{year}.csv")

    report = load_record.load(tmp_path, now=NOW)

    assert {line.status for line in report.lines} == {"loaded"}
    assert DivisionShape.objects.count() == 2
    assert PostalDistrict.objects.count() == 2


def test_a_file_of_one_state_replaces_that_state_and_leaves_the_others(tmp_path):
    load(geojson(tmp_path / "us.geojson", congress("07", WEST), congress("01", EAST, state="22")))

    line = load(geojson(tmp_path / "texas.geojson", congress("09", WEST)))

    assert (line.status, line.rows, line.notices) == ("loaded", 1, [])
    assert at(IN_WEST) == ["cd:9"]
    assert at(IN_EAST) == ["cd:1"]
    files = EditionFile.objects.values_list("place__abbreviation", "label", "rows")
    assert sorted(files) == [("LA", "us.geojson", 1), ("TX", "texas.geojson", 1)]


def test_two_files_of_two_states_in_one_folder_make_one_edition(tmp_path):
    # Both are called alike: what counts is where they lie.
    geojson(tmp_path / "tx" / "cd.geojson", congress("07", WEST))
    geojson(tmp_path / "la" / "cd.geojson", congress("01", EAST, state="22"))

    load_record.load(tmp_path, now=NOW)

    assert (at(IN_WEST), at(IN_EAST)) == (["cd:7"], ["cd:1"])
    assert {line.status for line in load_record.load(tmp_path, now=NOW).lines} == {"unchanged"}


def test_tables_of_two_states_in_one_folder_make_one_edition(tmp_path):
    MapEdition.objects.create(
        key="own", name="x", jurisdiction=united_states(), chamber_code="lower", valid_from=TODAY
    )
    louisiana = "ocd-division/country:us/state:la"
    for folder, row in (("tx", f"77004,{TEXAS}/cd:7,"), ("la", f"70112,{louisiana}/cd:1,")):
        (tmp_path / folder).mkdir()
        postal(tmp_path / folder, row, name="own.csv")

    load_record.load(tmp_path, now=NOW)

    assert sorted(PostalDistrict.objects.values_list("code", flat=True)) == ["70112", "77004"]


def test_of_two_files_that_draw_the_same_state_the_last_by_name_stays_and_it_is_said(tmp_path):
    geojson(tmp_path / "cd_2024.geojson", congress("07", WEST), congress("01", EAST, state="22"))
    geojson(tmp_path / "cd_2026.geojson", congress("09", WEST))

    newer, older = load_record.load(tmp_path, now=NOW).lines

    assert (newer.name, newer.status) == ("cd_2026.geojson (cd119)", "loaded")
    assert older.notices == [
        "Texas: cd_2026.geojson lies beside it and stays in its place. Keep one of the two."
    ]
    assert (at(IN_WEST), at(IN_EAST)) == (["cd:9"], ["cd:1"])
    assert [line.status for line in load_record.load(tmp_path, now=NOW).lines] == ["unchanged", "unchanged"]
    assert at(IN_WEST) == ["cd:9"]


def test_taking_the_newer_file_away_brings_the_older_one_back(tmp_path):
    load(geojson(tmp_path / "old.geojson", congress("07", WEST)))
    load(geojson(tmp_path / "wrong.geojson", congress("09", WEST)))

    assert load(tmp_path / "old.geojson").status == "loaded"
    assert at(IN_WEST) == ["cd:7"]


def test_a_file_that_no_longer_draws_a_state_is_refused_and_believed_when_forced(tmp_path):
    path = tmp_path / "us.geojson"
    load(geojson(path, congress("07", WEST), congress("01", EAST, state="22")))

    line = load(geojson(path, congress("07", WEST)))

    assert "0 rows of Louisiana where there were 1" in line.why
    assert at(IN_EAST) == ["cd:1"]

    load(path, force=True)

    assert (at(IN_WEST), at(IN_EAST)) == (["cd:7"], [])


def test_half_a_state_is_refused_although_the_other_states_are_whole(tmp_path):
    def zips(*counts: tuple[str, str, int]) -> Path:
        rows = [
            f"{fips},{state},{code},1"
            for fips, state, count in counts
            for code in range(int(fips) * 1000 + 10_000, int(fips) * 1000 + 10_000 + count)
        ]
        path = tmp_path / "zccd.csv"
        path.write_text("\n".join(["state_fips,state_abbr,zcta,cd", *rows, ""]))
        return path

    load(zips(("48", "TX", 50), ("56", "WY", 10)))

    line = load(zips(("48", "TX", 50), ("56", "WY", 4)))

    assert "4 rows of Wyoming where there were 10" in line.why
    assert PostalDistrict.objects.count() == 60


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("riding.csv", "postal_code,fed_num\nH2X1Y4,24001\n"),
        ("fsa.csv", "fsa,fed_num,postal_codes,share\nH2X,24001,9,1\n"),
    ],
)
def test_a_riding_known_by_its_number_gets_its_name_from_the_list(tmp_path, name: str, content: str):
    (tmp_path / name).write_text(content)
    load(tmp_path / name)
    assert Division.objects.get().name == "24001"

    (tmp_path / "country-ca.csv").write_text(
        "id,name,name_fr\nocd-division/country:ca/ed:24001-2023,Abitibi,Abitibi—Baie\n"
    )
    load(tmp_path / "country-ca.csv")

    named = Division.objects.get()
    assert (named.name, named.name_fr) == ("Abitibi", "Abitibi—Baie")


def test_a_riding_known_by_its_number_gets_its_name_from_the_map(tmp_path):
    (tmp_path / "riding.csv").write_text("postal_code,fed_num\nH2X1Y4,24001\n")
    load(tmp_path / "riding.csv")
    load(geojson(tmp_path / "r.geojson", area(WEST, FED_NUM=24001, ED_NAMEE="Abitibi", ED_NAMEF="Abitibi")))

    assert Division.objects.get().name == "Abitibi"


def test_a_name_that_its_seats_gave_stays(tmp_path):
    Division.objects.create(ocd_id=f"{TEXAS}/cd:7", name="U.S. House TX-7")
    (tmp_path / "us.csv").write_text(f"id,name\n{TEXAS}/cd:7,Texas's 7th congressional district\n")

    load(tmp_path / "us.csv")

    assert Division.objects.get().name == "U.S. House TX-7"


def test_the_districts_of_new_brunswick_are_those_of_the_list_without_a_year(tmp_path):
    drawn = area(WEST, DIST_ID=6, PED_Names_="Caraquet / Caraquet")

    load(geojson(tmp_path / "nb.geojson", drawn))

    assert Division.objects.get().ocd_id == "ocd-division/country:ca/province:nb/ed:6"
