from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.ask import PROVABLE, AskKind
from legislation.models import Measure, Official


class CommitmentSide(models.TextChoices):
    US = "us", _("We promised")
    THEM = "them", _("They promised")


class Outcome(models.TextChoices):
    PENDING = "pending", _("Pending")
    KEPT = "kept", _("Kept")
    NOT_KEPT = "not_kept", _("Not kept")


class Commitment(models.Model):
    """Something promised. Ours becomes a follow-up; theirs is looked at again on `check_back_on`.

    Where it is a promise that the public record shows, `kind`, `measure` and `official` say what to look for there.
    """

    interaction = models.ForeignKey(
        "interactions.Interaction", on_delete=models.CASCADE, related_name="commitments"
    )
    side = models.CharField(_("who promised"), max_length=5, choices=CommitmentSide.choices)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(_("what was promised"), max_length=200)
    kind = models.CharField(
        _("what the public record will show"), max_length=30, choices=AskKind.choices, blank=True
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measure")
    )
    check_back_on = models.DateField(_("due or check back on"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.PENDING)
    settled_on = models.DateField(_("settled"), null=True, blank=True)

    objects: ClassVar[models.Manager["Commitment"]] = models.Manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["check_back_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.PENDING, settled_on=None)
                | (~Q(outcome=Outcome.PENDING) & Q(settled_on__isnull=False)),
                name="interactions_commitment_outcome_and_day_go_together",
                violation_error_message=_("A settled commitment says when."),
            ),
            models.CheckConstraint(
                condition=Q(kind="", measure=None)
                | Q(kind__in=PROVABLE, measure__isnull=False, official__isnull=False),
                name="interactions_commitment_names_what_the_record_will_show",
                violation_error_message=_("Say which official will do what on which measure."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
