"""The life of an Advocacy Day: begun, announced, opened, frozen, wrapped up, closed, and begun anew."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.holders import may_write
from advocacy.events import attendee_mail
from advocacy.events.actions import checklists, places
from advocacy.events.actions.checklists import MayNotPrepare
from advocacy.events.models import AdvocacyEvent, Building, EventMaterial, EventStatus, Walk
from members.access import reach_of
from members.models import Chapter

# What whoever comes has in their calendar: another value is told to them.
_IN_CALENDARS = ("held_on", "zone", "opens_at", "closes_at", "place", "link")
# What next year's day takes over; the people are invited anew.
_COPIED = (
    "name", "name_fr", "goal", "format", "jurisdiction", "zone", "opens_at", "closes_at", "place", "link",
    "emergency_phone", "cap", "is_public", "team_min", "team_max", "walking_minutes", "people_wanted",
    "meetings_wanted",
)  # fmt: skip


class MayNotBegin(PermissionError):
    """The person logs for none of the host chapters."""


class WrongStatus(RuntimeError):
    """The Advocacy Day does not stand where this step begins: somebody was faster, or another step comes first."""


class NeedsReason(ValueError):
    """A day is cancelled with a reason."""


class NeedsLessons(ValueError):
    """A day is closed with what was learned."""


def may_begin(user: User) -> bool:
    return reach_of(user).may_log


@transaction.atomic
def begin(*, by: User, hosts: Iterable[Chapter], form_key: UUID | None = None, **said: Any) -> AdvocacyEvent:
    """An idea with its checklist. The same form sent twice begins one. Raises MayNotBegin."""
    chosen = list(hosts)
    if not any(may_write(by, chapter) for chapter in chosen):
        raise MayNotBegin
    if form_key and (known := AdvocacyEvent.objects.filter(public_key=form_key, added_by=by).first()):
        return known
    key = {"public_key": form_key} if form_key else {}
    event = AdvocacyEvent.objects.create(added_by=by, **({"coordinator": by} | said | key))
    event.hosts.set(chosen)
    checklists.make(event)
    trail.record(by=by, verb="added", of=event)
    return event


@transaction.atomic
def change(event: AdvocacyEvent, *, by: User, now: datetime, hosts: Iterable[Chapter], **said: Any) -> bool:
    """False where nothing is different. The checklist follows a new day, more places go to whoever waits, and who comes
    is told of another day, time or place. Raises MayNotPrepare and WrongStatus.
    """
    _may_prepare(event, by)
    stored = AdvocacyEvent.objects.select_for_update().get(pk=event.pk)
    if stored.is_over:
        raise WrongStatus
    before = trail.snapshot(stored, [*said, "hosts"])
    for name, value in said.items():
        setattr(stored, name, value)
    chosen = sorted(str(chapter) for chapter in hosts)
    changes = trail.difference(before, {**trail.snapshot(stored, said), "hosts": chosen})
    if not changes:
        return False
    stored.save(update_fields=list(said))
    stored.hosts.set(hosts)
    trail.record(by=by, verb="edited", of=stored, changes=changes)
    if "held_on" in changes:
        checklists.follow_the_day(stored)
    if changes.keys() & set(_IN_CALENDARS):
        attendee_mail.tell_of_change(stored, now=now)
    places.fill(stored, now=now)
    return True


@transaction.atomic
def announce(event: AdvocacyEvent, *, by: User, now: datetime) -> None:
    """Everybody with a role knows of it from now on. Raises MayNotPrepare and WrongStatus."""
    _move(event, EventStatus.IDEA, EventStatus.ANNOUNCED, by=by, verb="announced")


@transaction.atomic
def take_back(event: AdvocacyEvent, *, by: User, now: datetime) -> None:
    """It is an idea again. Raises MayNotPrepare and WrongStatus."""
    _move(event, EventStatus.ANNOUNCED, EventStatus.IDEA, by=by, verb="took back")


@transaction.atomic
def open_registration(event: AdvocacyEvent, *, by: User, now: datetime) -> None:
    """Raises MayNotPrepare and WrongStatus."""
    _move(event, EventStatus.ANNOUNCED, EventStatus.OPEN, by=by, verb="opened")


@transaction.atomic
def freeze(event: AdvocacyEvent, *, by: User, now: datetime) -> None:
    """Nobody registers any more; the schedule is made. Raises MayNotPrepare and WrongStatus."""
    _move(event, EventStatus.OPEN, EventStatus.FROZEN, by=by, verb="froze")


@transaction.atomic
def reopen(event: AdvocacyEvent, *, by: User, now: datetime) -> None:
    """Registration once more. Raises MayNotPrepare and WrongStatus."""
    _move(event, EventStatus.FROZEN, EventStatus.OPEN, by=by, verb="reopened")


@transaction.atomic
def cancel(event: AdvocacyEvent, *, by: User, now: datetime, reason: str) -> None:
    """For good; everybody who comes or waits is told why. Raises MayNotPrepare, NeedsReason and WrongStatus."""
    if not reason.strip():
        raise NeedsReason
    before = [
        status for status in EventStatus if AdvocacyEvent(status=status).may_become(EventStatus.CANCELLED)
    ]
    said = {"cancelled_reason": reason.strip()}
    _move(event, before, EventStatus.CANCELLED, by=by, verb="cancelled", reason=reason, **said)
    attendee_mail.tell_of_cancellation(AdvocacyEvent.objects.get(pk=event.pk), now=now)


@transaction.atomic
def wrap_up(event: AdvocacyEvent, *, by: User, now: datetime) -> None:
    """The day is over, the follow-up goes on. Raises MayNotPrepare, and WrongStatus before the day has come."""
    if not event.has_begun(now):
        raise WrongStatus
    _move(event, EventStatus.PUBLISHED, EventStatus.WRAPPING_UP, by=by, verb="wrapped up")


@transaction.atomic
def close(
    event: AdvocacyEvent, *, by: User, now: datetime, lessons: str, next_on: date | None = None
) -> None:
    """What was learned and, where it is known, next year's date. Raises MayNotPrepare, NeedsLessons, WrongStatus."""
    if not lessons.strip():
        raise NeedsLessons
    said: dict[str, Any] = {"lessons": lessons.strip(), "next_on": next_on}
    _move(event, EventStatus.WRAPPING_UP, EventStatus.CLOSED, by=by, verb="closed", **said)


