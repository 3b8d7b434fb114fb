"""Reading maps: whose districts they are, and what is refused."""

import json
import zipfile
from pathlib import Path

import pytest
import shapely

from legislation.sources.census_districts import Listed
from legislation.sources.map_shapes import EditionShapes, MapFile, read_shapes
from legislation.sources.opening import Document, FileRefused
from tests.legislation.maps import BOW_TIE, EAST, WEST, area, by_id, congress, geojson, shapefile_of

TEXAS = "ocd-division/country:us/state:tx"


def read_file(path: Path, listed: Listed = lambda start: {}) -> MapFile:
    return read_shapes(Document(path.name, path.read_bytes()), listed)


def read(path: Path) -> EditionShapes:
    """The one edition in a file."""
    (shapes,) = read_file(path).editions.values()
    return shapes


def test_districts_of_congress_are_those_their_seats_hang_on(tmp_path):
    found = read_file(
        geojson(
            tmp_path / "cd.geojson",
            congress("07", WEST),
            congress("00", EAST, state="02"),
            congress("ZZ", EAST),
        )
    )

    assert list(found.editions) == ["cd119"]
    shapes = found.editions["cd119"]
    assert {id: fact.name for id, (fact, _area) in shapes.areas.items()} == {
        f"{TEXAS}/cd:7": "U.S. House TX-7",
        "ocd-division/country:us/state:ak": "Alaska",
    }
    assert found.left_out == 1


def test_the_edition_is_read_from_the_map_not_from_its_name(tmp_path):
    assert read(geojson(tmp_path / "cd119.geojson", congress("07", WEST, edition="120"))).edition == "cd120"


def test_ridings_carry_their_order_and_both_names(tmp_path):
    riding = area(WEST, FED_NUM=24001, ED_NAMEE="Abitibi", ED_NAMEF="Abitibi—Baie", REP_ORDER="2023")

    ((fact, _area),) = read(geojson(tmp_path / "r.geojson", riding)).areas.values()

    assert (fact.ocd_id, fact.name, fact.name_fr) == (
        "ocd-division/country:ca/ed:24001-2023",
        "Abitibi",
        "Abitibi—Baie",
    )
    assert fact.jurisdiction == "ocd-jurisdiction/country:ca/province:qc/legislature"


def test_any_other_map_names_its_edition_and_its_divisions(tmp_path):
    shapes = read(geojson(tmp_path / "TX-lower-2027.geojson", by_id(f"{TEXAS}/sldl:131", WEST, "House 131")))

    assert shapes.edition == "tx-lower-2027"
    assert list(shapes.areas) == [f"{TEXAS}/sldl:131"]


@pytest.mark.parametrize("system", ["EPSG:4326", "EPSG:3083", "EPSG:2036", "EPSG:3857"])
def test_a_shapefile_in_any_projection_lands_on_its_degrees(tmp_path, system: str):
    shapes = read(shapefile_of(tmp_path / "x.zip", {f"{TEXAS}/sldl:1": WEST}, system=system))

    ((fact, drawn),) = shapes.areas.values()
    assert fact.name == "Baie-des-Chaleurs é"
    assert drawn.symmetric_difference(shapely.Polygon(WEST)).area < 1e-6


def test_topojson_shares_its_arcs(tmp_path):
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [-96, 29]},
        # The line between the two, walked once, then backwards.
        "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 2], [2, 0], [0, -2], [-2, 0]]],
        "objects": {
            "districts": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"division_id": f"{TEXAS}/sldl:1"}},
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[~0, ~2]]],
                        "properties": {"division_id": f"{TEXAS}/sldl:2"},
                    },
                ],
            }
        },
    }
    path = tmp_path / "x.topojson"
    path.write_text(json.dumps(topology))

    areas = {id: drawn for id, (_fact, drawn) in read(path).areas.items()}

    assert areas[f"{TEXAS}/sldl:1"].equals(shapely.Polygon(WEST))
    assert areas[f"{TEXAS}/sldl:2"].equals(shapely.MultiPolygon([shapely.Polygon(EAST)]))


def test_an_outline_that_crosses_itself_is_repaired_and_said(tmp_path):
    found = read_file(geojson(tmp_path / "x.geojson", congress("07", BOW_TIE)))

    ((_fact, drawn),) = found.editions["cd119"].areas.values()
    assert drawn.is_valid
    assert drawn.area == pytest.approx(0.5)
    assert [notice.record for notice in found.notices] == [f"{TEXAS}/cd:7"]


def test_the_same_district_in_two_areas_counts_as_one_and_is_said(tmp_path):
    found = read_file(geojson(tmp_path / "x.geojson", congress("07", WEST), congress("07", EAST)))

    ((_fact, drawn),) = found.editions["cd119"].areas.values()
    assert drawn.area == pytest.approx(2)
    assert "several areas" in found.notices[0].why


def test_one_id_for_two_districts_is_refused_by_name(tmp_path):
    path = geojson(
        tmp_path / "x.geojson", by_id(f"{TEXAS}/sldl:1", WEST, "One"), by_id(f"{TEXAS}/sldl:1", EAST, "Two")
    )

    with pytest.raises(FileRefused, match=r"two districts: One and Two"):
        read(path)


def test_a_shapefile_without_its_projection_is_refused(tmp_path):
    with pytest.raises(FileRefused, match=r"no \.prj file"):
        read(shapefile_of(tmp_path / "x.zip", {f"{TEXAS}/sldl:1": WEST}, prj=False))


def test_coordinates_that_are_no_degrees_are_refused(tmp_path):
    metres = [(x * 100_000, y * 100_000) for x, y in WEST]

    with pytest.raises(FileRefused, match="are no degrees"):
        read(geojson(tmp_path / "x.geojson", congress("07", metres)))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_half_a_file_is_refused(tmp_path, kept: float):
    whole = geojson(tmp_path / "x.geojson", congress("07", WEST), congress("08", EAST))
    whole.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * kept)])
    with pytest.raises(FileRefused):
        read(whole)

    archive = shapefile_of(tmp_path / "y.zip", {f"{TEXAS}/sldl:1": WEST})
    archive.write_bytes(archive.read_bytes()[: int(archive.stat().st_size * kept)])
    with pytest.raises(FileRefused):
        read(archive)


@pytest.mark.parametrize("ending", ["shp", "dbf"])
def test_half_a_part_of_a_shapefile_is_refused(tmp_path, ending: str):
    whole = shapefile_of(tmp_path / "x.zip", {f"{TEXAS}/sldl:{n}": WEST for n in range(9)})
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[f"districts.{ending}"] = parts[f"districts.{ending}"][: len(parts[f"districts.{ending}"]) // 2]
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    with pytest.raises(FileRefused):
        read(whole)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"type": "FeatureCollection", "features": []}, "holds no areas"),
        ({"type": "FeatureCollection", "features": [area(WEST, colour="red")]}, "not known whose districts"),
        ({"type": "FeatureCollection", "features": [by_id("tx:131", WEST)]}, "no division id"),
        ({"type": "FeatureCollection", "features": [congress("07", WEST, state="99")]}, "neither its state"),
        ({"type": "Sphere"}, "neither GeoJSON nor TopoJSON"),
        ([], "neither GeoJSON nor TopoJSON"),
        (
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"division_id": "x"},
                        "geometry": {"type": "Point", "coordinates": [1, 2]},
                    }
                ],
            },
            "not an area",
        ),
    ],
)
def test_what_is_no_map_is_refused_with_the_reason(tmp_path, content, why: str):
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps(content))

    with pytest.raises(FileRefused, match=why):
        read(path)
