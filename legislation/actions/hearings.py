"""Setting, moving and calling off hearings by hand. Whoever holds one in a calendar keeps one entry of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from legislation.actions import measure_events
from legislation.actions.measure_events import Announcement, Teller
from legislation.models import Hearing, HearingMove, HearingStatus, Measure

_TIME_AND_PLACE = ("starts_at", "zone", "room")
NAMES = ("jurisdiction", "committee", "committee_name")
DETAILS = (
    "stream_url",
    "sign_up_url",
    "sign_up_by",
    "written_by",
    "language_rule",
    "notice_received_at",
    "url",
    "note",
)


class InThePast(ValueError):
    def __init__(self) -> None:
        super().__init__(_("A hearing is set for a moment that lies ahead."))


class UnknownZone(ValueError):
    def __init__(self) -> None:
        super().__init__(_("Choose the time zone of the room."))


class NotOpen(ValueError):
    """It was held or cancelled, or somebody changed it at the same time."""

    def __init__(self) -> None:
        super().__init__(_("This hearing was held, cancelled or changed meanwhile. Look at it again."))


class NotBegun(ValueError):
    def __init__(self) -> None:
        super().__init__(_("This hearing has not begun yet."))


@transaction.atomic
def schedule(hearing: Hearing, *, by: User, now: datetime, measures: Iterable[Measure] = ()) -> Hearing:
    """Store a hearing that was announced. Raises InThePast, UnknownZone, ValidationError."""
    require_ahead(hearing.starts_at, now)
    require_zone(hearing.zone)
    hearing.full_clean()
    hearing.save()
    trail.record(by=by, verb="planned", of=hearing)
    put_on_agenda(hearing, measures, by=by, now=now)
    return hearing


@transaction.atomic
def put_on_agenda(hearing: Hearing, measures: Iterable[Measure], *, by: User, now: datetime) -> int:
    """The hearing is on these measures too; how many were not on its agenda before."""
    known = set(hearing.measures.values_list("pk", flat=True))
    added = sorted({measure.pk for measure in measures} - known)
    hearing.measures.add(*added)
    if hearing.is_open:
        measure_events.ring_for(measure_events.note_hearing(hearing, added, Teller(now, by=by)))
    return len(added)


@transaction.atomic
def move(
    hearing: Hearing,
    *,
    by: User,
    now: datetime,
    starts_at: datetime | None = None,
    zone: str | None = None,
    room: str | None = None,
) -> bool:
    """To another time or room; what had been announced is kept. False where nothing changes.

    A room that becomes known is no move, and calendars are told of it. Raises InThePast, UnknownZone, NotOpen.
    """
    values = {
        "starts_at": starts_at or hearing.starts_at,
        "zone": hearing.zone if zone is None else zone,
        "room": hearing.room if room is None else room,
    }
    old = (hearing.starts_at, hearing.room)
    if values == {name: getattr(hearing, name) for name in values}:
        return False
    require_zone(str(values["zone"]))
    if values["starts_at"] != hearing.starts_at:
        require_ahead(values["starts_at"], now)  # type: ignore[arg-type]  # the moment among the values
    is_moved = values["starts_at"] != old[0] or bool(old[1] and values["room"] != old[1])
    before, announced = trail.snapshot(hearing, _TIME_AND_PLACE), Announcement.of(hearing)
    _update(hearing, values | ({"status": HearingStatus.MOVED} if is_moved else {}))
    if is_moved:
        HearingMove.objects.create(hearing=hearing, at=now, started_at=old[0], room=old[1])
        _note(hearing, announced, by=by, now=now)
    changes = trail.difference(before, trail.snapshot(hearing, _TIME_AND_PLACE))
    trail.record(by=by, verb="moved" if is_moved else "edited", of=hearing, changes=changes)
    return True


@transaction.atomic
def edit(hearing: Hearing, *, by: User, **details: Any) -> bool:
    """Who holds it, addresses, deadlines and notes: all but time and place. Raises NotOpen."""
    before = trail.snapshot(hearing, details)
    changed = {name: value for name, value in details.items() if value != getattr(hearing, name)}
    if not changed:
        return False
    if unknown := changed.keys() - {*NAMES, *DETAILS}:
        raise TypeError(f"edit() takes details, not {sorted(unknown)}")
    _update(hearing, changed)
    changes = trail.difference(before, trail.snapshot(hearing, details))
    trail.record(by=by, verb="edited", of=hearing, changes=changes)
    return True


@transaction.atomic
def cancel(hearing: Hearing, *, by: User, now: datetime) -> None:
    """Called off: calendars are told. Raises NotOpen."""
    announced = Announcement.of(hearing)
    _update(hearing, {"status": HearingStatus.CANCELLED})
    _note(hearing, announced, by=by, now=now)
    trail.record(by=by, verb="cancelled", of=hearing)


@transaction.atomic
def mark_held(hearing: Hearing, *, by: User, now: datetime) -> None:
    """It took place. Raises NotBegun, NotOpen."""
    if hearing.starts_at > now:
        raise NotBegun
    _update(hearing, {"status": HearingStatus.HELD})
    trail.record(by=by, verb="held", of=hearing)


def require_ahead(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise InThePast


def require_zone(zone: str) -> None:
    if zone not in NORTH_AMERICAN_ZONES:
        raise UnknownZone


def _note(hearing: Hearing, before: Announcement, *, by: User, now: datetime) -> None:
    measures = list(hearing.measures.order_by("pk").values_list("pk", flat=True))
    measure_events.ring_for(measure_events.note_hearing(hearing, measures, Teller(now, by=by), before=before))


def _update(hearing: Hearing, values: dict[str, Any]) -> None:
    """One step for calendars to follow. The sequence is also the version: the second of two people is refused."""
    rows = Hearing.objects.open().filter(pk=hearing.pk, sequence=hearing.sequence)
    if not rows.update(**values, sequence=hearing.sequence + 1):
        raise NotOpen
    hearing.refresh_from_db()
