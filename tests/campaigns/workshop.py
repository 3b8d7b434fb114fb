"""Campaigns on the bench: Dana's on HB 210, with everything a review asks for."""

from datetime import timedelta
from typing import Any

from campaigns.actions import campaigns, editing
from campaigns.models import Campaign, CampaignKind, RuleKind, TargetRule
from legislation.models import Jurisdiction, Measure, Official
from tests.cast import NOW, Cast
from tests.factories.log import alma_reyes, hb_210, official_in, seat_in
from tests.factories.measures import Standpoint, took
from tests.factories.people import state

HOUR = timedelta(hours=1)


def bill_with_position(cast: Cast) -> Measure:
    """HB 210, which Gulf Prairie supports."""
    bill = hb_210()
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    return bill


def begun(cast: Cast, bill: Measure | None = None, **fields: Any) -> Campaign:
    """Dana's draft on HB 210 with the proposed English texts, and nobody to write to yet."""
    known: dict[str, Any] = {
        "name": "Records follow the patient",
        "kind": CampaignKind.LETTER,
        "goal": "It leaves its committee.",
        "ask": "cosponsor HB 210",
        "opens_at": NOW,
        "closes_at": NOW + timedelta(days=20),
        "zone": "America/Chicago",
        "languages": ["en"],
        "chapter": cast.gulf_prairie,
        "by": cast.dana,
        "now": NOW,
    }
    return editing.begin(measures=[bill or bill_with_position(cast)], **(known | fields))


def to_own_legislators(campaign: Campaign, of: Jurisdiction | None = None) -> TargetRule:
    return TargetRule.objects.create(
        campaign=campaign, kind=RuleKind.MY_REPRESENTATIVES, jurisdiction=of or state("tx", "Texas")
    )


def ready(cast: Cast, **fields: Any) -> Campaign:
    """Nothing stands between it and its review: Alma Reyes is written to."""
    campaign = begun(cast, **fields)
    alma_reyes()
    to_own_legislators(campaign)
    return campaign


def approved(cast: Cast, **fields: Any) -> Campaign:
    campaign = ready(cast, **fields)
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)
    return campaign


def launched(cast: Cast, **fields: Any) -> Campaign:
    campaign = approved(cast, **fields)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    return campaign


def lawmakers(number: int) -> list[Official]:
    """So many members of the Texas House."""
    texas = state("tx", "Texas")
    return [official_in(seat_in(texas, str(one)), f"Member Number{one:03}") for one in range(1, number + 1)]
