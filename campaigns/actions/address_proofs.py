"""Proving an address: a link by mail, a page that says what will happen, and a button that makes it so."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.kernel import limits
from advocacy.kernel.registry import Registry
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import OutboundMessage, fingerprint_of
from campaigns.gate import texts
from campaigns.models import AddressProof, Contact

KIND = "campaigns.proof"
MAILS_AN_HOUR = 3
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
_NOTHING_MORE = "address"
# Whoever typed the name may not be who reads the mail: no room in it for an advertisement.
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Matter:
    """What an address is proven for. `words` tell the reader what will happen, in the language that is active;
    `follow` makes it happen, in the same transaction, once.
    """

    words: Callable[[AddressProof], str]
    follow: Callable[[AddressProof, datetime], None]


class Proof(Enum):
    """What became of a click."""

    DONE = "done"
    DONE_BEFORE = "done before"
    GONE = "gone"


matters: Registry[Matter] = Registry()
matters.register(_NOTHING_MORE)(
    Matter(
        words=lambda proof: _("You can take part in campaigns with this address."),
        follow=lambda *_: None,
    )
)


@transaction.atomic
def ask(
    contact: Contact,
    *,
    purpose: str = _NOTHING_MORE,
    subject_id: int | None = None,
    language: str,
    now: datetime,
) -> None:
    """Mail the link. It never says whether it did: more than three in an hour to one address are left out, and whoever
    asks sees the same page for an address we know, one we do not, and one that wants no mail.
    """
    if purpose not in matters:
        raise LookupError(purpose)
    per_hour = limits.take(KIND, contact.email, most=MAILS_AN_HOUR, per=timedelta(hours=1), now=now)
    if contact.is_erased or not per_hour.is_allowed:
        return
    token = secrets.token_urlsafe(24)
    proof = AddressProof.objects.create(
        contact=contact,
        address=fingerprint_of(contact.email),
        token_digest=_digest(token),
        purpose=purpose,
        subject_id=subject_id,
        language=language,
        sent_at=now,
    )
    with translation.override(language):
        messages.post(KIND, _letter(proof, token), key=str(proof.pk), now=now)


def behind(token: str, *, now: datetime) -> AddressProof | None:
    """The proof this link stands for: open, or given already. None for every other link."""
    proof = AddressProof.objects.select_related("contact").filter(token_digest=_digest(token)).first()
    if proof is None or proof.purpose not in matters or not _is_still_theirs(proof):
        return None
    return proof if proof.proven_at or proof.is_open(now) else None


@transaction.atomic
def prove(token: str, *, now: datetime) -> Proof:
    """The button was pressed. What waits for it follows once, however often it is pressed."""
    if (proof := behind(token, now=now)) is None:
        return Proof.GONE
    if AddressProof.objects.open(now).filter(pk=proof.pk).update(proven_at=now) == 0:
        return Proof.DONE_BEFORE
    proof.proven_at = now
    Contact.objects.known().filter(pk=proof.contact_id, email_proven_at=None).update(email_proven_at=now)
    matters[proof.purpose].follow(proof, now)
    return Proof.DONE


def words_about(proof: AddressProof) -> str:
    return matters[proof.purpose].words(proof)


def name_on(proof: AddressProof) -> str:
    """In whose name: as they gave it, or nothing where that is no name."""
    name = proof.contact.full_name
    return "" if len(name) > _LONGEST_NAME or texts.has_links(name) else name


def no_longer_asked(mails: Collection[OutboundMessage]) -> dict[int, str]:
    """Mails whose address was proven by another of them meanwhile, or whose contact was erased."""
    keys = {message.pk: message.key.rpartition(":")[2] for message in mails}
    waiting = AddressProof.objects.filter(
        pk__in=[key for key in keys.values() if key.isdigit()], proven_at=None, contact__erased_at=None
    )
    open_keys = {str(pk) for pk in waiting.values_list("pk", flat=True)}
    return {pk: _("Not needed any more.") for pk, key in keys.items() if key not in open_keys}


def _letter(proof: AddressProof, token: str) -> Letter:
    link = str(settings.PORTAL_URL) + reverse("gate:confirm", args=[proof.language, token])
    context = {"name": name_on(proof), "words": words_about(proof), "link": link}
    subject = render_to_string("campaigns/mail/proof_subject.txt", context)
    return Letter(
        to=proof.contact.email,
        subject=" ".join(subject.split()),
        text=render_to_string("campaigns/mail/proof.txt", context),
        html=render_to_string("campaigns/mail/proof.html", context),
        user=proof.contact.user,
        why=_("Somebody gave this address on a campaign’s page."),
        headers=_HEADERS,
    )


def _is_still_theirs(proof: AddressProof) -> bool:
    """The link went to the address that the contact has today."""
    return not proof.contact.is_erased and proof.address == fingerprint_of(proof.contact.email)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
