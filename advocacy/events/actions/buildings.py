from collections.abc import Mapping

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.actions.running import check_runs
from advocacy.events.models import AdvocacyEvent, Building, Walk

_FACTS = ("name", "directions", "is_closed")


@transaction.atomic
def keep(
    event: AdvocacyEvent,
    *,
    by: User,
    building: Building | None,
    name: str,
    directions: str,
    is_closed: bool,
    walks: Mapping[Building, int | None],
) -> Building:
    """Add a building, or change one with the walks from it; None forgets a walk. Raises MayNotRun."""
    check_runs(event, by)
    row = building or Building(event=event)
    before = trail.snapshot(row, _FACTS) if building else {}
    row.name, row.directions, row.is_closed = name, directions, is_closed
    row.save()
    for other, minutes in walks.items():
        start, end = sorted((row, other), key=lambda one: one.pk)
        if minutes is None:
            Walk.objects.filter(start=start, end=end).delete()
        else:
            Walk.objects.update_or_create(start=start, end=end, defaults={"minutes": minutes})
    changes = trail.difference(before, trail.snapshot(row, _FACTS))
    trail.record(by=by, verb="edited" if building else "added", of=row, changes=changes if building else None)
    return row


def minutes_from(building: Building) -> dict[int, int]:
    """The known walks from a building, by the key of the other one."""
    found = {walk.end_id: walk.minutes for walk in Walk.objects.filter(start=building)}
    return found | {walk.start_id: walk.minutes for walk in Walk.objects.filter(end=building)}
