"""Mail that stays here: while no relay is configured, nothing leaves this machine."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User

KEPT_FOR = timedelta(days=30)


class KeptMessageQuerySet(models.QuerySet["KeptMessage"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Mail to one's own address; staff see all, to pass on what could not be delivered."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(recipient=user.email.lower())

    def in_open_mailbox(self) -> Self:
        """What anybody at this very machine may read: all of it in the demo, elsewhere nothing."""
        return self if settings.MAILBOX_OPEN else self.none()

    def older_than_kept(self, now: datetime) -> Self:
        return self.filter(kept_at__lt=now - KEPT_FOR)


class KeptMessage(models.Model):
    """One recipient's copy of a message the portal would have sent."""

    recipient = models.EmailField(_("recipient"), db_index=True)
    subject = models.CharField(_("subject"), max_length=998)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("formatted text"), blank=True)
    headers = models.JSONField(_("headers"), default=dict)
    kept_at = models.DateTimeField(_("kept"), db_index=True)

    objects = KeptMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept message")
        verbose_name_plural = _("kept messages")
        # Keys grow with time: the order is total and pages by key.
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="outbox_keptmessage_has_a_recipient",
                condition=~models.Q(recipient=""),
                violation_error_message=_("A message needs somebody it is addressed to."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("outbox:detail", args=[self.pk])
