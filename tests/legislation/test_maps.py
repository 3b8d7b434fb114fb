"""Districts as a drawing: true areas, one border between neighbours, the lines of the day, small enough for a page."""

import math
import re
from datetime import date

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from legislation.maps.drawing import Drawing, Wanted, draw
from legislation.maps.outline import HEIGHT, WIDTH, simplify
from legislation.maps.projection import EqualArea
from legislation.models import Division, DivisionShape, EditionFile, MapEdition
from tests.factories.maps import area, division, edition, houston, with_division
from tests.factories.people import state

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def points(path: str) -> list[tuple[int, int]]:
    """The corners of a path, as it walks from one to the next."""
    found = []
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([^z]*)z", path):
        x, y = map(int, start.split())
        found.append((x, y))
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def drawn(lines: MapEdition, *divisions: Division, day: date = DAY) -> Drawing:
    return draw([Wanted(one.pk, lines.jurisdiction_id, lines.chamber_code) for one in divisions], day)


def alaska(*boxes: tuple[float, float, float, float]) -> tuple[MapEdition, list[Division]]:
    place = with_division(state("ak", "Alaska"))
    lines = edition("ak-lower", place, "lower", date(2023, 1, 1))
    divisions = [division(f"{place.division_id}/sldl:{number}", place) for number in range(len(boxes))]
    for one, box in zip(divisions, boxes, strict=True):
        area(lines, one, *box)
    return lines, divisions


def test_what_is_as_large_on_the_globe_is_as_large_on_paper():
    south, north = shapely.box(-101, 30, -99, 31), shapely.box(-101, 69, -99, 70)
    project = EqualArea.around([south, north])

    there = [math.sin(math.radians(top)) - math.sin(math.radians(top - 1)) for top in (31, 70)]
    dense = [shapely.segmentize(box, 0.05) for box in (south, north)]
    here = [shapely.transform(box, project).area for box in dense]

    assert here[0] / here[1] == pytest.approx(there[0] / there[1], rel=1e-3)


def test_islands_beyond_the_180th_meridian_lie_beside_the_others():
    lines, (west, east) = alaska((178, 52, 180, 54), (-180, 52, -178, 54))

    drawing = drawn(lines, west, east)

    assert 0 < drawing.areas[east.pk].x - drawing.areas[west.pk].x < WIDTH
    assert drawing.height > WIDTH / 4
    assert set(points(drawing.areas[west.pk].path)) & set(points(drawing.areas[east.pk].path))


def test_what_was_one_border_stays_one_border():
    jagged = [(4 * math.sin(70 * step), 10 * step) for step in range(111)]
    left = shapely.Polygon([(-500, 0), *jagged, (-500, 1100)])
    # Its ring begins in the middle of the border: a point that simplifying it alone would keep.
    right = shapely.Polygon([*jagged[5:], (500, 1100), (500, 0), *jagged[:5]])

    ((one, other),) = simplify([[left, right]])

    assert shapely.coverage_is_valid([one, other])
    assert shapely.get_num_coordinates(one) < shapely.get_num_coordinates(left)
    assert one.union(other).area == pytest.approx(left.union(right).area, rel=0.02)


def test_the_lines_of_the_day_are_drawn(db):
    world = houston()
    tx9, tx18 = world.tx9, world.tx18

    assert set(drawn(world.cd119, tx18, tx9, day=date(2027, 1, 2)).areas) == {tx18.pk}
    assert set(drawn(world.cd119, tx18, tx9, day=date(2027, 1, 3)).areas) == {tx9.pk}
    assert [str(one) for one in drawn(world.cd119, tx18).credits] == ["Districts of the 119th Congress"]


def test_of_two_editions_in_force_the_newer_lines_stand():
    older, (one,) = alaska((-150, 60, -140, 70))
    newer = edition("ak-lower-new", older.jurisdiction, "lower", date(2025, 1, 1))
    area(newer, one, -150, 60, -120, 61)

    assert [str(credit) for credit in drawn(older, one).credits] == ["ak-lower-new"]


def test_the_districts_beside_are_drawn_as_borders_only(db):
    world = houston()

    alone = drawn(world.tx_lower, world.lower_131)
    together = drawn(world.tx_lower, world.lower_131, world.lower_147)

    assert (bool(alone.around), bool(together.around)) == (True, False)
    assert (alone.width, together.width > alone.width) == (alone.width, True)


def test_a_whole_state_is_the_sum_of_its_districts(db):
    world = houston()
    texas = division("ocd-division/country:us/state:tx")

    drawing = draw([Wanted(texas.pk, world.us.pk, "upper")], DAY)

    both = drawn(world.cd119, world.tx18, world.tx7)
    assert (drawing.width, drawing.height) == pytest.approx((both.width, both.height), abs=1)
    assert list(drawing.areas) == [texas.pk]
    assert [str(one) for one in drawing.credits] == ["Districts of the 119th Congress"]


def test_what_has_no_shape_is_left_out(db):
    world = houston()

    assert drawn(world.tx_lower, division("ocd-division/country:us/state:tx/sldu:13")) == Drawing()
    assert draw([], DAY) == Drawing()


def test_a_district_too_small_to_see_is_a_dot():
    lines, (large, small) = alaska((-150, 60, -140, 70), (-139, 60, -138.9999, 60.0001))

    dot = drawn(lines, large, small).areas[small.pk]

    assert dot.room == 0
    assert len(points(dot.path)) == 4


def test_it_is_drawn_once_for_the_same_files_and_anew_for_others():
    lines, (one,) = alaska((-150, 60, -140, 70))
    first = drawn(lines, one)
    DivisionShape.objects.update(geometry=shapely.to_wkb(shapely.box(-150, 60, -120, 61)))

    with CaptureQueriesContext(connection) as captured:
        assert drawn(lines, one) == first
    assert len(captured) == 1

    EditionFile.objects.update(content_hash="another")
    assert drawn(lines, one) != first


def test_the_largest_delegation_fits_on_a_page():
    wave = [(step / 40, 0.1 * math.sin(step * 2.4)) for step in range(41)]
    cells = [
        shapely.Polygon(
            [
                *((x + along, y + off) for along, off in wave),
                *((x + 1 + off, y + along) for along, off in wave),
                *((x + 1 - along, y + 1 - off) for along, off in wave),
                *((x + off, y + 1 - along) for along, off in wave),
            ]
        )
        for x in range(20)
        for y in range(20)
    ]
    lines, divisions = alaska(*[(-150, 60, -140, 70)] * len(cells))
    for one, cell in zip(divisions, cells, strict=True):
        shape = shapely.to_wkb(shapely.transform(cell, lambda at: at / 2 + [-150, 55]))
        DivisionShape.objects.filter(division=one).update(geometry=shape)

    drawing = drawn(lines, *divisions)

    assert len(drawing.areas) == 400
    assert sum(len(one.path) for one in drawing.areas.values()) < 100_000
    assert (drawing.width <= WIDTH, drawing.height <= HEIGHT) == (True, True)
