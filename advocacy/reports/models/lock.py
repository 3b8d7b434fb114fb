"""A month that was quoted to a board stays as it was quoted (DOMAIN.md §6.5, rule 6)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.periods import Month
from advocacy.reports.models.report import PERIOD_PATTERN
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class PeriodLockQuerySet(models.QuerySet["PeriodLock"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """That a month is locked is no secret among colleagues; its numbers have rules of their own."""
        return self.none() if reach_of(user).is_empty else self.all()

    def of(self, period: Month) -> Self:
        return self.filter(period=str(period))

    def newest_of(self, period: Month) -> "PeriodLock | None":
        return self.of(period).order_by("-version").first()


class PeriodLock(models.Model):
    """The numbers of a month as they were issued. Version 1 is the report, later ones restate it with a reason.

    `checksum` is over the lines of the snapshot in their order: a file that differs was not issued by us.
    """

    period = models.CharField(_("month"), max_length=7)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    reason = models.CharField(_("why it is restated"), max_length=300, blank=True)
    locked_at = models.DateTimeField(_("locked"))
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("locked by")
    )
    checksum = models.CharField(_("checksum"), max_length=64, editable=False)

    objects: ClassVar[models.Manager["PeriodLock"]] = models.Manager.from_queryset(PeriodLockQuerySet)()

    class Meta:
        verbose_name = _("locked month")
        verbose_name_plural = _("locked months")
        ordering = ["-period", "-version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "version"],
                name="reports_periodlock_version_is_issued_once",
                violation_error_message=_("This month is locked already."),
            ),
            models.CheckConstraint(
                condition=Q(period__regex=PERIOD_PATTERN),
                name="reports_periodlock_period_is_a_month",
                violation_error_message=_("Write the month as YYYY-MM, for example 2027-02."),
            ),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="reports_periodlock_restatement_has_a_reason",
                violation_error_message=_("Say why the month is restated."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} v{self.version}"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The numbers of the chapters one reads; all of them for the lead and staff."""
        reach = reach_of(user)
        return self.all() if reach.reads_every_shared_record else self.filter(chapter__in=reach.reads)


class Snapshot(models.Model):
    """One number as it was issued: of a chapter, or of all chapters together. Names are kept as they were."""

    lock = models.ForeignKey(PeriodLock, on_delete=models.PROTECT, related_name="snapshots")
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(_("of"), max_length=120)
    metric = models.CharField(_("metric"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    definition_version = models.PositiveSmallIntegerField(_("version of the definition"))
    figure = models.JSONField(_("number"))

    objects: ClassVar[models.Manager["Snapshot"]] = models.Manager.from_queryset(SnapshotQuerySet)()

    class Meta:
        verbose_name = _("issued number")
        verbose_name_plural = _("issued numbers")
        ordering = ["lock", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lock", "chapter", "metric"],
                name="reports_snapshot_one_number_per_chapter",
                violation_error_message=_("This number was issued already."),
            ),
            models.UniqueConstraint(
                fields=["lock", "metric"],
                condition=Q(chapter=None),
                name="reports_snapshot_one_number_for_all",
                violation_error_message=_("This number was issued already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lock}, {self.place}: {self.metric}"
