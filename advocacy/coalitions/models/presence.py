"""Which partners were with us at an office (DOMAIN.md W7)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.coalitions.models.organisation import Organisation, OrganisationContact
from advocacy.coalitions.models.visibility import works_with_partners
from advocacy.interactions.models import Interaction
from members.access import reach_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class PresenceQuerySet(models.QuerySet["Presence"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the interaction, for whoever works with partners."""
        if not works_with_partners(reach_of(user)):
            return self.none()
        return self.filter(interaction__in=Interaction.objects.visible_to(user).order_by())


class Presence(models.Model):
    """A partner who was with us at an interaction, and who it was of them, where somebody wrote that down."""

    interaction = models.ForeignKey(
        Interaction, on_delete=models.CASCADE, related_name="presences", verbose_name=_("interaction")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="presences", verbose_name=_("organization")
    )
    contact = models.ForeignKey(
        OrganisationContact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )

    objects: ClassVar[models.Manager["Presence"]] = models.Manager.from_queryset(PresenceQuerySet)()

    class Meta:
        verbose_name = _("partner who was there")
        verbose_name_plural = _("partners who were there")
        ordering = ["organisation__search_text", "contact__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "organisation"],
                condition=Q(contact=None),
                name="coalitions_presence_of_an_organisation_once",
                violation_error_message=_("This partner is on the record of this contact already."),
            ),
            models.UniqueConstraint(
                fields=["interaction", "contact"],
                condition=Q(contact__isnull=False),
                name="coalitions_presence_of_a_person_once",
                violation_error_message=_("This partner is on the record of this contact already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.contact})" if self.contact else str(self.organisation)
