"""Campaigns on their way: `drafted(cast.dana, …)` is nearly ready for review, `approved` and `launched` go on."""

from datetime import datetime, timedelta
from typing import Any

from advocacy.accounts.models import User
from campaigns.actions import campaigns
from campaigns.models import (
    Appeal,
    Campaign,
    CampaignKind,
    Message,
    Purpose,
    RuleKind,
    TargetGroup,
    TargetRule,
)
from legislation.models import Jurisdiction, Measure
from members.models import Chapter
from tests.cast import NOW

SUBJECT = "{{ position }} {{ measure }}: a constituent in {{ constituency }}"
BODY = (
    "{{ salutation }},\n\nI live in {{ constituency }} and ask you to {{ ask }}: {{ measure }}.\n\n"
    "{{ name }}, {{ town }}"
)
SUBJECT_FR = "{{ position }} – {{ measure }} : citoyen de {{ constituency }}"
BODY_FR = (
    "{{ salutation }},\n\nJ’habite {{ constituency }} et je vous demande ceci : {{ ask }}, {{ measure }}.\n\n"
    "{{ name }}"
)


def drafted(by: User, bill: Measure | None, chapter: Chapter | None, **fields: Any) -> Campaign:
    """A letter campaign in English with everything that a review asks for, to one's own legislators."""
    known: dict[str, Any] = {
        "name": "Records follow the patient",
        "slug": "records-follow",
        "kind": CampaignKind.LETTER,
        "goal": "The bill leaves its committee.",
        "ask": "cosponsor it",
        "opens_at": NOW,
        "closes_at": NOW + timedelta(days=20),
        "zone": "America/Chicago",
    }
    campaign = campaigns.begin(by=by, now=NOW, chapter=chapter, **(known | fields))
    if bill:
        campaign.measures.add(bill)
    says(campaign, "en")
    return campaign


def says(campaign: Campaign, language: str, group: str = TargetGroup.EVERYONE) -> None:
    """The message and the appeal of this language."""
    subject, body = (SUBJECT_FR, BODY_FR) if language == "fr" else (SUBJECT, BODY)
    Message.objects.create(campaign=campaign, group=group, language=language, subject=subject, body=body)
    Appeal.objects.get_or_create(
        campaign=campaign,
        purpose=Purpose.LAUNCH,
        language=language,
        defaults={"subject": "{{ campaign }}", "body": "{{ name }}, write today: {{ link }}"},
    )


def to_own_legislators(campaign: Campaign, of: Jurisdiction, **fields: Any) -> TargetRule:
    return TargetRule.objects.create(
        campaign=campaign, kind=RuleKind.MY_REPRESENTATIVES, jurisdiction=of, **fields
    )


def approved(campaign: Campaign, *, by: User, approver: User, now: datetime = NOW) -> Campaign:
    campaigns.submit(campaign, by=by, now=now)
    campaigns.approve(campaign, by=approver, now=now, is_nonpartisan=True)
    return campaign


def launched(campaign: Campaign, *, by: User, approver: User, now: datetime = NOW) -> Campaign:
    approved(campaign, by=by, approver=approver, now=now)
    campaigns.launch(campaign, by=by, now=now)
    return campaign
