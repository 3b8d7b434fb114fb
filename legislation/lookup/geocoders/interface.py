"""What every geocoder answers, in the same words: the point of an address, and the districts it names."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from advocacy.kernel.postal import Address, Point, PostalCode

Question = Address | Point | PostalCode


class GeocoderFailed(Exception):
    """No usable answer: down, slow, busy, or nonsense. The words are for whoever asked."""


@dataclass(frozen=True)
class District:
    """A district as the geocoder names it. `division_ids` are the ids that its code may stand for, likeliest first.

    `edition` is the key of the lines it belongs to where the geocoder says so, as `cd119`; otherwise it is empty and
    `edition_name` repeats the geocoder's own words.
    """

    government: str
    chamber_code: str
    division_ids: tuple[str, ...]
    edition: str = ""
    edition_name: str = ""


@dataclass(frozen=True)
class Match:
    """One place that fits the question."""

    point: Point | None
    districts: tuple[District, ...] = ()


@dataclass(frozen=True)
class Located:
    """Every place that fits. `refused` names lines that the answer was for, and that are not in force."""

    matches: tuple[Match, ...] = ()
    refused: tuple[str, ...] = field(default=())


class Geocoder(Protocol):
    name: str

    def locate(self, question: Question, *, day: date) -> Located:
        """Where this is. Raises GeocoderFailed. `day` says which lines are in force."""
        ...
