"""Which materials the teams of a day take along."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.actions.checklists import MayNotPrepare
from advocacy.events.models import AdvocacyEvent, EventMaterial
from advocacy.positions.models import Material
from advocacy.positions.models.material import MaterialQuerySet


def offered(event: AdvocacyEvent, user: User) -> MaterialQuerySet:
    """What may be handed out of the hosts' and the society's; and what is on the list, whatever became of it."""
    rows = Material.objects.visible_to(user)
    hosts = Q(chapter=None) | Q(chapter__in=event.hosts.order_by().values("pk"))
    usable = Material.objects.all().to_hand_out().order_by().values("pk")
    listed = EventMaterial.objects.filter(event=event).order_by().values("material")
    return rows.filter(Q(pk__in=listed) | (hosts & Q(pk__in=usable)))


@transaction.atomic
def choose(event: AdvocacyEvent, *, by: User, materials: Iterable[Material]) -> bool:
    """These and no others are on the list. What was not offered is left out. Raises MayNotPrepare."""
    if not AdvocacyEvent.objects.all().run_by(by).filter(pk=event.pk).exists():
        raise MayNotPrepare
    AdvocacyEvent.objects.select_for_update().get(pk=event.pk)
    wanted = list(offered(event, by).filter(pk__in=[one.pk for one in materials]))
    seen = Material.objects.visible_to(by).order_by().values("pk")
    listed = EventMaterial.objects.filter(event=event)
    before = list(listed.filter(material__in=seen).select_related("material"))
    known = {row.material_id for row in before}
    keys = {one.pk for one in wanted}
    if known == keys:
        return False
    listed.filter(material__in=known - keys).delete()
    EventMaterial.objects.bulk_create(
        EventMaterial(event=event, material=one) for one in wanted if one.pk not in known
    )
    titles = [sorted(str(one) for one in rows) for rows in (before, wanted)]
    trail.record(by=by, verb="edited", of=event, changes={"materials": titles})
    return True
