"""A reader's own way to the public page: it says which mail somebody came by, and cannot be made by others."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing

from campaigns.models.mailing import Recipient
from campaigns.models.participation import Source

if TYPE_CHECKING:
    from campaigns.models.campaign import Campaign

_SALT = "campaigns.recipient"


def page_of(campaign: "Campaign", language: str) -> str:
    """The whole address of the public page."""
    return f"{settings.PORTAL_URL}{campaign.public_url(language)}"


def share_page_of(campaign: "Campaign", language: str) -> str:
    """The whole address for others; who comes by it is counted as told by a friend."""
    return f"{page_of(campaign, language)}?via={Source.SHARE}"


def frame_of(campaign: "Campaign", language: str) -> str:
    """The whole address of the same page for a frame on a chapter's own site."""
    return f"{settings.PORTAL_URL}{campaign.frame_url(language)}"


def link_for(recipient: Recipient) -> str:
    """The page in the language of the mail. It needs no row yet: mailing and contact are enough."""
    return f"{page_of(recipient.mailing.campaign, recipient.language)}?m={token_for(recipient)}"


def token_for(recipient: Recipient) -> str:
    """The address stands in no link: links end up in logs and histories."""
    return signing.Signer(salt=_SALT).sign_object([recipient.mailing_id, recipient.contact_id])


def recipient_of(token: str) -> Recipient | None:
    """None for a token that is forged or broken, and for a contact that got no mail."""
    try:
        mailing, contact = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Recipient.objects.written_to().filter(mailing=mailing, contact=contact)
    return rows.select_related("mailing__campaign", "contact").first()
