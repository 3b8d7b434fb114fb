"""How soon somebody wants to hear of what they follow, tier by tier."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models.tracking import TRACKED_TIERS, Tier

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Cadence(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("In a digest each working day")
    WEEKLY = "weekly", _("In a digest on Monday")
    NEVER = "never", _("Never")


# Unless the person chose otherwise (DOMAIN.md W3 step 9). What waits for its tier is followed like what is monitored.
CADENCE_OF: dict[int, Cadence] = {
    Tier.LEAD: Cadence.AT_ONCE,
    Tier.ENGAGE: Cadence.DAILY,
    Tier.MONITOR: Cadence.WEEKLY,
}


class AlertCadenceQuerySet(models.QuerySet["AlertCadence"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and nobody else's."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class AlertCadence(models.Model):
    """One person's own choice for one tier; without a row the tier decides."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices)
    cadence = models.CharField(_("how soon"), max_length=7, choices=Cadence.choices)

    objects: ClassVar[models.Manager["AlertCadence"]] = models.Manager.from_queryset(AlertCadenceQuerySet)()

    class Meta:
        verbose_name = _("choice of alerts")
        verbose_name_plural = _("choices of alerts")
        ordering = ["person", "tier", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "tier"],
                name="positions_alertcadence_once_for_a_tier",
                violation_error_message=_("This person has chosen for this tier already."),
            ),
            models.CheckConstraint(
                condition=Q(tier__in=TRACKED_TIERS, cadence__in=Cadence.values),
                name="positions_alertcadence_is_known_and_for_what_is_followed",
                violation_error_message=_("Choose how soon, for tier 1, 2 or 3."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()}: {self.get_cadence_display()}"
