"""What positions add to the page of a measure: what we think of it, and who looks after it."""

from django.db.models import F
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest
from advocacy.positions.models import Position, Tier, Tracking
from advocacy.positions.relatives import relatives
from legislation import profile_panels
from legislation.models import Measure
from members.access import reach_of


@profile_panels.measure_panels.register("our position", order=10)
def our_position(request: SignedInRequest, measure: Measure) -> profile_panels.Panel:
    """Positions that hold and those that are proposed, earlier ones below."""
    positions = Position.objects.visible_to(request.user).filter(measure=measure)
    rows = list(positions.select_related("chapter", "approved_by", "proposed_by"))
    context = {
        "now": [row for row in rows if row.is_current],
        "earlier": [row for row in rows if not row.is_current],
    }
    return profile_panels.Panel("positions/panels/measure_positions.html", context, place="aside")


@profile_panels.measure_panels.register("following", order=15)
def following(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Who follows it and how hard, those without a tier last; what is archived is left out."""
    today = request.user.today(timezone.now())
    rows = Tracking.objects.visible_to(request.user).filter(measure=measure).with_tier(today)
    known = rows.select_related("chapter", "owner").order_by(
        F("tier").asc(nulls_last=True), "chapter__name", "pk"
    )
    followed = [one for one in known if one.tier != Tier.ARCHIVE]
    if not followed:
        return None
    return profile_panels.Panel(
        "positions/panels/measure_following.html", {"followed": followed}, place="aside"
    )


@profile_panels.measure_panels.register("what to do about it", order=10)
def acts(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Follow it, relate it to another: for those who work with its jurisdiction."""
    if not _works_with(request, measure):
        return None
    return profile_panels.Panel(
        "positions/panels/measure_actions.html", {"measure": measure}, place="actions"
    )


def _works_with(request: SignedInRequest, measure: Measure) -> bool:
    reach = reach_of(request.user)
    return reach.is_staff or (reach.may_track and measure.session.jurisdiction_id in reach.shares)


@profile_panels.measure_panels.register("related measures", order=5)
def related(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Its companion, the same idea in other sessions, what it replaces: on the pages of both."""
    rows = relatives(measure, request.user)
    return profile_panels.Panel("positions/panels/measure_relations.html", {"rows": rows}) if rows else None
