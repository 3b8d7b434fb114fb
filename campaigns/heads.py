"""How many people a campaign would ask today, and how many it would leave out for which reason."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from campaigns import audience
from campaigns.audience import SkipReason
from campaigns.models import Campaign

# A page looks at the consent of so many; a mailing looks at everybody's.
LOOKED_AT = 2_000


@dataclass(frozen=True)
class Heads:
    """`count` is everybody; of the first `looked_at` of them so many are left out, by reason."""

    count: int
    looked_at: int
    reasons: list[tuple[SkipReason, int]]

    @property
    def skipped(self) -> list[tuple[str, int]]:
        """The reasons in words."""
        return [(str(reason.label), number) for reason, number in self.reasons]

    @property
    def is_whole(self) -> bool:
        return self.looked_at == self.count

    @property
    def asked(self) -> int:
        """How many of those looked at get mail."""
        return self.looked_at - sum(number for _reason, number in self.reasons)


def heads_of(campaign: Campaign, now: datetime, most: int = LOOKED_AT) -> Heads:
    people = audience.audience_of(campaign, now)
    count, looked_at, reasons = people.count(), 0, Counter[str]()
    for bundle in audience.in_bundles(people):
        if looked_at >= most:
            break
        looked_at += len(bundle)
        reasons.update(skip.reason for skip in audience.skips(bundle, campaign, now).values())
    ranked = [(SkipReason(code), number) for code, number in reasons.most_common()]
    return Heads(count, looked_at, ranked)
