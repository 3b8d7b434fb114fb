"""Which edition a map file draws, and which division each of its areas is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, NamedTuple

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from legislation.sources.census_districts import CensusDistricts, Listed, Unmatched, code_column
from legislation.sources.division_ids import PREFIX, by_number, division_fact, listed_division, whole
from legislation.sources.editions import EditionFact
from legislation.sources.geometry import Feature, read_features
from legislation.sources.opening import Document, FileRefused
from legislation.sources.places import STATE_OF_FIPS, US_PARTS
from legislation.sources.records import DivisionFact, Remark

_CONGRESS = re.compile(r"CD(?P<number>\d{3})FP\d*")
_COLORADO = re.compile(r"co_state_(?P<body>house|senate)_2021", re.IGNORECASE)
_AT_LARGE = {"00", "98"}  # the only member of a state; a delegate
_WATER = "ZZ"
_OWN_IDS = ("division_id", "division_i")  # shapefiles cut a name after ten letters
_NOT_A_NAME = re.compile(r"[^a-z0-9-]+")


class Drawn(NamedTuple):
    """Which edition an area belongs to, and which division it is. `about` is told of editions of the file's own."""

    edition: str
    fact: DivisionFact
    about: EditionFact | None = None


# None for what is no district, such as water.
Namer = Callable[[dict[str, Any]], Drawn | None]


@dataclass
class EditionShapes:
    """The areas a file draws of one edition, by division id."""

    edition: str
    about: EditionFact | None = None
    areas: dict[str, tuple[DivisionFact, BaseGeometry]] = field(default_factory=dict)


@dataclass
class MapFile:
    """The editions in one file. `left_out` counts areas that are no district; `unmatched` names those nobody knows."""

    editions: dict[str, EditionShapes] = field(default_factory=dict)
    notices: list[Remark] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    left_out: int = 0


def read_shapes(document: Document, listed: Listed = lambda start: {}) -> MapFile:
    """The districts a file draws. Raises FileRefused where it cannot tell whose they are.

    `listed` tells the divisions of the record that begin with an id: districts with names are found among them.
    """
    found = MapFile()
    name: Namer | None = None
    for feature in read_features(document):
        name = name or _recognised(document, feature.properties, listed)
        _add(found, document, feature, name)
    if found.unmatched and not found.editions:
        raise FileRefused(
            _(
                "%(file)s: none of its districts is in the record, for example %(name)s. Load the lists of divisions "
                "(us_sldl.csv, us_sldu.csv) first."
            )
            % {"file": document.name, "name": found.unmatched[0]}
        )
    if not found.editions:
        raise FileRefused(_("%(file)s holds no districts.") % {"file": document.name})
    return found


def _add(found: MapFile, document: Document, feature: Feature, name: Namer) -> None:
    try:
        drawn = name(feature.properties)
    except Unmatched as problem:
        found.unmatched.append(str(problem))
        return
    except (KeyError, ValueError, TypeError) as problem:
        raise FileRefused(
            _("%(file)s, area %(number)d says neither its state nor its district: %(problem)s")
            % {"file": document.name, "number": feature.number, "problem": problem}
        ) from problem
    if drawn is None:
        found.left_out += 1
        return
    shapes = found.editions.setdefault(drawn.edition, EditionShapes(drawn.edition, drawn.about))
    found.notices += [
        Remark(document.name, drawn.fact.ocd_id, why) for why in _drawn(shapes, document, feature, drawn)
    ]


def _drawn(shapes: EditionShapes, document: Document, feature: Feature, drawn: Drawn) -> Iterator[str]:
    """Add the area to its division, and say what is unusual about it."""
    fact = drawn.fact
    if feature.was_repaired:
        yield _("Its outline crossed itself and was repaired.")
    known, area = shapes.areas.get(fact.ocd_id, (fact, None))
    if known.name != fact.name:
        raise FileRefused(
            _("%(file)s, area %(number)d gives %(id)s to two districts: %(one)s and %(other)s.")
            % {
                "file": document.name,
                "number": feature.number,
                "id": fact.ocd_id,
                "one": known.name,
                "other": fact.name,
            }
        )
    if area is not None:
        yield _("It is drawn in several areas; they count as one.")
    together = feature.area if area is None else shapely.union_all([area, feature.area])
    shapes.areas[fact.ocd_id] = (fact, together)


