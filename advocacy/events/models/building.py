from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from advocacy.events.models.event import AdvocacyEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class BuildingQuerySet(models.QuerySet["Building"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(event__in=AdvocacyEvent.objects.visible_to(user).order_by().values("pk"))


class Building(models.Model):
    """Where offices are. A closed one blocks the meetings in it until they are moved."""

    event = models.ForeignKey(
        AdvocacyEvent, on_delete=models.CASCADE, related_name="buildings", verbose_name=_("Advocacy Day")
    )
    name = models.CharField(_("name"), max_length=120)
    directions = models.CharField(_("way in"), max_length=300, blank=True)
    is_closed = models.BooleanField(_("closed that day"), default=False)

    objects: ClassVar[models.Manager["Building"]] = models.Manager.from_queryset(BuildingQuerySet)()

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("name"),
                name="events_building_name_once_per_event",
                violation_error_message=_("This building is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Walk(models.Model):
    """How long it takes from one building to the other, either way. Kept once, the older building first."""

    start = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="+", verbose_name=_("from"))
    end = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="+", verbose_name=_("to"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    objects: ClassVar[models.Manager["Walk"]] = models.Manager()

    class Meta:
        verbose_name = _("walk")
        verbose_name_plural = _("walks")
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint(
                fields=["start", "end"],
                name="events_walk_is_known_once",
                violation_error_message=_("The walk between these buildings is known already."),
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="events_walk_stands_once_for_both_ways",
                violation_error_message=_("A walk joins two buildings and is written once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"
