"""What the teams ask: one to three requests, those on a measure under a position that may be used."""

from typing import Any

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.actions.checklists import MayNotPrepare
from advocacy.events.models import AdvocacyEvent, EventAsk
from advocacy.positions.errors import NotUsable
from advocacy.positions.models import Position
from advocacy.positions.use import Use
from legislation.models import Measure

MOST = 3
_NAMES = ("order", "kind", "measure", "issue", "position", "text", "text_fr")


class Enough(RuntimeError):
    """Three asks are what an office remembers."""


def position_for(event: AdvocacyEvent, measure: Measure) -> Position | None:
    """What a host chapter may act under; where none has an own position, the society's."""
    use = Use(measure)
    held = [use.position_of(chapter) for chapter in event.hosts.all()] or [use.position_of(None)]
    return next((position for position in held if position), None)


def why_not(event: AdvocacyEvent, measure: Measure) -> str:
    """Why no host may ask anything about the measure; empty where one may."""
    if position_for(event, measure):
        return ""
    return Use(measure).why_not(event.hosts.first())


@transaction.atomic
def add(event: AdvocacyEvent, *, by: User, **said: Any) -> EventAsk:
    """The same words twice are one ask. Raises MayNotPrepare, Enough and NotUsable."""
    _may_prepare(event, by)
    AdvocacyEvent.objects.select_for_update().get(pk=event.pk)
    asks = list(event.asks.all())
    if known := next((one for one in asks if one.text == said["text"] and one.kind == said["kind"]), None):
        return known
    if len(asks) >= MOST:
        raise Enough
    order = max((one.order for one in asks), default=0) + 1
    ask = EventAsk.objects.create(event=event, **({"order": order} | _under_a_position(event, said)))
    trail.record(by=by, verb="added", of=ask)
    return ask


@transaction.atomic
def change(ask: EventAsk, *, by: User, **said: Any) -> bool:
    """Raises MayNotPrepare and NotUsable."""
    _may_prepare(ask.event, by)
    before = trail.snapshot(ask, _NAMES)
    for name, value in _under_a_position(ask.event, said).items():
        setattr(ask, name, value)
    changes = trail.difference(before, trail.snapshot(ask, _NAMES))
    if changes:
        ask.save()
        trail.record(by=by, verb="edited", of=ask, changes=changes)
    return bool(changes)


@transaction.atomic
def remove(ask: EventAsk, *, by: User) -> None:
    """Raises MayNotPrepare."""
    _may_prepare(ask.event, by)
    trail.record(by=by, verb="deleted", of=ask)
    ask.delete()


def _under_a_position(event: AdvocacyEvent, said: dict[str, Any]) -> dict[str, Any]:
    measure = said.get("measure")
    if measure is None:
        return said | {"position": None}
    position = position_for(event, measure)
    if position is None:
        raise NotUsable
    return said | {"position": position}


def _may_prepare(event: AdvocacyEvent, by: User) -> None:
    if not AdvocacyEvent.objects.all().run_by(by).filter(pk=event.pk).exists():
        raise MayNotPrepare
