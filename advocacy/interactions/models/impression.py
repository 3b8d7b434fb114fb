from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models import visibility
from advocacy.interactions.models.interaction import Interaction
from members.access import reach_of
from members.confidentiality import Confidentiality

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class ImpressionQuerySet(models.QuerySet["Impression"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Impressions of readable records, at their own level. They appear on the record's page and nowhere else."""
        record = Interaction.objects.visible_to(user).filter(pk=OuterRef("interaction"))
        return self.filter(Exists(record)).filter(visibility.impressions_readable(reach_of(user)))


class Impression(models.Model):
    """What the note-taker felt, kept apart from the facts and under a lock of its own."""

    interaction = models.OneToOneField(Interaction, on_delete=models.CASCADE, related_name="impression")
    text = models.TextField(_("impressions"), max_length=5000)
    confidentiality = models.CharField(
        _("who may read the impressions"),
        max_length=12,
        choices=Confidentiality.choices,
        default=Confidentiality.CHAPTER,
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Impression"]] = models.Manager.from_queryset(ImpressionQuerySet)()

    class Meta:
        verbose_name = _("impression")
        verbose_name_plural = _("impressions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="interactions_impression_is_not_empty",
                violation_error_message=_("Write an impression or leave it out."),
            )
        ]

    def __str__(self) -> str:
        return str(self.interaction)
