"""What positions add to the page of a measure: what we think of it, and who looks after it."""

from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest
from advocacy.positions.models import Position, Tracking
from legislation import profile_panels
from legislation.models import Measure


@profile_panels.measure_panels.register("our position", order=10)
def our_position(request: SignedInRequest, measure: Measure) -> profile_panels.Panel:
    """Positions that hold and those that are proposed, earlier ones below; the chapters that follow it."""
    today = request.user.today(timezone.now())
    positions = Position.objects.visible_to(request.user).filter(measure=measure)
    followed = Tracking.objects.visible_to(request.user).filter(measure=measure).tracked(today)
    trackings = followed.select_related("chapter", "owner")
    rows = list(positions.select_related("chapter", "approved_by", "proposed_by"))
    context = {
        "now": [row for row in rows if row.is_current],
        "earlier": [row for row in rows if not row.is_current],
        "followed": sorted(trackings, key=lambda one: (one.tier or 0, one.holder)),
    }
    return profile_panels.Panel("positions/panels/measure_positions.html", context, place="aside")
