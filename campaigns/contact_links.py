"""Links by which somebody without a sign-in reaches what the portal keeps of them, and renews their consent.

A link is the proof: it came to the address it is about. It dies when the address changes or is forgotten.
"""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse

from advocacy.outbox.models import fingerprint_of
from advocacy.outbox.stop_links import VALID_FOR
from campaigns.models import Contact
from members.models import Chapter

_PREFERENCES, _RENEWAL = "campaigns.contact", "campaigns.renewal"
_SHORT = 16


class Renewal(NamedTuple):
    """Who is asked to renew, whose mail it is about, and which end of consent made us ask."""

    contact: Contact
    chapter: Chapter | None
    expires_on: date


def preference_link(contact: Contact) -> str:
    """The page where this person sees and changes what is kept of them, in their language."""
    return _address("contacts:preferences", contact, preference_token(contact))


def preference_token(contact: Contact) -> str:
    return signing.dumps([contact.pk, _mark(contact)], salt=_PREFERENCES)


def renewal_link(contact: Contact, chapter: Chapter | None, expires_on: date) -> str:
    return _address("contacts:renew", contact, renewal_token(contact, chapter, expires_on))


def renewal_token(contact: Contact, chapter: Chapter | None, expires_on: date) -> str:
    about = [contact.pk, _mark(contact), chapter.pk if chapter else 0, expires_on.isoformat()]
    return signing.dumps(about, salt=_RENEWAL)


def whose(token: str) -> Contact | None:
    """None for a link that is forged, too old, or about an address that was changed or forgotten."""
    try:
        pk, mark = signing.loads(token, salt=_PREFERENCES, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return _known(pk, mark)


def renewal_of(token: str) -> Renewal | None:
    try:
        pk, mark, chapter, expires_on = signing.loads(token, salt=_RENEWAL, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    contact, place = _known(pk, mark), Chapter.objects.filter(pk=chapter).first()
    if contact is None or (chapter and place is None):
        return None
    return Renewal(contact, place, date.fromisoformat(expires_on))


def _known(pk: int, mark: str) -> Contact | None:
    contact = Contact.objects.known().select_related("chapter", "user").filter(pk=pk).first()
    return contact if contact and _mark(contact) == mark else None


def _mark(contact: Contact) -> str:
    """The address itself stands in no link: links end up in logs and histories."""
    return fingerprint_of(contact.email)[:_SHORT]


def _address(name: str, contact: Contact, token: str) -> str:
    return str(settings.PORTAL_URL) + reverse(name, args=[contact.language, token])
