"""Which edition a map file draws, and which division each of its areas is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from legislation.sources.division_ids import PREFIX, division_fact, whole
from legislation.sources.geometry import Feature, read_features
from legislation.sources.opening import Document, FileRefused
from legislation.sources.places import STATE_OF_FIPS, US_PARTS
from legislation.sources.records import DivisionFact, Remark

_CONGRESS = re.compile(r"CD(?P<number>\d{3})FP\d*")
_COLORADO = re.compile(r"co_state_(?P<body>house|senate)_2021")
_AT_LARGE = {"00", "98"}  # the only member of a state; a delegate
_WATER = "ZZ"
_OWN_IDS = ("division_id", "division_i")  # shapefiles cut a name after ten letters
_NOT_A_NAME = re.compile(r"[^a-z0-9-]+")

Namer = Callable[[dict[str, Any]], DivisionFact | None]


@dataclass
class EditionShapes:
    """The areas of one edition, by division id. `left_out` counts those that are no district, such as water."""

    edition: str
    areas: dict[str, tuple[DivisionFact, BaseGeometry]] = field(default_factory=dict)
    notices: list[Remark] = field(default_factory=list)
    left_out: int = 0


def read_shapes(document: Document) -> EditionShapes:
    """The districts a file draws. Raises FileRefused where it cannot tell whose they are."""
    features = read_features(document)
    first = next(features)
    edition, name = _recognised(document, first.properties)
    found = EditionShapes(edition)
    for feature in _with(first, features):
        _add(found, document, feature, name)
    if not found.areas:
        raise FileRefused(_("%(file)s holds no districts.") % {"file": document.name})
    return found


def _with(first: Feature, others: Iterator[Feature]) -> Iterator[Feature]:
    yield first
    yield from others


def _add(found: EditionShapes, document: Document, feature: Feature, name: Namer) -> None:
    try:
        fact = name(feature.properties)
    except (KeyError, ValueError, TypeError) as problem:
        raise FileRefused(
            _("%(file)s: an area says neither its state nor its district: %(problem)s")
            % {"file": document.name, "problem": problem}
        ) from problem
    if fact is None:
        found.left_out += 1
        return
    if feature.was_repaired:
        why = _("Its outline crossed itself and was repaired.")
        found.notices.append(Remark(document.name, fact.ocd_id, why))
    known, area = found.areas.get(fact.ocd_id, (fact, None))
    if known.name != fact.name:
        raise FileRefused(
            _("%(file)s gives %(id)s to two districts: %(one)s and %(other)s.")
            % {"file": document.name, "id": fact.ocd_id, "one": known.name, "other": fact.name}
        )
    if area is not None:
        why = _("It is drawn in several areas; they count as one.")
        found.notices.append(Remark(document.name, fact.ocd_id, why))
    together = feature.area if area is None else shapely.union_all([area, feature.area])
    found.areas[fact.ocd_id] = (fact, together)


def _recognised(document: Document, properties: dict[str, Any]) -> tuple[str, Namer]:
    if found := next(filter(None, map(_CONGRESS.fullmatch, properties)), None):
        return f"cd{found['number']}", lambda row: _house_district(row, found.group())
    if "FED_NUM" in properties:
        order = str(properties.get("REP_ORDER") or "2023")[:4]
        return f"fed{order}", lambda row: _riding(row, order)
    if match := _COLORADO.search(document.name):
        house = match["body"] == "house"
        return f"co-{'lower' if house else 'upper'}-2021", lambda row: _colorado(row, house=house)
    if {"DIST_ID", "PED_Names_"} <= properties.keys():
        return "nb-2024", _new_brunswick
    if own := next((key for key in _OWN_IDS if key in properties), ""):
        return edition_in_name(document.name), lambda row: _by_its_id(row, own)
    raise FileRefused(
        _(
            "%(file)s: it is not known whose districts these are. Give each area a property division_id, and "
            "name the file after its edition."
        )
        % {"file": document.name}
    )


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
    return division_fact(f"{PREFIX}ca/ed:{number}-{order}", name or str(number), name_fr)


def _riding(row: dict[str, Any], order: str) -> DivisionFact:
    names = (str(row.get("ED_NAMEE") or ""), str(row.get("ED_NAMEF") or ""))
    return riding(int(row["FED_NUM"]), order, *names)


def _colorado(row: dict[str, Any], *, house: bool) -> DivisionFact:
    place, number = US_PARTS["co"], int(row["District"])
    kind, body = ("sldl", "House") if house else ("sldu", "Senate")
    return division_fact(f"{place.division_id}/{kind}:{number}", f"Colorado {body} {number}")


def _new_brunswick(row: dict[str, Any]) -> DivisionFact:
    name, _slash, name_fr = str(row["PED_Names_"]).partition("/")
    ocd_id = f"{PREFIX}ca/province:nb/ed:{int(row['DIST_ID'])}-2024"
    return division_fact(ocd_id, name.strip(), name_fr.strip())


def _by_its_id(row: dict[str, Any], key: str) -> DivisionFact:
    ocd_id = str(row[key])
    if not ocd_id.startswith(PREFIX):
        raise ValueError(_("this is no division id: %(id)s") % {"id": ocd_id[:80]})
    return division_fact(
        ocd_id, str(row.get("name") or ocd_id.rpartition(":")[2]), str(row.get("name_fr") or "")
    )
