"""The pages on which advocates prepare and run a campaign."""

from collections.abc import Callable
from typing import Any

from advocacy.accounts.models import User
from campaigns.models import Campaign, Letter, TargetRule
from tests.browser.gallery.exhibit import Exhibit, first
from tests.browser.gallery.supporters import receipt


def _answered_letter(user: User) -> int:
    receipt()
    return Letter.objects.order_by("pk").values_list("pk", flat=True).last()


def _answered_campaign(user: User) -> int:
    return Letter.objects.get(pk=_answered_letter(user)).participation.campaign_id


def campaign(status: str) -> Callable[[User], Any]:
    return first(Campaign, status=status)


CAMPAIGNS = [
    Exhibit("campaigns:campaign_list"),
    Exhibit("campaigns:campaign_list", "elise", note="in French"),
    Exhibit("campaigns:campaign_list", query="?status=evaluated", note="nothing matches"),
    Exhibit("campaigns:campaign_begin", find=lambda user: (), note="from nothing"),
    Exhibit("campaigns:campaign_begin_like", find=campaign("live")),
    Exhibit("campaigns:campaign_detail", find=campaign("draft"), note="a draft"),
    Exhibit("campaigns:campaign_detail", find=campaign("live"), note="live"),
    Exhibit("campaigns:campaign_texts", find=campaign("draft")),
    Exhibit("campaigns:campaign_targets", find=campaign("draft"), note="a draft"),
    Exhibit("campaigns:campaign_targets", find=campaign("live"), note="live"),
    Exhibit("campaigns:campaign_audience", find=campaign("draft")),
    Exhibit("campaigns:campaign_sendlog", find=campaign("live")),
    Exhibit("campaigns:campaign_results", find=campaign("live"), note="live"),
    Exhibit("campaigns:campaign_results", "jordan", find=_answered_campaign, note="answered"),
    Exhibit("campaigns:results_rows", "jordan", find=_answered_campaign),
    Exhibit(
        "campaigns:results_rows", "jordan", find=_answered_campaign, query="?step=invited", note="nobody"
    ),
    Exhibit("campaigns:letter_reply", "jordan", find=_answered_letter),
    Exhibit("campaigns:campaign_review", "elise", find=campaign("in_review"), note="its author"),
    Exhibit("campaigns:campaign_review", "jordan", find=campaign("in_review"), note="who decides"),
    Exhibit("campaigns:campaign_brief", find=campaign("draft")),
    Exhibit("campaigns:campaign_asked", find=campaign("draft")),
    Exhibit("campaigns:campaign_message", find=lambda user: (campaign("draft")(user), "everyone")),
    Exhibit("campaigns:campaign_appeal", find=lambda user: (campaign("draft")(user), "launch")),
    Exhibit("campaigns:rule_add", find=lambda user: (campaign("draft")(user), "named")),
    Exhibit("campaigns:rule_edit", find=first(TargetRule, campaign__status="draft")),
    Exhibit("campaigns:rule_remove", find=first(TargetRule, campaign__status="draft")),
    Exhibit("campaigns:campaign_move", find=lambda user: (campaign("draft")(user), "submit")),
    Exhibit("campaigns:campaign_move", find=lambda user: (campaign("live")(user), "close"), note="close"),
]
