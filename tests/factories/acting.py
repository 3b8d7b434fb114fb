"""Campaigns with a public page, and what supporters did there, made as rows where the way there does not matter."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.outbox.models import OutboundMessage
from campaigns.act import receipts
from campaigns.actions.letters import Sent
from campaigns.content import content_of, fingerprint_of
from campaigns.models import (
    Appeal,
    Campaign,
    Confirmation,
    Contact,
    Letter,
    Message,
    Method,
    Participation,
    Purpose,
    Revision,
    Status,
    Target,
)
from legislation.models import Official


def public_campaign(by: User, approver: User, slug: str, status: Status = Status.LIVE) -> Campaign:
    """Launched on the day: a letter to one official of the record, in both languages."""
    if known := Campaign.objects.filter(slug=slug).first():
        return known
    now = timezone.now()
    campaign = Campaign.objects.create(
        name="Records follow the patient",
        name_fr="Le dossier suit le patient",
        slug=slug,
        kind="letter",
        ask="cosponsor the bill",
        ask_fr="parrainer le projet de loi",
        summary="Patients wait days for their own records. One vote changes that.",
        summary_fr="On attend des jours son propre dossier. Un vote change cela.",
        compliance="none",
        owner=by,
        created_by=by,
        created_at=now,
        status_at=now,
        status=Status.DRAFT,
        opens_at=now,
        closes_at=now + timedelta(days=20),
    )
    for language in ("en", "fr"):
        Message.objects.create(
            campaign=campaign, language=language, subject="{{ ask }}", body="{{ salutation }}"
        )
        # Without a mail for its launch nothing is approved, and the clock would halt it.
        Appeal.objects.create(
            campaign=campaign,
            purpose=Purpose.LAUNCH,
            language=language,
            subject="{{ ask }}",
            body="{{ link }}",
        )
    content = content_of(campaign)
    people = {
        "author": by,
        "submitted_by": by,
        "submitted_at": now,
        "decided_by": approver,
        "decided_at": now,
    }
    revision = Revision.objects.create(
        campaign=campaign,
        number=1,
        content=content,
        fingerprint=fingerprint_of(content),
        verdict="approved",
        is_nonpartisan=True,
        **people,
    )
    campaign.revision, campaign.status, campaign.launched_at = revision, status, now
    campaign.outcome = "The committee passed it 9 to 2." if status == Status.CLOSED else ""
    campaign.save()
    official = Official.objects.order_by("pk").first()
    Target.objects.create(
        campaign=campaign, official=official, is_own_only=False, added_at=now, changed_at=now
    )
    return campaign


def wrote_to(
    campaign: Campaign, email: str, *, message: OutboundMessage | None = None, **fields: Any
) -> Letter:
    """Somebody took part with one letter: by the portal where there is a message, else by the office's web form."""
    now = timezone.now()
    contact, _is_new = Contact.objects.get_or_create(
        email=email, defaults={"full_name": "Ines Okafor", "added_at": now}
    )
    participation, _is_new = Participation.objects.get_or_create(
        campaign=campaign,
        contact=contact,
        defaults={
            "revision": campaign.revision,
            "key": f"{campaign.slug} {email}",
            "signed_as": "Ines Okafor",
            "language": "en",
            "acknowledged": "As a private citizen.",
            "at": now,
        },
    )
    by_portal = message is not None
    known = {
        "method": Method.PORTAL_EMAIL if by_portal else Method.WEB_FORM,
        "confirmation": Confirmation.WAITING if by_portal else Confirmation.SELF_REPORTED,
        "message": message,
        "subject": "Records",
        "text": "Dear Representative,\n\nI wait for my records.\n\nInes Okafor",
        "fingerprint": "x",
        "at": now,
    }
    target = campaign.targets.order_by("pk").first()
    return Letter.objects.get_or_create(participation=participation, target=target, defaults=known | fields)[
        0
    ]


def receipt_for(letter: Letter) -> str:
    return receipts.token_of(Sent(letter.participation, [letter], []))
