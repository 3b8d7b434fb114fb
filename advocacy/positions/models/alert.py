"""Who is told of which change of a measure, why, when, and what became of it: silence too has its row."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.models import OutboundMessage
from advocacy.positions.models.alert_cadence import Cadence
from advocacy.positions.models.tracking import Tracking
from legislation.models import MeasureEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Because(models.TextChoices):
    """What makes a change somebody's business."""

    OWNER = "owner", _("Owner")
    WATCHER = "watcher", _("Watcher")
    TESTIFIER = "testifier", _("Testifies")


class AlertState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    MAILED = "mailed", _("In a mail")
    SKIPPED = "skipped", _("Not told")


class Silence(models.TextChoices):
    """Why somebody was not told after all."""

    NEVER = "never", _("You chose never to hear of this tier.")
    LET_GO = "let_go", _("You did not follow it any more, or it was not yours to read.")
    SUPERSEDED = "superseded", _("The hearing changed again: you were told of the newer time.")
    UNWANTED = "unwanted", _("You do not want mail of this kind, or your address is stopped.")
    CANCELLED = "cancelled", _("The mail was cancelled before it went.")


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own; staff see all, to answer why somebody heard nothing."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(person=user)

    def addressed_to(self, person: "User") -> Self:
        return self.filter(person=person)

    def planned(self) -> Self:
        return self.filter(state=AlertState.PLANNED)

    def due(self, now: datetime) -> Self:
        return self.planned().filter(due_at__lte=now)

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-pk")


class Alert(models.Model):
    """One change, one person. It is unique however often it is planned.

    `tracking` is what the person follows it by; where `is_of_companion`, the change is one of its measure's companion.
    """

    event = models.ForeignKey(
        MeasureEvent, on_delete=models.CASCADE, related_name="alerts", verbose_name=_("change")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    because = models.CharField(_("why"), max_length=9, choices=Because.choices)
    tracking = models.ForeignKey(
        Tracking,
        on_delete=models.CASCADE,
        null=True,
        related_name="alerts",
        verbose_name=_("tracked measure"),
    )
    is_of_companion = models.BooleanField(_("about the companion"), default=False)
    cadence = models.CharField(_("how soon"), max_length=7, choices=Cadence.choices)
    due_at = models.DateTimeField(_("to be mailed"))
    state = models.CharField(_("state"), max_length=7, choices=AlertState.choices, default=AlertState.PLANNED)
    silence = models.CharField(_("why not told"), max_length=10, choices=Silence.choices, blank=True)
    message = models.ForeignKey(
        OutboundMessage,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("message"),
    )
    made_at = models.DateTimeField(_("planned at"))

    objects: ClassVar[models.Manager["Alert"]] = models.Manager.from_queryset(AlertQuerySet)()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at", "person"],
                name="positions_alert_planned",
                condition=Q(state=AlertState.PLANNED),
            ),
            models.Index(fields=["person", "-made_at", "-id"], name="positions_alert_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="positions_alert_once_for_an_event_and_a_person",
                violation_error_message=_("This person is told of this change already."),
            ),
            models.CheckConstraint(
                condition=Q(because=Because.TESTIFIER) | Q(tracking__isnull=False),
                name="positions_alert_of_a_follower_names_what_is_followed",
                violation_error_message=_("Whoever owns or watches follows a measure."),
            ),
            models.CheckConstraint(
                condition=Q(
                    because__in=Because.values, cadence__in=Cadence.values, state__in=AlertState.values
                ),
                name="positions_alert_has_known_words",
                violation_error_message=_("Why, how soon and its state are chosen from the lists."),
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.MAILED, message__isnull=False)
                | (~Q(state=AlertState.MAILED) & Q(message=None)),
                name="positions_alert_mailed_has_a_message",
                violation_error_message=_("An alert that is in a mail, and only that, names the message."),
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.SKIPPED, silence__in=Silence.values)
                | (~Q(state=AlertState.SKIPPED) & Q(silence="")),
                name="positions_alert_not_told_says_why",
                violation_error_message=_("An alert that nobody was told of, and only that, says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.person}"

    @property
    def why(self) -> str:
        """In the reader's words: what makes this theirs. For rows with their event, tracking and its measure."""
        if self.tracking is None:
            return gettext("You testify at this hearing.")
        holder = self.tracking.holder if self.tracking.chapter else gettext("the society")
        words = {"holder": holder, "measure": self.tracking.measure}
        if self.is_of_companion:
            if self.because == Because.OWNER:
                return gettext("It is the companion of %(measure)s, which you own for %(holder)s.") % words
            return gettext("It is the companion of %(measure)s, which you watch for %(holder)s.") % words
        if self.because == Because.OWNER:
            return gettext("You own it for %(holder)s.") % words
        return gettext("You watch it for %(holder)s.") % words


class PlannedEvent(models.Model):
    """The planner has looked who is to hear of this change: `people` of them, which may be nobody."""

    event = models.OneToOneField(
        MeasureEvent,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="planned",
        verbose_name=_("change"),
    )
    at = models.DateTimeField(_("planned at"))
    people = models.PositiveIntegerField(_("people"))

    objects: ClassVar[models.Manager["PlannedEvent"]] = models.Manager()

    class Meta:
        verbose_name = _("planned change")
        verbose_name_plural = _("planned changes")
        ordering = ["event"]

    def __str__(self) -> str:
        return str(self.event)
