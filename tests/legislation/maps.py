"""Small maps for tests, in the formats map makers publish. Two square districts side by side, and what may go wrong."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import shapefile
from pyproj import CRS, Transformer

Ring = list[tuple[float, float]]
# Somewhere in Texas: west of longitude -95, and east of it.
WEST: Ring = [(-96, 29), (-96, 30), (-95, 30), (-95, 29), (-96, 29)]
EAST: Ring = [(-95, 29), (-95, 30), (-94, 30), (-94, 29), (-95, 29)]
IN_WEST, IN_EAST, ON_THE_LINE, AT_SEA = (29.5, -95.5), (29.5, -94.5), (29.5, -95.0), (20.0, -90.0)
BOW_TIE: Ring = [(-96, 29), (-95, 30), (-95, 29), (-96, 30), (-96, 29)]


def congress(number: str, ring: Ring, *, state: str = "48", edition: str = "119") -> dict[str, Any]:
    return area(ring, GEOID=f"{state}{number}", **{f"CD{edition}FP": number})


def by_id(division_id: str, ring: Ring, name: str = "") -> dict[str, Any]:
    return area(ring, division_id=division_id, name=name)


def area(ring: Ring, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def geojson(path: Path, *features: dict[str, Any], **others: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **others}))
    return path


def shapefile_of(path: Path, areas: dict[str, Ring], *, system: str = "EPSG:4326", prj: bool = True) -> Path:
    """A zipped shapefile of districts by their division id, drawn in a reference system."""
    rows = [({"division_i": id, "name": "Baie-des-Chaleurs é"}, ring) for id, ring in areas.items()]
    return _archive(path, rows, system=system, prj=prj)


def census(path: Path, *rows: tuple[dict[str, str], Ring]) -> Path:
    """An archive as the Census publishes its districts, in NAD 83."""
    return _archive(path, list(rows), system="EPSG:4269", stem=path.stem)


def state_district(geoid: str, name: str = "", *, kind: str = "SLDL", year: str = "2024") -> dict[str, str]:
    """What a file of state legislative districts says of one: `state_district("48131")`."""
    columns = {"STATEFP": geoid[:2], f"{kind}ST": geoid[2:], "GEOID": geoid, "NAMELSAD": name, "LSY": year}
    return {column: value for column, value in columns.items() if column != "LSY" or value}


def _archive(
    path: Path,
    rows: list[tuple[dict[str, str], Ring]],
    *,
    system: str,
    prj: bool = True,
    stem: str = "districts",
) -> Path:
    onto = Transformer.from_crs("EPSG:4326", system, always_xy=True)
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    writer = shapefile.Writer(shp=shp, shx=shx, dbf=dbf, encoding="latin-1")
    for column in rows[0][0]:
        writer.field(column, "C", 120)
    for said, ring in rows:
        writer.poly([[list(onto.transform(*point)) for point in ring]])
        writer.record(*said.values())
    writer.close()
    with zipfile.ZipFile(path, "w") as archive:
        for ending, content in (("shp", shp), ("shx", shx), ("dbf", dbf)):
            archive.writestr(f"{stem}.{ending}", content.getvalue())
        if prj:
            archive.writestr(f"{stem}.prj", CRS.from_user_input(system).to_wkt("WKT1_ESRI"))
    return path
