"""The official history of a measure, line by line, as the legislature wrote it."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import Measure
from legislation.models.public_record import PublicRecordQuerySet, in_language


class MeasureActionQuerySet(PublicRecordQuerySet["MeasureAction"]):
    def newest_first(self) -> Self:
        return self.order_by("-on", "-order", "-pk")


class MeasureAction(models.Model):
    """One dated line of the official history. It belongs to the source that leads its measure.

    `order` numbers the lines of a measure from the oldest: no source's own order is trusted.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="actions", verbose_name=_("measure")
    )
    order = models.PositiveIntegerField(_("order"))
    on = models.DateField(_("date"))
    text = models.TextField(_("text"))
    text_fr = models.TextField(_("text in French"), blank=True)
    chamber = models.CharField(_("chamber"), max_length=11, choices=ChamberCode.choices, blank=True)
    classification = models.CharField(
        _("kind"), max_length=200, blank=True, help_text=_("As the source calls it.")
    )

    objects: ClassVar[models.Manager["MeasureAction"]] = models.Manager.from_queryset(MeasureActionQuerySet)()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["measure", "-order"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "order"],
                name="legislation_measureaction_has_a_place_of_its_own",
                violation_error_message=_("Another line of this measure has this place."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.text, self.text_fr)
