"""What stands above the form of a campaign: where it is, what it lacks, whom it reaches, what can be done next."""

from typing import Any

from django.utils import timezone

from advocacy.accounts.models import User
from campaigns import audience, checks, moves, review, targeting, trouble
from campaigns.models import Campaign, Status
from members.access import society_today

_SHOWN_OFFICES = 50


def state_of(campaign: Campaign, user: User) -> dict[str, Any]:
    """For the page of the campaign; its queries do not grow with what hangs on it."""
    offices = targeting.offices_of(campaign, society_today())
    is_over = campaign.status in (Status.CLOSED, Status.EVALUATED)
    now = timezone.now()
    troubles = trouble.found(user, now, campaign) if campaign.is_public else []
    return {
        "campaign": campaign,
        "moves": moves.offered(campaign, user),
        "checks": [] if is_over else checks.of(campaign),
        "offices": offices[:_SHOWN_OFFICES],
        "office_count": len(offices),
        "audience_count": audience.audience_of(campaign, now).count(),
        "status_changes": campaign.status_changes.select_related("by"),
        "trouble_count": sum(one.count for one in troubles),
        **progress_of(campaign),
        **review_of(campaign, user),
    }


def progress_of(campaign: Campaign) -> dict[str, Any]:
    """How far each mailing is, and whether that changes by itself."""
    mailings = list(campaign.mailings.with_counts())
    return {"mailings": mailings, "is_under_way": any(one.is_under_way for one in mailings)}


def review_of(campaign: Campaign, user: User) -> dict[str, Any]:
    """What waits for a second person, and what changed; empty where nothing waits."""
    waiting = campaign.revisions.waiting().select_related("submitted_by").first()
    if waiting is None:
        return {"waiting": None, "changes": [], "why_not": ""}
    return {
        "waiting": waiting,
        "changes": review.changes(campaign, waiting),
        "why_not": review.why_not_decide(campaign, waiting, user),
    }
