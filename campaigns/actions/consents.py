"""Writing the ledger of consent: what somebody agreed to, what implies it, and that they took it back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.outbox.actions import messages, preferences, suppressions
from advocacy.outbox.models import OutboundMessage, Reason
from advocacy.outbox.streams import Stream
from campaigns.consent_terms import expiry_of
from campaigns.models import Consent, ConsentKind, ConsentSource, Contact, HowWithdrawn, Withdrawal
from members.models import Chapter
from members.taskforce.roster import society_day


class NotYetSo(ValueError):
    """What implies consent lies in the future."""


@dataclass(frozen=True)
class Evidence:
    """How the portal knows: the words shown, where, and who wrote it down."""

    source: ConsentSource
    words: str = ""
    words_version: str = ""
    language: str = ""
    page_url: str = ""
    detail: str = ""
    ip_hash: str = ""


def give(
    contact: Contact,
    *,
    chapter: Chapter | None,
    evidence: Evidence,
    now: datetime,
    by: User | None = None,
    basis: str = "",
    on: date | None = None,
) -> Consent | None:
    """The person agreed to these words. None where the ledger holds just that already."""
    known = {"kind": ConsentKind.EXPRESS, "basis": basis, "basis_on": on or society_day(now)}
    return _add(contact, chapter, evidence, now=now, by=by, **known)


def imply(
    contact: Contact,
    *,
    chapter: Chapter | None,
    basis: str,
    on: date,
    evidence: Evidence,
    now: datetime,
    by: User | None = None,
) -> Consent | None:
    """The person did something that implies consent for a time. None where it is known. Raises NotYetSo."""
    if on > society_day(now):
        raise NotYetSo(_("This day is still to come. Enter the day on which it happened."))
    known = {"kind": ConsentKind.IMPLIED, "basis": basis, "basis_on": on, "expires_on": expiry_of(basis, on)}
    return _add(contact, chapter, evidence, now=now, by=by, **known)


def withdraw(
    contact: Contact,
    *,
    chapter: Chapter | None,
    how: HowWithdrawn,
    now: datetime,
    received_at: datetime | None = None,
    detail: str = "",
    by: User | None = None,
) -> Withdrawal:
    """No more campaign mail of this chapter; None: of nobody. It takes effect at once, what waits is taken back."""
    with transaction.atomic():
        row = Withdrawal.objects.create(
            contact=contact,
            chapter=chapter,
            how=how,
            detail=detail[:300],
            received_at=min(received_at or now, now),
            effective_at=now,
            recorded_by=by,
        )
        if chapter is None:
            stop_all(contact, how=str(HowWithdrawn(how).label), now=now)
    return row


def stop_all(contact: Contact, *, how: str, now: datetime) -> None:
    """The outbox enforces it: a person's wish follows the person, of others it knows the address."""
    if contact.user is not None:
        preferences.switch_off(contact.user, Stream.CAMPAIGN, now=now, how=how)
    if contact.user is None or contact.user.email.lower() != contact.email:
        suppressions.add(
            contact.email, reason=Reason.UNSUBSCRIBED, stream=Stream.CAMPAIGN, evidence=how, now=now
        )
    waiting = OutboundMessage.objects.waiting().filter(recipient=contact.email, stream=Stream.CAMPAIGN)
    messages.take_back(waiting.only("pk"), because=_("Stopped by the reader."), now=now)


def _add(
    contact: Contact,
    chapter: Chapter | None,
    evidence: Evidence,
    *,
    now: datetime,
    by: User | None,
    **known: object,
) -> Consent | None:
    same = Consent.objects.filter(contact=contact, chapter=chapter, words=evidence.words, **known)
    if evidence.source == ConsentSource.IMPORT and same.exists():
        return None
    return Consent.objects.create(
        contact=contact,
        chapter=chapter,
        words=evidence.words,
        words_version=evidence.words_version,
        language=evidence.language,
        page_url=evidence.page_url[:500],
        source=evidence.source,
        source_detail=evidence.detail[:300],
        ip_hash=evidence.ip_hash,
        given_at=now,
        recorded_by=by,
        **known,
    )
