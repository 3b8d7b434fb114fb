"""Addresses that are not written to, kept so that erasing a person does not make us forget to leave them alone."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.streams import Stream

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Reason(models.TextChoices):
    UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
    HARD_BOUNCE = "hard_bounce", _("The address does not exist")
    SOFT_BOUNCES = "soft_bounces", _("The address has refused for a week")
    COMPLAINT = "complaint", _("Complained")
    STAFF = "staff", _("Staff")


def fingerprint_of(address: str) -> str:
    """The same for every spelling of an address; the address cannot be read from it."""
    key = hashlib.sha256(f"outbox.suppression:{settings.SUPPRESSION_SALT}".encode()).digest()
    return hmac.new(key, address.strip().lower().encode(), hashlib.sha256).hexdigest()


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Staff answer for who is left alone."""
        return self if user.is_authenticated and user.is_staff else self.none()

    def in_force(self) -> Self:
        return self.filter(lifted_at=None)

    def covering(self, fingerprints: Iterable[str]) -> Self:
        return self.in_force().filter(address__in=set(fingerprints))


class Suppression(models.Model):
    """No mail of this stream goes to this address. An empty stream covers all but account mail."""

    address = models.CharField(_("fingerprint of the address"), max_length=64)
    stream = models.CharField(_("class"), max_length=10, choices=Stream.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("since"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lifted_because = models.CharField(_("lifted because"), max_length=300, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "stream"],
                condition=Q(lifted_at=None),
                name="outbox_suppression_holds_once",
                violation_error_message=_("This address is suppressed already."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="outbox_suppression_is_lifted_by_a_person_with_a_reason",
                violation_error_message=_("Lifting a suppression needs a person and a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(stream=Stream.ACCOUNT) | Q(reason=Reason.HARD_BOUNCE),
                name="outbox_suppression_leaves_account_mail",
                violation_error_message=_("Sign-in mail stops only where the address does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.address[:8]})"

    def covers(self, stream: str) -> bool:
        return self.stream == stream or (not self.stream and stream != Stream.ACCOUNT)
