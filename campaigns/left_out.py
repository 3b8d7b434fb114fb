"""The people whom a campaign would not ask today, for one reason."""

from dataclasses import dataclass
from datetime import datetime

from campaigns import audience
from campaigns.audience import SkipReason
from campaigns.heads import LOOKED_AT
from campaigns.models import Campaign, Contact

SHOWN = 200


@dataclass(frozen=True)
class LeftOut:
    """`why` is the reason with its detail: since when, or how we know."""

    contact: Contact
    why: str


def left_out(
    campaign: Campaign, reason: SkipReason, now: datetime, *, most: int = LOOKED_AT, shown: int = SHOWN
) -> list[LeftOut]:
    """The first of them, among as many people as `heads_of` looks at."""
    found: list[LeftOut] = []
    looked_at = 0
    for bundle in audience.in_bundles(audience.audience_of(campaign, now)):
        if looked_at >= most or len(found) >= shown:
            break
        looked_at += len(bundle)
        skips = audience.skips(bundle, campaign, now)
        found += [
            LeftOut(one, str(skips[one.pk]))
            for one in bundle
            if one.pk in skips and skips[one.pk].reason == reason
        ]
    return found[:shown]
