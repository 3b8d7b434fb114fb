from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.ask import Ask
from advocacy.positions.models import Issue
from legislation.models import Measure, Official


class Stance(models.TextChoices):
    CHAMPION = "champion", _("Champion")
    YES = "yes", _("Yes")
    LEAN_YES = "lean_yes", _("Lean yes")
    UNDECIDED = "undecided", _("Undecided")
    LEAN_NO = "lean_no", _("Lean no")
    NO = "no", _("No")
    NOT_RAISED = "not_raised", _("Not raised")
    UNKNOWN = "unknown", _("Unknown")


class StanceEvidence(models.TextChoices):
    PUBLIC_VOTE = "public_vote", _("Public vote")
    SPONSORSHIP = "sponsorship", _("Sponsorship")
    WRITTEN = "written", _("In writing")
    SAID_TWO_WITNESSES = "said_directly_two_witnesses", _("Said directly, two witnesses")
    SAID_DIRECTLY = "said_directly", _("Said directly")
    VIA_STAFF = "via_staff", _("Via staff")
    INFERRED = "inferred", _("Inferred")


class OfficialStance(models.Model):
    """Where an official stands on a measure or an issue, as of a day, and how we know."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="stance_after")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stance = models.CharField(_("stance"), max_length=12, choices=Stance.choices)
    evidence = models.CharField(_("how we know"), max_length=30, choices=StanceEvidence.choices)
    as_of = models.DateField(_("as of"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["OfficialStance"]] = models.Manager()

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=False, issue=None) | Q(measure=None, issue__isnull=False),
                name="interactions_officialstance_is_on_a_measure_or_an_issue",
                violation_error_message=_("A stance is on a measure or an issue: exactly one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()} – {self.get_evidence_display()}"
