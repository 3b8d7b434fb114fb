"""The demo's public record: legislatures of real jurisdictions, filled with invented people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from advocacy.kernel.folding import fold
from advocacy.portal.demo import places, places_in_canada
from advocacy.portal.demo.names import Names
from advocacy.portal.demo.places import House, Place
from legislation.models import (
    Chamber,
    Committee,
    CommitteeMembership,
    ContactKind,
    ContactPoint,
    Country,
    Division,
    EndReason,
    Identifier,
    Jurisdiction,
    LegislativeSession,
    Level,
    Measure,
    MembershipRole,
    Office,
    OfficeKind,
    Official,
    PartyAffiliation,
    RecordKind,
    Seat,
    Source,
    SourceRecord,
    Staffer,
    StafferRole,
    Tenure,
)
from legislation.sources.places import US_PARTS
from legislation.sources.places import Place as Government

SCHEME = "demo"
QUEBEC, ONLY_IN_QUEBEC = "QC", "Bloc Québécois"
PLACES = (
    places.CONGRESS,
    places.TEXAS,
    places.MARYLAND,
    places.VIRGINIA,
    places.DISTRICT_OF_COLUMBIA,
    places.OHIO,
    places.COLORADO,
    places.ARIZONA,
    places_in_canada.PARLIAMENT,
    places_in_canada.BRITISH_COLUMBIA,
    places_in_canada.QUEBEC,
    places_in_canada.ONTARIO,
)
# The officials of DOMAIN.md §8, by seat.
NAMED = {
    "Texas House 131": ("Alma", "Reyes"),
    "Texas Senate 15": ("Joel", "Tran"),
    "Texas Senate 13": ("Omar", "Dell"),
    "Texas House 141": ("Bea", "Holt"),
    "Legislative Assembly of British Columbia, Saanich Shore": ("Wren", "Castellan"),
    "National Assembly of Quebec, Anse-aux-Érables": ("Maëlle", "Lachapelle"),
}
# The provinces of the invented federal ridings; American districts begin with their state.
_FEDERAL_RIDINGS = {
    "Burrard Harbour": "BC", "Juan Perez Sound": "BC", "Mont-Clair": "QC", "Rivière-aux-Pins–Laval": "QC",
    "Vieux-Moulin": "QC", "Credit Valley East": "ON", "Lakehead North": "ON",
}  # fmt: skip
_STAFF = (
    (StafferRole.CHIEF_OF_STAFF, "Chief of staff"),
    (StafferRole.HEALTH_LEGISLATIVE_ASSISTANT, "Legislative assistant, health"),
    (StafferRole.SCHEDULER, "Scheduler"),
    (StafferRole.LEGISLATIVE_DIRECTOR, "Legislative director"),
    (StafferRole.DISTRICT_DIRECTOR, "District director"),
)
_STAFF_IN_CANADA = (
    (StafferRole.CONSTITUENCY_ASSISTANT, "Constituency assistant"),
    (StafferRole.POLICY_ADVISER, "Policy adviser"),
    (StafferRole.PARLIAMENTARY_ASSISTANT, "Parliamentary assistant"),
)
_STAFF_IN_FRENCH = (
    (StafferRole.CONSTITUENCY_ASSISTANT, "Attachée de circonscription"),
    (StafferRole.POLICY_ADVISER, "Conseiller politique, santé"),
    (StafferRole.PARLIAMENTARY_ASSISTANT, "Adjointe parlementaire"),
)


@dataclass
class PublicRecord:
    """What was built, for the chapters and the log to refer to."""

    jurisdictions: dict[str, Jurisdiction] = field(default_factory=dict)
    by_seat: dict[str, Official] = field(default_factory=dict)
    # The members who represent a state or province, in its own legislature or in the federal one.
    delegations: dict[str, list[Official]] = field(default_factory=dict)
    # Where a member sits, by their key: what they are asked about.
    sits_in: dict[int, str] = field(default_factory=dict)
    staff: dict[int, list[Staffer]] = field(default_factory=dict)
    committees: dict[str, list[Committee]] = field(default_factory=dict)
    measures: dict[str, list[Measure]] = field(default_factory=dict)


class RecordBuilder:
    """Builds one place after another with the same random numbers each time."""

    def __init__(self, *, random: Random, names: Names, now: datetime) -> None:
        self.random, self.names, self.now = random, names, now
        self.today: date = now.date()
        self.source, _ = Source.objects.get_or_create(
            key=Source.INVENTED, defaults={"name": "Demo", "attribution": "Invented for the demo."}
        )
        self.record = PublicRecord()

    def build(self) -> PublicRecord:
        for place in PLACES:
            self._add_jurisdiction(place)
        for place in PLACES:
            self._add_measures(place)
            for house in place.houses:
                self._add_house(place, house)
        return self.record

    def _add_jurisdiction(self, place: Place) -> None:
        government = place.government
        parent = None if government.level == Level.FEDERAL else self._country(government)
        self.record.jurisdictions[place.abbreviation], _ = Jurisdiction.objects.get_or_create(
            ocd_id=government.ocd_id,
            defaults={
                "division_id": government.division_id,
                "name": government.name,
                "name_fr": government.name_fr,
                "abbreviation": government.abbreviation,
                "country": government.country,
                "level": government.level,
                "parent": parent,
            },
        )

    def _country(self, government: Government) -> Jurisdiction:
        return self.record.jurisdictions[government.country]

    def _add_measures(self, place: Place) -> None:
        jurisdiction = self.record.jurisdictions[place.abbreviation]
        if not place.bills:
            return
        session, _ = LegislativeSession.objects.get_or_create(
            jurisdiction=jurisdiction,
            identifier=place.session,
            defaults={"name": f"{place.name}, {place.session}"},
        )
        self.record.measures[place.abbreviation] = [
            Measure.objects.create(
                session=session,
                number=bill.number,
                title_en=bill.title,
                title_fr=bill.title_fr,
                short_name=bill.short,
            )
            for bill in place.bills
        ]

    def _add_house(self, place: Place, house: House) -> None:
        chamber, _ = Chamber.objects.get_or_create(
            jurisdiction=self.record.jurisdictions[place.abbreviation],
            code=house.code,
            defaults={
                "name": house.titles.chamber,
                "name_fr": house.titles.chamber_fr,
                "member_title": house.titles.member,
                "member_title_fr": house.titles.member_fr,
            },
        )
        members = [
            official
            for district in house.districts
            for _ in range(house.places)
            if (official := self._fill(self._add_seat(place, house, chamber, district), place, house))
        ]
        for number, (name, name_fr) in enumerate(house.committees, start=1):
            self._add_committee(place, chamber, members, number, name, name_fr)

    def _add_seat(self, place: Place, house: House, chamber: Chamber, district: str) -> Seat:
        state = US_PARTS.get(district.lower())
        named = state.name if state else district
        seat, _ = Seat.objects.get_or_create(
            chamber=chamber,
            district=district,
            defaults={
                "label": house.label.format(chamber=house.titles.chamber, district=named),
                "label_fr": house.label.format(chamber=house.titles.chamber_fr, district=named),
                "places": house.places,
                "division": self._division_of(place, chamber, district),
            },
        )
        return seat

    def _division_of(self, place: Place, chamber: Chamber, district: str) -> Division:
        """Where the seat's voters live, so that its chapters find it: a district, or a whole state."""
        state = self._lies_in(place, district)
        is_whole = district == state.abbreviation
        words = fold(f"{chamber.name} {district}").replace(" ", "-")
        division, _ = Division.objects.get_or_create(
            ocd_id=state.division_id if is_whole else f"ocd-division/demo/{words}",
            defaults={"name": state.name if is_whole else district, "jurisdiction": state},
        )
        return division

    def _lies_in(self, place: Place, district: str) -> Jurisdiction:
        if place.government.level != Level.FEDERAL:
            return self.record.jurisdictions[place.government.abbreviation]
        return self.record.jurisdictions[_FEDERAL_RIDINGS.get(district) or district.partition("-")[0]]

    def _fill(self, seat: Seat, place: Place, house: House) -> Official | None:
        """Seat a member, one time in twelve after a predecessor; a vacant seat had one until lately."""
        home = self._represented(seat)
        since = date(self.today.year - self.random.choice((1, 3, 3, 5, 7, 11)), 1, self.random.randint(3, 14))
        if seat.district in house.vacant:
            left = self._add_official(place, house, home)
            self._seat(left, seat, since, ends_on=self.today - timedelta(days=40), reason=EndReason.RESIGNED)
            return None
        if self.random.random() < 1 / 12:
            before = self._add_official(place, house, home)
            reason = self.random.choice((EndReason.RETIRED, EndReason.DEFEATED, EndReason.TERM_ENDED))
            self._seat(before, seat, since.replace(year=since.year - 6), ends_on=since, reason=reason)
        holder = self._add_official(place, house, home, NAMED.get(seat.label))
        self._seat(holder, seat, since)
        self.record.by_seat[seat.label] = holder
        self.record.delegations.setdefault(home, []).append(holder)
        self.record.sits_in[holder.pk] = place.abbreviation
        return holder

    def _represented(self, seat: Seat) -> str:
        """The state or province that a seat speaks for, also in the federal houses."""
        division = seat.division
        jurisdiction = (
            division.jurisdiction if division and division.jurisdiction else seat.chamber.jurisdiction
        )
        return jurisdiction.abbreviation

    def _seat(
        self, official: Official, seat: Seat, since: date, *, ends_on: date | None = None, reason: str = ""
    ) -> None:
        Tenure.objects.create(
            official=official,
            seat=seat,
            starts_on=since,
            ends_on=ends_on,
            end_reason=reason,
            source=self.source,
        )
        Identifier.objects.create(
            official=official, scheme=SCHEME, value=f"{fold(str(seat)).replace(' ', '-')}-{official.pk}"
        )

    def _add_official(
        self, place: Place, house: House, home: str, named: tuple[str, str] | None = None
    ) -> Official:
        in_quebec = home == QUEBEC
        parties = [party for party in house.parties if in_quebec or party != ONLY_IN_QUEBEC]
        given, family = named or self.names.draw(french=in_quebec and self.random.random() < 0.9)
        official = Official.objects.create(
            name=f"{given} {family}", given_name=given, family_name=family, source=self.source
        )
        PartyAffiliation.objects.create(
            official=official, party=self.random.choice(parties), starts_on=date(2015, 1, 1)
        )
        self._add_ways_to_reach(official, place)
        self._add_staff(official, place)
        SourceRecord.objects.create(
            source=self.source,
            kind=RecordKind.PERSON,
            external_id=f"demo-{official.pk}",
            jurisdiction=self.record.jurisdictions[place.abbreviation],
            first_seen_at=self.now - timedelta(days=420),
            last_seen_at=self.now - timedelta(days=self.random.randint(1, 9)),
            official=official,
        )
        return official

    def _add_ways_to_reach(self, official: Official, place: Place) -> None:
        at = f"{fold(official.given_name)}.{fold(official.family_name)}".replace(" ", "")
        kinds = [(ContactKind.EMAIL, f"{at}@example.org"), (ContactKind.URL, f"https://example.org/{at}")]
        if self.random.random() < 0.4:
            kinds[0] = (ContactKind.WEBFORM, f"https://example.org/{at}/contact")
        ContactPoint.objects.bulk_create(
            ContactPoint(official=official, kind=kind, value=value, source=self.source)
            for kind, value in kinds
        )
        town, area = self.random.choice(place.towns)
        offices = [
            (OfficeKind.CAPITOL, place.towns[0][1], f"Room {self.random.randint(101, 640)}, {place.name}")
        ]
        if self.random.random() < 0.6:
            street = self.random.choice(("Main Street", "Harbor Avenue", "Mill Road", "Station Street"))
            offices.append((OfficeKind.DISTRICT, area, f"{self.random.randint(10, 2400)} {street}, {town}"))
        Office.objects.bulk_create(
            Office(official=official, kind=kind, address=address, phone=self.phone(code), source=self.source)
            for kind, code, address in offices
        )

    def phone(self, area: str) -> str:
        """A number from the block that is never given to anybody."""
        return f"{area}-555-01{self.random.randint(0, 99):02d}"

    def _add_staff(self, official: Official, place: Place) -> None:
        jobs = _STAFF if place.government.country == Country.UNITED_STATES else _STAFF_IN_CANADA
        jobs = _STAFF_IN_FRENCH if place.abbreviation == QUEBEC else jobs
        chosen = jobs[: self.random.choice((1, 2, 2, 3))]
        self.record.staff[official.pk] = [self._add_staffer(official, place, *job) for job in chosen]

    def _add_staffer(self, official: Official, place: Place, role: StafferRole, title: str) -> Staffer:
        given, family = self.names.draw(french=place.abbreviation == QUEBEC)
        return Staffer.objects.create(
            name=f"{given} {family}",
            official=official,
            role=role,
            title=title,
            email=f"{fold(given)}.{fold(family)}@example.org".replace(" ", ""),
            phone=self.phone(place.towns[0][1]),
        )

    def _add_committee(
        self, place: Place, chamber: Chamber, members: list[Official], number: int, name: str, name_fr: str
    ) -> None:
        committee = Committee.objects.create(
            jurisdiction=chamber.jurisdiction,
            chamber=chamber,
            name=name,
            name_fr=name_fr,
            scheme=SCHEME,
            external_id=f"{place.abbreviation}-{chamber.code}-{number}",
        )
        SourceRecord.objects.create(
            source=self.source,
            kind=RecordKind.COMMITTEE,
            external_id=committee.external_id,
            jurisdiction=chamber.jurisdiction,
            first_seen_at=self.now - timedelta(days=420),
            last_seen_at=self.now - timedelta(days=6),
            committee=committee,
        )
        self.record.committees.setdefault(place.abbreviation, []).append(committee)
        sitting = self.random.sample(members, k=min(len(members), 6))
        CommitteeMembership.objects.bulk_create(
            CommitteeMembership(
                committee=committee, official=official, role=role, role_raw=str(role.label), rank=rank
            )
            for rank, (official, role) in enumerate(zip(sitting, _ranks(), strict=False), start=1)
        )


def _ranks() -> Iterator[MembershipRole]:
    yield MembershipRole.CHAIR
    yield MembershipRole.VICE_CHAIR
    while True:
        yield MembershipRole.MEMBER
