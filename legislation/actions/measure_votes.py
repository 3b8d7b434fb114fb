"""Roll calls and how each member voted, as rows."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any, NamedTuple

from legislation.actions.bulk import insert_rows, update_rows
from legislation.actions.measure_lists import address, fit
from legislation.actions.measure_matching import Body, Matcher, unmatched
from legislation.actions.row_lists import Row, remove
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks
from legislation.models import RollCall, Vote
from legislation.sources.measures.catalogue import rank_of
from legislation.sources.measures.records import RollCallFact

_NAME, _ID = 200, 120
_COLUMNS = (
    "number",
    "chamber",
    "on",
    "motion",
    "motion_fr",
    "result",
    "yes",
    "no",
    "others",
    "url",
)
_VOTE = ("name", "option", "official")


class Called(NamedTuple):
    """A roll call whose measure's row is known."""

    measure: int
    fact: RollCallFact
    body: Body


class Calling(NamedTuple):
    """The roll calls of one batch. Of the measures in `complete`, the source lists every one it has."""

    source: int
    scheme: str
    calls: Sequence[Called]
    complete: frozenset[int]
    matcher: Matcher


class _Held(NamedTuple):
    pk: int
    measure: int
    scheme: str
    external_id: str
    values: dict[str, Any]


def write_roll_calls(calling: Calling) -> tuple[int, dict[str, Counter[str]]]:
    """Bring roll calls and votes to what the source says.

    Returns how many rows that took and, by roll call, the voters for whom nobody was found. One that a better
    source has too, by chamber, number and day, is not written twice; that of a lesser source is taken over.
    """
    calling.matcher.learn(vote.who for call in calling.calls for vote in call.fact.votes or ())
    there = _Record(calling)
    new: list[RollCall] = []
    updates: list[RowUpdate] = []
    kept: list[tuple[int | None, Called]] = []
    for call in calling.calls:
        held = there.find(call)
        if held is not None and held.scheme != calling.scheme and _is_better(held.scheme, calling.scheme):
            continue
        values = _values(call.fact)
        if held is None:
            new.append(
                RollCall(
                    measure_id=call.measure,
                    source_id=calling.source,
                    external_id=_id(call.fact),
                    **values,
                )
            )
            kept.append((None, call))
        else:
            updates += _changes(held, call, calling, values)
            kept.append((held.pk, call))
    rows = remove(RollCall, there.no_longer_listed()) + update_rows(updates) + len(new)
    made = iter([row.pk for chunk in chunks(new) for row in RollCall.objects.bulk_create(chunk)])
    placed = [(next(made) if pk is None else pk, pk is None, call) for pk, call in kept]
    written, missed = _write_votes(placed, calling.matcher)
    return rows + written, missed


class _Record:
    """The roll calls on record of the measures of a batch, and of these ids wherever they stand."""

    def __init__(self, calling: Calling) -> None:
        self._calling = calling
        self._by_id: dict[str, _Held] = {}
        self._by_number: dict[tuple[int, str, int, date], _Held] = {}
        self._found: set[int] = set()
        ids = {_id(call.fact) for call in calling.calls}
        measures = {call.measure for call in calling.calls} | calling.complete
        found = {one.pk: one for one in (*_held(measure__in=measures), *_held(external_id__in=ids))}
        self._all = list(found.values())
        for one in self._all:
            if one.scheme == calling.scheme:
                self._by_id[one.external_id] = one
            if one.values["number"] is not None:
                self._by_number[_place(one.measure, one.values)] = one

    def find(self, call: Called) -> _Held | None:
        held = self._by_id.get(_id(call.fact))
        if held is None and call.fact.number is not None:
            held = self._by_number.get(_place(call.measure, call.fact._asdict()))
        if held is not None:
            self._found.add(held.pk)
        return held

    def no_longer_listed(self) -> Iterator[int]:
        mine = self._calling.scheme
        for one in self._all:
            is_ours = one.scheme == mine or _is_better(mine, one.scheme)
            if is_ours and one.measure in self._calling.complete and one.pk not in self._found:
                yield one.pk


def _held(**where: Iterable[Any]) -> Iterator[_Held]:
    ((lookup, values),) = where.items()
    for chunk in chunks(sorted(values)):
        rows = RollCall.objects.filter(**{lookup: chunk}).order_by("pk")
        for pk, measure, scheme, external_id, *row in rows.values_list(
            "pk", "measure", "source__key", "external_id", *_COLUMNS
        ):
            yield _Held(pk, measure, scheme, external_id, dict(zip(_COLUMNS, row, strict=True)))


def _place(measure: int, values: dict[str, Any]) -> tuple[int, str, int, date]:
    return measure, values["chamber"] or "", values["number"], values["on"]


