"""Who hears of a measure as time passes: whoever looks after it, and who watches it (DOMAIN.md W3, step 9)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.positions.models import Tracking, TrackingWatcher
from advocacy.positions.models.tracking import TRACKED_TIERS

People = dict[int, set[int]]
Tiers = Collection[int]


def owners_and_watchers(
    measures: Collection[int], day: date, *, owned: Tiers = TRACKED_TIERS, watched: Tiers = TRACKED_TIERS
) -> People:
    """By measure, who looks after it in one of the tiers `owned`, and who watches it in one of `watched`."""
    found: People = defaultdict(set)
    if not measures:
        return found
    rows = Tracking.objects.filter(measure__in=measures).in_tiers(day, *{*owned, *watched})
    for row in rows.order_by("pk").prefetch_related("watchers"):
        if row.owner_id and row.tier in owned:
            found[row.measure_id].add(row.owner_id)
        if row.tier in watched:
            found[row.measure_id].update(one.person_id for one in row.watchers.all())
    return found


def reasons(
    person: User,
    measures: Collection[int],
    day: date,
    *,
    owned: Tiers = TRACKED_TIERS,
    watched: Tiers = TRACKED_TIERS,
) -> dict[int, str]:
    """By measure, why this person is told of it: only where they still follow it, and may still read so."""
    if not measures:
        return {}
    rows = Tracking.objects.visible_to(person).filter(measure__in=measures)
    rows = rows.in_tiers(day, *{*owned, *watched}).select_related("measure__session").order_by("pk")
    mine = set(
        TrackingWatcher.objects.filter(person=person, tracking__in=rows.order_by().values("pk")).values_list(
            "tracking", flat=True
        )
    )
    found: dict[int, str] = {}
    for row in rows:
        if row.owner_id == person.pk and row.tier in owned:
            found[row.measure_id] = _("You look after %(measure)s.") % {"measure": row.measure}
        elif row.pk in mine and row.tier in watched:
            found.setdefault(row.measure_id, _("You watch %(measure)s.") % {"measure": row.measure})
    return found
