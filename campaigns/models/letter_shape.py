"""The shape of a letter that went out: enough to see that another looks the same, too little to read it."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from campaigns.similarity import SHAPE_BYTES


class LetterShape(models.Model):
    """Written once with a letter and never changed. It outlives the text, so that later letters are still compared.

    `participation` is the number of the one it belongs to and no foreign key, as it stays when that is erased. Nobody
    is shown a shape: it is only counted.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="letter_shapes", verbose_name=_("campaign")
    )
    participation = models.PositiveBigIntegerField(_("number of the participation"))
    shape = models.BinaryField(_("shape"), max_length=SHAPE_BYTES)

    objects: ClassVar[models.Manager["LetterShape"]] = models.Manager()

    class Meta:
        verbose_name = _("shape of a letter")
        verbose_name_plural = _("shapes of letters")
        ordering = ["pk"]
        indexes = [models.Index(fields=["campaign", "id"], name="campaigns_lettershape_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "participation"],
                name="campaigns_lettershape_once_for_a_participation",
                violation_error_message=_("The shape of this letter is kept already."),
            ),
            models.CheckConstraint(
                condition=Exact(Length("shape"), SHAPE_BYTES),
                name="campaigns_lettershape_has_its_length",
                violation_error_message=_("A shape has 512 bytes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.participation}"
