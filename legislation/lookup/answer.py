"""What a look-up says: per chamber the districts it may be, who holds their seats, and what is not known."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from legislation.legislature import Holder, Place
from legislation.models import Chamber, Division, Jurisdiction, Level


class Method(TextChoices):
    """How the districts were found."""

    ZIP = "zip", _("ZIP code")
    ZIP4 = "zip4", _("ZIP+4")
    POSTAL_CODE = "postal_code", _("Postal code")
    FSA = "fsa", _("First three characters of a postal code")
    ADDRESS = "address", _("Street address")
    POINT = "point", _("Point on the map")
    MANUAL = "manual", _("Chosen by hand")


class Why(TextChoices):
    """The kinds of things a look-up does not know, or wants to say."""

    AMBIGUOUS = "ambiguous", _("Several districts are possible")
    LIKELY = "likely", _("Likely, not certain")
    ZIP4 = "zip4", _("Nine digits read as five")
    UNKNOWN_CODE = "unknown_code", _("The code is in no table")
    MILITARY = "military", _("Military mail")
    TERRITORY = "territory", _("Territory")
    NO_TABLE = "no_table", _("No table is loaded")
    NO_LINES = "no_lines", _("No lines are loaded for this chamber")
    FLOTERIAL = "floterial", _("The map lacks some districts")
    SWAPPED = "swapped", _("Latitude and longitude swapped")
    NOWHERE = "nowhere", _("The point lies in no district")
    NOT_ASKED = "not_asked", _("No geocoder was asked")
    NOT_ANSWERED = "not_answered", _("The geocoder gave no answer")
    WRONG_EDITION = "wrong_edition", _("The geocoder answers for other lines")
    NO_MATCH = "no_match", _("The address was not found")
    SEVERAL_MATCHES = "several_matches", _("The address fits several places")
    DISAGREE = "disagree", _("Two sources differ")


@dataclass(frozen=True)
class Note:
    why: Why
    text: str


@dataclass(frozen=True)
class EditionUsed:
    """The lines an answer was read from. Without `pk` they are the geocoder's own, and `name` says whose."""

    key: str
    name: str
    pk: int | None = None


@dataclass(frozen=True)
class Found:
    """One division that the place may lie in, by one edition of one chamber's lines."""

    edition: EditionUsed
    jurisdiction_id: int
    chamber_code: str
    division_id: int
    share: float | None = None

    @property
    def chamber(self) -> tuple[int, str]:
        return self.jurisdiction_id, self.chamber_code


@dataclass(frozen=True)
class Member:
    """Somebody who represents the place. `as_of`: when a source last said so."""

    holder: Holder
    as_of: date | None


@dataclass(frozen=True)
class Office:
    """A seat with its members on the day; `place.vacant` counts the empty ones."""

    place: Place
    members: list[Member]


@dataclass(frozen=True)
class Candidate:
    division: Division
    offices: list[Office]
    share: float | None = None


@dataclass(frozen=True)
class Group:
    """One chamber with the districts it may be; or, without an edition, with whom a whole state elects to it."""

    level: str
    name: str
    candidates: list[Candidate]
    edition: EditionUsed | None = None
    chamber: Chamber | None = None

    @property
    def is_ambiguous(self) -> bool:
        return len(self.candidates) > 1

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label)


@dataclass(frozen=True)
class Unknown:
    """A chamber, or a level without one chamber, for which this look-up cannot say the district; and why."""

    text: str
    chamber: Chamber | None = None


@dataclass(frozen=True)
class Answer:
    query: str
    country: str
    method: str
    day: date
    groups: list[Group] = field(default_factory=list)
    states: list[Jurisdiction] = field(default_factory=list)
    # What the districts were made of, for whoever is asked to remember them.
    found: list[Found] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def districts(self) -> list[Group]:
        return [group for group in self.groups if group.edition]

    @property
    def is_ambiguous(self) -> bool:
        return any(group.is_ambiguous for group in self.groups)

    @property
    def is_likely(self) -> bool:
        return self.says(Why.LIKELY)

    @property
    def is_found(self) -> bool:
        return bool(self.groups)

    @property
    def editions(self) -> list[EditionUsed]:
        return list({group.edition.key: group.edition for group in self.groups if group.edition}.values())

    @property
    def divisions(self) -> list[Division]:
        """The districts, without the states they lie in; each once."""
        found = [candidate.division for group in self.districts for candidate in group.candidates]
        return list({division.pk: division for division in found}.values())

    def says(self, why: Why) -> bool:
        return any(note.why == why for note in self.notes)

    def as_data(self) -> dict[str, Any]:
        """One line of `manage.py who_represents`."""
        return {
            "query": self.query,
            "country": self.country,
            "method": self.method,
            "editions": [{"key": edition.key, "name": edition.name} for edition in self.editions],
            "ambiguous": self.is_ambiguous,
            "likely": self.is_likely,
            "divisions": [division.ocd_id for division in self.divisions],
            "officials": [one for group in self.groups for one in _officials(group)],
            "note": " ".join([note.text for note in self.notes] + [one.text for one in self.unknown]),
        }


def _officials(group: Group) -> list[dict[str, Any]]:
    return [
        {
            "name": member.holder.line.name,
            "seat": str(office.place.seat),
            "level": group.level,
            "chamber": str(office.place.seat.chamber),
            "division": candidate.division.ocd_id,
            "unconfirmed": member.holder.is_unconfirmed,
            "as_of": member.as_of.isoformat() if member.as_of else None,
            "id": member.holder.line.official.pk,
        }
        for candidate in group.candidates
        for office in candidate.offices
        for member in office.members
    ] + [
        {"name": None, "seat": str(office.place.seat), "level": group.level, "vacant": office.place.vacant}
        for candidate in group.candidates
        for office in candidate.offices
        if office.place.vacant
    ]
