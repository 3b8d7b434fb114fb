"""Which seats a state has: from the list of districts where there is one, otherwise from the roles held."""

import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from legislation.models.jurisdiction import ChamberCode, Level
from legislation.sources.opening import FileRefused
from legislation.sources.places import UNITED_STATES, US_PARTS, state_titles
from legislation.sources.records import (
    ChamberFact,
    DivisionFact,
    JurisdictionFact,
    SeatFact,
    SeatKey,
    Snapshot,
)

EXECUTIVE_TITLES = {
    "governor": ("Governor of {}", "Gouvernance : {}"),
    "lt_governor": ("Lieutenant governor of {}", "Lieutenance-gouvernance : {}"),
    "secretary of state": ("Secretary of state of {}", "Secrétariat d’État : {}"),
    "attorney general": ("Attorney general of {}", "Procureur général : {}"),
    "chief election officer": ("Chief election officer of {}", "Direction des élections : {}"),
    "auditor": ("Auditor of {}", "Vérification : {}"),
    "treasurer": ("Treasurer of {}", "Trésorerie : {}"),
}
LEGISLATIVE = {"upper", "lower", "legislature"}
_DIVISION_KINDS = {"upper": "sldu", "lower": "sldl", "legislature": "sldu"}
_COLUMNS = {"abbr", "chamber", "district", "division_id", "num_seats", "title"}


class District(NamedTuple):
    chamber: str
    district: str
    division_id: str
    places: int


DistrictList = dict[str, list[District]]


def read_districts(path: Path) -> DistrictList:
    """The districts of every state, by its abbreviation (`districts.csv` of openstates-metadata)."""
    found: DistrictList = defaultdict(list)
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened)
            if not set(rows.fieldnames or ()) >= _COLUMNS:
                raise FileRefused(_("%(file)s is not a list of districts.") % {"file": path.name})
            for row in rows:
                found[row["abbr"]].append(
                    District(
                        row["chamber"], row["district"], row["division_id"], max(int(row["num_seats"]), 1)
                    )
                )
    except (OSError, UnicodeDecodeError, ValueError, TypeError, csv.Error) as problem:
        raise FileRefused(
            _("%(file)s cannot be read as a list of districts: %(problem)s")
            % {"file": path.name, "problem": problem}
        ) from problem
    return dict(found)


def state_fact(abbreviation: str) -> JurisdictionFact:
    place = US_PARTS[abbreviation]
    return JurisdictionFact(
        place.ocd_id,
        place.division_id,
        place.name,
        place.name_fr,
        place.abbreviation,
        place.country,
        place.level,
        UNITED_STATES.ocd_id,
    )


class SeatBook:
    """The seats of one state, filled while its people are read."""

    def __init__(
        self, snapshot: Snapshot, abbreviation: str, districts: DistrictList | None, towns: dict[str, str]
    ) -> None:
        self.snapshot = snapshot
        self.abbreviation = abbreviation
        self.state = snapshot.scope
        self.towns = towns
        self.serving: Counter[SeatKey] = Counter()
        self.is_listed = districts is not None and abbreviation in districts
        for district in (districts or {}).get(abbreviation, ()):
            self._add_listed(district)

    def key_for(self, *, role: str, jurisdiction: str, district: str) -> SeatKey | None:
        """The seat of a role. None where the role is of another jurisdiction or of a kind we do not know."""
        if role in LEGISLATIVE and jurisdiction == self.state.ocd_id:
            return self._legislative(role, district)
        if role in EXECUTIVE_TITLES and jurisdiction == self.state.ocd_id:
            return self._executive(role)
        if role == "mayor" and jurisdiction.startswith(self.state.ocd_id.removesuffix("/government") + "/"):
            return self._mayor(jurisdiction)
        return None

    def note_holder(self, key: SeatKey) -> None:
        """Somebody serves in this seat: it exists today, with at least as many places as holders."""
        self.serving[key] += 1
        seat = self.snapshot.seats[key]
        if not seat.is_authoritative:
            places = max(seat.places, self.serving[key])
            self.snapshot.seats[key] = seat._replace(is_current=True, places=places)

    def _add_listed(self, district: District) -> None:
        key = self._seat_key(district.chamber, district.district)
        label, label_fr = self._labels(district.chamber, district.district)
        division = DivisionFact(
            district.division_id,
            label,
            label_fr,
            kind=_DIVISION_KINDS.get(district.chamber, ""),
            jurisdiction=self.state.ocd_id,
        )
        self.snapshot.seats[key] = SeatFact(key, label, label_fr, district.places, division)

    def _seat_key(self, chamber: str, district: str) -> SeatKey:
        titles = state_titles(self.abbreviation, chamber)
        self.snapshot.add_chamber(
            ChamberFact(
                self.state.ocd_id, chamber, titles.chamber, titles.chamber_fr, titles.member, titles.member_fr
            )
        )
        return SeatKey(self.state.ocd_id, chamber, district)

    def _labels(self, chamber: str, district: str) -> tuple[str, str]:
        titles = state_titles(self.abbreviation, chamber)
        return f"{titles.chamber} {district}".strip(), f"{titles.chamber_fr} {district}".strip()

    def _state_division(self) -> DivisionFact:
        return DivisionFact(
            self.state.division_id, self.state.name, self.state.name_fr, "state", self.state.ocd_id
        )

    def _infer(self, key: SeatKey, label: str, label_fr: str, division: DivisionFact) -> SeatKey:
        if key not in self.snapshot.seats:
            self.snapshot.seats[key] = SeatFact(
                key, label, label_fr, division=division, is_current=False, is_authoritative=False
            )
        return key

    def _legislative(self, role: str, district: str) -> SeatKey:
        key = self._seat_key(role, district)
        if key in self.snapshot.seats:
            return key
        return self._infer(key, *self._labels(role, district), self._state_division())

    def _executive(self, role: str) -> SeatKey:
        english, french = EXECUTIVE_TITLES[role]
        key = self._seat_key(ChamberCode.EXECUTIVE, role)
        return self._infer(
            key, english.format(self.state.name), french.format(self.state.name_fr), self._state_division()
        )

    def _mayor(self, jurisdiction: str) -> SeatKey:
        division_id = jurisdiction.replace("ocd-jurisdiction/", "ocd-division/", 1).removesuffix(
            "/government"
        )
        kind, _colon, slug = division_id.rpartition("/")[2].partition(":")
        town = self.towns.get(jurisdiction) or slug.replace("_", " ").title()
        level = Level.COUNTY if kind == "county" else Level.LOCAL
        self.snapshot.jurisdictions.setdefault(
            jurisdiction,
            JurisdictionFact(
                jurisdiction, division_id, town, "", "", self.state.country, level, self.state.ocd_id
            ),
        )
        self.snapshot.add_chamber(ChamberFact(jurisdiction, ChamberCode.LOCAL, town, "", "Mayor", "maire"))
        state = self.state.abbreviation
        return self._infer(
            SeatKey(jurisdiction, ChamberCode.LOCAL, "mayor"),
            f"Mayor of {town}, {state}",
            f"Mairie de {town}, {state}",
            DivisionFact(division_id, town, "", kind, self.state.ocd_id),
        )