@transaction.atomic
def open_again(event: AdvocacyEvent, *, by: User, now: datetime) -> None:
    """A closed day is wrapped up once more. Raises MayNotPrepare and WrongStatus."""
    _move(event, EventStatus.CLOSED, EventStatus.WRAPPING_UP, by=by, verb="reopened")


@transaction.atomic
def copy(event: AdvocacyEvent, *, by: User, held_on: date, form_key: UUID | None = None) -> AdvocacyEvent:
    """Next year's day: what stays the same, the asks whose position still stands, the materials that may be used,
    the buildings with their walks, a new checklist, and nobody yet. Raises MayNotPrepare.
    """
    _may_prepare(event, by)
    if form_key and (known := AdvocacyEvent.objects.filter(public_key=form_key, copied_from=event).first()):
        return known
    key = {"public_key": form_key} if form_key else {}
    said = {name: getattr(event, name) for name in _COPIED}
    anew = AdvocacyEvent.objects.create(
        **said, **key, held_on=held_on, coordinator=by, added_by=by, copied_from=event
    )
    anew.hosts.set(event.hosts.all())
    _copy_asks(event, anew)
    _copy_materials(event, anew)
    _copy_buildings(event, anew)
    checklists.make(anew)
    trail.record(by=by, verb="copied", of=event)
    trail.record(by=by, verb="added", of=anew)
    return anew


def _copy_asks(event: AdvocacyEvent, anew: AdvocacyEvent) -> None:
    """Without the positions that have ended: such an ask is chosen anew, under what is approved then."""
    ended = set(event.asks.all().unapproved().values_list("pk", flat=True))
    for ask in event.asks.all():
        if ask.pk not in ended:
            ask.pk, ask.event = None, anew
            ask.save(force_insert=True)


def _copy_materials(event: AdvocacyEvent, anew: AdvocacyEvent) -> None:
    """Those that may still be handed out."""
    for row in EventMaterial.objects.all().handed_out().filter(event=event):
        EventMaterial.objects.create(event=anew, material_id=row.material_id)


def _copy_buildings(event: AdvocacyEvent, anew: AdvocacyEvent) -> None:
    """In the order in which they were added: a walk stands with the older building first."""
    copies = {
        old.pk: Building.objects.create(event=anew, name=old.name, directions=old.directions)
        for old in event.buildings.order_by("pk")
    }
    for walk in Walk.objects.filter(start__event=event):
        Walk.objects.create(start=copies[walk.start_id], end=copies[walk.end_id], minutes=walk.minutes)


def _may_prepare(event: AdvocacyEvent, by: User) -> None:
    if not AdvocacyEvent.objects.all().run_by(by).filter(pk=event.pk).exists():
        raise MayNotPrepare


def _move(
    event: AdvocacyEvent,
    before: str | Iterable[str],
    after: str,
    *,
    by: User,
    verb: str,
    reason: str = "",
    **values: Any,
) -> None:
    """One UPDATE that names where the day stood: of two who press at once, one is too late."""
    _may_prepare(event, by)
    statuses = [before] if isinstance(before, str) else list(before)
    if not AdvocacyEvent.objects.filter(pk=event.pk, status__in=statuses).update(status=after, **values):
        raise WrongStatus
    event.refresh_from_db()
    trail.record(by=by, verb=verb, of=event, reason=reason)
