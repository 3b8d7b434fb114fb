"""Who is to hear of changes: owners and watchers of what moved or whose companion did, and who testifies.

It is asked for many changes at once, in a number of questions that does not grow with the people. Whether somebody
may read what they follow is asked when the mail is written (`standing`), of `visible_to`, as for every mail.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from advocacy.accounts.models import User
from advocacy.kernel.mornings import next_morning, next_week
from advocacy.positions.models import (
    CADENCE_OF,
    Alert,
    AlertCadence,
    AlertState,
    Because,
    Cadence,
    Silence,
    Testimony,
    Tier,
    Tracking,
    TrackingWatcher,
)
from legislation.models import EventKind, MeasureEvent, MeasureRelation, RelationKind
from members.calendars import workdays_of_all

_SOONEST_FIRST = (Cadence.AT_ONCE, Cadence.DAILY, Cadence.WEEKLY, Cadence.NEVER)
_CLOSEST_FIRST = (Because.OWNER, Because.WATCHER, Because.TESTIFIER)
# A digest that comes later than a day before a hearing is no use to whoever would go there.
_NOTICE_OF_A_HEARING = timedelta(days=1)


class Reason(NamedTuple):
    """One way in which a change is somebody's business."""

    person: int
    because: Because
    tracking: int | None = None
    tier: int | None = None
    is_of_companion: bool = False


class Reader(NamedTuple):
    """When somebody's digests come, and what they chose, tier by tier."""

    morning: datetime
    monday: datetime
    chosen: dict[int, str]

    def cadence(self, tier: int | None) -> Cadence:
        known = tier or Tier.MONITOR
        return Cadence(self.chosen.get(known, CADENCE_OF[known]))

    def due(self, cadence: Cadence, now: datetime) -> datetime:
        return {Cadence.DAILY: self.morning, Cadence.WEEKLY: self.monday}.get(cadence, now)


