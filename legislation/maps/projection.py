"""From degrees on the globe to a flat drawing whose areas are true to each other."""

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Points = NDArray[numpy.float64]
_ALMOST_NOTHING = 1e-12


class EqualArea:
    """Lambert's azimuthal equal-area projection around a centre, on a sphere of radius 1, with y downwards.

    It knows no edge at the 180th meridian, so Alaska stays in one piece, and it does not swell Canada's north.
    """

    def __init__(self, longitude: float, latitude: float) -> None:
        self._longitude, self._latitude = numpy.radians(longitude), numpy.radians(latitude)

    @classmethod
    def around(cls, areas: list[BaseGeometry]) -> "EqualArea":
        """Centred on the mean of the outlines' points, taken on the globe: degrees would jump at 180."""
        longitudes, latitudes = numpy.radians(shapely.get_coordinates(areas)).T
        x = (numpy.cos(latitudes) * numpy.cos(longitudes)).mean()
        y = (numpy.cos(latitudes) * numpy.sin(longitudes)).mean()
        z = numpy.sin(latitudes).mean()
        return cls(
            float(numpy.degrees(numpy.arctan2(y, x))),
            float(numpy.degrees(numpy.arctan2(z, numpy.hypot(x, y)))),
        )

    def __call__(self, points: Points) -> Points:
        """Rows of longitude and latitude become rows of x and y."""
        longitudes, latitudes = numpy.radians(points).T
        east = longitudes - self._longitude
        sine, cosine = numpy.sin(self._latitude), numpy.cos(self._latitude)
        towards = sine * numpy.sin(latitudes) + cosine * numpy.cos(latitudes) * numpy.cos(east)
        scale = numpy.sqrt(2 / numpy.maximum(1 + towards, _ALMOST_NOTHING))
        x = scale * numpy.cos(latitudes) * numpy.sin(east)
        y = scale * (cosine * numpy.sin(latitudes) - sine * numpy.cos(latitudes) * numpy.cos(east))
        return numpy.column_stack([x, -y])
