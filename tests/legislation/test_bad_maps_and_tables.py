"""Lists, maps and tables that are not what they should be: refused by their line, whole, and stopping no other."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from legislation.actions import load_record
from legislation.models import Division, DivisionShape, EditionFile, MapEdition, PostalDistrict
from tests.factories.people import united_states
from tests.legislation.maps import BOW_TIE, EAST, WEST, area, by_id, congress, geojson, shapefile_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEXAS = "ocd-division/country:us/state:tx"
ROW = f"77004,{TEXAS}/sldl:131,"
RIDING = "ocd-division/country:ca/ed:1"
ZIPS = "state_fips,state_abbr,zcta,cd\n"
LISTED = "id,name,sameAs,validThrough,name_fr,validFrom\n"


@pytest.fixture
def own_edition() -> MapEdition:
    return MapEdition.objects.create(
        key="tx-lower-2027",
        name="Texas House districts of 2027",
        jurisdiction=united_states(),
        chamber_code="lower",
        valid_from=NOW.date(),
    )


def refused(folder: Path, name: str, content: bytes | str) -> str:
    """Why a file is refused, after checking that its neighbour came in and that it left nothing behind."""
    bad = folder / name
    bad.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "good.csv").write_text(f"id,name\n{TEXAS},Texas\n")

    report = load_record.load(folder, now=NOW)

    assert [(line.name, line.status) for line in report.lines if line.name == "good.csv"] == [
        ("good.csv", "loaded")
    ]
    assert [model.objects.count() for model in (PostalDistrict, DivisionShape, EditionFile)] == [0, 0, 0]
    assert list(Division.objects.values_list("ocd_id", flat=True)) == [TEXAS]
    (line,) = report.refused
    assert line.why.startswith(name.removesuffix(".gz")) or name in line.why
    return line.why


def m5v(district: int, percent: float) -> dict[str, Any]:
    """What Elections Ontario says of one FSA."""
    return {"fsa": "M5V", "eds": [{"id": district, "percent": percent}]}


def table(*rows: str, end: str = "\n") -> str:
    return "\n".join(["postal_code,division_id,share", *rows]) + end


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([f"77004,{TEXAS}/sldl:131,0", ], "line 2: “0” is no share"),
        ([f"77004,{TEXAS}/sldl:131,1.01"], "“1.01” is no share"),
        ([f"77004,{TEXAS}/sldl:131,-0.2"], "“-0.2” is no share"),
        ([f"77004,{TEXAS}/sldl:131,inf"], "“inf” is no share"),
        ([f"77004,{TEXAS}/sldl:131,NaN"], "“NaN” is no share"),
        ([f"77004,{TEXAS}/sldl:131,half"], "“half” is no share"),
        ([ROW, ROW.replace("77004", "77005"), ROW], "line 4: 77004 has this district on line 2"),
        ([f"7700,{TEXAS}/sldl:131,"], "no code is written like “7700”"),
        ([f"77004-1234,{TEXAS}/sldl:131,"], "no code is written like"),
        ([f"D1A 1A1,{TEXAS}/sldl:131,"], "no code is written like “D1A 1A1”"),
        ([f"H2X1Y,{TEXAS}/sldl:131,"], "no code is written like"),
        ([f"77004,{TEXAS}/sldl:{'1' * 200},"], "longer than 200 characters"),
        ([f"77004,{TEXAS}/sl\0dl:1,"], "line 2: it holds a character that no text has"),
        ([f"77004,{TEXAS}/sl\x07dl:1,"], "line 2: it holds a character that no text has"),
        ([f"77004,{TEXAS}/sldl:1"], "line 2: it has 2 columns where the first line has 3"),
        ([f"77004,{TEXAS}/sldl:1,,"], "it has 4 columns"),
        ([f'77004,"{TEXAS}/sldl:1,'], "line 2: unexpected end of data"),
        ([], "holds no postal codes"),
    ],
)  # fmt: skip
def test_a_table_of_our_own_is_refused_by_its_line(tmp_path, own_edition, rows: list[str], said: str):
    assert said in refused(tmp_path, "tx-lower-2027.csv", table(*rows))


def test_a_table_whose_last_row_lacks_columns_was_cut_off(tmp_path, own_edition):
    rows = (f"77004,{TEXAS}/sldl:147,0.5", f"77005,{TEXAS}/sldl:14")

    assert "line 3: it has 2 columns" in refused(tmp_path, "tx-lower-2027.csv", table(*rows, end=""))


def test_a_table_whose_last_row_is_not_ended_may_have_been_cut_off(tmp_path, own_edition):
    # The share was 0.45: what is left reads as a whole row.
    rows = (f"77004,{TEXAS}/sldl:147,0.5", f"77005,{TEXAS}/sldl:147,0.4")

    why = refused(tmp_path, "tx-lower-2027.csv", table(*rows, end=""))

    assert "line 3: the last line is not ended" in why
    assert "end it with a line break" in why


def test_a_table_in_latin_1_is_refused_with_the_line_and_what_to_do(tmp_path, own_edition):
    content = table(f"77004,{TEXAS}/sldl:131,", f"77005,{TEXAS}/sldl:Québec,").encode("latin-1")

    assert "line 3: this is not UTF-8; save the file in UTF-8" in refused(
        tmp_path, "tx-lower-2027.csv", content
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("zccd.csv", f"{ZIPS}48,TX,77004,7\n48,TX,77004,7\n", "line 3: 77004 has this district on line 2"),
        ("zccd.csv", f"{ZIPS}48,TX,77004,7\n48,TX,77005,1", "line 3: the last line is not ended"),
        ("zccd.csv", f"{ZIPS}48,TX,H2X1Y4,7\n", "line 2: no code is written like"),
        ("riding.csv", "postal_code,fed_num\nH2X1Y4,2400\n", "line 2: a riding has a number of five digits"),
        ("riding.csv", "postal_code,fed_num\nH2X1Y4,٢٤٠٠١\n", "line 2: a riding has a number of five digits"),
        ("fsa.csv", "fsa,fed_num,postal_codes,share\nH2X,24001,9,nan\n", "line 2: “nan” is no share"),
        ("fsa.csv", "fsa,fed_num,postal_codes,share\nH2X,24001,9,1.5\n", "line 2: “1.5” is no share"),
        ("fsa.csv", "fsa,fed_num,postal_codes,share\nH2X1Y4,24001,9,1\n", "line 2: no code is written like"),
    ],
)  # fmt: skip
def test_published_tables_are_held_to_the_same(tmp_path, name: str, content: str, said: str):
    assert said in refused(tmp_path, name, content)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([m5v(1, 100), {"fsa": "M5W"}], "entry 2: it lacks 'eds'"),
        ([m5v(1, 60) | {"eds": m5v(1, 60)["eds"] * 2}], "entry 1: M5V has district 1 twice"),
        ([m5v(1, 60), m5v(1, 40)], "entry 2: M5V has district 1 twice"),
        ([m5v(1, 101)], "is no share"),
        ([m5v(1, float("nan"))], "is no share"),
        ([{"fsa": "M5V", "eds": {"id": 1}}], "are no list"),
        ([{"fsa": "M5", "eds": []}], "no code is written like “M5”"),
        (["M5V"], "entry 1"),
        ({}, "holds no list of FSAs"),
        ([], "holds no list of FSAs"),
    ],
)  # fmt: skip
def test_ontarios_look_ups_are_refused_by_their_entry(tmp_path, entries: object, said: str):
    assert said in refused(tmp_path, "on_fsa_provincial_ed_2021.json", json.dumps(entries))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([f"{RIDING},Old,,2013-01-01,,2015-10-19"], "line 2: validThrough lies before validFrom"),
        ([f"{RIDING},Old,,2013-02-30,,"], "line 2: this is no day: 2013-02-30"),
        ([f"{RIDING},Old,,soon,,"], "this is no day: soon"),
        ([f"{RIDING},One,,,,", "ed:2,Two,,,,"], "line 3: this is no division id: ed:2"),
        ([f"{RIDING},{'x' * 161},,,,"], "line 2: this is longer than 160 characters"),
        ([f"ocd-division/country:ca/{'x' * 31}:1,Name,,,,"], "line 2: this is longer than 30 characters"),
        ([f"{RIDING},Na\0me,,,,"], "line 2: it holds a character that no text has"),
        ([f"{RIDING},One,,,,", f"{RIDING},Two,,,,"], f"line 3: {RIDING} stands on line 2 with another name"),
        ([f"{RIDING},One,,,,", f"{RIDING}2"], "line 3: it has 1 columns"),
    ],
)  # fmt: skip
def test_a_list_of_divisions_is_refused_by_its_line(tmp_path, rows: list[str], said: str):
    assert said in refused(tmp_path, "country-ca.csv", LISTED + "".join(f"{row}\n" for row in rows))


def test_a_list_that_was_cut_off_says_so(tmp_path):
    content = LISTED + f"{RIDING},One,,,,\nocd-division/country:ca/ed:2,Tw"

    assert "line 3: the file seems to be cut off here. Download it again." in refused(
        tmp_path, "country-ca.csv", content
    )


def test_a_list_in_latin_1_is_refused_with_its_line(tmp_path):
    content = (LISTED + f"{RIDING},Québec,,,,\n").encode("latin-1")

    assert "line 2: this is not UTF-8" in refused(tmp_path, "country-ca.csv", content)


@pytest.mark.parametrize("before", ["\n", "\n\r\n", "\ufeff\n"])
def test_empty_lines_in_front_are_passed_over(tmp_path, before: str):
    (tmp_path / "list.csv").write_text(f"{before}id,name\n{TEXAS},Texas\n\n")
    (tmp_path / "zccd.csv").write_text(f"{before}state_fips,state_abbr,zcta,cd\n48,TX,77004,7\n")

    report = load_record.load(tmp_path, now=NOW)

    assert (report.refused, report.not_recognised) == ([], [])
    assert Division.objects.filter(ocd_id=TEXAS).exists()
    assert PostalDistrict.objects.count() == 1


def test_a_validity_that_upstream_repeats_with_another_day_counts_as_it_stands_last(tmp_path):
    ocd_id = "ocd-division/country:us/state:vt/sldl:chittenden-10"
    (tmp_path / "us_sldl.csv").write_text(
        f"id,name,validFrom,validThrough\n{ocd_id},Chittenden-10,,\n{ocd_id},Chittenden-10,2023-01-04,\n"
    )

    assert not load_record.load(tmp_path, now=NOW).refused
    assert str(Division.objects.get(ocd_id=ocd_id).valid_from) == "2023-01-04"


def empty_areas(path: Path) -> None:
    nothing = [{**area(WEST, GEOID="4807", CD119FP="07"), "geometry": None} for _ in range(2)]
    hollow = {**nothing[0], "geometry": {"type": "Polygon", "coordinates": []}}
    geojson(path, *nothing, hollow)


def named_too_long(path: Path) -> None:
    geojson(path, by_id(f"{TEXAS}/sldl:1", WEST, "x" * 161))


def with_a_zero_byte(path: Path) -> None:
    geojson(path, by_id(f"{TEXAS}/sldl:1", WEST, "Tex\0as"))


def one_id_twice(path: Path) -> None:
    geojson(path, by_id(f"{TEXAS}/sldl:1", WEST, "One"), by_id(f"{TEXAS}/sldl:1", EAST, "Two"))


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (empty_areas, "holds no areas"),
        (
            named_too_long,
            "area 1 says neither its state nor its district: this is longer than 160 characters",
        ),
        (with_a_zero_byte, "it holds a character that no text has"),
        (one_id_twice, "area 2 gives"),
    ],
)
def test_a_map_is_refused_by_its_area(tmp_path, own_edition, write: Callable[[Path], None], said: str):
    path = tmp_path / "tx-lower-2027.geojson"
    write(path)

    assert said in refused(tmp_path, path.name, path.read_bytes())


def test_a_shapefile_without_its_projection_is_refused(tmp_path, own_edition):
    path = shapefile_of(tmp_path / "tx-lower-2027.zip", {f"{TEXAS}/sldl:1": WEST}, prj=False)

    assert "no .prj file" in refused(tmp_path, path.name, path.read_bytes())


@pytest.mark.parametrize("name", ["cb_2024_48_sldl_500k.zip", "FED_CA_2023_EN-SHP.ZIP", "nb_shp.zip"])
def test_half_an_archive_is_refused_and_not_merely_unknown(tmp_path, name: str):
    whole = shapefile_of(tmp_path / "x.zip", {f"{TEXAS}/sldl:1": WEST}).read_bytes()
    (tmp_path / "x.zip").unlink()

    assert "not a complete shapefile" in refused(tmp_path, name, whole[: len(whole) // 2])


def test_half_a_compressed_table_is_refused(tmp_path):
    rows = "".join(f"48,TX,{number},7\n" for number in range(70_000, 79_000))
    whole = gzip.compress(f"state_fips,state_abbr,zcta,cd\n{rows}".encode())

    assert "zccd.csv.gz" in refused(tmp_path, "zccd.csv.gz", whole[: len(whole) // 2])


def test_an_outline_that_crosses_itself_is_repaired_and_said(tmp_path):
    (line,) = load_record.load(geojson(tmp_path / "cd.geojson", congress("07", BOW_TIE)), now=NOW).lines

    assert (line.status, line.rows) == ("loaded", 1)
    assert "crossed itself and was repaired" in line.notices[0]


def test_a_table_of_three_characters_of_our_own_can_be_loaded_again(tmp_path, own_edition):
    path = tmp_path / "tx-lower-2027.csv"
    path.write_text(table(f"H2X,{TEXAS}/sldl:1,0.5", f"H2X,{TEXAS}/sldl:2,0.5", f"77004,{TEXAS}/sldl:1,"))
    assert load_record.load(path, now=NOW).lines[0].rows == 3

    path.write_text(table(f"H2X,{TEXAS}/sldl:1,0.25", f"H2X,{TEXAS}/sldl:2,0.75", f"77004,{TEXAS}/sldl:1,"))
    (line,) = load_record.load(path, now=NOW).lines

    assert (line.status, line.why) == ("loaded", "")
    assert sorted(PostalDistrict.objects.values_list("code", "share")) == [
        ("77004", None),
        ("H2X", 0.25),
        ("H2X", 0.75),
    ]
