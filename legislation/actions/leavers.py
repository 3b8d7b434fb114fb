"""What is addressed to somebody who left: listed on approval, decided by a person, nothing changed before."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.changeset.held import chunks
from legislation.leavers import Pointer, points_at_leaver
from legislation.models import Decision, ImportChangeSet, LeaverDecision, Official, Tenure
from legislation.succession import successor_in, successor_of


class NobodySitsThere(Exception):
    """The seat is still vacant, so there is no successor to keep anything for."""


def list_for_decision(change_set: ImportChangeSet | None, official_ids: Iterable[int], *, day: date) -> int:
    """List what points at these leavers, once each. Returns how many things are listed anew."""
    listed = 0
    for chunk in chunks(official_ids):
        for kind in points_at_leaver.names():
            for pointer in points_at_leaver[kind].of(chunk, day):
                _row, is_new = list_one(kind, pointer, change_set=change_set)
                listed += is_new
    return listed


def list_one(
    kind: str, pointer: Pointer, *, change_set: ImportChangeSet | None = None
) -> tuple[LeaverDecision, bool]:
    """The open decision about one thing, and whether it is listed anew."""
    return LeaverDecision.objects.get_or_create(
        kind=kind,
        object_id=pointer.pk,
        official_id=pointer.official_id,
        decision=Decision.OPEN,
        defaults={"change_set": change_set, "model": pointer.model, "label": pointer.label[:300]},
    )


def move_on(kind: str, object_id: int, pointer: Pointer) -> None:
    """The thing goes on as another row, in other hands: what was to be decided about it is theirs to decide."""
    waiting = LeaverDecision.objects.open().filter(
        kind=kind, object_id=object_id, official_id=pointer.official_id
    )
    waiting.update(object_id=pointer.pk, label=pointer.label[:300])


def ended_by_hand(tenures: Iterable[Tenure], *, day: date) -> int:
    """Staff have just said that these tenures are over: what points at the people is listed, as after an import."""
    gone = {
        row.official_id for row in tenures if row.ends_on and row.ends_on <= day and not row.end_is_expected
    }
    return list_for_decision(None, sorted(gone), day=day)


def successor_for(row: LeaverDecision, day: date) -> Official | None:
    """Who sits now where the thing was meant to go: in the seat it remembers, else in the one held last."""
    seat_id = points_at_leaver[row.kind].seat_of(row.object_id)
    if seat_id is None:
        return successor_of(row.official, day)
    return successor_in(seat_id, row.official_id, day)


def decide(row: LeaverDecision, decision: Decision, *, by: User, now: datetime, reason: str = "") -> bool:
    """Carry out what was decided about one thing. False when somebody was faster. Raises NobodySitsThere."""
    on = by.today(now)
    thing = points_at_leaver[row.kind]
    successor = successor_for(row, on) if decision == Decision.KEEP_FOR_SUCCESSOR else None
    if decision == Decision.KEEP_FOR_SUCCESSOR and successor is None:
        raise NobodySitsThere(_("Nobody sits there yet. Decide again when the seat is filled."))
    values = {"decision": decision, "successor": successor, "reason": reason}
    with transaction.atomic():
        changed = (
            LeaverDecision.objects.open().filter(pk=row.pk).update(decided_by=by, decided_at=now, **values)
        )
        if not changed:
            return False
        is_done = True
        if successor:
            is_done = thing.give_to_successor(row.object_id, successor_id=successor.pk, by=by, on=on)
        elif decision == Decision.KEEP_FOR_PERSON:
            thing.keep_for_person(row.object_id, by=by, on=on)
        elif decision == Decision.CLOSE:
            is_done = thing.close(row.object_id, by=by, on=on, reason=reason)
        if not is_done:
            transaction.set_rollback(True)
            return False
        row.refresh_from_db()
        trail.record(
            by=by, verb="decided", of=row, changes={"decision": ["", str(decision.label)]}, reason=reason
        )
    return True
