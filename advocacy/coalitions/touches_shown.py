"""The newest touches with a partner, as its page tells them to a reader."""

from typing import Any, NamedTuple

from advocacy.accounts.models import User
from advocacy.coalitions.models import Touch
from advocacy.interactions.models import Interaction

_SHOWN = 20


class Shown(NamedTuple):
    """One touch; `interaction` only where the reader may read that too."""

    touch: Touch
    interaction: Interaction | None
    may_edit: bool


def touches_with(user: User, **partner: Any) -> list[Shown]:
    rows = Touch.objects.visible_to(user).filter(**partner).with_subjects().order_by("-occurred_on", "-pk")
    found = list(rows[:_SHOWN])
    readable = Interaction.objects.visible_to(user).in_bulk(
        [row.interaction_id for row in found if row.interaction_id]
    )
    editable = set(
        Touch.objects.editable_by(user).filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True)
    )
    return [Shown(row, readable.get(row.interaction_id or 0), row.pk in editable) for row in found]
