"""How soon somebody wants to hear of what they follow: `alert_choices.choose(person, {1: Cadence.DAILY})`."""

from collections.abc import Mapping

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions.models import CADENCE_OF, AlertCadence, Cadence, Tier


def choices_of(person: User) -> dict[int, Cadence]:
    """What holds for each tier: the person's own choice, else what the tier brings."""
    own = AlertCadence.objects.visible_to(person).values_list("tier", "cadence")
    return CADENCE_OF | {tier: Cadence(cadence) for tier, cadence in own}


@transaction.atomic
def choose(person: User, wanted: Mapping[int, Cadence]) -> bool:
    """The person's own wish, from the next change on. False where it is so already."""
    before = choices_of(person)
    changes: dict[str, list[str | None]] = {}
    for tier, cadence in wanted.items():
        if before[tier] != cadence:
            AlertCadence.objects.update_or_create(person=person, tier=tier, defaults={"cadence": cadence})
            changes[str(Tier(tier).label)] = [str(before[tier].label), str(cadence.label)]
    if changes:
        trail.record(by=person, verb="chose alerts", of=person, changes=changes)
    return bool(changes)
