"""Long work as rows: what was asked for, how far it is, how it ended."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


FINISHED = [State.DONE, State.FAILED, State.CANCELLED]


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own jobs; staff see all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(created_by=user)

    def queued(self) -> Self:
        return self.filter(state=State.QUEUED)

    def running(self) -> Self:
        return self.filter(state=State.RUNNING)

    def unfinished(self) -> Self:
        return self.exclude(state__in=FINISHED)

    def in_hand_as(self, job: "Job") -> Self:
        """This very attempt. Empty once a sweep gave the job to another worker: `attempts` is the fence."""
        return self.running().filter(pk=job.pk, attempts=job.attempts)

    def claim(self, pk: int, *, at: datetime) -> "Job | None":
        """Take the job in hand. None when somebody was faster, or it is over: there is nothing to do."""
        claimed = (
            self.queued()
            .filter(pk=pk)
            .update(state=State.RUNNING, started_at=at, heartbeat_at=at, attempts=F("attempts") + 1)
        )
        return self.get(pk=pk) if claimed else None


class Job(models.Model):
    """One piece of long work that somebody, or the clock, asked for.

    The row is the truth and Celery only wakes it. `attempts` counts how often a worker took it in hand;
    `heartbeat_at` is that worker's last sign of life.
    """

    kind = models.CharField(_("kind"), max_length=80)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    progress_done = models.PositiveIntegerField(_("steps done"), default=0)
    progress_total = models.PositiveIntegerField(_("steps in all"), null=True, blank=True)
    message = models.CharField(_("now at"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    result = models.JSONField(_("result"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    error = models.TextField(_("error"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
        help_text=_("Empty when the clock asked."),
    )
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    queued_at = models.DateTimeField(_("waiting since"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    cancel_requested_at = models.DateTimeField(_("cancel asked for"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "queued_at"], name="jobs_job_by_state")]
        constraints = [
            models.CheckConstraint(
                name="jobs_job_running_and_heartbeat_go_together",
                condition=Q(state=State.RUNNING, started_at__isnull=False, heartbeat_at__isnull=False)
                | (~Q(state=State.RUNNING) & Q(heartbeat_at__isnull=True)),
                violation_error_message=_("A running job, and only that, has a start and a sign of life."),
            ),
            models.CheckConstraint(
                name="jobs_job_finished_at_is_set_when_it_is_over",
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished_at__isnull=True)),
                violation_error_message=_("A job that is over, and only that, says when it finished."),
            ),
            models.CheckConstraint(
                name="jobs_job_failed_and_error_go_together",
                condition=(Q(state=State.FAILED) & ~Q(error="")) | (~Q(state=State.FAILED) & Q(error="")),
                violation_error_message=_("A failed job, and only that, says what went wrong."),
            ),
            models.CheckConstraint(
                name="jobs_job_done_is_within_total",
                condition=Q(progress_total__isnull=True) | Q(progress_done__lte=F("progress_total")),
                violation_error_message=_("A job cannot have done more steps than there are."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; None while nobody knows how much there is."""
        if not self.progress_total:
            return None
        return 100 * self.progress_done // self.progress_total
