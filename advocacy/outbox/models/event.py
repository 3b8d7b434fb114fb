"""What mail servers and services report later about a message: it bounced, it arrived, somebody complained."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.models.message import OutboundMessage
from advocacy.outbox.streams import Stream

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class EventKind(models.TextChoices):
    DELIVERED = "delivered", _("Delivered")
    HARD_BOUNCE = "hard", _("Bounced: the address does not exist")
    SOFT_BOUNCE = "soft", _("Bounced: not now")
    COMPLAINT = "complaint", _("Complained")


class DeliveryEventQuerySet(models.QuerySet["DeliveryEvent"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(message__in=OutboundMessage.objects.visible_to(user))

    def soft_bounces_of(self, address: str, stream: str) -> Self:
        return self.filter(kind=EventKind.SOFT_BOUNCE, address=address, stream=stream)


class DeliveryEvent(models.Model):
    """One report. It may come twice, and before the message counts as sent; rows are added and never changed.

    `address` is a fingerprint; `stream` is empty where nobody knows which message is meant.
    """

    source = models.CharField(_("source"), max_length=40)
    event_id = models.CharField(_("number there"), max_length=300)
    kind = models.CharField(_("what"), max_length=9, choices=EventKind.choices)
    at = models.DateTimeField(_("at"))
    noted_at = models.DateTimeField(_("noted"))
    message = models.ForeignKey(
        OutboundMessage,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("message"),
    )
    address = models.CharField(_("fingerprint of the address"), max_length=64)
    stream = models.CharField(_("class"), max_length=10, choices=Stream.choices, blank=True)
    text = models.CharField(_("words"), max_length=500, blank=True)

    objects = DeliveryEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of delivery")
        verbose_name_plural = _("reports of delivery")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["address", "stream", "kind"], name="outbox_event_of_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "event_id"],
                name="outbox_event_comes_once",
                violation_error_message=_("This was reported already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.source})"
