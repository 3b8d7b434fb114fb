"""Who came by the link of their mail and went on from the page. Opening it leaves no trace, its button does."""

from datetime import datetime

from campaigns.links import recipient_of
from campaigns.models import Recipient


def note(token: str, *, campaign_slug: str, now: datetime) -> bool:
    """False for a forged link, for that of another campaign, and for somebody who was here before."""
    recipient = recipient_of(token) if token else None
    if recipient is None or recipient.mailing.campaign.slug != campaign_slug:
        return False
    return note_by(recipient, now=now)


def note_by(recipient: Recipient, *, now: datetime) -> bool:
    first = Recipient.objects.filter(pk=recipient.pk, viewed_at=None, decided_at__lte=now)
    return bool(first.update(viewed_at=now))
