"""The books of one worker: what it has in hand, what may go now, and how it ended.

Every change of state names the state and the fence it expects, in one UPDATE. A worker that was away for longer
than its lease finds that the fence has moved, and must not send.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
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
# What is looked at when the end of a try is written down; the text of the message is not.
_BOOKED = (
    "attempts",
    "domain",
    "fence",
    "identity",
    "kind",
    "lease_owner",
    "maybe_delivered",
    "poison",
    "recipient",
    "state",
    "stream",
)
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
        # Lanes with failures in a row: only theirs are written when something gets through.
        self._in_trouble: set[str] = set()

    def claim(self, most: int, *, now: datetime, but_to: Collection[str] = ()) -> list[OutboundMessage]:
        """Take up to `most` due messages in hand, but to these domains; what may not go any more is settled instead."""
        with transaction.atomic():
            taken, found = [], self._next(most, now=now, but_to=but_to)
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
        return taken

    def put_on_wire(self, offered: Collection[OutboundMessage], *, now: datetime) -> set[int]:
        """Mark the point of no return, committed before the first byte. Returns which of them may go.

        The others were taken by somebody else, or something changed since: consent, a pause, the deadline.
        """
        if not offered:
            return set()
        with transaction.atomic():
            held = self._still_held(offered, MessageState.LEASED)
            refused = refusals(held, now=now)
            for message in held:
                if message.expires_at <= now:
                    refused.setdefault(message.pk, (MessageState.EXPIRED, ""))
            _refuse(refused, held, now=now)
            going = {message.pk for message in held} - refused.keys()
            OutboundMessage.objects.filter(pk__in=going).update(
                state=MessageState.ON_WIRE, lease_until=now + settings.MAIL_LEASE_ON_WIRE
            )
        return going

    def settle(self, outcomes: Collection[Outcome], *, now: datetime) -> Counter[str]:
        """Write down how these tries ended. Tries of messages that were lost meanwhile are kept as evidence only."""
        if not outcomes:
            return Counter()
        with transaction.atomic():
            rows = {row.pk: row for row in _locked(outcome.pk for outcome in outcomes).only(*_BOOKED)}
            ours = [one for one in outcomes if one.pk in rows and self._holds(rows[one.pk], one.fence)]
            sent = [outcome.pk for outcome in ours if outcome.verdict == Verdict.SENT]
            if sent:
                OutboundMessage.objects.filter(pk__in=sent).update(settled_at=now, **_SENT)
            for outcome in ours:
                if outcome.verdict != Verdict.SENT:
                    _settle_one(rows[outcome.pk], outcome, now=now)
            DeliveryAttempt.objects.bulk_create(
                _attempt(outcome, rows[outcome.pk].attempts) for outcome in outcomes if outcome.pk in rows
            )
            nobody_there = [one for one in ours if verdicts.is_no_such_address(one.phase, one.code, one.text)]
            self._note_unknown([(rows[one.pk], one.text) for one in nobody_there], now=now)
            if any(rows[one.pk].stream == Stream.ACCOUNT for one in ours):
                OutboundMessage.objects.filter(pk__in=[one.pk for one in ours]).forget_account_text()
            self._in_trouble = lanes.note(ours, rows, self._in_trouble, now=now)
        return Counter(str(outcome.verdict) for outcome in ours)

    def let_go(self, messages: Collection[OutboundMessage]) -> int:
        """Put back what was never offered, as if it had not been taken."""
        with transaction.atomic():
            held = self._still_held(messages, MessageState.LEASED)
            return OutboundMessage.objects.filter(pk__in=[row.pk for row in held]).update(
                state=MessageState.PENDING,
                lease_owner="",
                lease_until=None,
                fence=F("fence") + 1,
                attempts=F("attempts") - 1,
            )

    def _next(self, most: int, *, now: datetime, but_to: Collection[str]) -> list[OutboundMessage]:
        due, limits = lanes.open_to(OutboundMessage.objects.due(now).filter(expires_at__gt=now), now=now)
        due = due.exclude(domain__in=but_to) if but_to else due
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = [message for message in due[: limits.most(most)] if limits.allows(message)]
        limits.spend()
        self._in_trouble = limits.in_trouble
        return taken

    def _still_held(
        self, messages: Collection[OutboundMessage], state: MessageState
    ) -> list[OutboundMessage]:
        """Those of which nobody else has taken hold since, as they were when they were taken."""
        rows = _locked(message.pk for message in messages).filter(state=state, lease_owner=self.owner)
        fences = dict(rows.values_list("pk", "fence"))
        return [message for message in messages if fences.get(message.pk) == message.fence]

    def _holds(self, row: OutboundMessage, fence: int) -> bool:
        return row.fence == fence and row.lease_owner == self.owner


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


def _settle_one(row: OutboundMessage, outcome: Outcome, *, now: datetime) -> None:
    said: dict[str, Any] = {"last_code": outcome.code, "last_text": outcome.text}
    if outcome.verdict == Verdict.REJECTED:
        _finish(row, MessageState.REJECTED, now=now, **said)
    elif outcome.verdict == Verdict.DEFERRED:
        _wait(row, MessageState.DEFERRED, now + verdicts.wait_after(row.attempts), **said)
    elif outcome.verdict == Verdict.POISON:
        said |= {"poison": row.poison + 1}
        if row.poison + 1 >= _MOST_POISON:
            _finish(row, MessageState.FAILED, now=now, **said)
        else:
            _wait(row, MessageState.DEFERRED, now + verdicts.wait_after(row.attempts), **said)
    elif kinds[row.kind].delivery == Delivery.AT_LEAST_ONCE:
        _wait(row, MessageState.PENDING, now, maybe_delivered=True, **said)
    else:
        _free(row, state=MessageState.UNCERTAIN, maybe_delivered=True, **said)


def _finish(row: OutboundMessage, state: MessageState, *, now: datetime, **values: Any) -> None:
    """The end of a message; of one that may have arrived earlier nobody can say that it was not delivered."""
    if row.maybe_delivered and state in NOT_DELIVERED:
        _free(row, state=MessageState.UNCERTAIN, **values)
    else:
        _free(row, state=state, settled_at=now, **values)


def _wait(row: OutboundMessage, state: MessageState, until: datetime, **values: Any) -> None:
    _free(row, state=state, not_before=until, **values)


def _free(row: OutboundMessage, **values: Any) -> None:
    rows = OutboundMessage.objects.filter(Q(pk=row.pk, fence=row.fence, state=row.state))
    rows.update(lease_owner="", lease_until=None, **values)


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
