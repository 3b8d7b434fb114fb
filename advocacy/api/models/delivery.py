import uuid
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.api.models.endpoint import EventKind, WebhookEndpoint

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class WebhookEvent(models.Model):
    """Something happened that somebody may want to be told of; written in the transaction that made it happen."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("event"), max_length=30, choices=EventKind.choices)
    subject = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("when"))
    spread_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["WebhookEvent"]] = models.Manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["id"], name="api_webhookevent_to_spread", condition=Q(spread_at=None)),
            models.Index(fields=["at"], name="api_webhookevent_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Given up")
    WITHHELD = "withheld", _("Withheld")


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        endpoints = WebhookEndpoint.objects.visible_to(user).order_by().values("pk")
        return self.filter(endpoint__in=endpoints)

    def due(self, now: datetime) -> Self:
        return self.filter(
            state=DeliveryState.WAITING,
            next_at__lte=now,
            endpoint__disabled_at=None,
            endpoint__owner__is_active=True,
        )


# What the caller notes by its name, for whoever reads the log of their webhook.
_PROBLEMS = {
    "ConnectError": _("No connection could be made."),
    "ConnectTimeout": _("No connection could be made in time."),
    "ReadTimeout": _("The answer took too long."),
    "WriteTimeout": _("The answer took too long."),
}


class WebhookDelivery(models.Model):
    """One event told to one address: at least once, with the same id each time.

    `next_at` is when it is tried; whoever takes it in hand moves that on, so that a worker that dies loses nothing.
    """

    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    event = models.ForeignKey(
        WebhookEvent, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("event")
    )
    payload = models.TextField(_("text"))
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    last_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    last_code = models.PositiveSmallIntegerField(_("last answer"), null=True, blank=True)
    last_problem = models.CharField(_("last problem"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["WebhookDelivery"]] = models.Manager.from_queryset(
        WebhookDeliveryQuerySet
    )()

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_at", "id"], name="api_webhookdelivery_due", condition=Q(state="waiting")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "event"],
                name="api_webhookdelivery_tells_an_address_of_an_event_once",
                violation_error_message=_("This address is told of this event already."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", next_at__isnull=False) | (~Q(state="waiting") & Q(next_at=None)),
                name="api_webhookdelivery_only_a_waiting_one_has_a_next_attempt",
                violation_error_message=_("Only a delivery that waits has a next attempt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.endpoint}"

    @property
    def problem_in_words(self) -> str:
        """Why the last attempt failed; what has no words of its own is said as it was noted."""
        return str(_PROBLEMS.get(self.last_problem, self.last_problem))
