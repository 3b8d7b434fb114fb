"""The books of one worker: what it has in hand, what may go now, and how it ended.

Every change of state names the state and the fence it expects, in one UPDATE. A worker that was away for longer
than its lease finds that the fence has moved, and must not send.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from advocacy.outbox import lanes, verdicts, wishes
from advocacy.outbox.kinds import Delivery, kinds
from advocacy.outbox.models import (
    NOT_DELIVERED,
    DeliveryAttempt,
    MessageState,
    OutboundMessage,
    Phase,
    Suppression,
    fingerprint_of,
)
from advocacy.outbox.streams import Stream
from advocacy.outbox.verdicts import Outcome, Verdict

logger = logging.getLogger(__name__)
PRESUMED_AFTER = timedelta(hours=72)
_MOST_POISON = 3
_SECONDS_OF_PATIENCE = 60
Result = TypeVar("Result")
_SENT = {
    "state": MessageState.SENT,
    "lease_owner": "",
    "lease_until": None,
    "maybe_delivered": True,
    "last_code": 250,
    "last_text": "",
}


class NoteUnknown(Protocol):
    """What follows where a server says of these messages that nobody has their address, in its words."""

    def __call__(self, refused: Collection[tuple[OutboundMessage, str]], *, now: datetime) -> None: ...


def _nothing_follows(refused: Collection[tuple[OutboundMessage, str]], *, now: datetime) -> None:
    return


class Ledger:
    """`owner` names this worker in the rows it holds."""

    def __init__(self, owner: str, *, note_unknown: NoteUnknown = _nothing_follows) -> None:
        self.owner, self._note_unknown = owner, note_unknown
        self._in_hand: dict[int, OutboundMessage] = {}
        # Lanes with failures in a row: only theirs are written when something gets through.
        self._in_trouble: set[str] = set()

    def claim(self, most: int, *, now: datetime, but_to: Collection[str] = ()) -> list[OutboundMessage]:
        """Take up to `most` due messages in hand, but to these domains; what may not go any more is settled instead."""
        with transaction.atomic():
            found = self._next(most, now=now, but_to=but_to)
            refused = refusals(found, now=now)
            _refuse(refused, found, now=now)
            taken = [message for message in found if message.pk not in refused]
            OutboundMessage.objects.filter(pk__in=[message.pk for message in taken]).update(
                state=MessageState.LEASED,
                lease_owner=self.owner,
                lease_until=now + settings.MAIL_LEASE,
                fence=F("fence") + 1,
                attempts=F("attempts") + 1,
            )
        for message in taken:
            message.state, message.lease_owner = MessageState.LEASED, self.owner
            message.fence, message.attempts = message.fence + 1, message.attempts + 1
            self._in_hand[message.pk] = message
        return taken

    def put_on_wire(self, offered: Collection[OutboundMessage], *, now: datetime) -> set[int]:
        """Mark the point of no return, committed before the first byte. Returns which of them may go.

        The others were taken by somebody else, or something changed since: consent, a pause, the deadline. What is
        marked already may be asked about again.
        """
        if not offered:
            return set()
        with transaction.atomic(savepoint=False):
            refused = refusals(offered, now=now)
            for message in offered:
                if message.expires_at <= now:
                    refused.setdefault(message.pk, (MessageState.EXPIRED, ""))
            _refuse(refused, offered, now=now)
            asking = [message for message in offered if message.pk not in refused]
            lease = now + settings.MAIL_LEASE_ON_WIRE
            going = self._write(asking, state=MessageState.ON_WIRE, lease_until=lease)
        for message in asking:
            message.state = MessageState.ON_WIRE
        transaction.on_commit(
            lambda: self._forget(message.pk for message in offered if message.pk not in going)
        )
        return going

    def settle(self, outcomes: Collection[Outcome], *, now: datetime) -> Counter[str]:
        """Write down how these tries ended. Tries of messages that were lost meanwhile are kept as evidence only."""
        if not outcomes:
            return Counter()
        with transaction.atomic(savepoint=False):
            rows = {one.pk: self._in_hand[one.pk] for one in outcomes if self._holds(one)}
            sent = [rows[one.pk] for one in outcomes if one.verdict == Verdict.SENT and one.pk in rows]
            done = self._write(sent, settled_at=now, **_SENT)
            for one in outcomes:
                if one.verdict != Verdict.SENT and one.pk in rows and _settle_one(rows[one.pk], one, now=now):
                    done.add(one.pk)
            ours = [one for one in outcomes if one.pk in done]
            _note_tries(outcomes, {pk: rows[pk].attempts for pk in done})
            nobody_there = [one for one in ours if verdicts.is_no_such_address(one.phase, one.code, one.text)]
            self._note_unknown([(rows[one.pk], one.text) for one in nobody_there], now=now)
            if any(rows[pk].stream == Stream.ACCOUNT for pk in done):
                OutboundMessage.objects.filter(pk__in=done).forget_account_text()
            self._in_trouble = lanes.note(ours, rows, self._in_trouble, now=now)
        # Only then: until it is certain that this is written, it may have to be written again.
        transaction.on_commit(lambda: self._forget(one.pk for one in outcomes))
        return Counter(str(outcome.verdict) for outcome in ours)

    def let_go(self, messages: Collection[OutboundMessage], *, not_before: datetime | None = None) -> int:
        """Put back what no server has been told of, as if it had not been taken."""
        later = {} if not_before is None else {"not_before": not_before}
        free = {"state": MessageState.PENDING, "lease_owner": "", "lease_until": None, **later}
        with transaction.atomic():
            held = self._still_held(messages)
            count = OutboundMessage.objects.filter(pk__in=held).update(
                fence=F("fence") + 1, attempts=F("attempts") - 1, **free
            )
        # It may be in hand again by now, under another fence.
        self._forget(message.pk for message in messages if self._in_hand.get(message.pk) is message)
        return count

    def _next(self, most: int, *, now: datetime, but_to: Collection[str]) -> list[OutboundMessage]:
        due, limits = lanes.open_to(OutboundMessage.objects.due(now).filter(expires_at__gt=now), now=now)
        due = due.exclude(domain__in=but_to) if but_to else due
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = [message for message in due[: limits.most(most)] if limits.allows(message)]
        limits.spend()
        self._in_trouble = limits.in_trouble
        return taken

    def _holds(self, outcome: Outcome) -> bool:
        message = self._in_hand.get(outcome.pk)
        return message is not None and message.fence == outcome.fence

    def _forget(self, keys: Iterable[int]) -> None:
        for pk in keys:
            self._in_hand.pop(pk, None)

    def _still_held(self, messages: Collection[OutboundMessage]) -> list[int]:
        """Those of which nobody else has taken hold since."""
        fences = dict(
            _locked(message.pk for message in messages)
            .filter(lease_owner=self.owner)
            .values_list("pk", "fence")
        )
        return [message.pk for message in messages if fences.get(message.pk) == message.fence]

    def _write(self, messages: Collection[OutboundMessage], **values: Any) -> set[int]:
        """Write this to those of which nobody else has taken hold since, and say which these are.

        Nearly always it is all of them, and all in their first hand: one question, which names owner and fence.
        """
        found: set[int] = set()
        by_fence: dict[int, list[int]] = {}
        for message in messages:
            by_fence.setdefault(message.fence, []).append(message.pk)
        for fence, keys in by_fence.items():
            rows = OutboundMessage.objects.filter(pk__in=keys, fence=fence)
            if rows.filter(lease_owner=self.owner).update(**values) == len(keys):
                found.update(keys)
            else:
                found.update(rows.filter(state=values["state"]).values_list("pk", flat=True))
        return found


def recover(*, now: datetime) -> Counter[str]:
    """Find what workers left behind. What had not reached the wire goes back into the queue; of what had, nobody
    knows: an at-most-once message waits for evidence, an at-least-once message goes again.
    """
    again = [name for name in kinds.names() if kinds[name].delivery == Delivery.AT_LEAST_ONCE]
    free = {"lease_owner": "", "lease_until": None, "fence": F("fence") + 1}
    found: Counter[str] = Counter()
    with transaction.atomic():
        forsaken = OutboundMessage.objects.forsaken(now).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            # Two sweeps at once: the second leaves to the first what it has found.
            forsaken = forsaken.select_for_update(skip_locked=True)
        found_lost = list(forsaken.values_list("pk", "attempts", "state"))
        lost = OutboundMessage.objects.filter(pk__in=[pk for pk, _attempts, _state in found_lost])
        on_wire = [(pk, attempts) for pk, attempts, state in found_lost if state == MessageState.ON_WIRE]
        DeliveryAttempt.objects.bulk_create(
            DeliveryAttempt(
                message_id=pk,
                number=number,
                at=now,
                carrier="",
                phase=Phase.REPLY,
                text=_("The worker fell silent while it handed the message over."),
                milliseconds=0,
            )
            for pk, number in on_wire
        )
        found["put back"] = lost.filter(state=MessageState.LEASED).update(state=MessageState.PENDING, **free)
        unknown = lost.filter(state=MessageState.ON_WIRE)
        found["again"] = unknown.filter(kind__in=again).update(
            state=MessageState.PENDING, maybe_delivered=True, **free
        )
        found["uncertain"] = unknown.update(state=MessageState.UNCERTAIN, maybe_delivered=True, **free)
    return found


def close_the_books(*, now: datetime) -> Counter[str]:
    """Settle what waited too long: messages that are of no use any more, and doubts nobody could resolve."""
    late = OutboundMessage.objects.overdue(now)
    settled = Counter(
        {
            "presumed sent": OutboundMessage.objects.uncertain()
            .filter(deliveries__isnull=False)
            .exclude(deliveries__at__gt=now - PRESUMED_AFTER)
            .update(state=MessageState.PRESUMED_SENT, settled_at=now),
            "uncertain": late.filter(maybe_delivered=True).update(state=MessageState.UNCERTAIN),
            "expired": late.filter(maybe_delivered=False).update(state=MessageState.EXPIRED, settled_at=now),
        }
    )
    if settled["presumed sent"] or settled["expired"]:
        OutboundMessage.objects.filter(settled_at=now).forget_account_text()
    return settled


def refusals(messages: Collection[OutboundMessage], *, now: datetime) -> dict[int, tuple[MessageState, str]]:
    """Which of these may not go, and why: their kind takes them back, the reader does not want them, or the address
    is suppressed.
    """
    found: dict[int, tuple[MessageState, str]] = {}
    by_kind: dict[str, list[OutboundMessage]] = {}
    for message in messages:
        by_kind.setdefault(message.kind, []).append(message)
    for name, group in by_kind.items():
        if name not in kinds:
            reason = _("This portal does not know mail of this kind.")
            found |= {message.pk: (MessageState.CANCELLED, reason) for message in group}
            continue
        taken_back = kinds[name].refusals(group)
        found |= {pk: (MessageState.CANCELLED, reason) for pk, reason in taken_back.items()}
    for pk, reason in wishes.refusals(messages, now=now).items():
        found[pk] = (MessageState.CANCELLED, reason)
    prints = {message.pk: fingerprint_of(message.recipient) for message in messages}
    rows: dict[str, list[Suppression]] = {}
    for row in Suppression.objects.covering(prints.values()):
        rows.setdefault(row.address, []).append(row)
    for message in messages:
        for row in rows.get(prints[message.pk], ()):
            if row.covers(message.stream):
                found[message.pk] = (MessageState.SUPPRESSED, str(row.get_reason_display()))
    return found


def patiently(act: Callable[[], Result], *, seconds: float = _SECONDS_OF_PATIENCE) -> Result:
    """Do it again while the database is away: what happened on the wire must not be forgotten."""
    until = time.monotonic() + seconds
    while True:
        try:
            return act()
        except (OperationalError, InterfaceError):
            if time.monotonic() > until:
                raise
            logger.warning("The database does not answer; trying again.", exc_info=True)
            connection.close()
            time.sleep(0.5)


def _locked(pks: Iterable[int]) -> Any:
    rows = OutboundMessage.objects.filter(pk__in=list(pks)).order_by("pk")
    return rows.select_for_update() if connection.features.has_select_for_update else rows


def _refuse(
    refused: dict[int, tuple[MessageState, str]], messages: Collection[OutboundMessage], *, now: datetime
) -> None:
    for message in messages:
        if message.pk in refused:
            state, reason = refused[message.pk]
            _finish(message, state, now=now, resolution=reason)
    refused_accounts = [one.pk for one in messages if one.pk in refused and one.stream == Stream.ACCOUNT]
    if refused_accounts:
        OutboundMessage.objects.filter(pk__in=refused_accounts).forget_account_text()


def _settle_one(row: OutboundMessage, outcome: Outcome, *, now: datetime) -> bool:
    """Write down a try that did not get through. False where somebody else has taken hold of the message since."""
    said: dict[str, Any] = {"last_code": outcome.code, "last_text": outcome.text}
    later = now + verdicts.wait_after(row.attempts)
    if outcome.verdict == Verdict.REJECTED:
        return _finish(row, MessageState.REJECTED, now=now, **said)
    if outcome.verdict == Verdict.DEFERRED:
        return _free(row, state=MessageState.DEFERRED, not_before=later, **said)
    if outcome.verdict == Verdict.POISON:
        said |= {"poison": row.poison + 1}
        if row.poison + 1 >= _MOST_POISON:
            return _finish(row, MessageState.FAILED, now=now, **said)
        return _free(row, state=MessageState.DEFERRED, not_before=later, **said)
    said |= {"maybe_delivered": True}
    if kinds[row.kind].delivery == Delivery.AT_LEAST_ONCE:
        return _free(row, state=MessageState.PENDING, not_before=now, **said)
    return _free(row, state=MessageState.UNCERTAIN, **said)


def _finish(row: OutboundMessage, state: MessageState, *, now: datetime, **values: Any) -> bool:
    """The end of a message; of one that may have arrived earlier nobody can say that it was not delivered."""
    if row.maybe_delivered and state in NOT_DELIVERED:
        return _free(row, state=MessageState.UNCERTAIN, **values)
    return _free(row, state=state, settled_at=now, **values)


def _free(row: OutboundMessage, **values: Any) -> bool:
    rows = OutboundMessage.objects.filter(Q(pk=row.pk, fence=row.fence, state=row.state))
    return rows.update(lease_owner="", lease_until=None, **values) == 1


def _note_tries(outcomes: Collection[Outcome], numbers: Mapping[int, int]) -> None:
    """Keep each try as evidence. `numbers` are known of messages still in hand; of others only where they exist."""
    lost = [outcome.pk for outcome in outcomes if outcome.pk not in numbers]
    found = dict(OutboundMessage.objects.filter(pk__in=lost).values_list("pk", "attempts")) if lost else {}
    known = {**found, **numbers}
    DeliveryAttempt.objects.bulk_create(
        _attempt(outcome, known[outcome.pk]) for outcome in outcomes if outcome.pk in known
    )


def _attempt(outcome: Outcome, number: int) -> DeliveryAttempt:
    return DeliveryAttempt(
        message_id=outcome.pk,
        number=number,
        at=outcome.at,
        carrier=outcome.carrier,
        phase=outcome.phase,
        code=outcome.code,
        text=outcome.text,
        milliseconds=outcome.milliseconds,
    )
