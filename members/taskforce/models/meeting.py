from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.periods import Month
from advocacy.kernel.schedules import WeekdayOfMonth, moment_of
from advocacy.kernel.zones import ZONE_CHOICES, name_of
from members.access import reach_of
from members.taskforce.roster import belongs, runs_meetings

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class NextStep(models.TextChoices):
    """What whoever runs the meeting does next."""

    INVITE = (
        "invite",
        _(
            "Nobody is invited yet. The agenda, an entry for the calendar and the question who comes go together."
        ),
    )
    PREPARE = (
        "prepare",
        _("Everybody is invited. Until the meeting, put the agenda in order and look who comes."),
    )
    ATTENDANCE = (
        "attendance",
        _("The meeting has begun. Take attendance; afterwards write what was said about each item."),
    )
    MINUTES = "minutes", _("Write what was said about each item, then publish the minutes.")


class Which(models.IntegerChoices):
    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = -1, _("last")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class MeetingSeries(models.Model):
    """A meeting that comes back each month by a rule: the second Wednesday at 13:00 in Chicago."""

    name = models.CharField(_("name"), max_length=120)
    which = models.SmallIntegerField(_("which"), choices=Which.choices, default=Which.SECOND)
    weekday = models.SmallIntegerField(
        _("day of the week"), choices=Weekday.choices, default=Weekday.WEDNESDAY
    )
    starts = models.TimeField(_("begins at"))
    zone = models.CharField(_("time zone"), max_length=50, choices=ZONE_CHOICES, default="America/Chicago")
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    link = models.URLField(_("link to join"), blank=True, max_length=300)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("host"),
    )  # fmt: skip
    quorum = models.PositiveSmallIntegerField(
        _("quorum"), null=True, blank=True, help_text=_("How many must be there. Empty: no rule.")
    )

    objects: ClassVar[models.Manager["MeetingSeries"]] = models.Manager()

    class Meta:
        verbose_name = _("meeting series")
        verbose_name_plural = _("meeting series")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(which__in=Which.values, weekday__in=Weekday.values),
                name="taskforce_meetingseries_names_a_day_of_the_month",
                violation_error_message=_("Choose which of the month's weekdays it is."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0),
                name="taskforce_meetingseries_takes_some_minutes",
                violation_error_message=_("A meeting takes at least a minute."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def starts_at(self, month: Month) -> datetime:
        """When the meeting of this month begins."""
        day = WeekdayOfMonth(self.which, self.weekday).day_in(month)
        return moment_of(day, self.starts, self.zone)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The task force's own; others of a chapter do not meet there."""
        return self.all() if belongs(reach_of(user)) else self.none()

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Leads and staff run the meetings; the host runs the one they host."""
        reach = reach_of(user)
        rows = self.visible_to(user)
        return rows if runs_meetings(reach) else rows.filter(host=reach.person_id or 0)

    def planned(self) -> Self:
        return self.filter(status=MeetingStatus.PLANNED)

    def upcoming(self, now: datetime) -> Self:
        """Planned, and begun no longer than half a day ago: while it runs it is still the next one."""
        recent = now - timedelta(hours=12)
        return self.planned().filter(starts_at__gt=recent).order_by("starts_at", "pk")

    def held(self) -> Self:
        return self.filter(status=MeetingStatus.HELD)


class Meeting(models.Model):
    """One meeting of the task force, from the call for items to the published minutes."""

    series = models.ForeignKey(
        MeetingSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name=_("series"),
    )  # fmt: skip
    # The month it stands for in its series, also where the day was moved into another one.
    period = models.CharField(_("month"), max_length=7, blank=True)
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("begins"))
    zone = models.CharField(_("time zone"), max_length=50, choices=ZONE_CHOICES, default="America/Chicago")
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    link = models.URLField(_("link to join"), blank=True, max_length=300)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("host")
    )
    quorum = models.PositiveSmallIntegerField(
        _("quorum"), null=True, blank=True, help_text=_("How many must be there. Empty: no rule.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True)
    # What calendars compare: raised with every change they are told of.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    invited_at = models.DateTimeField(_("agenda sent"), null=True, editable=False)

    objects: ClassVar[models.Manager["Meeting"]] = models.Manager.from_queryset(MeetingQuerySet)()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0),
                name="taskforce_meeting_takes_some_minutes",
                violation_error_message=_("A meeting takes at least a minute."),
            ),
            models.CheckConstraint(
                condition=(Q(status=MeetingStatus.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(status=MeetingStatus.CANCELLED) & Q(cancel_reason="")),
                name="taskforce_meeting_cancelled_has_a_reason",
                violation_error_message=_("Say why the meeting is cancelled."),
            ),
            models.CheckConstraint(
                condition=Q(series=None, period="") | (Q(series__isnull=False) & ~Q(period="")),
                name="taskforce_meeting_of_a_series_names_its_month",
                violation_error_message=_("A meeting of a series stands for a month."),
            ),
            models.UniqueConstraint(
                fields=["series", "period"],
                condition=Q(series__isnull=False),
                name="taskforce_meeting_once_a_month_in_its_series",
                violation_error_message=_("This month's meeting of the series is planned already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("taskforce:meeting_detail", args=[self.pk])

    @property
    def clock(self) -> str:
        """By which clock its own place tells the time: "Chicago time"."""
        return name_of(self.zone)

    @property
    def day(self) -> date:
        """The date where it is held; one that spans midnight takes its start date (DOMAIN.md §6.5)."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_planned(self) -> bool:
        return self.status == MeetingStatus.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def is_held(self) -> bool:
        return self.status == MeetingStatus.HELD

    @property
    def has_published_minutes(self) -> bool:
        return getattr(self, "published", None) is not None

    def has_begun(self, now: datetime) -> bool:
        """From half an hour before: people gather."""
        return self.is_held or now >= self.starts_at - timedelta(minutes=30)

    def next_step(self, now: datetime) -> NextStep | None:
        """None where it is cancelled, or its minutes are published."""
        if self.is_cancelled or self.has_published_minutes:
            return None
        if self.is_held:
            return NextStep.MINUTES
        if self.has_begun(now):
            return NextStep.ATTENDANCE
        return NextStep.PREPARE if self.invited_at else NextStep.INVITE

    def may_check_in(self, now: datetime) -> bool:
        """From half an hour before until an hour after."""
        opens, closes = self.starts_at - timedelta(minutes=30), self.ends_at + timedelta(hours=1)
        return not self.is_cancelled and opens <= now <= closes
