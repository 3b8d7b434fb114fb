"""What the record holds about the people of a snapshot, fetched in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db.models import Exists, Max, OuterRef, Q

from legislation.changeset.corrected_rows import as_the_source_said, source_values
from legislation.models import (
    Chamber,
    ContactPoint,
    Correction,
    Identifier,
    Office,
    Official,
    PartyAffiliation,
    RecordKind,
    Seat,
    Source,
    SourceRecord,
    Tenure,
)
from legislation.models.jurisdiction import Jurisdiction
from legislation.sources.records import IdentifierFact, PersonRecord, SeatKey

Item = TypeVar("Item")
_AT_ONCE = 800


def chunks(items: Iterable[Item], size: int = _AT_ONCE) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


class HeldRecord(NamedTuple):
    pk: int
    external_id: str
    official_id: int | None
    content_hash: str
    missing_since: datetime | None


class HeldTenure(NamedTuple):
    pk: int
    official_id: int
    jurisdiction: str
    chamber: str
    district: str
    label: str
    starts_on: date | None
    ends_on: date | None
    end_is_expected: bool
    end_reason: str
    title: str
    source_id: int | None

    @property
    def key(self) -> SeatKey:
        return SeatKey(self.jurisdiction, self.chamber, self.district)

    def is_in_force(self, day: date) -> bool:
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or self.ends_on > day or self.end_is_expected)

    @property
    def has_ended(self) -> bool:
        return self.ends_on is not None and not self.end_is_expected


@dataclass
class Held:
    """The rows of some officials, by official."""

    names: dict[int, Official] = field(default_factory=dict)
    tenures: dict[int, list[HeldTenure]] = field(default_factory=lambda: defaultdict(list))
    parties: dict[int, list[PartyAffiliation]] = field(default_factory=lambda: defaultdict(list))
    offices: dict[int, list[Office]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[int, list[ContactPoint]] = field(default_factory=lambda: defaultdict(list))


def known_fingerprints(source: Source) -> dict[str, tuple[str, str]]:
    """What we have read before, so that it need not be parsed again: fingerprint to (kind, id)."""
    records = SourceRecord.objects.filter(source=source).exclude(content_hash="")
    return {
        found: (kind, id) for found, kind, id in records.values_list("content_hash", "kind", "external_id")
    }


def held_records(source: Source, jurisdiction: Jurisdiction | None) -> dict[str, HeldRecord]:
    if jurisdiction is None:
        return {}
    rows = SourceRecord.objects.filter(source=source, jurisdiction=jurisdiction, kind=RecordKind.PERSON)
    columns = ("pk", "external_id", "official_id", "content_hash", "missing_since")
    return {row[1]: HeldRecord(*row) for row in rows.values_list(*columns)}


def owners(identifiers: Sequence[IdentifierFact]) -> dict[IdentifierFact, int]:
    """Which official has each of these identifiers already."""
    wanted = set(identifiers)
    found: dict[IdentifierFact, int] = {}
    for chunk in chunks({identifier.value for identifier in wanted}):
        rows = Identifier.objects.filter(value__in=chunk).values_list("scheme", "value", "official_id")
        for scheme, value, official_id in rows:
            found[IdentifierFact(scheme, value)] = official_id
    return found


def held(official_ids: Iterable[int]) -> Held:
    """Everything the record says about these people."""
    found = Held()
    for chunk in chunks(sorted(official_ids)):
        found.names |= Official.objects.in_bulk(chunk)
        for tenure in held_tenures(chunk):
            found.tenures[tenure.official_id].append(tenure)
        for party in PartyAffiliation.objects.filter(official__in=chunk).order_by("pk"):
            found.parties[party.official_id].append(party)
        for office in Office.objects.filter(official__in=chunk).order_by("pk"):
            found.offices[office.official_id].append(office)
        for contact in ContactPoint.objects.filter(official__in=chunk).order_by("pk"):
            found.contacts[contact.official_id].append(contact)
    as_the_source_said(found.names.values())
    for rows in (found.parties, found.offices, found.contacts):
        as_the_source_said(row for group in rows.values() for row in group)
    return found


def held_tenures(official_ids: Sequence[int]) -> Iterator[HeldTenure]:
    rows = Tenure.objects.filter(official__in=official_ids).order_by("pk")
    columns = (
        "pk",
        "official_id",
        "seat__chamber__jurisdiction__ocd_id",
        "seat__chamber__code",
        "seat__district",
        "seat__label",
        "starts_on",
        "ends_on",
        "end_is_expected",
        "end_reason",
        "title",
        "source_id",
    )
    held_rows = [HeldTenure(*row) for row in rows.values_list(*columns)]
    said = source_values(Tenure, [row.pk for row in held_rows])
    seats = _seats([values["seat_id"] for values in said.values() if "seat_id" in values])
    for row in held_rows:
        values = dict(said.get(row.pk, {}))
        values |= seats.get(values.pop("seat_id", None), {})
        yield row._replace(**values)


def _seats(keys: Sequence[int]) -> dict[int | None, dict[str, str]]:
    """Seats in which a source sees somebody whom staff have put into another one."""
    rows = Seat.objects.filter(pk__in=keys).select_related("chamber__jurisdiction") if keys else ()
    return {
        seat.pk: {
            "jurisdiction": seat.chamber.jurisdiction.ocd_id,
            "chamber": seat.chamber.code,
            "district": seat.district,
            "label": seat.label,
        }
        for seat in rows
    }


def newest_starts(source: Source, jurisdiction: Jurisdiction, day: date) -> dict[int, date]:
    """Since when each person of this source is in the seat they hold now, where the source itself says so."""
    corrected = Correction.objects.holding().filter(model=Tenure._meta.label_lower, fact="starts_on")
    rows = (
        Tenure.objects.in_force(day)
        .exclude(pk__in=corrected.order_by().values("object_id"))
        .filter(source=source, starts_on__isnull=False)
        .filter(official__source_records__source=source, official__source_records__jurisdiction=jurisdiction)
        .order_by()
        .values_list("official_id")
        .annotate(newest=Max("starts_on"))
    )
    return dict(rows)


def known_bodies(source: Source, jurisdiction: Jurisdiction | None) -> set[str]:
    """The kinds of chamber for which this source has given us people of this jurisdiction."""
    if jurisdiction is None:
        return set()
    bodies = Chamber.objects.filter(Q(jurisdiction=jurisdiction) | Q(jurisdiction__parent=jurisdiction))
    tenures = Tenure.objects.filter(source=source, seat__chamber=OuterRef("pk"))
    return set(bodies.filter(Exists(tenures)).values_list("code", flat=True))


def people_by_external_id(source: Source, external_ids: Iterable[str]) -> dict[str, int]:
    """The officials behind these ids of the source, wherever they were listed."""
    found: dict[str, int] = {}
    for chunk in chunks(external_ids):
        rows = SourceRecord.objects.filter(
            source=source, kind=RecordKind.PERSON, external_id__in=chunk, official__isnull=False
        )
        found.update(rows.values_list("external_id", "official_id"))
    return found


def identity_facts(people: Iterable[PersonRecord]) -> list[IdentifierFact]:
    return [identifier for person in people for identifier in person.identifiers]
