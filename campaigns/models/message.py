"""The words of a campaign: what supporters send, and what we write to supporters."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from campaigns.models.campaign import Campaign
from campaigns.models.choices import Purpose, TargetGroup

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the campaign."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user).order_by().values("pk"))


class Message(models.Model):
    """The organisation's text for one group of officials, in one language. For a call, the script.

    Merge tokens stand in it as `{{ official }}`; campaigns/tokens.py lists them. What a supporter adds is never
    written into it: it is kept apart, with their act.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="messages", verbose_name=_("campaign")
    )
    group = models.CharField(
        _("for"), max_length=10, choices=TargetGroup.choices, default=TargetGroup.EVERYONE
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=10_000)
    prompt = models.CharField(
        _("prompt for the personal paragraph"),
        max_length=300,
        blank=True,
        help_text=_("What a supporter could tell: “How does it touch your patients?”"),
    )

    objects: ClassVar[models.Manager["Message"]] = models.Manager.from_queryset(MessageQuerySet)()

    class Meta:
        verbose_name = _("message to officials")
        verbose_name_plural = _("messages to officials")
        ordering = ["campaign", "group", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "group", "language"],
                name="campaigns_message_once_for_a_group_and_language",
                violation_error_message=_("There is a text for this group in this language already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} ({self.get_language_display()})"


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the campaign."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user).order_by().values("pk"))


class Appeal(models.Model):
    """Our mail to supporters, for one purpose in one language. With a second subject, half of them get each."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="appeals", verbose_name=_("campaign")
    )
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices, default=Purpose.LAUNCH)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    subject = models.CharField(_("subject"), max_length=150)
    subject_b = models.CharField(
        _("second subject"), max_length=150, blank=True, help_text=_("Half of the audience gets this one.")
    )
    body = models.TextField(_("text"), max_length=10_000)

    objects: ClassVar[models.Manager["Appeal"]] = models.Manager.from_queryset(AppealQuerySet)()

    class Meta:
        verbose_name = _("mail to supporters")
        verbose_name_plural = _("mails to supporters")
        ordering = ["campaign", "purpose", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "purpose", "language"],
                name="campaigns_appeal_once_for_a_purpose_and_language",
                violation_error_message=_("There is a mail for this purpose in this language already."),
            ),
            models.CheckConstraint(
                condition=Q(subject_b="") | ~Q(subject_b=models.F("subject")),
                name="campaigns_appeal_subjects_differ",
                violation_error_message=_("The second subject is the same as the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.get_language_display()})"
