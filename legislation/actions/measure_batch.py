"""One batch of what a reader found: what says something new, what is as it was, and what cannot be kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from legislation.actions.measure_matching import Matcher
from legislation.actions.measure_oddities import note_odd
from legislation.actions.measure_provenance import Known, Mark, known_as
from legislation.actions.measure_relations import Place, Related, newest_in
from legislation.actions.measure_report import Tally
from legislation.actions.measure_sessions import Sessions, UnknownSession
from legislation.models import LegislativeSession, RecordKind, Source
from legislation.models.measure import number_key
from legislation.sources.measures.records import MeasureRecord, Reading, Refused, RollCallRecord
from legislation.sources.records import Remark

_NUMBER, _ID = 40, 120


@dataclass
class Waiting:
    """A measure some of whose relatives were not on record when it was written."""

    jurisdiction: int
    related: Related
    mark: Mark


@dataclass
class Run:
    """What the batches of one run share.

    `claims` says which record a number stands for; `waiting`, by the key of its source record, what is looked for
    once more at the end; `newest`, by jurisdiction, which measure was the last when that was first asked. `news` counts
    the changes of which people are to hear.
    """

    source: Source
    now: datetime
    sessions: Sessions = field(default_factory=Sessions)
    matcher: Matcher = field(default_factory=Matcher)
    claims: dict[Place, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    waiting: dict[int, Waiting] = field(default_factory=dict)
    newest: dict[int, str] = field(default_factory=dict)
    news: int = 0


@dataclass
class Item:
    """One record, the session and number that it is about, and how we last saw it."""

    record: MeasureRecord
    session: LegislativeSession
    place: Place
    known: Known | None = None


@dataclass
class Apart:
    """A roll call that came without its measure."""

    record: RollCallRecord
    session: LegislativeSession
    place: Place
    known: Known | None = None


class Unrelated(NamedTuple):
    """A record that is as it was, of which a relative was missing: the jurisdiction has newer measures now."""

    known: Known
    session: LegislativeSession
    record: MeasureRecord


class _CannotKeep(Exception):
    """The record says something that ours cannot hold; the text says what."""


class Batch:
    """The readings of one batch, sorted. Nothing of the run is changed until `done`."""

    def __init__(self, run: Run, readings: Sequence[Reading]) -> None:
        self.run = run
        self.tally = Tally()
        self.items: list[Item] = []
        self.apart: list[Apart] = []
        self.unchanged: list[Known] = []
        self.unrelated: list[Unrelated] = []
        self.waiting: dict[int, Waiting] = {}
        self.news = 0
        self._claims: dict[Place, str] = {}
        self._seen: set[str] = set()
        records = [one for one in readings if isinstance(one, MeasureRecord)]
        calls = [one for one in readings if isinstance(one, RollCallRecord)]
        ids = {id for one in records for id in (one.external_id, *one.former_ids)}
        self.known = known_as(run.source, RecordKind.MEASURE, sorted(ids))
        called = {one.roll_call.external_id for one in calls}
        self._known_calls = known_as(run.source, RecordKind.ROLL_CALL, sorted(called))
        for reading in readings:
            self._take(reading)

    def done(self) -> None:
        """The batch is in: what it found out holds for the rest of the run."""
        self.run.claims |= self._claims
        self.run.seen |= self._seen
        self.run.waiting |= self.waiting
        self.run.news += self.news

    def places(self) -> Iterator[Place]:
        """The session and number of everything that says something new."""
        yield from (one.place for one in self.items)
        yield from (one.place for one in self.apart)

    def known_before(self, item: Item) -> Iterator[Known]:
        """The source's own record of this measure, under its id or a former one."""
        for external_id in (item.record.external_id, *item.record.former_ids):
            if known := self.known.get(external_id):
                yield known

    def is_claimed(self, place: Place) -> bool:
        return place in self._claims or place in self.run.claims

    def comes_again(self, external_id: str) -> bool:
        """Whether the run has met this id, so that the source still lists it."""
        return external_id in self._seen or external_id in self.run.seen

    def _take(self, reading: Reading) -> None:
        if isinstance(reading, Refused):
            self.tally.refused.append(Remark(reading.where, "", reading.why))
            return
        try:
            if isinstance(reading, MeasureRecord):
                self._take_measure(reading)
            else:
                self._take_roll_call(reading)
        except (_CannotKeep, UnknownSession) as refusal:
            self.tally.refused.append(Remark(reading.file, reading.key.number, str(refusal)))

    def _take_measure(self, record: MeasureRecord) -> None:
        _check_id(record.external_id)
        session, place = self._place(record)
        if self.comes_again(record.external_id):
            self.tally.counts["repeated"] += 1
            return
        claimed_by = self._claims.get(place) or self.run.claims.get(place)
        if claimed_by is not None:
            raise _CannotKeep(
                _("another record here, %(other)s, has the same number in the same session")
                % {"other": claimed_by}
            )
        self._claims[place] = record.external_id
        self._seen.add(record.external_id)
        _count(record, self.tally)
        note_odd(record, self.tally, self.run.now.date())
        known = self.known.get(record.external_id)
        if known and self._is_as_it_was(known, record.content_hash, session):
            self.tally.counts["unchanged"] += 1
            self.unchanged.append(known)
            if known.mark.newest and known.mark.newest != self._newest(session.jurisdiction_id):
                self.unrelated.append(Unrelated(known, session, record))
        else:
            self.items.append(Item(record, session, place, known))

    def _take_roll_call(self, record: RollCallRecord) -> None:
        external_id = record.roll_call.external_id
        _check_id(external_id)
        session, place = self._place(record)
        self.tally.counts["roll_calls"] += 1
        self.tally.counts["votes"] += len(record.roll_call.votes or ())
        known = self._known_calls.get(external_id)
        if known and self._is_as_it_was(known, record.content_hash, session):
            self.tally.counts["roll_calls_unchanged"] += 1
            self.unchanged.append(known)
        else:
            self.apart.append(Apart(record, session, place, known))

    def _place(self, record: MeasureRecord | RollCallRecord) -> tuple[LegislativeSession, Place]:
        number = record.key.number
        key = number_key(number)
        if not key or len(number) > _NUMBER:
            raise _CannotKeep(_("“%(number)s” is no number of a measure") % {"number": number[:_NUMBER]})
        session = self.run.sessions.of(record.key.session)
        return session, (session.pk, key)

    def _is_as_it_was(self, known: Known, content_hash: str, session: LegislativeSession) -> bool:
        if known.mark.said != Mark.of(content_hash).said or known.measure is None:
            return False
        return not known.mark.people or known.mark.people == self.people_known(session.jurisdiction_id)

    def _newest(self, jurisdiction: int) -> str:
        if jurisdiction not in self.run.newest:
            self.run.newest[jurisdiction] = newest_in(jurisdiction)
        return self.run.newest[jurisdiction]

    def people_known(self, jurisdiction: int) -> str:
        return Mark.of("", people=self.run.matcher.fingerprint(jurisdiction)).people


def _check_id(external_id: str) -> None:
    if not 0 < len(external_id) <= _ID:
        raise _CannotKeep(_("“%(id)s” is no id") % {"id": external_id[:_ID]})


def _count(record: MeasureRecord, tally: Tally) -> None:
    counts = tally.counts
    counts["measures"] += 1
    counts["actions"] += len(record.actions or ())
    counts["sponsors"] += len(record.sponsors or ())
    counts["texts"] += len(record.texts or ())
    counts["hearings"] += len(record.hearings or ())
    for call in record.roll_calls or ():
        counts["roll_calls"] += 1
        counts["votes"] += len(call.votes or ())
