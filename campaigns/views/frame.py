"""What stands around every page of one campaign: its name, its status, its tabs, and what can be done now."""

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest
from campaigns import moves
from campaigns.models import Campaign, CampaignQuerySet, Status

_STEPS = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.LIVE, Status.CLOSED, Status.EVALUATED)
# Statuses that are no step of their own stand on the way to the next.
_STANDS_AT = {Status.IDEA: Status.DRAFT, Status.SCHEDULED: Status.APPROVED, Status.PAUSED: Status.LIVE}


def found(rows: CampaignQuerySet, pk: int) -> Campaign:
    parts = rows.select_related("chapter", "owner", "created_by", "revision", "next_campaign")
    return get_object_or_404(parts, pk=pk)


def visible(request: SignedInRequest, pk: int) -> Campaign:
    return found(CampaignQuerySet(Campaign).visible_to(request.user), pk)


def run(request: SignedInRequest, pk: int) -> Campaign:
    """For those who answer for it; to everybody else it is not there."""
    return found(CampaignQuerySet(Campaign).run_by(request.user), pk)


def sent(request: SignedInRequest) -> QueryDict | None:
    """What was posted, if anything was: an empty form counts too."""
    return request.POST if request.method == "POST" else None


def frame(campaign: Campaign, request: SignedInRequest, current: str) -> dict[str, Any]:
    """`current`: the name of the tab."""
    offered = moves.offered(campaign, request.user)
    tabs = _tabs(campaign, current)
    may_run = bool(offered) or Campaign.objects.run_by(request.user).filter(pk=campaign.pk).exists()
    return {
        "campaign": campaign,
        "steps": _stepper(campaign),
        "tabs": tabs,
        # The overview is the campaign itself: its page is called by the name alone.
        "part": "" if tabs[0]["is_current"] else next(one["label"] for one in tabs if one["is_current"]),
        "moves": offered,
        "may_edit": campaign.is_editable and may_run,
        "may_run": may_run,
    }


def _tabs(campaign: Campaign, current: str) -> list[dict[str, Any]]:
    labels = {
        "campaign_detail": _("Overview"),
        "campaign_texts": _("Texts"),
        "campaign_targets": _("Targets"),
        "campaign_audience": _("Audience"),
        "campaign_sendlog": _("Send log"),
        "campaign_review": _("Review"),
        "campaign_results": _("Results"),
    }
    return [
        {
            "label": label,
            "url": reverse(f"campaigns:{name}", args=[campaign.pk]),
            "is_current": name == current,
        }
        for name, label in labels.items()
    ]


def _stepper(campaign: Campaign) -> list[dict[str, str]]:
    status = Status(campaign.status)
    at = _STEPS.index(_STANDS_AT.get(status, status))
    return [
        {
            "label": str(status.label if place == at else step.label),
            "state": "current" if place == at else "done" if place < at else "todo",
        }
        for place, step in enumerate(_STEPS)
    ]
