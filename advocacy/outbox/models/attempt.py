"""What was tried with a message, and how far it came. Rows are added and never changed."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.models.message import OutboundMessage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Phase(models.TextChoices):
    """How far the hand-over came. Up to DATA nothing is owed; after it nobody else can know."""

    CONNECT = "connect", _("Connecting")
    MAIL = "mail", _("Sender")
    RCPT = "rcpt", _("Recipient")
    DATA = "data", _("Before the text")
    BODY = "body", _("While the text was sent")
    REPLY = "reply", _("Waiting for the answer")
    DONE = "done", _("Answered")


class DeliveryAttemptQuerySet(models.QuerySet["DeliveryAttempt"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(message__in=OutboundMessage.objects.visible_to(user))


class DeliveryAttempt(models.Model):
    """One try to hand a message over to a mail server."""

    message = models.ForeignKey(
        OutboundMessage, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("message")
    )
    number = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    carrier = models.CharField(_("carrier"), max_length=120)
    phase = models.CharField(_("came as far as"), max_length=7, choices=Phase.choices)
    code = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    text = models.CharField(_("words"), max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))

    objects = DeliveryAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["message", "pk"]

    def __str__(self) -> str:
        return f"{self.message}: {self.get_phase_display()}"
