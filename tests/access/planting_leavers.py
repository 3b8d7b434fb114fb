"""Plants what is to be decided about officials who left: one for every typical follow-up, in its words."""

from advocacy.interactions.models import FollowUp
from legislation.models import LeaverDecision, Official
from tests.access.world import Thing, World


def plant_leavers(world: World) -> None:
    gone = Official.objects.order_by("pk")[0]
    for followup in list(world.of_kind("followup")):
        row = LeaverDecision.objects.create(
            kind="follow-up",
            model=FollowUp._meta.label_lower,
            object_id=followup.pk,
            label=FollowUp.objects.get(pk=followup.pk).text,
            official=gone,
        )
        known = {"owner": followup.owner, "of": followup, "is_typical": followup.is_typical}
        world.add(Thing("leaver decision", row.pk, f"about {followup.label}", **known))
