"""What supporters see: a campaign's page, their receipt, their links and preferences."""

import hashlib

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.outbox.models import fingerprint_of
from campaigns.actions import contacts
from campaigns.contact_links import preference_token, renewal_token
from campaigns.models import AddressProof, Campaign, Contact, Status
from members.models import Chapter
from tests.browser.gallery.exhibit import VISITOR, Exhibit
from tests.factories.acting import public_campaign, receipt_for, wrote_to


def _proof_link(language: str, *, is_proven: bool = False) -> tuple[str, str]:
    """A link that somebody got who took part: the demo keeps only digests of such links."""
    now, token = timezone.now(), f"gallery-{is_proven}"
    contact, _is_new = Contact.objects.get_or_create(
        email="supporter@example.org", defaults={"full_name": "Ines Okafor", "added_at": now}
    )
    known = {
        "contact": contact,
        "address": fingerprint_of(contact.email),
        "purpose": "address",
        "language": language,
    }
    AddressProof.objects.update_or_create(
        token_digest=hashlib.sha256(token.encode()).hexdigest(),
        defaults=known | {"sent_at": now, "proven_at": now if is_proven else None},
    )
    return language, token


def _contact() -> Contact:
    """Dana, as those who write to supporters know her."""
    dana = User.objects.get(email__startswith="dana")
    contacts.for_members(Chapter.objects.filter(roles__person=dana), now=timezone.now())
    return Contact.objects.get(user=dana)


def _renewal_link() -> str:
    return renewal_token(_contact(), None, timezone.localdate())


def _act(slug: str, language: str = "en", *, status: Status = Status.LIVE) -> tuple[str, str]:
    """A campaign with a page for everybody, beside those of the demo."""
    people = {one.email.partition("@")[0].partition(".")[0]: one for one in User.objects.all()}
    public_campaign(people["dana"], people["jordan"], f"gallery-{slug}", status)
    return f"gallery-{slug}", language


def receipt() -> str:
    slug, _language = _act("open")
    return receipt_for(wrote_to(Campaign.objects.get(slug=slug), "supporter@example.org"))


SUPPORTERS = [
    Exhibit("contacts:preferences", VISITOR, find=lambda user: ("en", preference_token(_contact()))),
    Exhibit("contacts:preferences", VISITOR, find=lambda user: ("fr", "not-a-token"), note="a broken link"),
    Exhibit("contacts:renew", VISITOR, find=lambda user: ("fr", _renewal_link())),
    Exhibit("gate:confirm", VISITOR, find=lambda user: _proof_link("en")),
    Exhibit("gate:confirm", VISITOR, find=lambda user: _proof_link("fr"), note="in French"),
    Exhibit(
        "gate:confirm", VISITOR, find=lambda user: _proof_link("en", is_proven=True), note="done already"
    ),
    Exhibit("gate:confirm", VISITOR, find=lambda user: ("en", "not-a-token"), note="a broken link"),
    Exhibit("act:page", VISITOR, find=lambda user: _act("open")),
    Exhibit("act:page", VISITOR, find=lambda user: _act("open", "fr"), note="in French"),
    Exhibit("act:page", VISITOR, find=lambda user: _act("paused", status=Status.PAUSED), note="paused"),
    Exhibit("act:page", VISITOR, find=lambda user: _act("closed", status=Status.CLOSED), note="closed"),
    Exhibit("act:embed", VISITOR, find=lambda user: _act("open")),
    Exhibit("act:receipt", VISITOR, find=lambda user: receipt()),
]
