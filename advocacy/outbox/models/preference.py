"""What a person has asked of a class of mail: none of it, a pause, or one bundle a week."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.outbox.streams import DUTIES, MAY_BE_OFF


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def of(self, users: Iterable[int]) -> Self:
        """Wishes of these people that stand in the way of some mail."""
        asks = Q(is_off=True) | Q(paused_until__isnull=False) | Q(is_bundled=True)
        return self.filter(asks, user__in=set(users)).select_related("user")


class MailPreference(models.Model):
    """One person, one class. Without a row everything comes as it is written.

    `paused_until` is the first day, where the person lives, on which mail comes again.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    stream = models.CharField(_("class"), max_length=10)
    is_off = models.BooleanField(_("switched off"), default=False)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    is_bundled = models.BooleanField(_("once a week"), default=False)
    changed_at = models.DateTimeField(_("changed"))

    objects = MailPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        ordering = ["user", "stream", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "stream"],
                name="outbox_preference_once_for_a_class",
                violation_error_message=_("This person has said so already."),
            ),
            models.CheckConstraint(
                condition=Q(is_off=False) | Q(stream__in=MAY_BE_OFF),
                name="outbox_preference_only_some_classes_are_off",
                violation_error_message=_("Mail about an account or a duty cannot be switched off."),
            ),
            models.CheckConstraint(
                condition=Q(paused_until=None, is_bundled=False) | Q(stream__in=DUTIES),
                name="outbox_preference_only_duties_pause",
                violation_error_message=_("Only mail about duties is paused or bundled."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.stream}"

    def is_paused(self, day: date) -> bool:
        return self.paused_until is not None and day < self.paused_until
