"""The signed link to one attendee's schedule, for people without an account: it opens that, and nothing else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.events.models import Registration

# Without a time stamp: every mail carries the same link, and the day says when it ends.
_SIGNER = signing.Signer(salt="events.my_schedule")
_OPEN_AFTERWARDS = timedelta(days=2)


class LinkProblem(ValueError):
    """The link opens nothing, or nothing any more; the message says why and what to do."""


def token_of(registration: Registration) -> str:
    return _SIGNER.sign_object([registration.pk, registration.link_key.hex])


def path_of(registration: Registration, language: str = "") -> str:
    return reverse("events:guest_schedule", args=[language or registration.language, token_of(registration)])


def link_of(registration: Registration, language: str = "") -> str:
    return str(settings.PORTAL_URL) + path_of(registration, language)


def behind(token: str, now: datetime) -> Registration:
    """Whose schedule it is: of somebody with a place, from the publishing to the second day after the event.

    Raises LinkProblem.
    """
    try:
        pk, key = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkProblem(_("This link is not complete. Copy all of it from the mail.")) from None
    found = Registration.objects.coming().filter(pk=pk, link_key=key)
    registration = found.select_related("event__coordinator").first()
    if registration is None:
        raise LinkProblem(_("This link is no longer in use. Look for a newer mail, or ask whoever sent it."))
    event = registration.event
    if event.today(now) > event.held_on + _OPEN_AFTERWARDS:
        raise LinkProblem(_("The day is over, and so is this link."))
    if not event.is_published:
        raise LinkProblem(_("The schedule is not published yet. This link will show it."))
    return registration
