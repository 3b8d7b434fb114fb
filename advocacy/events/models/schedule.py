"""What is kept of a schedule beside its appointments: warnings accepted, and what changed once it was published."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.events.models.appointment import Appointment
from advocacy.events.models.event import AdvocacyEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class AcceptedWarning(models.Model):
    """Somebody looked at a warning and lets it stand. `key` names exactly what was seen; another warning is new."""

    event = models.ForeignKey(
        AdvocacyEvent,
        on_delete=models.CASCADE,
        related_name="accepted_warnings",
        verbose_name=_("Advocacy Day"),
    )
    key = models.CharField(_("warning"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted"))

    objects: ClassVar[models.Manager["AcceptedWarning"]] = models.Manager()

    class Meta:
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ["accepted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "key"],
                name="events_warning_is_accepted_once",
                violation_error_message=_("This warning is accepted already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="events_warning_is_accepted_with_a_reason",
                violation_error_message=_("Say why it may stand."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ChangedWhat(models.TextChoices):
    TIME = "time", _("Time")
    PLACE = "place", _("Place")
    TEAM = "team", _("Team")
    STATUS = "status", _("Status")


class ScheduleChangeQuerySet(models.QuerySet["ScheduleChange"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(appointment__in=Appointment.objects.visible_to(user).order_by().values("pk"))

    def untold(self) -> Self:
        return self.filter(told_at=None)


class ScheduleChange(models.Model):
    """One thing of one appointment that became another after the schedule was published: old → new."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="changes", verbose_name=_("appointment")
    )
    what = models.CharField(_("what changed"), max_length=6, choices=ChangedWhat.choices)
    old = models.CharField(_("before"), max_length=300, blank=True)
    new = models.CharField(_("now"), max_length=300, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    objects: ClassVar[models.Manager["ScheduleChange"]] = models.Manager.from_queryset(
        ScheduleChangeQuerySet
    )()

    class Meta:
        verbose_name = _("change of the schedule")
        verbose_name_plural = _("changes of the schedule")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=ChangedWhat.values) & ~Q(old=models.F("new")),
                name="events_change_changes_something_known",
                violation_error_message=_("A change turns something into something else."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.old} → {self.new}"
