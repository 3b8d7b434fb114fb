"""Writing one batch of measures: which rows they are, what is new in them, and whose word goes first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from legislation.actions import measure_events
from legislation.actions.bulk import update_rows
from legislation.actions.measure_batch import Apart, Batch, Item, Waiting
from legislation.actions.measure_comments import write_comment_periods
from legislation.actions.measure_events import Teller
from legislation.actions.measure_hearings import Announced, write_hearings
from legislation.actions.measure_lists import Telling, Told, address, fit, write_lists
from legislation.actions.measure_matching import Body
from legislation.actions.measure_provenance import (
    Known,
    Mark,
    Saying,
    better_than,
    keep,
    no_longer_called,
    seen_again,
    speaking_of,
)
from legislation.actions.measure_relations import Place, Related, write_relations
from legislation.actions.measure_votes import Called, Calling, write_roll_calls
from legislation.actions.session_sweep import overrule
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks
from legislation.measure_search import index_measures
from legislation.models import LegislativeSession, Measure, RecordKind
from legislation.models.measure import measure_search_text
from legislation.models.measure_text import NOTHING_HAPPENED
from legislation.sources.measures.records import MeasureRecord

LISTS = ("actions", "stages", "sponsors", "texts", "roll_calls", "hearings", "relations")
_TITLE, _SHORT = 2000, 80
_NOT_YET = (
    "0"  # no measure is the one before the first: until its relatives were looked for, a record is read again
)


@dataclass
class _Entry:
    """A record and the row it is about. `leads`: no better source speaks of the measure."""

    item: Item
    measure: Measure
    leads: bool = True
    lists: frozenset[str] = frozenset()

    @property
    def record(self) -> MeasureRecord:
        return self.item.record

    @property
    def gives(self) -> frozenset[str]:
        return frozenset(name for name in LISTS if getattr(self.record, name) is not None)


def write(batch: Batch) -> None:
    """Bring the record up to date with a batch, within the transaction of the caller."""
    _Writing(batch).write()
    _look_for_relatives(batch)
    seen_again(batch.unchanged, now=batch.run.now)


def _look_for_relatives(batch: Batch) -> None:
    """Of records that are as they were only the relatives are looked for, at the end of the run, when all are in."""
    run = batch.run
    speaking = speaking_of(one.known.measure for one in batch.unrelated if one.known.measure)
    for known, session, record in batch.unrelated:
        measure = known.measure or 0
        better = better_than(run.source.key, speaking.get(measure, []))
        if not any("relations" in one.gives for one in better):
            related = Related(measure, record.relations or ())
            batch.waiting[known.pk] = Waiting(session.jurisdiction_id, related, known.mark)


class _Writing:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._run = batch.run
        self._counts = batch.tally.counts
        self._new: set[int] = set()
        self._renamed: list[Known] = []
        self._measures = self._on_record()
        self._known = speaking_of([row.pk for row in self._measures.values()])
        # Names for which nobody was found, by measure and by roll call that came apart.
        self._missed: dict[int, Counter[str]] = {}
        self._missed_calls: dict[str, Counter[str]] = {}

    def write(self) -> None:
        entries = [self._entry(item) for item in self._batch.items]
        self._write_measures(entries)
        bare = self._bare_measures()
        told = [Told(one.measure.pk, one.record, one.lists, _body(one.item)) for one in entries]
        run, teller = self._run, Teller(self._run.now, self._run.source.pk)
        known = [one.measure for one in told if one.measure not in self._new]
        stood = measure_events.standing_of(known, run.now.date())
        rows, self._missed = write_lists(Telling(run.source.pk, told, self._new, run.matcher))
        self._batch.news += measure_events.note_changes(stood, teller)
        self._counts["rows"] += rows + self._write_votes(told, bare) + self._write_hearings(told)
        self._counts["rows"] += write_comment_periods((one.measure, one.record.comments) for one in told)
        overrule([one.measure.pk for one in entries], now=run.now)
        self._keep(entries, bare, self._write_relations(told))
        index_measures(measure.pk for measure in self._measures.values())

    def _on_record(self) -> dict[Place, Measure]:
        """Measures of these numbers, and those that the source knew by these ids, whatever their number was."""
        numbers: dict[int, set[str]] = {}
        for session, number in self._batch.places():
            numbers.setdefault(session, set()).add(number)
        found: dict[int, Measure] = {}
        for session, keys in numbers.items():
            for chunk in chunks(sorted(keys)):
                found |= {
                    row.pk: row for row in Measure.objects.filter(session=session, number_key__in=chunk)
                }
        known = (one for item in self._batch.items for one in self._batch.known_before(item))
        earlier = {one.measure for one in known if one.measure} - found.keys()
        for pks in chunks(sorted(earlier)):
            found |= {row.pk: row for row in Measure.objects.filter(pk__in=pks)}
        return {(row.session_id, row.number_key): row for row in found.values()}

    def _entry(self, item: Item) -> _Entry:
        measure = self._measures.get(item.place) or self._renumbered(item) or self._made(item)
        self._measures[item.place] = measure
        known = self._known.get(measure.pk, [])
        better = better_than(self._run.source.key, known)
        self._renamed += [
            one
            for one in known
            if one.source == self._run.source.pk
            and one.external_id != item.record.external_id
            and not self._batch.comes_again(one.external_id)
        ]
        entry = _Entry(item, measure, leads=not better)
        entry.lists = entry.gives - frozenset(name for one in better for name in one.gives)
        return entry

    def _renumbered(self, item: Item) -> Measure | None:
        """The measure that the source knew by this id, or a former one, in the same session under another number."""
        for known in self._batch.known_before(item):
            rows = (row for row in self._measures.values() if row.pk == known.measure)
            row = next(rows, None) if known.measure else None
            if row is None or row.session_id != item.session.pk:
                continue
            place = (row.session_id, row.number_key)
            others = better_than(self._run.source.key, self._known.get(row.pk, []))
            if not others and not self._batch.is_claimed(place):
                del self._measures[place]
                return row
        return None

    def _made(self, item: Item) -> Measure:
        return Measure(session=item.session, number=item.record.key.number, number_key=item.place[1])

    def _write_measures(self, entries: Sequence[_Entry]) -> None:
        made: list[Measure] = []
        updates: list[RowUpdate] = []
        for entry in entries:
            is_new = entry.measure.pk is None
            changed = _tell(entry, self._run.source.pk)
            if is_new:
                entry.measure.last_action_on = _newest(entry.record, self._run.now.date())
                made.append(entry.measure)
                self._counts["created"] += 1
            else:
                updates += _update(entry.measure, changed)
                self._count_change(entry)
        self._create(made)
        self._counts["rows"] += update_rows(updates)

    def _count_change(self, entry: _Entry) -> None:
        """A record that is only read again, for what was unknown to us, is no news of the source."""
        known, said = entry.item.known, Mark.of(entry.record.content_hash).said
        self._counts["unchanged" if known and known.mark.said == said else "updated"] += 1

    def _create(self, rows: list[Measure]) -> None:
        for row in rows:
            row.search_text = measure_search_text(row)
        for chunk in chunks(rows):
            self._new |= {row.pk for row in Measure.objects.bulk_create(chunk)}
        self._counts["rows"] += len(rows)

    def _bare_measures(self) -> list[tuple[Apart, Measure]]:
        """The measures of roll calls that came apart; one that nobody has is known by its number alone."""
        made = []
        for one in self._batch.apart:
            if one.place not in self._measures:
                row = Measure(session=one.session, number=one.record.key.number, number_key=one.place[1])
                self._measures[one.place] = row
                made.append(row)
        self._create(made)
        self._counts["known_by_number"] += len(made)
        return [(one, self._measures[one.place]) for one in self._batch.apart]

    def _write_votes(self, told: Sequence[Told], bare: Sequence[tuple[Apart, Measure]]) -> int:
        listed = [one for one in told if "roll_calls" in one.lists]
        calls = [
            Called(one.measure, call, one.body._replace(chamber=call.chamber or "", day=call.on))
            for one in listed
            for call in one.record.roll_calls or ()
        ]
        for apart, measure in bare:
            call = apart.record.roll_call
            body = Body(apart.session.jurisdiction_id, call.chamber or "", call.on, apart.session.pk)
            calls.append(Called(measure.pk, call, body))
        complete = frozenset(one.measure for one in listed)
        source = self._run.source
        rows, missed = write_roll_calls(
            Calling(source.pk, source.key, calls, complete - self._new, self._run.matcher)
        )
        for called in calls:
            self._missed.setdefault(called.measure, Counter())
            self._missed[called.measure] += missed.get(called.fact.external_id, Counter())
        self._missed_calls = missed
        return rows

    def _write_hearings(self, told: Sequence[Told]) -> int:
        announced = [
            Announced(one.measure, fact, one.body)
            for one in told
            if "hearings" in one.lists
            for fact in one.record.hearings or ()
        ]
        if not announced:
            return 0
        run = self._run
        rows, news = write_hearings(
            announced, source=run.source.pk, matcher=run.matcher, now=run.now, new=self._new
        )
        self._batch.news += news
        return rows

    def _write_relations(self, told: Sequence[Told]) -> dict[int, Related]:
        """What of these could not be found yet: it may stand further down in the file."""
        related = [
            Related(one.measure, one.record.relations)
            for one in told
            if "relations" in one.lists and one.record.relations
        ]
        rows, unknown = write_relations(related, self._run.sessions)
        self._counts["rows"] += rows
        return {one.measure: one for one in related if one.measure in unknown}

    def _keep(
        self, entries: Sequence[_Entry], bare: Sequence[tuple[Apart, Measure]], waiting: dict[int, Related]
    ) -> None:
        no_longer_called(self._renamed, now=self._run.now)
        sayings = [self._saying(one, waiting) for one in entries]
        kept = keep(self._run.source, sayings, now=self._run.now)
        keep(self._run.source, [self._saying_of_call(*one) for one in bare], now=self._run.now)
        for saying in sayings:
            if related := waiting.get(saying.measure):
                self._batch.waiting[kept[saying.external_id]] = Waiting(
                    saying.jurisdiction, related, saying.mark
                )
        for missed in self._missed.values():
            self._batch.tally.unmatched.update(missed)

    def _saying(self, entry: _Entry, waiting: dict[int, Related]) -> Saying:
        jurisdiction, measure = entry.item.session.jurisdiction_id, entry.measure.pk
        people = self._batch.people_known(jurisdiction) if self._missed.get(measure) else ""
        newest = _NOT_YET if measure in waiting else ""
        mark = Mark.of(entry.record.content_hash, people, newest)
        return Saying(
            RecordKind.MEASURE, entry.record.external_id, jurisdiction, measure, mark, gives=entry.gives
        )

    def _saying_of_call(self, apart: Apart, measure: Measure) -> Saying:
        external_id, jurisdiction = apart.record.roll_call.external_id, apart.session.jurisdiction_id
        people = self._batch.people_known(jurisdiction) if self._missed_calls.get(external_id) else ""
        said = Mark.of(apart.record.content_hash, people)
        is_news = apart.known is None or apart.known.mark.said != said.said
        word = "created" if apart.known is None else "updated" if is_news else "unchanged"
        self._counts[f"roll_calls_{word}"] += 1
        return Saying(RecordKind.ROLL_CALL, external_id, jurisdiction, measure.pk, said)


def _tell(entry: _Entry, source: int) -> set[str]:
    """Say on the measure what the record says; returns the names of what changed.

    A lesser source fills what is empty. What a source does not say stays, whoever said it.
    """
    measure = entry.measure
    values = {name: value for name, value in _facts(entry.record).items() if value}
    if not entry.leads and measure.pk is not None:
        values = {name: value for name, value in values.items() if not getattr(measure, name)}
    if entry.leads:
        values |= {"source_id": source, "number_key": entry.item.place[1]}
    changed = {name for name, value in values.items() if getattr(measure, name) != value}
    for name in changed:
        setattr(measure, name, values[name])
    return changed


def _facts(record: MeasureRecord) -> dict[str, Any]:
    return {
        "number": record.key.number,
        "kind": record.kind,
        "title_en": fit(record.title_en, _TITLE),
        "title_fr": fit(record.title_fr, _TITLE),
        "short_name": fit(record.short_name, _SHORT),
        "other_titles": fit("\n".join(record.other_titles)),
        "summary_en": fit(record.summary_en),
        "summary_fr": fit(record.summary_fr),
        "subjects": fit("\n".join(record.subjects)),
        "url": address(record.url),
    }


def _update(measure: Measure, changed: set[str]) -> Iterator[RowUpdate]:
    if changed:
        measure.search_text = measure_search_text(measure)
        columns = sorted(changed | {"search_text"})
        yield RowUpdate(
            Measure, measure.pk, {name.removesuffix("_id"): getattr(measure, name) for name in columns}
        )


def _newest(record: MeasureRecord, today: date) -> date:
    """What search will say of a new measure: said at once, it need not be written again."""
    days = [fact.on for fact in record.actions or () if fact.on <= today]
    days = days or [fact.on for fact in record.stages or () if fact.on <= today]
    return max(days, default=NOTHING_HAPPENED)


def _body(item: Item) -> Body:
    """Sponsors are looked for in the whole legislature, as it was when the measure came before it."""
    return Body(item.session.jurisdiction_id, "", _day(item.record, item.session), item.session.pk)


def _day(record: MeasureRecord, session: LegislativeSession) -> date | None:
    if record.actions:
        return record.actions[0].on
    return min((fact.on for fact in record.stages or ()), default=session.starts_on)
