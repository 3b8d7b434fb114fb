"""The texts of a measure: as introduced, as amended, as enrolled."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from legislation.models.measure import Measure
from legislation.models.public_record import PublicRecordQuerySet, in_language


class TextVersionQuerySet(PublicRecordQuerySet["TextVersion"]):
    pass


class TextVersion(models.Model):
    """One published text. A position refers to one of them, and needs review when a newer one appears."""

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="text_versions", verbose_name=_("measure")
    )
    key = models.CharField(
        _("id at the source"),
        max_length=200,
        help_text=_("What tells it from the other texts of the measure."),
    )
    label = models.CharField(_("name"), max_length=200)
    label_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    on = models.DateField(_("date"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    url = models.URLField(_("address"), max_length=500, blank=True)
    url_fr = models.URLField(_("address of the French text"), max_length=500, blank=True)

    objects: ClassVar[models.Manager["TextVersion"]] = models.Manager.from_queryset(TextVersionQuerySet)()

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["measure", "-on", "-order", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "key"],
                name="legislation_textversion_is_unique_in_its_measure",
                violation_error_message=_("This measure has a text with this id already."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.label, self.label_fr)

    @property
    def address(self) -> str:
        return in_language(get_language(), self.url, self.url_fr)
