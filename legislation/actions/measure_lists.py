"""The history, stages, sponsors and texts of measures, as rows."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Q

from legislation.actions.bulk import update_rows
from legislation.actions.measure_matching import Body, Matcher, unmatched
from legislation.actions.row_lists import Row, Shelf, rows_of, settle
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks
from legislation.models import MeasureAction, Sponsorship, StageEvent, TextVersion
from legislation.sources.measures.records import MeasureRecord, PersonHint, SponsorFact

_LABEL, _NAME, _KIND, _URL, _KEY = 120, 200, 200, 500, 200


class Told(NamedTuple):
    """What a source says of one measure whose row is known; `lists` names those that it may write."""

    measure: int
    record: MeasureRecord
    lists: frozenset[str]
    body: Body


class Telling(NamedTuple):
    """Several measures of one batch; `new` are those whose rows were made just now."""

    source: int
    told: Sequence[Told]
    new: Collection[int]
    matcher: Matcher


def write_lists(telling: Telling) -> tuple[int, dict[int, Counter[str]]]:
    """Bring the lists to what the source says.

    Returns how many rows that took and, by measure, the sponsors for whom nobody was found.
    """
    rows, missed = _write_sponsors(telling)
    for shelf, wanted in (
        (_ACTIONS, dict(_histories(telling.told))),
        (_STAGES, dict(_steps(telling))),
        (_TEXTS, dict(_texts(telling.told))),
    ):
        rows += settle(shelf, wanted, new=telling.new)
    return rows, missed


def fit(text: str, longest: int | None = None) -> str:
    """Without the character that no database takes, and no longer than its column."""
    return text.replace("\x00", "")[:longest]


def address(url: str) -> str:
    """Half an address leads nowhere."""
    return url if len(url) <= _URL else ""


_ACTIONS = Shelf(
    MeasureAction,
    "measure",
    ("order", "on", "text", "text_fr", "chamber", "classification"),
    key=itemgetter(0),
)


def _histories(told: Sequence[Told]) -> Iterator[tuple[int, list[Row]]]:
    for one in told:
        if (facts := one.record.actions) is not None and "actions" in one.lists:
            yield (
                one.measure,
                [
                    (
                        order,
                        fact.on,
                        fit(fact.text),
                        fit(fact.text_fr),
                        fact.chamber or "",
                        fit(fact.classification, _KIND),
                    )
                    for order, fact in enumerate(facts)
                ],
            )


_STAGES = Shelf(
    StageEvent,
    "measure",
    ("on", "stage", "chamber", "local_label", "order", "source", "note", "url"),
    key=itemgetter(0, 1, 2),
    only=Q(source__isnull=False),
)


def _steps(telling: Telling) -> Iterator[tuple[int, list[Row]]]:
    """Steps that people entered stay as they are; the source does not repeat them."""
    told = [one for one in telling.told if one.record.stages is not None and "stages" in one.lists]
    entered = _entered(one.measure for one in told if one.measure not in telling.new)
    for one in told:
        taken = set(entered.get(one.measure, ()))
        rows: list[Row] = []
        on_day: Counter[date] = Counter()
        for fact in one.record.stages or ():
            key = (fact.on, fact.stage, fact.chamber or "")
            if key not in taken:
                taken.add(key)
                label = fit(fact.local_label, _LABEL)
                rows.append((*key, label, on_day[fact.on], telling.source, "", ""))
                on_day[fact.on] += 1
        yield one.measure, rows


def _entered(measures: Iterator[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for chunk in chunks(measures):
        rows = StageEvent.objects.filter(measure__in=chunk, source=None).order_by("pk")
        for measure, *key in rows.values_list("measure", "on", "stage", "chamber"):
            found.setdefault(measure, []).append(tuple(key))
    return found


_TEXTS = Shelf(
    TextVersion, "measure", ("key", "label", "label_fr", "on", "order", "url", "url_fr"), key=itemgetter(0)
)


def _texts(told: Sequence[Told]) -> Iterator[tuple[int, list[Row]]]:
    for one in told:
        if (facts := one.record.texts) is not None and "texts" in one.lists:
            rows = {
                key: (
                    key,
                    fit(fact.label, _NAME),
                    fit(fact.label_fr, _NAME),
                    fact.on,
                    order,
                    address(fact.url),
                    address(fact.url_fr),
                )
                for order, fact in enumerate(facts)
                if (key := fit(fact.key, _KEY))
            }
            yield one.measure, list(rows.values())


def _who(row: Row) -> Hashable:
    """An official stands on a measure once, whatever the name; a name alone stands once in each role."""
    official, name, role, *_rest = row
    return (name, role) if official is None else official


_SPONSORS = Shelf(
    Sponsorship,
    "measure",
    ("official", "name", "role", "order", "committee", "on", "withdrawn_on"),
    key=_who,
)


def _write_sponsors(telling: Telling) -> tuple[int, dict[int, Counter[str]]]:
    told = [one for one in telling.told if one.record.sponsors is not None and "sponsors" in one.lists]
    telling.matcher.learn(fact.who for one in told for fact in one.record.sponsors or ())
    wanted: dict[int, list[Row]] = {}
    missed: dict[int, Counter[str]] = {}
    for one in told:
        wanted[one.measure], missed[one.measure] = _sponsors(one, telling.matcher)
    found = _recognised(wanted, telling.new)
    return found + settle(_SPONSORS, wanted, new=telling.new), missed


def _sponsors(one: Told, matcher: Matcher) -> tuple[list[Row], Counter[str]]:
    facts = one.record.sponsors or ()
    people = [fact.who for fact in facts if not fact.who.is_committee]
    found = matcher.officials(people, one.body)
    committees = [matcher.committee(fact.who.name, one.body) for fact in facts if fact.who.is_committee]
    bodies = [fact.who for fact in facts if fact.who.is_committee]
    officials, places = iter(found), iter(committees)
    rows: dict[Hashable, Row] = {}
    for order, fact in enumerate(facts):
        official, committee = (None, next(places)) if fact.who.is_committee else (next(officials), None)
        row = _sponsor(fact, order, official, committee)
        there = rows.get(_who(row))
        # Somebody who withdrew and joined again stands; the sponsor stays one who is listed among the others too.
        if there is None or (there[-1] is not None and fact.withdrawn_on is None):
            rows[_who(row)] = row
    return list(rows.values()), unmatched(people, found) + unmatched(bodies, committees)


def _sponsor(fact: SponsorFact, order: int, official: int | None, committee: int | None) -> Row:
    name = fit(fact.who.name, _NAME)
    return (official, name, fact.role, order, committee, fact.on, fact.withdrawn_on)


def _recognised(wanted: dict[int, list[Row]], new: Collection[int]) -> int:
    """Names of which we now know whose they are: the row stays, and says so."""
    updates = []
    held = rows_of(_SPONSORS, [pk for pk in wanted if pk not in new])
    for measure, rows in held.items():
        known = {one.row[0] for one in rows}
        names = {one.row[1:3]: one.pk for one in rows if one.row[0] is None}
        for official, name, role, *_rest in wanted[measure]:
            if official is not None and official not in known and (pk := names.pop((name, role), None)):
                updates.append(RowUpdate(Sponsorship, pk, {"official": official}))
    return update_rows(updates)


def named(record: MeasureRecord) -> Iterator[PersonHint]:
    """Everybody whom the record names."""
    yield from (fact.who for fact in record.sponsors or ())
    for call in record.roll_calls or ():
        yield from (vote.who for vote in call.votes or ())
