"""Whether a campaign is still what a second person approved: asked before each launch, each mailing and each letter.

An approval is of these words, under these positions, in these languages (DOMAIN.md W4, 3 and 4). Whatever changes one
of them, by whatever way, ends what may be done under it; who approved may lose their role without that.
"""

from django.utils.translation import gettext as _

from advocacy.positions.use import usable_for
from campaigns import checks
from campaigns.content import Content, content_of, fingerprint_of
from campaigns.errors import NotWhatWasApproved
from campaigns.models import ASKS, Campaign, Purpose, Revision
from legislation.models import Measure


def of(campaign: Campaign) -> Revision | None:
    """The version that a second person approved, if it is this campaign's and nobody changed it since."""
    revision = Campaign.objects.approved().filter(pk=campaign.pk).values_list("revision", flat=True).first()
    if revision is None:
        return None
    found = Revision.objects.get(pk=revision)
    return found if fingerprint_of(found.content) == found.fingerprint else None


def why_not(campaign: Campaign) -> str:
    """Why nobody may be asked under it now; empty where they may."""
    revision = of(campaign)
    if revision is None:
        return _("A second person has to approve it first.")
    if found := [*checks.position(campaign), *checks.language(campaign)]:
        return " ".join(found)
    return "" if is_unchanged(campaign, revision) else str(NotWhatWasApproved())


def is_unchanged(campaign: Campaign, revision: Revision) -> bool:
    """Whether the campaign says and does today exactly what was put before the second person."""
    return fingerprint_of(content_of(campaign)) == revision.fingerprint


def lets_write(campaign: Campaign, purpose: Purpose | str) -> bool:
    """Whether supporters may get this mail now. Who took part is thanked though the position has ended since."""
    if purpose in ASKS:
        return Campaign.objects.live().filter(pk=campaign.pk).exists() and not why_not(campaign)
    return Campaign.objects.public().filter(pk=campaign.pk).exists() and of(campaign) is not None


def holds_positions(campaign: Campaign, content: Content) -> bool:
    """Whether we stand on every measure of the approved content as we did when it was approved: a short question."""
    stood = {one["id"]: one.get("position", "") for one in content["measures"]}
    measures = Measure.objects.filter(pk__in=stood)
    held = {one.pk: usable_for(one, campaign.chapter) for one in measures}
    now = {pk: position.position if position else "" for pk, position in held.items()}
    return now == stood and all(now.values())
