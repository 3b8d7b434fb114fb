"""The signed link of a registration: it opens one person's own place, and nothing else of the portal."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from advocacy.events.models import AdvocacyEvent, Registration

# Without a time stamp: every mail carries the same link, and the page says what is still possible.
_SIGNER = signing.Signer(salt="events.registration")


def token_of(registration: Registration) -> str:
    return _SIGNER.sign_object([registration.pk, registration.link_key.hex])


def path_of(registration: Registration, language: str = "") -> str:
    """Of the page without an account, in the language of the registration unless another is wished."""
    return reverse("events:my_place", args=[language or registration.language, token_of(registration)])


def survey_path_of(registration: Registration, language: str = "") -> str:
    return reverse("events:guest_survey", args=[language or registration.language, token_of(registration)])


def survey_link_of(registration: Registration) -> str:
    inside = reverse("events:survey", args=[registration.event_id])
    return str(settings.PORTAL_URL) + (inside if registration.person_id else survey_path_of(registration))


def link_of(registration: Registration) -> str:
    """Colleagues find their place in the portal, everybody else by their link."""
    inside = reverse("events:register", args=[registration.event_id])
    return str(settings.PORTAL_URL) + (inside if registration.person_id else path_of(registration))


def public_path_of(event: AdvocacyEvent, language: str) -> str:
    return reverse("events:public", args=[event.public_key, language])


def behind(token: str) -> Registration | None:
    """The registration that the link belongs to; None for a link that is cut, forged, or not in use any more."""
    try:
        pk, key = _SIGNER.unsign_object(token)
        rows = Registration.objects.filter(pk=pk, link_key=key)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return rows.select_related("event__jurisdiction", "event__coordinator", "chapter").first()
