"""The live board of one Advocacy Day: every meeting with where it stands, who has come, and what changed last.

Whoever follows the day sees the same board. So it is read at most once a second in each process, however many watch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Count, Q

from advocacy.events.changes import since_published
from advocacy.events.models import (
    AHEAD,
    OVER,
    STANDING,
    TOOK_PLACE,
    AdvocacyEvent,
    Appointment,
    ScheduleChange,
)
from advocacy.kernel.kept import Kept

CHANGES = 5
# What a watcher sees is at most this old, and the page asks again after so many seconds.
_LASTING = timedelta(seconds=1)
ASKS_AGAIN_AFTER = 3
NOW, LATE, NEXT = "now", "late", "next"


@dataclass(frozen=True)
class Tile:
    """One meeting. `moment`: it is on, its time is over and nobody said how it went, or its team goes there next."""

    appointment: Appointment
    moment: str
    lacks_debrief: bool


@dataclass(frozen=True)
class Board:
    tiles: Sequence[Tile]
    changes: Sequence[ScheduleChange]
    expected: int
    checked_in: int
    version: str

    @property
    def held(self) -> int:
        return sum(tile.appointment.status in TOOK_PLACE for tile in self.tiles)

    @property
    def ahead(self) -> int:
        return sum(tile.appointment.status in AHEAD for tile in self.tiles)

    @property
    def without_debrief(self) -> int:
        return sum(tile.lacks_debrief for tile in self.tiles)


kept: Kept[Board] = Kept(most=100, lasting=_LASTING)


def board_of(pk: int, now: datetime) -> Board:
    """Raises DoesNotExist."""
    return kept.get(pk, lambda: _read(AdvocacyEvent.objects.get(pk=pk), now), now=now).value


def forget() -> None:
    """Somebody has just changed something: what they see next is not older than that."""
    kept.clear()


def _read(event: AdvocacyEvent, now: datetime) -> Board:
    """Four queries, with the event."""
    shown = (*STANDING, *OVER)
    appointments = list(event.appointments.filter(status__in=shown).with_office())
    for one in appointments:
        one.event = event
    people = event.registrations.coming().aggregate(
        expected=Count("pk"), checked_in=Count("pk", filter=Q(checked_in_at__isnull=False))
    )
    changes = list(since_published(event)[:CHANGES]) if event.is_published else []
    tiles = _tiles(appointments, now)
    return Board(tiles, changes, **people, version=_version(tiles, changes, people))


def _tiles(appointments: Sequence[Appointment], now: datetime) -> list[Tile]:
    """In the order of their times. Of the meetings that a team has before it the first is its next."""
    tiles, has_next = [], set()
    for one in appointments:
        begins = one.begins
        ends = begins + timedelta(minutes=one.minutes) if begins else None
        moment = ""
        if begins and ends and one.is_ahead:
            moment = LATE if ends <= now else NOW if begins <= now else ""
            if not moment and one.team_id and one.team_id not in has_next:
                moment = NEXT
                has_next.add(one.team_id)
        is_over = one.status in TOOK_PLACE or moment == LATE
        tiles.append(Tile(one, moment, lacks_debrief=is_over and not one.has_debrief))
    return tiles


def _version(tiles: Sequence[Tile], changes: Sequence[ScheduleChange], people: dict[str, int]) -> str:
    """Differs whenever anything on the board does."""
    shown = [
        (
            tile.appointment.pk,
            tile.appointment.status,
            str(tile.appointment.starts_at),
            tile.appointment.minutes,
            tile.appointment.team_id,
            tile.appointment.place,
            tile.appointment.expected_with,
            tile.appointment.interaction_id,
            tile.appointment.version,
            tile.moment,
        )
        for tile in tiles
    ]
    text = repr((shown, [one.pk for one in changes], sorted(people.items())))
    return sha256(text.encode()).hexdigest()[:16]