class Readers:
    """Everybody met in one planning: each is asked for once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._known: dict[int, Reader] = {}

    def meet(self, people: Iterable[int]) -> None:
        missing = sorted(set(people) - self._known.keys())
        for first in range(0, len(missing), 500):
            self._meet(missing[first : first + 500])

    def __getitem__(self, person: int) -> Reader:
        return self._known[person]

    def _meet(self, missing: Sequence[int]) -> None:
        rows = list(User.objects.filter(pk__in=missing).only("pk", "time_zone"))
        workdays = workdays_of_all(rows, self.now.date())
        chosen: dict[int, dict[int, str]] = defaultdict(dict)
        known = AlertCadence.objects.filter(person__in=missing)
        for person, tier, cadence in known.values_list("person", "tier", "cadence"):
            chosen[person][tier] = cadence
        for row in rows:
            kept = workdays[row.pk]
            morning = next_morning(self.now, row.time_zone, kept)
            monday = next_week(self.now, row.time_zone, kept)
            self._known[row.pk] = Reader(morning, monday, chosen.get(row.pk, {}))


def alerts_for(events: Sequence[MeasureEvent], readers: Readers) -> Iterator[Alert]:
    """One for each change and person, by the way that tells them soonest."""
    found = _reasons(events, readers.now.date())
    readers.meet(reason.person for reasons in found.values() for reason in reasons)
    for event in events:
        best: dict[int, Reason] = {}
        for reason in found[event.pk]:
            known = best.get(reason.person)
            if known is None or _rank(reason, readers) < _rank(known, readers):
                best[reason.person] = reason
        for person in sorted(best):
            yield _alert(event, best[person], readers)


def _rank(reason: Reason, readers: Readers) -> tuple[int, bool, int]:
    cadence = _SOONEST_FIRST.index(_wanted(reason, readers))
    return cadence, reason.is_of_companion, _CLOSEST_FIRST.index(reason.because)


def _wanted(reason: Reason, readers: Readers) -> Cadence:
    """Whoever is to speak hears of it at once, however hard the chapter works on the measure."""
    if reason.because == Because.TESTIFIER:
        return Cadence.AT_ONCE
    return readers[reason.person].cadence(reason.tier)


def _alert(event: MeasureEvent, reason: Reason, readers: Readers) -> Alert:
    now, reader = readers.now, readers[reason.person]
    cadence = _wanted(reason, readers)
    if cadence != Cadence.NEVER and _cannot_wait(event, reader.due(cadence, now)):
        cadence = Cadence.AT_ONCE
    is_silent = cadence == Cadence.NEVER
    return Alert(
        event=event,
        person_id=reason.person,
        because=reason.because,
        tracking_id=reason.tracking,
        is_of_companion=reason.is_of_companion,
        cadence=cadence,
        due_at=reader.due(cadence, now),
        state=AlertState.SKIPPED if is_silent else AlertState.PLANNED,
        silence=Silence.NEVER if is_silent else "",
        made_at=now,
    )


def _cannot_wait(event: MeasureEvent, due_at: datetime) -> bool:
    """A hearing that is near, or was to be: the digest would come too late to go there, or to stay at home."""
    if not event.is_of_a_hearing:
        return False
    starts = [datetime.fromisoformat(one["starts_at"]) for one in (event.old, event.new) if one]
    return min(starts) < due_at + _NOTICE_OF_A_HEARING


def _reasons(events: Sequence[MeasureEvent], day: date) -> dict[int, list[Reason]]:
    companions = _companions({one.measure_id for one in events if one.kind == EventKind.STAGE_CHANGED})
    measures = {one.measure_id for one in events}
    followed = _followers(measures | {pk for others in companions.values() for pk in others}, day)
    speaking = _testifiers([one for one in events if one.is_of_a_hearing])
    found: dict[int, list[Reason]] = {}
    for event in events:
        reasons = list(followed.get(event.measure_id, ()))
        if event.kind == EventKind.STAGE_CHANGED:
            for other in companions.get(event.measure_id, ()):
                reasons += [one._replace(is_of_companion=True) for one in followed.get(other, ())]
        reasons += speaking.get((event.hearing_id or 0, event.measure_id), ())
        found[event.pk] = reasons
    return found


def _companions(measures: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = MeasureRelation.objects.filter(kind=RelationKind.COMPANION).filter(
        Q(measure__in=measures) | Q(other__in=measures)
    )
    for one, other in rows.order_by("pk").values_list("measure", "other") if measures else ():
        found[one].append(other)
        found[other].append(one)
    return found


def _followers(measures: set[int], day: date) -> dict[int, list[Reason]]:
    """By measure. What is archived is followed by nobody."""
    found: dict[int, list[Reason]] = defaultdict(list)
    trackings: dict[int, tuple[int, int | None]] = {}
    rows = Tracking.objects.filter(measure__in=measures).with_tier(day).only("pk", "measure", "owner")
    for row in rows.order_by("pk"):
        if row.tier == Tier.ARCHIVE:
            continue
        trackings[row.pk] = (row.measure_id, row.tier)
        if row.owner_id is not None:
            found[row.measure_id].append(Reason(row.owner_id, Because.OWNER, row.pk, row.tier))
    watchers = TrackingWatcher.objects.filter(tracking__measure__in=measures).order_by("pk")
    for pk, person in watchers.values_list("tracking", "person"):
        if pk in trackings:
            measure, tier = trackings[pk]
            found[measure].append(Reason(person, Because.WATCHER, pk, tier))
    return found


def _testifiers(events: Sequence[MeasureEvent]) -> dict[tuple[int, int], list[Reason]]:
    found: dict[tuple[int, int], list[Reason]] = defaultdict(list)
    rows = Testimony.objects.filter(hearing__in={one.hearing_id for one in events}).order_by("pk")
    for hearing, measure, person in rows.values_list("hearing", "measure", "person") if events else ():
        found[hearing, measure].append(Reason(person, Because.TESTIFIER))
    return found