def _recognised(document: Document, properties: dict[str, Any], listed: Listed) -> Namer:
    if found := next(filter(None, map(_CONGRESS.fullmatch, properties)), None):
        return _of_edition(f"cd{found['number']}", lambda row: _house_district(row, found.group()))
    if column := code_column(properties):
        return _of_states(CensusDistricts(document, column, listed))
    if "FED_NUM" in properties:
        order = str(properties.get("REP_ORDER") or "2023")[:4]
        return _of_edition(f"fed{order}", lambda row: _riding(row, order))
    if match := _COLORADO.search(document.name):
        house = match["body"].lower() == "house"
        return _of_edition(
            f"co-{'lower' if house else 'upper'}-2021", lambda row: _colorado(row, house=house)
        )
    if {"DIST_ID", "PED_Names_"} <= properties.keys():
        return _of_edition("nb-2024", _new_brunswick)
    if own := next((key for key in _OWN_IDS if key in properties), ""):
        return _of_edition(edition_in_name(document.name), lambda row: _by_its_id(row, own))
    raise FileRefused(
        _(
            "%(file)s: it is not known whose districts these are. Give each area a property division_id, and "
            "name the file after its edition."
        )
        % {"file": document.name}
    )


def _of_edition(edition: str, fact_of: Callable[[dict[str, Any]], DivisionFact | None]) -> Namer:
    def name(row: dict[str, Any]) -> Drawn | None:
        fact = fact_of(row)
        return Drawn(edition, fact) if fact else None

    return name


def _of_states(districts: CensusDistricts) -> Namer:
    def name(row: dict[str, Any]) -> Drawn | None:
        found = districts.named(row)
        return Drawn(found[0].key, found[1], found[0]) if found else None

    return name


def edition_in_name(name: str) -> str:
    """`tx-lower-2027` for `maps/TX-lower-2027.geojson.gz`: the key of an edition that staff have entered."""
    return _NOT_A_NAME.sub("-", PurePath(name).name.partition(".")[0].lower())


def _house_district(row: dict[str, Any], key: str) -> DivisionFact | None:
    geoid = str(row.get("GEOID") or row.get("GEOID20") or "")
    place, number = US_PARTS[STATE_OF_FIPS[geoid[:2]]], str(row[key])
    if number == _WATER:
        return None
    if number in _AT_LARGE:
        return whole(place)
    return house_district(place.abbreviation, int(number))


def house_district(state: str, number: int) -> DivisionFact:
    """A numbered district of the U.S. House, as the seats of Congress know it."""
    place = US_PARTS[state.lower()]
    label = f"{place.abbreviation}-{number}"
    return division_fact(
        f"{place.division_id}/cd:{number}", f"U.S. House {label}", f"Chambre des représentants {label}"
    )


def riding(number: int, order: str = "2023", name: str = "", name_fr: str = "") -> DivisionFact:
    return listed_division(f"{PREFIX}ca/ed:{number}-{order}", name or str(number), name_fr)


def _riding(row: dict[str, Any], order: str) -> DivisionFact:
    names = (str(row.get("ED_NAMEE") or ""), str(row.get("ED_NAMEF") or ""))
    return riding(int(row["FED_NUM"]), order, *names)


def _colorado(row: dict[str, Any], *, house: bool) -> DivisionFact:
    place, number = US_PARTS["co"], int(row["District"])
    kind, body = ("sldl", "House") if house else ("sldu", "Senate")
    return division_fact(f"{place.division_id}/{kind}:{number}", f"Colorado {body} {number}")


def _new_brunswick(row: dict[str, Any]) -> DivisionFact:
    name, _slash, name_fr = str(row["PED_Names_"]).partition("/")
    # The list of divisions gives these districts no year.
    ocd_id = f"{PREFIX}ca/province:nb/ed:{int(row['DIST_ID'])}"
    return listed_division(ocd_id, name.strip(), name_fr.strip())


def _by_its_id(row: dict[str, Any], key: str) -> DivisionFact:
    ocd_id = str(row[key]).strip()
    return listed_division(
        ocd_id, str(row.get("name") or by_number(ocd_id)).strip(), str(row.get("name_fr") or "").strip()
    )
