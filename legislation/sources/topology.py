"""TopoJSON: areas drawn by shared arcs, as its specification describes them."""

from collections.abc import Iterator
from typing import Any

from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]


def areas_of(topology: dict[str, Any]) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    """The polygons of every object, with their properties and id."""
    arcs = _arcs(topology)
    for named in topology["objects"].values():
        members = named["geometries"] if named["type"] == "GeometryCollection" else [named]
        for member in members:
            properties = dict(member.get("properties") or {})
            if "id" in member:
                properties.setdefault("id", member["id"])
            yield properties, _area(member, arcs)


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Each arc in plain coordinates: where there is a transform, positions are differences on a grid."""
    if "transform" not in topology:
        return [[(x, y) for x, y, *_ in arc] for arc in topology["arcs"]]
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        found.append(points)
    return found


def _area(member: dict[str, Any], arcs: list[list[Point]]) -> BaseGeometry | None:
    if member["type"] == "Polygon":
        return _polygon(member["arcs"], arcs)
    if member["type"] == "MultiPolygon":
        return MultiPolygon([_polygon(rings, arcs) for rings in member["arcs"]])
    return None


def _polygon(rings: list[list[int]], arcs: list[list[Point]]) -> Polygon:
    outer, *holes = ([*_ring(ring, arcs)] for ring in rings)
    return Polygon(outer, holes)


def _ring(indexes: list[int], arcs: list[list[Point]]) -> Iterator[Point]:
    """Arcs follow each other and share their ends; a negative index is the arc walked backwards."""
    for place, index in enumerate(indexes):
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        yield from points if place == 0 else points[1:]
