"""Areas from what map makers publish: GeoJSON, TopoJSON, and zipped shapefiles in any projection.

Whatever the file, areas leave here as valid polygons in WGS 84 degrees, longitude first.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, NamedTuple

import numpy
import shapefile
import shapely
from django.utils.translation import gettext as _
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from legislation.sources.opening import LARGEST_ARCHIVE, Document, FileRefused, parse_json
from legislation.sources.topology import areas_of

_WORLD = shapely.box(-180, -90, 180, 90)
_DEGREES = "EPSG:4326"
_NO_AREA = (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError)
_LENGTH, _BYTES_IN_A_WORD = slice(24, 28), 2  # where and how a .shp file states its length
# What the reader meets half a file with, besides errors of its own.
_HALF_A_SHAPEFILE = (
    shapefile.ShapefileException,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    OSError,
    EOFError,
)


class Feature(NamedTuple):
    """One area with what its file says about it. `was_repaired`: its outline crossed itself."""

    number: int
    properties: dict[str, Any]
    area: BaseGeometry
    was_repaired: bool = False


def read_features(document: Document) -> Iterator[Feature]:
    """The areas of a file. Raises FileRefused where it is no map, has no projection, or is cut off."""
    is_archive = document.name.lower().endswith(".zip")
    number = drawn = 0
    try:
        for properties, geometry in (_of_shapefile if is_archive else _of_json)(document):
            number += 1
            if geometry is not None and not geometry.is_empty:
                drawn += 1
                yield _tidy(document, number, properties, geometry)
    except _NO_AREA as problem:
        raise FileRefused(
            _("%(file)s, area %(number)d: %(problem)s")
            % {"file": document.name, "number": number, "problem": problem}
        ) from problem
    if not drawn:
        raise FileRefused(_("%(file)s holds no areas.") % {"file": document.name})


def _tidy(document: Document, number: int, properties: dict[str, Any], geometry: BaseGeometry) -> Feature:
    area = _polygons(geometry if geometry.is_valid else shapely.make_valid(geometry))
    if area.is_empty:
        raise ValueError(_("this is a line or a point, not an area"))
    if not area.within(_WORLD):
        raise FileRefused(
            _("%(file)s: its coordinates are no degrees. It needs its projection beside it.")
            % {"file": document.name}
        )
    return Feature(number, properties, area, was_repaired=not geometry.is_valid)


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Only what has an area: repairing an outline may leave threads beside it."""
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    pieces = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all([piece for piece in pieces if piece.geom_type == "Polygon"])


def _of_json(document: Document) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    content = parse_json(document)
    kind = content.get("type") if isinstance(content, dict) else None
    if kind == "Topology":
        yield from areas_of(content)
    elif kind == "FeatureCollection":
        project = _projection_named(document, content)
        for feature in content["features"]:
            geometry = shape(feature["geometry"]) if feature.get("geometry") else None
            yield feature.get("properties") or {}, geometry and project(geometry)
    else:
        raise FileRefused(_("%(file)s is neither GeoJSON nor TopoJSON.") % {"file": document.name})


def _projection_named(document: Document, content: dict[str, Any]) -> Any:
    """Old GeoJSON names its reference system; without one it is in degrees."""
    named = ((content.get("crs") or {}).get("properties") or {}).get("name")
    return _onto_degrees(document, named) if named else (lambda geometry: geometry)


def _of_shapefile(document: Document) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    parts = _unzipped(document)
    if "prj" not in parts:
        raise FileRefused(
            _("%(file)s holds no .prj file: where its areas lie on the globe is not known.")
            % {"file": document.name}
        )
    project = _onto_degrees(document, parts["prj"].decode("latin-1"))
    if int.from_bytes(parts["shp"][_LENGTH], "big") * _BYTES_IN_A_WORD != len(parts["shp"]):
        raise _cut_off(document, _("its length is not the one it states"))
    encoding = parts.get("cpg", b"latin-1").decode("ascii", "replace").strip() or "latin-1"
    try:
        reader = shapefile.Reader(
            shp=io.BytesIO(parts["shp"]), dbf=io.BytesIO(parts["dbf"]), encoding=_codec(encoding)
        )
        for record in reader.iterShapeRecords():
            yield dict(record.record.as_dict()), project(shape(record.shape.__geo_interface__))
    except _HALF_A_SHAPEFILE as problem:
        raise _cut_off(document, problem) from problem


def _codec(name: str) -> str:
    """`ISO 8859-1`, `ANSI 1252` and the like, as Python calls them."""
    plain = name.lower().replace(" ", "").replace("-", "").replace("_", "")
    return {"iso88591": "latin-1", "ansi1252": "cp1252", "1252": "cp1252", "utf8": "utf-8"}.get(plain, name)


def _unzipped(document: Document) -> dict[str, bytes]:
    """The parts of the one shapefile in an archive, by their ending."""
    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
            files = [file for file in archive.infolist() if not file.is_dir()]
            if sum(file.file_size for file in files) > LARGEST_ARCHIVE:
                raise FileRefused(_("%(file)s is too large to be a map.") % {"file": document.name})
            names = [PurePath(file.filename) for file in files]
            stems = {name.stem for name in names if name.suffix.lower() == ".shp"}
            if len(stems) != 1:
                raise FileRefused(
                    _("%(file)s must hold one shapefile: .shp, .dbf and .prj.") % {"file": document.name}
                )
            (stem,) = stems
            found = {
                name.suffix.lower().lstrip("."): archive.read(file)
                for name, file in zip(names, files, strict=True)
                if name.name.startswith(f"{stem}.") and name.stem == stem
            }
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as problem:
        raise _cut_off(document, problem) from problem
    if "dbf" not in found:
        raise FileRefused(
            _("%(file)s must hold one shapefile: .shp, .dbf and .prj.") % {"file": document.name}
        )
    return found


def _cut_off(document: Document, problem: Exception | str) -> FileRefused:
    return FileRefused(
        _("%(file)s is not a complete shapefile: %(problem)s. Download it again.")
        % {"file": document.name, "problem": problem}
    )


def _onto_degrees(document: Document, system: str) -> Any:
    """A function that moves an area from a reference system onto longitude and latitude."""
    try:
        transformer = Transformer.from_crs(
            CRS.from_user_input(system), CRS.from_user_input(_DEGREES), always_xy=True
        )
    except (CRSError, ProjError) as problem:
        raise FileRefused(
            _("%(file)s: its projection is not known: %(system)s")
            % {"file": document.name, "system": system[:120]}
        ) from problem

    def moved(points: Any) -> Any:
        return numpy.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return lambda geometry: shapely.transform(geometry, moved)
