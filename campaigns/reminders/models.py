"""What the planner keeps: each reminder that was owed, and what staff set for each rule."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.reminder_rules import reminder_rules
from advocacy.outbox.models import MessageState, OutboundMessage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

FURTHEST_DAYS = 60


class OccurrenceState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    MAILED = "mailed", _("In a mail")
    MISSED = "missed", _("Missed: send now?")
    SKIPPED = "skipped", _("Skipped")


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What one was, or is to be, reminded of oneself; staff see all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(person=user)

    def planned(self) -> Self:
        return self.filter(state=OccurrenceState.PLANNED)

    def due(self, now: datetime) -> Self:
        return self.planned().filter(due_at__lte=now)

    def missed(self) -> Self:
        return self.filter(state=OccurrenceState.MISSED)

    def taken_back(self) -> Self:
        """Their mail was cancelled just before it went, because something in it had changed."""
        return self.filter(state=OccurrenceState.MAILED, message__state=MessageState.CANCELLED)


class Occurrence(models.Model):
    """One reminder owed to one person: there is one for each rule, person and period, however often it is asked.

    `day` is the person's day that the rule named; `due_at` the moment it is to be mailed, which moves to the next
    morning where that day's mail has gone already.
    """

    rule = models.CharField(_("rule"), max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    period = models.CharField(_("period"), max_length=60)
    day = models.DateField(_("day"))
    due_at = models.DateTimeField(_("to be mailed"))
    state = models.CharField(
        _("state"), max_length=10, choices=OccurrenceState.choices, default=OccurrenceState.PLANNED
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    message = models.ForeignKey(
        OutboundMessage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("message"),
    )
    made_at = models.DateTimeField(_("noted"))

    objects: ClassVar[models.Manager["Occurrence"]] = models.Manager.from_queryset(OccurrenceQuerySet)()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at", "person"],
                name="campaigns_occurrence_planned",
                condition=Q(state=OccurrenceState.PLANNED),
            ),
            models.Index(fields=["day", "rule"], name="campaigns_occurrence_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "person", "period"],
                name="campaigns_occurrence_once_per_rule_person_and_period",
                violation_error_message=_("This person is reminded of this already."),
            ),
            models.CheckConstraint(
                condition=Q(state=OccurrenceState.MAILED, message__isnull=False)
                | (~Q(state=OccurrenceState.MAILED) & Q(message=None)),
                name="campaigns_occurrence_mailed_has_a_message",
                violation_error_message=_("A reminder that is in a mail, and only that, names the message."),
            ),
            models.CheckConstraint(
                condition=(Q(state=OccurrenceState.SKIPPED) & ~Q(reason=""))
                | (~Q(state=OccurrenceState.SKIPPED) & Q(reason="")),
                name="campaigns_occurrence_skipped_says_why",
                violation_error_message=_("A reminder that is skipped, and only that, says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.person} · {self.period}"


def _as_days(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(part) for part in text.replace("−", "-").split(",") if part.strip()}))


def validate_days(text: str) -> None:
    """Whole days, at most two months away, with commas between them."""
    try:
        days = _as_days(text)
    except ValueError as error:
        raise ValidationError(_("Write whole numbers of days with commas, for example −1, 1, 5.")) from error
    if any(abs(day) > FURTHEST_DAYS for day in days):
        raise ValidationError(
            _("No day lies further away than %(days)d days."), params={"days": FURTHEST_DAYS}
        )


class RuleSetting(models.Model):
    """What staff decided about one reminder rule. The rule itself, and the days it starts with, are code."""

    name = models.CharField(_("rule"), max_length=60, unique=True, editable=False)
    is_on = models.BooleanField(
        _("reminders are sent"), default=True, help_text=_("Cleared: nobody is reminded by this rule.")
    )
    days = models.CharField(
        _("days"),
        max_length=100,
        blank=True,
        validators=[validate_days],
        help_text=_(
            "Days before (−) or after the day it is about, for example −1, 1, 5. Empty: as delivered."
        ),
    )

    objects: ClassVar[models.Manager["RuleSetting"]] = models.Manager()

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["name"]

    def __str__(self) -> str:
        return str(reminder_rules[self.name].label) if self.name in reminder_rules else self.name

    def clean(self) -> None:
        if self.days and self.name in reminder_rules and not reminder_rules[self.name].offsets:
            raise ValidationError({"days": _("This rule has a calendar of its own: leave this empty.")})

    @property
    def offsets(self) -> tuple[int, ...]:
        """The days in force: those that staff wrote, else those of the rule."""
        return _as_days(self.days) if self.days else reminder_rules[self.name].offsets
