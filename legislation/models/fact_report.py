""" "This is wrong": what somebody says about a part of a profile, and what staff answered."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.models.fact_check import Block
from legislation.models.official import Official

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class ReportState(models.TextChoices):
    OPEN = "open", _("Waiting for an answer")
    CORRECTED = "corrected", _("Accepted: corrected")
    BY_HAND = "by_hand", _("Accepted: put right by hand")
    REJECTED = "rejected", _("Rejected")


class FactReportQuerySet(models.QuerySet["FactReport"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and to national staff all: who reported what is nobody else's business."""
        if not (user.is_active and user.is_authenticated):
            return self.none()
        return self.all() if user.is_staff else self.filter(reported_by=user)

    def open(self) -> Self:
        return self.filter(state=ReportState.OPEN)


class FactReport(models.Model):
    """Somebody says that a block of a profile is wrong, and what it should say. Staff answer once.

    `form_key` makes sending idempotent: one filled form, one report. `fingerprint` is of what the block said
    when this was written, so that staff see whether it has changed since.
    """

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="fact_reports", verbose_name=_("official")
    )
    block = models.CharField(_("part of the profile"), max_length=10, choices=Block.choices)
    wrong = models.TextField(_("what is wrong"), max_length=1000)
    suggestion = models.TextField(_("what it should say"), max_length=1000)
    known_from = models.URLField(_("where you know it from"), max_length=500, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    form_key = models.UUIDField(editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="fact_reports",
        verbose_name=_("reported by"),
    )
    reported_at = models.DateTimeField(_("reported"))
    state = models.CharField(_("state"), max_length=9, choices=ReportState.choices, default=ReportState.OPEN)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = FactReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of something wrong")
        verbose_name_plural = _("reports of something wrong")
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["state", "reported_at"], name="legislation_report_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["reported_by", "form_key"],
                name="legislation_factreport_is_sent_once",
                violation_error_message=_("This report has been sent already."),
            ),
            models.CheckConstraint(
                condition=Q(block__in=Block.values),
                name="legislation_factreport_is_about_a_part_of_the_profile",
                violation_error_message=_("There is no such part of a profile."),
            ),
            models.CheckConstraint(
                condition=~Q(wrong="") & ~Q(suggestion=""),
                name="legislation_factreport_says_what_is_wrong_and_what_is_right",
                violation_error_message=_("Say what is wrong, and what it should say."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, decided_by=None, decided_at=None, answer="")
                | (~Q(state=ReportState.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="legislation_factreport_decided_by_and_at_go_together",
                violation_error_message=_("A decision says who decided and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.REJECTED) | ~Q(answer=""),
                name="legislation_factreport_rejection_has_a_reason",
                violation_error_message=_("Say why it is rejected."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.get_block_display()}"

    def is_open(self) -> bool:
        return self.state == ReportState.OPEN

    def days_open(self, day: date) -> int:
        """How long it has waited, or had waited when it was answered."""
        end = self.decided_at.date() if self.decided_at else day
        return max((end - self.reported_at.date()).days, 0)
