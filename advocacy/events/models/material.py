"""What the teams of an Advocacy Day leave, send and say (DOMAIN.md W5, T−20)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.events.models.event import AdvocacyEvent
from advocacy.positions.models import Material

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class EventMaterialQuerySet(models.QuerySet["EventMaterial"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(
            event__in=AdvocacyEvent.objects.visible_to(user).order_by().values("pk"),
            material__in=Material.objects.visible_to(user).order_by().values("pk"),
        )

    def handed_out(self) -> Self:
        """Without what may not be used today: archived since, or under a position that has ended."""
        return self.filter(material__in=Material.objects.all().to_hand_out().order_by().values("pk"))


class EventMaterial(models.Model):
    """A material on the day's list. Which version somebody gets is decided when they get it: the newest."""

    event = models.ForeignKey(
        AdvocacyEvent, on_delete=models.CASCADE, related_name="materials", verbose_name=_("Advocacy Day")
    )
    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, related_name="days", verbose_name=_("material")
    )

    objects: ClassVar[models.Manager["EventMaterial"]] = models.Manager.from_queryset(EventMaterialQuerySet)()

    class Meta:
        verbose_name = _("material of the day")
        verbose_name_plural = _("materials of the day")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "material"],
                name="events_material_once_on_a_day",
                violation_error_message=_("This material is on the day’s list already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.material)
