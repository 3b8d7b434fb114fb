"""Districts, editions of the map, and a small Houston: `houston().lower_131`, ZIP 77004 crosses its lines."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import shapely

from advocacy.accounts.models import User
from legislation.models import (
    Chamber,
    ChamberCode,
    Division,
    DivisionShape,
    EditionFile,
    EditionPart,
    Jurisdiction,
    MapEdition,
    Official,
    PostalDistrict,
    Seat,
    Source,
    SourceRecord,
    Tenure,
)
from members.models import SavedDistrict, SavedPlace
from tests.cast import TODAY
from tests.factories.people import canada, province, state, united_states

if TYPE_CHECKING:
    from tests.cast import Cast

SEEN_AT = datetime(2026, 8, 5, 12, tzinfo=UTC)
TEXAS = "ocd-division/country:us/state:tx"
DC, MARYLAND, VIRGINIA = (
    "ocd-division/country:us/district:dc",
    "ocd-division/country:us/state:md",
    "ocd-division/country:us/state:va",
)
# A point in district 131 and TX-18, one in 147 and TX-7.
IN_131, IN_147 = (29.72, -95.34), (29.72, -95.44)


def with_division(jurisdiction: Jurisdiction) -> Jurisdiction:
    """The jurisdiction as importers write it: it knows its division, and the division exists."""
    steps = jurisdiction.ocd_id.replace("ocd-jurisdiction", "ocd-division", 1)
    jurisdiction.division_id = steps.rpartition("/")[0]
    jurisdiction.save()
    division(jurisdiction.division_id, jurisdiction, name=jurisdiction.name)
    return jurisdiction


def division(ocd_id: str, lies_in: Jurisdiction | None = None, **fields: Any) -> Division:
    fields.setdefault("name", ocd_id.rpartition("/")[2])
    found, _ = Division.objects.get_or_create(ocd_id=ocd_id, defaults={"jurisdiction": lies_in, **fields})
    return found


def seat(
    jurisdiction: Jurisdiction,
    code: str,
    district: str,
    division: Division | None,
    *,
    label: str,
    **fields: Any,
) -> Seat:
    words = {"upper": "Senate", "lower": "House", "executive": "executive"}
    name = f"{jurisdiction.name} {words.get(code, 'Legislature')}"
    chamber, _ = Chamber.objects.get_or_create(jurisdiction=jurisdiction, code=code, defaults={"name": name})
    return Seat.objects.create(chamber=chamber, district=district, division=division, label=label, **fields)


def holds(seat: Seat, name: str, **term: Any) -> Official:
    """The person sits there since 2025, and a source said so on 5 August 2026."""
    given, _, family = name.rpartition(" ")
    official = Official.objects.create(name=name, given_name=given, family_name=family)
    Tenure.objects.create(official=official, seat=seat, **{"starts_on": date(2025, 1, 3), **term})
    SourceRecord.objects.create(
        source=source(),
        external_id=str(official.pk),
        first_seen_at=SEEN_AT,
        last_seen_at=SEEN_AT,
        official=official,
    )
    return official


def source() -> Source:
    return Source.objects.get_or_create(key="test", defaults={"name": "Test"})[0]


def remembers(person: User, seat: Seat, basis: str = "home", *, on: date = TODAY) -> SavedDistrict:
    """The person had a place in the district of this seat remembered on that day."""
    assert seat.division is not None
    place = SavedPlace.objects.create(
        person=person, basis=basis, method="manual", remembered_on=on, consented_at=SEEN_AT
    )
    return SavedDistrict.objects.create(
        place=place,
        jurisdiction=seat.chamber.jurisdiction,
        chamber_code=seat.chamber.code,
        division=seat.division,
        edition_key="remembered",
        edition_name="Lines of that day",
    )


def edition(
    key: str, jurisdiction: Jurisdiction, code: str, since: date, until: date | None = None, *, name: str = ""
) -> MapEdition:
    return MapEdition.objects.create(
        key=key,
        name=name or key,
        jurisdiction=jurisdiction,
        chamber_code=code,
        valid_from=since,
        valid_until=until,
    )


def lies_in(edition: MapEdition, code: str, *divisions: Division, shares: tuple[float, ...] = ()) -> None:
    """By this edition, the code has addresses in each of these divisions."""
    for place, one in enumerate(divisions):
        share = shares[place] if shares else None
        PostalDistrict.objects.create(edition=edition, code=code, division=one, share=share)


def area(
    edition: MapEdition, division: Division, west: float, south: float, east: float, north: float
) -> None:
    """The division is this box."""
    DivisionShape.objects.create(
        edition=edition,
        division=division,
        geometry=shapely.to_wkb(shapely.box(west, south, east, north)),
        west=west,
        south=south,
        east=east,
        north=north,
    )
    EditionFile.objects.update_or_create(
        edition=edition,
        part=EditionPart.SHAPES,
        place=edition.jurisdiction,
        defaults={
            "version": uuid4(),
            "label": "boxes",
            "content_hash": f"{edition.key}-{edition.shapes.count()}-{division.pk}",
            "rows": edition.shapes.count(),
            "source": source(),
            "loaded_at": SEEN_AT,
        },
    )


@dataclass(frozen=True)
class Houston:
    """Texas House 131 and 147 by one edition, and the U.S. House before and after 3 January 2027.

    ZIP 77004 lies in both House districts and, on the lines of either Congress, in one district of the U.S. House:
    TX-18 on the old ones, TX-9 on the new. No lines are loaded for the Texas Senate.
    """

    us: Jurisdiction
    texas: Jurisdiction
    cd119: MapEdition
    cd120: MapEdition
    tx_lower: MapEdition
    tx18: Division
    tx9: Division
    tx7: Division
    lower_131: Division
    lower_147: Division
    reyes: Official


def houston() -> Houston:
    us, texas = with_division(united_states()), with_division(state("tx", "Texas"))
    districts = {
        number: division(f"{TEXAS}/cd:{number}", texas, name=f"U.S. House TX-{number}")
        for number in (18, 9, 7)
    }
    lower = {
        number: division(f"{TEXAS}/sldl:{number}", texas, name=f"Texas House {number}")
        for number in (131, 147)
    }
    cd119 = edition(
        "cd119", us, "lower", date(2025, 1, 3), date(2027, 1, 3), name="Districts of the 119th Congress"
    )
    cd120 = edition("cd120", us, "lower", date(2027, 1, 3), name="Districts of the 120th Congress")
    tx_lower = edition(
        "tx-lower-2021", texas, "lower", date(2023, 1, 10), name="Texas House districts of 2021"
    )
    lies_in(cd119, "77004", districts[18])
    lies_in(cd120, "77004", districts[9])
    lies_in(tx_lower, "77004", lower[131], lower[147])
    area(cd119, districts[18], -95.4, 29, -95, 30)
    area(cd119, districts[7], -96, 29, -95.4, 30)
    area(cd120, districts[9], -96, 29, -95, 30)
    area(tx_lower, lower[131], -95.4, 29, -95, 30)
    area(tx_lower, lower[147], -96, 29, -95.4, 30)
    reyes = _seats_of_houston(us, texas, districts, lower)
    return Houston(
        us,
        texas,
        cd119,
        cd120,
        tx_lower,
        districts[18],
        districts[9],
        districts[7],
        lower[131],
        lower[147],
        reyes,
    )


def _seats_of_houston(
    us: Jurisdiction, texas: Jurisdiction, districts: dict[int, Division], lower: dict[int, Division]
) -> Official:
    whole = division(TEXAS)
    for number, name in ((18, "Ada Quill"), (9, "Theo Marsh"), (7, "Nell Frost")):
        holds(seat(us, "lower", f"TX-{number}", districts[number], label=f"U.S. House TX-{number}"), name)
    senate = seat(us, "upper", "TX", whole, label="U.S. Senate Texas", places=2)
    holds(senate, "Iris Vale")
    holds(senate, "Otto Lund")
    holds(seat(texas, "executive", "governor", whole, label="Governor of Texas"), "Maud Stone")
    upper_13 = division(f"{TEXAS}/sldu:13", texas, name="Texas Senate 13")
    holds(seat(texas, ChamberCode.UPPER, "13", upper_13, label="Texas Senate 13"), "Omar Dell")
    reyes = holds(seat(texas, "lower", "131", lower[131], label="Texas House 131"), "Alma Reyes")
    seat(texas, "lower", "147", lower[147], label="Texas House 147")
    return reyes


def ottawa() -> tuple[MapEdition, Division, Division]:
    """Two ridings of the order of 2023: K1A 0A9 lies in the first; K0A 1A0, and all of K1A, in either."""
    country, ontario = with_division(canada()), with_division(province("on", "Ontario"))
    fed2023 = edition("fed2023", country, "lower", date(2025, 3, 23), name="Ridings of the 2023 order")
    centre, west = (
        division(f"ocd-division/country:ca/ed:{number}-2023", ontario, name=name)
        for number, name in (("35075", "Ottawa Centre"), ("35079", "Ottawa West"))
    )
    for riding, name in ((centre, "Jo Ames"), (west, "Ivo Penn")):
        holds(seat(country, "lower", riding.name, riding, label=riding.name), name)
    lies_in(fed2023, "K1A0A9", centre)
    lies_in(fed2023, "K0A1A0", west)
    lies_in(fed2023, "K1A", west, centre, shares=(0.25, 0.75))
    area(fed2023, centre, -75.75, 45.3, -75.6, 45.5)
    return fed2023, centre, west


def three_capitals_of(cast: "Cast") -> None:
    """Three Capitals covers DC, Maryland's district 1 by its codes, and Virginia's district 2 by name."""
    dc, maryland, virginia = three_capitals()
    lies_in(edition("cd120", dc.parent, "lower", date(2027, 1, 3)), "20814", division(f"{MARYLAND}/cd:1"))
    territories = {row.jurisdiction: row for row in cast.three_capitals.territories.all()}
    territories[maryland].postal_prefixes = "208"
    territories[maryland].save()
    territories[virginia].divisions.add(division(f"{VIRGINIA}/cd:2"))


def three_capitals() -> tuple[Jurisdiction, Jurisdiction, Jurisdiction]:
    """A delegate for DC; two districts and two senators each for Maryland and Virginia."""
    us = with_division(state("dc", "District of Columbia")).parent
    dc = state("dc", "District of Columbia")
    dc.division_id = DC
    dc.save()
    holds(seat(us, "lower", "DC-AL", division(DC, dc, name="DC"), label="U.S. House DC"), "Dee Gate")
    others = []
    for code, name, root in (("md", "Maryland", MARYLAND), ("va", "Virginia", VIRGINIA)):
        place = with_division(state(code, name))
        whole = division(root)
        senate = seat(us, "upper", code.upper(), whole, label=f"U.S. Senate {name}", places=2)
        for senator in ("One", "Two"):
            holds(senate, f"{name} Senator {senator}")
        for number in (1, 2):
            district = division(f"{root}/cd:{number}", place, name=f"{name} {number}")
            holds(
                seat(us, "lower", f"{code.upper()}-{number}", district, label=f"{name} {number}"),
                f"{name} {number}",
            )
        others.append(place)
    return dc, others[0], others[1]
