"""What a second person looks at before they decide: what changed, and whether they may decide at all."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from campaigns.actions import campaigns
from campaigns.content import content_of, differences
from campaigns.models import Campaign, Revision, Status, Verdict
from campaigns.word_diff import Piece, pieces
from members.access import reach_of


@dataclass(frozen=True)
class Change:
    """One field, with its words as they stood and as they stand."""

    label: str
    pieces: list[Piece]


def changes(campaign: Campaign, waiting: Revision | None) -> list[Change]:
    """Since the last approval, word by word; all of it where there was none."""
    approved = campaign.revisions.filter(verdict=Verdict.APPROVED).order_by("-number").first()
    content = waiting.content if waiting else content_of(campaign)
    found = differences(approved.content if approved else {}, content)
    return [Change(one.label, pieces(one.before, one.after)) for one in found if one.before or one.after]


def waiting(campaign: Campaign) -> Revision | None:
    """What was submitted and nobody has decided about."""
    if campaign.status != Status.IN_REVIEW:
        return None
    return campaign.revisions.waiting().select_related("submitted_by").first()


def why_not_decide(campaign: Campaign, waiting: Revision, user: User) -> str:
    """Why this person does not decide about what waits; empty where they may."""
    if campaigns.may_decide(user, campaign):
        return ""
    if campaign.created_by_id == user.pk:
        return _("You began this campaign: somebody else decides about it.")
    if waiting.submitted_by_id == user.pk:
        return _("You submitted it: somebody else decides about it.")
    reach = reach_of(user)
    if reach.is_staff or reach.is_lead:
        return ""
    return _("National staff and task-force leads decide about it.")
