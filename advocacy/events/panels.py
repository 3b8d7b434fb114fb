"""What this room adds to the page of a material: the Advocacy Days that take it along."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.events.models import EventMaterial
from advocacy.positions.material_uses import SHOWN, MaterialUse, material_uses
from advocacy.positions.models import Material


@material_uses.register("advocacy days")
def days(material: Material, user: User) -> Iterable[MaterialUse]:
    rows = EventMaterial.objects.visible_to(user).filter(material=material).select_related("event")
    for row in rows.order_by("-event__held_on", "-pk")[:SHOWN]:
        yield MaterialUse(_("Advocacy Day"), str(row.event), row.event.held_on, row.event.get_absolute_url())
