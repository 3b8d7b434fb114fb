"""Writing a message, taking it back, and deciding about one nobody is certain of."""

import base64
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from email.utils import formataddr, make_msgid, parseaddr
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.outbox import bell, headers, ledger, wishes
from advocacy.outbox.kinds import kinds
from advocacy.outbox.models import MessageState, OutboundMessage
from advocacy.outbox.models.message import OutboundMessageQuerySet
from advocacy.outbox.streams import Stream


class UnknownKind(LookupError):
    """No app offers mail of this kind."""


class NothingToDecide(Exception):
    """The message is not uncertain any more: somebody was faster, or evidence came."""


class Attachment(NamedTuple):
    name: str
    type: str
    content: bytes


class Letter(NamedTuple):
    """What is written, and to whom. `why` is shown to the person: the reason they get it."""

    to: str
    subject: str
    text: str
    html: str = ""
    user: User | None = None
    why: str = ""
    scope: str = ""
    sender: str = ""
    headers: Mapping[str, str] = {}
    attachments: Sequence[Attachment] = ()


def post(
    kind: str,
    letter: Letter,
    *,
    key: str,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> OutboundMessage:
    """Write a message in the caller's transaction. The same key gives the message that is there already.

    Raises ValidationError where the address or a header cannot be sent.
    """
    written = post_all(kind, {key: letter}, now=now, not_before=not_before, expires_at=expires_at)
    return written[key]


def post_all(
    kind: str,
    letters: Mapping[str, Letter],
    *,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> dict[str, OutboundMessage]:
    """Write many messages, each under its key, in the caller's transaction: a fixed number of queries for a thousand.

    Raises ValidationError where an address or a header cannot be sent; then nothing is written.
    """
    people = _people_at(letter.to for letter in letters.values() if letter.user is None)
    rows: dict[str, OutboundMessage] = {}
    for key, letter in letters.items():
        row = _row(kind, letter, key=key, now=now, not_before=not_before, expires_at=expires_at)
        row.user = letter.user or people.get(row.recipient)
        headers.add_to(row)
        rows[key] = row
    wishes.hold(rows.values(), now=now, is_of_use_later=expires_at is None)
    _refuse_before_writing(rows.values(), now=now)
    OutboundMessage.objects.bulk_create(rows.values(), ignore_conflicts=True)
    written = {
        row.key: row for row in OutboundMessage.objects.filter(key__in=[row.key for row in rows.values()])
    }
    if any(row.state == MessageState.PENDING for row in written.values()):
        _ring_after_commit()
    return {key: written[row.key] for key, row in rows.items()}


def _refuse_before_writing(messages: Collection[OutboundMessage], *, now: datetime) -> None:
    """Settle what may not go at all. Refusals are told by number, and these messages have none yet: they borrow one."""
    numbered = {-1 - place: message for place, message in enumerate(messages)}
    for number, message in numbered.items():
        message.pk = number
    refused = ledger.refusals(messages, now=now)
    for number, message in numbered.items():
        message.pk = None
        if number in refused:
            message.state, message.resolution = refused[number]
            message.settled_at = now
            if message.stream == Stream.ACCOUNT:
                message.text = message.html = ""


def take_back(messages: Iterable[OutboundMessage], *, because: str, now: datetime) -> int:
    """Cancel what waits. What is in hand already is asked again just before it goes (`Kind.refusals`)."""
    return take_back_those(
        OutboundMessage.objects.filter(pk__in=[message.pk for message in messages]), because=because, now=now
    )


def take_back_those(meant: OutboundMessageQuerySet, *, because: str, now: datetime) -> int:
    """As `take_back`, for however many a question names."""
    count = (
        meant.waiting()
        .filter(maybe_delivered=False)
        .update(state=MessageState.CANCELLED, settled_at=now, resolution=because[:300])
    )
    meant.forget_account_text()
    return count


def cancel(message: OutboundMessage, *, by: User, because: str, now: datetime) -> None:
    """A person takes back what waits. Raises NothingToDecide where it is on its way, or may have arrived."""
    waiting = OutboundMessage.objects.waiting().filter(pk=message.pk, maybe_delivered=False)
    cancelled = {"state": MessageState.CANCELLED, "settled_at": now}
    if not waiting.update(resolved_by=by, resolution=because[:300], **cancelled):
        raise NothingToDecide(_("This message does not wait any more."))
    OutboundMessage.objects.filter(pk=message.pk).forget_account_text()
    trail.record(by=by, verb="cancelled", of=message, reason=because)


def send_again(message: OutboundMessage, *, by: User, because: str, now: datetime) -> None:
    """A person takes the risk of a second copy. Raises NothingToDecide."""
    _decide("sent again", message, by=by, because=because, state=MessageState.PENDING, not_before=now)
    _ring_after_commit()


def arrived(message: OutboundMessage, *, by: User | None, because: str, now: datetime) -> None:
    """There is evidence that it arrived. Raises NothingToDecide."""
    _decide("found to have arrived", message, by=by, because=because, state=MessageState.SENT, settled_at=now)
    OutboundMessage.objects.filter(pk=message.pk).forget_account_text()


def _ring_after_commit() -> None:
    """One bell for all that is posted in a transaction."""
    if not any(bell.ring in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(bell.ring, robust=True)


def _decide(verb: str, message: OutboundMessage, *, by: User | None, because: str, **values: object) -> None:
    changed = (
        OutboundMessage.objects.uncertain()
        .filter(pk=message.pk)
        .update(resolved_by=by, resolution=because[:300], **values)
    )
    if not changed:
        raise NothingToDecide(_("This message is not uncertain any more."))
    trail.record(by=by, verb=verb, of=message, reason=because)


def _people_at(addresses: Iterable[str]) -> dict[str, User]:
    """Whose sign-in has these addresses: their wishes hold for them, and they see what was sent there."""
    wanted = {address.strip().lower() for address in addresses}
    rows = User.objects.annotate(lowered=Lower("email")).filter(lowered__in=wanted) if wanted else ()
    return {row.email.lower(): row for row in rows}


def _row(
    kind: str,
    letter: Letter,
    *,
    key: str,
    now: datetime,
    not_before: datetime | None,
    expires_at: datetime | None,
) -> OutboundMessage:
    if kind not in kinds:
        raise UnknownKind(kind)
    entry = kinds[kind]
    recipient = letter.to.strip().lower()
    validate_email(recipient)
    sender = letter.sender or settings.DEFAULT_FROM_EMAIL
    for name, value in {"From": sender, "Subject": letter.subject, **letter.headers}.items():
        if any(sign in f"{name}{value}" for sign in "\r\n\0"):
            raise ValidationError(_("The header “%(name)s” goes over one line."), params={"name": name})
    name, address = parseaddr(sender)
    return OutboundMessage(
        key=f"{kind}:{key}" if len(key) < 120 else f"{kind}:{hashlib.sha256(key.encode()).hexdigest()}",
        kind=kind,
        stream=entry.stream,
        scope=letter.scope,
        why=letter.why[:300],
        identity=entry.identity,
        sender=formataddr((name, address)) if name.isascii() else sender,
        recipient=recipient,
        domain=recipient.rpartition("@")[2],
        subject=letter.subject[:998],
        text=letter.text,
        html=letter.html,
        headers=dict(letter.headers),
        attachments=[
            {"name": part.name, "type": part.type, "content": base64.b64encode(part.content).decode()}
            for part in letter.attachments
        ],
        message_id=make_msgid(domain=address.rpartition("@")[2] or "localhost"),
        priority=entry.priority,
        created_at=now,
        not_before=max(not_before or now, now),
        expires_at=expires_at or max(not_before or now, now) + entry.lives_for,
    )