def _is_better(one: str, other: str) -> bool:
    return rank_of(one) < rank_of(other)


def _id(fact: RollCallFact) -> str:
    return fit(fact.external_id, _ID)


def _values(fact: RollCallFact) -> dict[str, Any]:
    return {
        "number": fact.number,
        "chamber": fact.chamber or "",
        "on": fact.on,
        "motion": fit(fact.motion),
        "motion_fr": fit(fact.motion_fr),
        "result": fact.result,
        "yes": fact.yes,
        "no": fact.no,
        "others": fact.others,
        "url": address(fact.url),
    }


def _changes(held: _Held, call: Called, calling: Calling, values: dict[str, Any]) -> Iterator[RowUpdate]:
    changed = {name: value for name, value in values.items() if held.values[name] != value}
    if held.measure != call.measure:
        changed["measure"] = call.measure
    if held.scheme != calling.scheme:
        changed |= {"source": calling.source, "external_id": _id(call.fact)}
    if changed:
        yield RowUpdate(RollCall, held.pk, changed)


class _HeldVote(NamedTuple):
    pk: int
    order: int
    row: Row


def _write_votes(
    placed: Sequence[tuple[int, bool, Called]], matcher: Matcher
) -> tuple[int, dict[str, Counter[str]]]:
    missed: dict[str, Counter[str]] = {}
    on_record = _votes_of(pk for pk, is_new, call in placed if not is_new and call.fact.votes is not None)
    inserts: list[Row] = []
    updates: list[RowUpdate] = []
    gone: list[int] = []
    for pk, _is_new, call in placed:
        if call.fact.votes is None:
            continue
        rows, missed[call.fact.external_id] = _votes(call, matcher)
        there = on_record.get(pk, {})
        taken = {one.order for one in there.values()}
        added = list(_settled(rows, there, updates))
        inserts += _in_free_places(pk, added, taken)
        gone += [one.pk for one in there.values()]
    done = remove(Vote, gone) + update_rows(updates)
    done += insert_rows(Vote, ("roll_call", "order", *_VOTE), inserts)
    return done, missed


def _votes(call: Called, matcher: Matcher) -> tuple[list[Row], Counter[str]]:
    votes = call.fact.votes or ()
    people = [vote.who for vote in votes]
    found = matcher.officials(people, call.body)
    # Two votes under one name are those of two people, of whom we know one: neither is certain.
    times = Counter(found)
    certain = [None if times[pk] > 1 else pk for pk in found]
    rows = [(fit(vote.who.name, _NAME), vote.option, pk) for vote, pk in zip(votes, certain, strict=True)]
    return rows, unmatched(people, certain)


def _keyed(rows: Iterable[Row]) -> Iterator[Hashable]:
    """A voter is an official, or else the first, second … of a name."""
    times: Counter[str] = Counter()
    for name, _option, official in rows:
        if official is None:
            yield name, times[name]
            times[name] += 1
        else:
            yield official


def _settled(rows: list[Row], there: dict[Hashable, _HeldVote], updates: list[RowUpdate]) -> Iterator[Row]:
    """The votes that are new; changes go to `updates`, and `there` keeps what the source no longer says.

    Votes on record keep their place: something of ours may refer to them.
    """
    fresh = []
    for key, row in zip(_keyed(rows), rows, strict=True):
        if old := there.pop(key, None):
            updates += _vote_changes(old, row)
        else:
            fresh.append(row)
    for row in fresh:
        if row[2] is not None and (old := there.pop((row[0], 0), None)):
            updates += _vote_changes(old, row)
        else:
            yield row


def _vote_changes(old: _HeldVote, row: Row) -> Iterator[RowUpdate]:
    pairs = zip(_VOTE, old.row, row, strict=True)
    if changed := {name: value for name, before, value in pairs if before != value}:
        yield RowUpdate(Vote, old.pk, changed)


def _in_free_places(roll_call: int, rows: Sequence[Row], taken: set[int]) -> Iterator[Row]:
    free = (place for place in count() if place not in taken)
    for place, row in zip(free, rows, strict=False):
        yield roll_call, place, *row


def _votes_of(roll_calls: Iterable[int]) -> dict[int, dict[Hashable, _HeldVote]]:
    found: dict[int, list[_HeldVote]] = {}
    for chunk in chunks(roll_calls):
        rows = Vote.objects.filter(roll_call__in=chunk).order_by("roll_call", "order")
        for pk, roll_call, order, *row in rows.values_list("pk", "roll_call", "order", *_VOTE):
            found.setdefault(roll_call, []).append(_HeldVote(pk, order, tuple(row)))
    return {pk: dict(zip(_keyed(one.row for one in held), held, strict=True)) for pk, held in found.items()}
