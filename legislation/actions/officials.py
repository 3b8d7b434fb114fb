"""Officials that staff keep by hand or by file: governors, provincial members, whom no upstream source covers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.models import (
    Chamber,
    ChamberCode,
    ContactKind,
    ContactPoint,
    Division,
    Jurisdiction,
    Level,
    Official,
    PartyAffiliation,
    Seat,
    Source,
    Tenure,
)
from legislation.sources.places import CANADIAN_PARTS, US_PARTS, Titles, provincial_titles, state_titles

OWN_SOURCE = Source.OWN
# The columns that say how to reach somebody, and what each becomes.
CONTACTS = {
    "email": ContactKind.EMAIL,
    "phone": ContactKind.PHONE,
    "web_form": ContactKind.WEBFORM,
    "web_page": ContactKind.URL,
    "address": ContactKind.ADDRESS,
}
_TOWNS = {"place", "county", "parish", "borough", "csd"}


class UnknownPlace(ValueError):
    """No jurisdiction of this name, abbreviation or id."""


@dataclass(frozen=True)
class Entry:
    """One person in one seat, as a file or a form states it. Empty means: not stated.

    A town that has no row of its own yet comes as a jurisdiction that is not saved.
    """

    name: str
    jurisdiction: Jurisdiction
    chamber: str
    district: str
    given_name: str = ""
    family_name: str = ""
    party: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    title: str = ""
    email: str = ""
    phone: str = ""
    web_form: str = ""
    web_page: str = ""
    address: str = ""


def jurisdiction_called(wording: str) -> Jurisdiction:
    """By id, by name in either language, or by the abbreviation of a state, province or territory.

    The division id of a town, county or parish names its government, which need not be in the record yet.
    """
    parts = [Level.STATE, Level.PROVINCE, Level.TERRITORY]
    named = Q(ocd_id=wording) | Q(name__iexact=wording) | Q(name_fr__iexact=wording)
    found = Jurisdiction.objects.filter(named | Q(abbreviation__iexact=wording, level__in=parts))
    jurisdiction = found.order_by("pk").first() or _town(wording)
    if jurisdiction is None:
        raise UnknownPlace(
            _(
                "“%(name)s” is not a jurisdiction of the record. A city or county is added "
                "when you give its Open Civic Data division id."
            )
            % {"name": wording}
        )
    return jurisdiction


def _town(division_id: str) -> Jurisdiction | None:
    """The government of a listed town or county: the one in the record, or a new one that is not saved."""
    division = Division.objects.filter(ocd_id=division_id, kind__in=_TOWNS).first()
    if division is None:
        return None
    ocd_id = f"{division_id.replace('ocd-division', 'ocd-jurisdiction', 1)}/government"
    known = Jurisdiction.objects.filter(Q(ocd_id=ocd_id) | Q(division_id=division_id)).order_by("pk").first()
    if known:
        return known
    whole = Jurisdiction.objects.filter(division_id=division_id.rpartition("/")[0]).order_by("pk").first()
    if whole is None:
        return None
    return Jurisdiction(
        ocd_id=ocd_id,
        division_id=division_id,
        name=division.name[:120],
        name_fr=division.name_fr[:120],
        country=whole.country,
        level=Level.LOCAL if division.kind in ("place", "csd") else Level.COUNTY,
        parent=whole,
    )


def holder_like(entry: Entry) -> Official | None:
    """The official whom `entry` means: somebody of this name who sits or sat in this seat."""
    if entry.jurisdiction.pk is None:
        return None
    held = Official.objects.filter(
        name__iexact=entry.name,
        tenures__seat__chamber__jurisdiction=entry.jurisdiction,
        tenures__seat__chamber__code=entry.chamber,
        tenures__seat__district__iexact=entry.district,
    )
    return held.order_by("pk").first()


def news_in(entry: Entry, official: Official) -> dict[str, list[Any]]:
    """What `entry` states otherwise than the record, as `{field: [old, new]}`; empty where it repeats it."""
    tenure = _tenure_in(entry, official)
    party = official.parties.filter(ends_on=None).first()
    before: dict[str, Any] = {
        "given_name": official.given_name,
        "family_name": official.family_name,
        "party": party.party if party else "",
        "starts_on": tenure.starts_on if tenure else None,
        "ends_on": tenure.ends_on if tenure else None,
        "title": tenure.title if tenure else "",
    }
    for name, kind in CONTACTS.items():
        value = getattr(entry, name)
        before[name] = value if _has(official, kind, value) else ""
    stated = {name: getattr(entry, name) for name in before}
    return {
        name: [before[name], value] for name, value in stated.items() if value not in ("", None, before[name])
    }


def enter(entry: Entry, *, by: User) -> Official:
    """Put somebody into a seat, or bring what we hold about them into line with `entry`. Deletes nothing."""
    if entry.jurisdiction.pk is None:
        entry.jurisdiction.save()
        trail.record(by=by, verb="imported", of=entry.jurisdiction)
    official = holder_like(entry)
    verb = "imported" if official is None else "edited"
    changes = news_in(entry, official) if official else {}
    if official is None:
        official = Official.objects.create(name=entry.name, source=own_source())
    for name in ("given_name", "family_name"):
        setattr(official, name, getattr(entry, name) or getattr(official, name))
    official.save()
    _write_tenure(entry, official)
    _write_party(entry, official)
    for name, kind in CONTACTS.items():
        if value := getattr(entry, name):
            _write_contact(official, kind, value)
    trail.record(by=by, verb=verb, of=official, changes=changes)
    return official


def own_source() -> Source:
    return Source.objects.get_or_create(key=OWN_SOURCE, defaults={"name": _("Our own staff")})[0]


def _has(official: Official, kind: str, value: str) -> bool:
    return official.contact_points.filter(kind=kind, value=value, ended_on=None).exists()


def _tenure_in(entry: Entry, official: Official) -> Tenure | None:
    tenures = official.tenures.filter(
        seat__chamber__jurisdiction=entry.jurisdiction,
        seat__chamber__code=entry.chamber,
        seat__district__iexact=entry.district,
    )
    same = tenures.filter(starts_on=entry.starts_on).first() if entry.starts_on else None
    return same or tenures.order_by("-starts_on", "-pk").first()


def _write_tenure(entry: Entry, official: Official) -> None:
    tenure = _tenure_in(entry, official)
    if tenure is None or (entry.starts_on and tenure.starts_on and tenure.starts_on != entry.starts_on):
        tenure = Tenure(official=official, seat=_seat(entry), source=own_source())
    tenure.starts_on = entry.starts_on or tenure.starts_on
    tenure.title = entry.title or tenure.title
    if entry.ends_on:
        tenure.ends_on, tenure.end_is_expected = entry.ends_on, False
    tenure.full_clean(exclude=["end_reason"])
    tenure.save()


def _write_party(entry: Entry, official: Official) -> None:
    current = official.parties.filter(ends_on=None).first()
    if not entry.party or (current and current.party == entry.party):
        return
    began = entry.starts_on
    if current:
        current.ends_on = max(filter(None, (began, current.starts_on)), default=None) or timezone.localdate()
        current.save()
        began = current.ends_on
    PartyAffiliation.objects.create(official=official, party=entry.party, starts_on=began)


def _write_contact(official: Official, kind: str, value: str) -> None:
    point, created = ContactPoint.objects.get_or_create(
        official=official, kind=kind, value=value, label="", defaults={"source": own_source()}
    )
    if not created and point.ended_on:
        point.ended_on = None
        point.save()


def _seat(entry: Entry) -> Seat:
    found = Seat.objects.filter(
        chamber__jurisdiction=entry.jurisdiction, chamber__code=entry.chamber, district__iexact=entry.district
    ).first()
    if found:
        return found
    chamber = _chamber(entry)
    label = f"{chamber.name} {entry.district}".strip()
    if entry.chamber in (ChamberCode.EXECUTIVE, ChamberCode.LOCAL):
        label = f"{entry.district}, {entry.jurisdiction.name}".removeprefix(", ")
    return Seat.objects.create(chamber=chamber, district=entry.district, label=label)


def _chamber(entry: Entry) -> Chamber:
    titles = _titles(entry)
    return Chamber.objects.get_or_create(
        jurisdiction=entry.jurisdiction,
        code=entry.chamber,
        defaults={
            "name": titles.chamber,
            "name_fr": titles.chamber_fr,
            "member_title": titles.member,
            "member_title_fr": titles.member_fr,
        },
    )[0]


def _titles(entry: Entry) -> Titles:
    code = entry.jurisdiction.abbreviation.lower()
    if entry.jurisdiction.country == "US" and code in US_PARTS and entry.chamber != ChamberCode.LOCAL:
        return state_titles(code, entry.chamber)
    if code in CANADIAN_PARTS and entry.chamber == ChamberCode.LEGISLATURE:
        return provincial_titles(code)
    return Titles(entry.jurisdiction.name, "", entry.jurisdiction.name_fr, "")
