"""What became of measures that were still open when their session adjourned (DOMAIN.md W10)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.models.measure import Measure, StageEvent
from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.stage import Stage

if TYPE_CHECKING:
    from datetime import date


class DispositionKind(models.TextChoices):
    CARRIED_OVER = "carried_over", _("Carried over")
    DIED = "died", _("Died")
    AWAITING = "awaiting", _("Awaiting the executive")
    ENACTED = "enacted", _("Became law")
    VETOED = "vetoed", _("Vetoed")
    OTHER = "other", _("Other: stays open")


# The stage that a confirmed disposition enters; the others enter none.
STAGE_OF: dict[str, Stage] = {
    DispositionKind.CARRIED_OVER: Stage.CARRIED_OVER,
    DispositionKind.DIED: Stage.DIED,
    DispositionKind.ENACTED: Stage.ENACTED,
    DispositionKind.VETOED: Stage.VETOED,
}


class DispositionQuerySet(PublicRecordQuerySet["Disposition"]):
    def standing(self) -> Self:
        """Those that the official record has not overruled."""
        return self.filter(overruled_at=None)

    def settled(self, day: "date") -> Self:
        """Nothing is left to confirm: it stands, and no signing window that it waited for has closed."""
        return self.standing().filter(
            ~Q(kind=DispositionKind.AWAITING) | Q(window_ends_on=None) | Q(window_ends_on__gte=day)
        )


class Disposition(models.Model):
    """After an adjournment a person confirmed what became of a measure, and so entered its last stage.

    The official publisher's word goes before it: where an import says otherwise, `overruled_at` says when, and the
    stage that was entered is gone. Taking it back removes both; the audit trail keeps what was said.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="dispositions", verbose_name=_("measure")
    )
    kind = models.CharField(_("disposition"), max_length=12, choices=DispositionKind.choices)
    adjourned_on = models.DateField(_("adjourned on"))
    window_ends_on = models.DateField(
        _("last day to sign"), null=True, blank=True, help_text=_("As it was known when this was confirmed.")
    )
    event = models.OneToOneField(
        StageEvent,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="disposition",
        verbose_name=_("stage entered"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"))
    overruled_at = models.DateTimeField(
        _("overruled at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the official record said otherwise."),
    )

    objects: ClassVar[models.Manager["Disposition"]] = models.Manager.from_queryset(DispositionQuerySet)()

    class Meta:
        verbose_name = _("disposition at the end of a session")
        verbose_name_plural = _("dispositions at the end of a session")
        ordering = ["-adjourned_on", "measure", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "adjourned_on"],
                name="legislation_disposition_once_per_adjournment",
                violation_error_message=_("This measure has a disposition at this adjournment already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DispositionKind.values),
                name="legislation_disposition_has_a_known_kind",
                violation_error_message=_("Choose one of the dispositions."),
            ),
            models.CheckConstraint(
                condition=Q(event=None, kind__in=(DispositionKind.AWAITING, DispositionKind.OTHER))
                | Q(event=None, overruled_at__isnull=False)
                | Q(event__isnull=False, overruled_at=None, kind__in=list(STAGE_OF)),
                name="legislation_disposition_enters_the_stage_of_its_kind",
                violation_error_message=_("What ends a measure, or carries it over, enters a stage."),
            ),
            models.CheckConstraint(
                condition=Q(window_ends_on=None) | Q(kind=DispositionKind.AWAITING),
                name="legislation_disposition_only_waits_in_a_window",
                violation_error_message=_("Only what awaits the executive has a last day to sign."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_kind_display()}"
