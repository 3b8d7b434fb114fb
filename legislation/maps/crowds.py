"""Where districts are too small to find on a drawing: cities, mostly. A closer view of each shows them."""

import shapely

from legislation.maps.drawing import Drawing

# In the units of a drawing: below this nothing can be read or touched; crowds farther apart than this are two.
_TOO_SMALL, _APART = 16, 70
_FEWEST, _MOST_CROWDS = 3, 3


def crowds(drawing: Drawing) -> list[set[int]]:
    """The districts of each closer view, by their keys: the largest crowds first."""
    small = {id: area for id, area in drawing.areas.items() if area.room < _TOO_SMALL}
    circles = shapely.buffer([shapely.Point(area.x, area.y) for area in small.values()], _APART / 2)
    heaps = shapely.get_parts(shapely.union_all(circles))
    found = [
        {id for id, area in small.items() if shapely.contains_xy(heap, area.x, area.y)} for heap in heaps
    ]
    largest = sorted(
        (crowd for crowd in found if len(crowd) >= _FEWEST), key=lambda crowd: (-len(crowd), min(crowd))
    )
    return largest[:_MOST_CROWDS]
