"""Hearings that a source announces: set, moved, cancelled. One that changes stays the same entry of a calendar."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import F

from legislation.actions import measure_events
from legislation.actions.measure_events import Announcement, Teller
from legislation.actions.measure_hearing_moves import follow_moves
from legislation.actions.measure_lists import address, fit
from legislation.actions.measure_matching import Body, Matcher
from legislation.changeset.held import chunks
from legislation.models import Hearing, HearingMove, HearingStatus, MeasureEvent
from legislation.sources.measures.records import HearingFact

_ID, _NAME, _ROOM = 200, 300, 200


class Announced(NamedTuple):
    """A hearing on a measure whose row is known."""

    measure: int
    fact: HearingFact
    body: Body


class Written(NamedTuple):
    """How many rows that took, and how many changes are news."""

    rows: int = 0
    news: int = 0


def write_hearings(
    announced: Sequence[Announced], *, source: int, matcher: Matcher, now: datetime, new: Collection[int]
) -> Written:
    """Bring hearings to what the source says. `new` are measures that came to the record just now.

    A sitting on several measures is announced with each of them. Nothing is taken away: sources drop what is over.
    """
    by_measure: dict[int, dict[str, str]] = {}
    for one in announced:
        by_measure.setdefault(one.measure, {})[fit(one.fact.external_id, _ID)] = one.fact.sitting
    written = follow_moves(by_measure, source=source, now=now)
    held = _held(source, [fit(one.fact.external_id, _ID) for one in announced])
    before = {row.pk: Announcement.of(row) for row in held.values()}
    for one in announced:
        key = fit(one.fact.external_id, _ID)
        if key not in held:
            held[key] = _made(one, source, matcher)
            written += 1
        else:
            written += _changed(held[key], one.fact, now)
    through = Hearing.measures.through
    wanted = {(held[fit(one.fact.external_id, _ID)].pk, one.measure) for one in announced}
    linked = set(_linked([hearing for hearing, _measure in wanted]))
    missing = sorted(wanted - linked)
    through.objects.bulk_create(
        through(hearing_id=hearing, measure_id=measure) for hearing, measure in missing
    )
    rows = {row.pk: row for row in held.values()}
    changes = _Changes(rows, before, linked, [pair for pair in missing if pair[1] not in new])
    return Written(written + len(missing), measure_events.keep(_events(changes, Teller(now, source))))


class _Changes(NamedTuple):
    """The hearings as they are, as they were announced, and the measures they were and newly are about."""

    rows: dict[int, Hearing]
    before: dict[int, Announcement]
    linked: Collection[tuple[int, int]]
    added: Sequence[tuple[int, int]]


def _events(changes: _Changes, teller: Teller) -> Iterator[MeasureEvent]:
    for hearing, measure in sorted(changes.linked):
        before = changes.before[hearing]
        yield from measure_events.of_hearing(changes.rows[hearing], [measure], teller, before=before)
    for hearing, measure in changes.added:
        yield from measure_events.of_hearing(changes.rows[hearing], [measure], teller, before=None)


def _held(source: int, ids: Sequence[str]) -> dict[str, Hearing]:
    found: dict[str, Hearing] = {}
    for chunk in chunks(sorted(set(ids))):
        rows = Hearing.objects.filter(source=source, external_id__in=chunk)
        found |= {row.external_id: row for row in rows}
    return found


def _linked(hearings: Sequence[int]) -> Iterator[tuple[int, int]]:
    for chunk in chunks(sorted(set(hearings))):
        rows = Hearing.measures.through.objects.filter(hearing__in=chunk)
        yield from rows.values_list("hearing", "measure")


def _made(one: Announced, source: int, matcher: Matcher) -> Hearing:
    fact = one.fact
    body = one.body._replace(day=fact.starts_at.date())
    committee = matcher.committee(fact.committee, body)
    return Hearing.objects.create(
        jurisdiction_id=body.jurisdiction,
        committee_id=committee,
        committee_name="" if committee else fit(fact.committee, _NAME) or "–",
        starts_at=fact.starts_at,
        zone=fact.zone,
        status=HearingStatus.CANCELLED if fact.is_cancelled else HearingStatus.SCHEDULED,
        room=fit(fact.room, _ROOM),
        url=address(fact.url),
        source_id=source,
        external_id=fit(fact.external_id, _ID),
    )


def _changed(row: Hearing, fact: HearingFact, now: datetime) -> int:
    """Moved in time or place, called off or on again: each is one more step for calendars to follow."""
    before = (row.starts_at, row.room, row.status, row.url)
    room = fit(fact.room, _ROOM) or row.room
    if (fact.starts_at, room) != (row.starts_at, row.room):
        HearingMove.objects.create(hearing=row, at=now, started_at=row.starts_at, room=row.room)
        row.starts_at, row.room, row.zone, row.status = fact.starts_at, room, fact.zone, HearingStatus.MOVED
    if fact.is_cancelled:
        row.status = HearingStatus.CANCELLED
    elif row.status == HearingStatus.CANCELLED:
        row.status = HearingStatus.SCHEDULED
    row.url = address(fact.url) or row.url
    if before == (row.starts_at, row.room, row.status, row.url):
        return 0
    steps = 0 if before[:3] == (row.starts_at, row.room, row.status) else 1
    row.sequence = F("sequence") + steps
    row.save(update_fields=["starts_at", "room", "zone", "status", "url", "sequence"])
    row.refresh_from_db(fields=["sequence"])
    return 1
