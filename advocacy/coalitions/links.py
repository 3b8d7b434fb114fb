"""The signed link of an invitation: it names one organisation's row, and opens nothing else."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.coalitions.models import Decision, LetterStatus, SignOnInvitation

# Without a time stamp: reminders carry the same link as the invitation, and the deadline says when it ends.
_SIGNER = signing.Signer(salt="coalitions.sign_on")


class LinkProblem(ValueError):
    """The link opens nothing, or nothing any more; the message says why and what to do."""


def token_of(invitation: SignOnInvitation) -> str:
    return _SIGNER.sign_object([invitation.pk, invitation.link_key.hex])


def path_of(invitation: SignOnInvitation, language: str) -> str:
    return reverse("coalitions:partner", args=[language, token_of(invitation)])


def link_of(invitation: SignOnInvitation, language: str) -> str:
    return str(settings.PORTAL_URL) + path_of(invitation, language)


def behind(token: str) -> SignOnInvitation:
    """The invitation that the link belongs to. Raises LinkProblem."""
    try:
        pk, key = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkProblem(_("This link is not complete. Copy all of it from the mail.")) from None
    found = SignOnInvitation.objects.filter(pk=pk, link_key=key)
    related = ("letter__chapter", "letter__measure__session", "letter__owner", "organisation", "contact")
    invitation = found.select_related(*related).first()
    if invitation is None:
        raise LinkProblem(_("This link is no longer in use. Look for a newer mail, or ask whoever sent it."))
    return invitation


def why_closed(invitation: SignOnInvitation, now: datetime) -> str:
    """Why the link takes no answer any more; empty while it does."""
    letter = invitation.letter
    if letter.status in (LetterStatus.SENT, LetterStatus.CLOSED) and letter.sent_on:
        return _("The letter has been sent.")
    if letter.status == LetterStatus.CLOSED or letter.decision != Decision.SIGN:
        return _("We are not collecting signatures for this letter any more.")
    if letter.is_locked(now):
        return _(
            "The deadline has passed, so the answer is locked. Write to us if something is wrong with it."
        )
    return ""
