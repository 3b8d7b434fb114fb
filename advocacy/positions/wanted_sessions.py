"""Feeds keep up to date whatever a chapter or the society follows, also what still waits for its tier."""

from collections.abc import Iterable
from datetime import date

from advocacy.positions.models import Tier, Tracking
from legislation.wanted_sessions import wanted_sessions


@wanted_sessions.register("tracked measures")
def of_tracked_measures(day: date) -> Iterable[int]:
    archived = Tracking.objects.in_tiers(day, Tier.ARCHIVE)
    followed = Tracking.objects.exclude(pk__in=archived.values("pk"))
    return followed.order_by().values_list("measure__session", flat=True).distinct()
