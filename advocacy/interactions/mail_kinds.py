"""What this room adds to people's mail: the way to hand over the work of a chapter."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.outbox.ways_out import WayOut, ways_out
from members.access import reach_of
from members.models import Chapter


@ways_out.register("chapters")
def chapters_to_hand_over(user: User) -> Iterator[WayOut]:
    """The chapters one is the advocate or the president of."""
    reach = reach_of(user)
    for chapter in Chapter.objects.filter(pk__in=reach.advocate_of | reach.president_of).order_by(
        "name", "pk"
    ):
        label = _("Hand over %(chapter)s…") % {"chapter": chapter}
        yield WayOut(label, reverse("interactions:chapter_hand_over", args=[chapter.slug]))
