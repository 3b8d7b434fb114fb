"""How measures belong together."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legislation.models.measure import Measure
from legislation.models.public_record import PublicRecordQuerySet


class RelationKind(models.TextChoices):
    """What `other` is to `measure`."""

    COMPANION = "companion", _("Companion in the other chamber")
    PRIOR_SESSION = "prior_session", _("Same idea in an earlier session")
    REPLACES = "replaces", _("Replaced by this one")
    RELATED = "related", _("Related")


class MeasureRelationQuerySet(PublicRecordQuerySet["MeasureRelation"]):
    def of(self, measure: Measure) -> "MeasureRelationQuerySet":
        """On whichever side it stands."""
        return self.filter(Q(measure=measure) | Q(other=measure))


class MeasureRelation(models.Model):
    """Two measures that belong together; positions are never copied along it.

    A companion or related measure stands once, with the measure of the smaller key first; the others have a direction.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="relations", verbose_name=_("measure")
    )
    other = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="related_from", verbose_name=_("other measure")
    )
    kind = models.CharField(_("what it is"), max_length=13, choices=RelationKind.choices)
    is_imported = models.BooleanField(default=False, editable=False)

    objects: ClassVar[models.Manager["MeasureRelation"]] = models.Manager.from_queryset(
        MeasureRelationQuerySet
    )()

    class Meta:
        verbose_name = _("related measure")
        verbose_name_plural = _("related measures")
        ordering = ["measure", "kind", "other", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "other", "kind"],
                name="legislation_measurerelation_stands_once",
                violation_error_message=_("These measures are related in this way already."),
            ),
            models.CheckConstraint(
                condition=~Q(measure=F("other")),
                name="legislation_measurerelation_joins_two",
                violation_error_message=_("A measure is not related to itself."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("prior_session", "replaces")) | Q(measure__lt=F("other")),
                name="legislation_measurerelation_both_ways_stands_once",
                violation_error_message=_("Companions stand once, with the older entry first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} – {self.other}"
