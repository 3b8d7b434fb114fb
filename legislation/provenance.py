"""Where each block of a profile comes from: its sources with their dates, who checked it, what staff corrected."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import F, Max, Q

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from legislation import freshness
from legislation.checkers import who_counts
from legislation.models import (
    Block,
    Correction,
    FactCheck,
    FactReport,
    Official,
    RecordKind,
    Source,
    SourceRecord,
    Staffer,
)
from legislation.profile_facts import ProfileFacts

_CORRECTED_IN: dict[str, str] = {
    "legislation.official": Block.IDENTITY,
    "legislation.partyaffiliation": Block.IDENTITY,
    "legislation.tenure": Block.TERM,
    "legislation.office": Block.CONTACT,
    "legislation.contactpoint": Block.CONTACT,
    "legislation.committeemembership": Block.COMMITTEES,
}
# Where a publisher has a page for each person, under the id by which it lists them.
_PAGES = {"congress-legislators": "https://bioguide.congress.gov/search/bio/{id}"}


@dataclass(frozen=True)
class Origin:
    """One source of a block: who says so, where that can be read, and when we last fetched it.

    Without a source it was entered by our own people, and `dated_on` is when somebody last did.
    """

    source: Source | None
    address: str
    dated_on: date | None
    missing_since: date | None
    is_stale: bool


@dataclass(frozen=True)
class Provenance:
    """What stands under one block of a profile."""

    block: str
    label: str
    fingerprint: str
    origins: list[Origin]
    check: FactCheck | None
    corrections: list[Correction]
    reports: list[FactReport]
    may_check: bool
    may_withdraw: bool
    days: int

    @property
    def is_stale(self) -> bool:
        return any(origin.is_stale for origin in self.origins)

    @property
    def is_missing(self) -> bool:
        """In doubt because a source has stopped listing them, whenever it was fetched."""
        return any(origin.is_stale and origin.missing_since for origin in self.origins)


@dataclass
class Provenances:
    """The provenance of every block of one profile, for one reader; a handful of queries for all of them."""

    facts: ProfileFacts
    user: User
    day: date = field(init=False)

    def __post_init__(self) -> None:
        self.day = self.facts.day

    @cached_property
    def records(self) -> list[SourceRecord]:
        """This person's own records at the sources, the newest first."""
        rows = self.facts.official.source_records.select_related("source")
        return list(rows.order_by(F("last_seen_at").desc(), "pk"))

    @cached_property
    def _newest_record(self) -> dict[int, SourceRecord]:
        return {record.source_id: record for record in reversed(self.records)}

    @cached_property
    def _sources(self) -> dict[int, Source]:
        keys = {key for block in Block for key in self._source_keys(block)}
        return Source.objects.in_bulk([key for key in keys if key])

    @cached_property
    def _committee_records(self) -> list[SourceRecord]:
        committees = [membership.committee_id for membership in self.facts.committees]
        rows = SourceRecord.objects.filter(kind=RecordKind.COMMITTEE, committee__in=committees)
        return list(rows.select_related("source").order_by("-last_seen_at", "pk"))

    @cached_property
    def _entered(self) -> dict[str, datetime]:
        """When somebody of ours last touched this official, or the people of the office."""
        staff = [str(staffer.pk) for staffer in self.facts.staffers]
        about = Q(model=Official._meta.label_lower, object_id=str(self.facts.official.pk))
        about |= Q(model=Staffer._meta.label_lower, object_id__in=staff)
        rows = Entry.objects.filter(about).order_by().values_list("model")
        return dict(rows.annotate(newest=Max("at")))

    @cached_property
    def _corrections(self) -> list[Correction]:
        held = Correction.objects.visible_to(self.user).holding()
        return list(held.filter(official=self.facts.official).order_by("-made_at", "-pk"))

    @cached_property
    def _checks(self) -> list[FactCheck]:
        return list(
            FactCheck.objects.visible_to(self.user)
            .standing()
            .filter(official=self.facts.official)
            .order_by("-checked_on", "-pk")
        )

    @cached_property
    def _reports(self) -> list[FactReport]:
        own = FactReport.objects.visible_to(self.user).filter(reported_by=self.user)
        return list(own.open().filter(official=self.facts.official).order_by("-reported_at", "-pk"))

    def of_each_block(self) -> dict[str, Provenance]:
        return {block.value: self.of(block) for block in Block}

    def of(self, block: Block) -> Provenance:
        mark = self.facts.fingerprint(block)
        checks = [check for check in self._checks if check.block == block and check.fingerprint == mark]
        check = checks[0] if checks else None
        origins = list(self._origins(block, check.checked_on if check else None))
        today = [one for one in checks if one.checked_by_id == self.user.pk and one.checked_on == self.day]
        old = [origin for origin in origins if origin.is_stale]
        return Provenance(
            block=block.value,
            label=str(block.label),
            fingerprint=mark,
            origins=origins,
            check=check,
            corrections=[one for one in self._corrections if _CORRECTED_IN.get(one.model) == block],
            reports=[one for one in self._reports if one.block == block],
            may_check=self._counts and not today,
            may_withdraw=bool(today),
            days=max((freshness.days_for(block, by_hand=origin.source is None) for origin in old), default=0),
        )

    @cached_property
    def _counts(self) -> bool:
        return who_counts(self.user) is not None

    def _source_keys(self, block: str) -> Iterable[int | None]:
        """The sources of the rows that a block shows now; None: entered by hand."""
        if block == Block.IDENTITY:
            return {self.facts.official.source_id}
        if block == Block.TERM:
            in_force = [row for row in self.facts.tenures if row.is_in_force(self.day)]
            return {row.source_id for row in in_force}
        if block == Block.CONTACT:
            points = {row.source_id for row in self.facts.contact_points}
            return points | {row.source_id for row in self.facts.offices}
        if block == Block.COMMITTEES:
            return self._committee_sources()
        return {None} if self.facts.staffers else set()

    def _committee_sources(self) -> set[int | None]:
        known = {record.committee_id: record.source_id for record in self._committee_records}
        return {known.get(membership.committee_id) for membership in self.facts.committees}

    def _origins(self, block: str, verified_on: date | None) -> Iterable[Origin]:
        keys = self._source_keys(block)
        imported = [source for key in keys if key and (source := self._sources[key]).key != Source.OWN]
        for source in sorted(imported, key=lambda one: (one.name, one.pk)):
            yield self._imported(block, source, verified_on)
        if len(imported) < len(set(keys)):
            yield self._by_hand(block, verified_on)

    def _imported(self, block: str, source: Source, verified_on: date | None) -> Origin:
        record = self._record_of(block, source)
        dated_on = record.data_as_of() if record else None
        missing = record.missing_since.date() if record and record.missing_since else None
        about = {"dated_on": dated_on, "verified_on": verified_on, "missing_since": missing}
        is_stale = freshness.is_stale(block, by_hand=False, day=self.day, **about)
        return Origin(source, _address(source, record), dated_on, missing, is_stale)

    def _record_of(self, block: str, source: Source) -> SourceRecord | None:
        """The record that dates a block: the person's, or of their committees the one fetched longest ago."""
        if block != Block.COMMITTEES:
            return self._newest_record.get(source.pk)
        theirs = [record for record in self._committee_records if record.source_id == source.pk]
        return theirs[-1] if theirs else None

    def _by_hand(self, block: str, verified_on: date | None) -> Origin:
        model = Staffer if block == Block.STAFF else Official
        entered = self._entered.get(model._meta.label_lower)
        dated_on = entered.date() if entered else None
        about = {"dated_on": dated_on, "verified_on": verified_on, "missing_since": None}
        return Origin(
            source=None,
            address="",
            dated_on=dated_on,
            missing_since=None,
            is_stale=freshness.is_stale(block, by_hand=True, day=self.day, **about),
        )


def _address(source: Source, record: SourceRecord | None) -> str:
    """The person's page at the source where it has one, or else the source's own."""
    if record and record.kind == RecordKind.PERSON and source.key in _PAGES:
        return _PAGES[source.key].format(id=record.external_id)
    return source.url
