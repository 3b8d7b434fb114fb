"""One mailing of a campaign: everybody it was meant for, who got it, and who was skipped and why."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from advocacy.outbox.models import IN_HAND, WAITING, OutboundMessage
from campaigns.models.campaign import Campaign
from campaigns.models.choices import Purpose
from campaigns.models.contact import Contact
from campaigns.models.revision import Revision
from members.access import reach_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class MailingState(models.TextChoices):
    PREPARING = "preparing", _("Being written")
    SENDING = "sending", _("Being sent")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


class MailingQuerySet(models.QuerySet["Mailing"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the campaign."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user).order_by().values("pk"))

    def with_counts(self) -> Self:
        """Adds `written` and `skipped`, recipients that got a message and that got none; and of the messages `sent`,
        those that left, and `waiting`, those that are still to leave.
        """
        written, sent = Q(recipients__skipped=""), Q(recipients__message__state="sent")
        waiting = Q(recipients__message__state__in=[*WAITING, *IN_HAND])
        return self.annotate(
            written=models.Count("recipients", filter=written),
            skipped=models.Count("recipients", filter=~written & Q(recipients__isnull=False)),
            sent=models.Count("recipients", filter=sent),
            waiting=models.Count("recipients", filter=waiting),
        )


class Mailing(models.Model):
    """A campaign's mail for one purpose, sent once. It is written in chunks; `after` is the last contact written.

    `audience` is how many contacts there were to look at when it began; every one of them becomes a recipient.
    """

    # Only on rows of `with_counts`.
    written: int
    skipped: int
    sent: int
    waiting: int

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="mailings", verbose_name=_("campaign")
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved version")
    )
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices)
    state = models.CharField(
        _("state"), max_length=9, choices=MailingState.choices, default=MailingState.PREPARING
    )
    audience = models.PositiveIntegerField(_("audience"))
    after = models.PositiveBigIntegerField(_("written up to"), default=0, editable=False)
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("begun by"),
        help_text=_("Empty: the clock."),
    )
    written_at = models.DateTimeField(_("all written"), null=True, blank=True)

    objects: ClassVar[models.Manager["Mailing"]] = models.Manager.from_queryset(MailingQuerySet)()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "purpose"],
                name="campaigns_mailing_once_for_a_purpose",
                violation_error_message=_("This campaign has sent mail for this purpose already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=MailingState.SENDING) | Q(written_at__isnull=False),
                name="campaigns_mailing_is_sent_once_it_is_written",
                violation_error_message=_("A mailing that is all written says when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.get_purpose_display()}"

    @property
    def percent(self) -> int:
        """How far the writing is. For rows of `with_counts`."""
        return 100 if self.written_at else 100 * (self.written + self.skipped) // max(self.audience, 1)

    @property
    def percent_sent(self) -> int:
        """How much of what is written has left. For rows of `with_counts`."""
        return 100 * self.sent // max(self.written, 1)

    @property
    def is_under_way(self) -> bool:
        """Its numbers will move by themselves. For rows of `with_counts`."""
        is_written = self.state == MailingState.PREPARING
        return is_written or (self.state == MailingState.SENDING and self.waiting > 0)


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Names of people: staff see all, advocates those credited to their chapters, of campaigns they see."""
        reach = reach_of(user)
        of_campaigns = self.filter(mailing__in=Mailing.objects.visible_to(user).order_by().values("pk"))
        if reach.is_staff:
            return of_campaigns
        return of_campaigns.filter(contact__chapter__in=reach.advocate_of)

    def written_to(self) -> Self:
        return self.filter(skipped="")

    def skipped_ones(self) -> Self:
        return self.exclude(skipped="")


class Recipient(models.Model):
    """One contact in one mailing: written to, with the message, or skipped, with the reason.

    `variant` is the subject they got. `viewed_at` is when their link's page first told us that somebody went on.
    """

    mailing = models.ForeignKey(
        Mailing, on_delete=models.CASCADE, related_name="recipients", verbose_name=_("mailing")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="mailings", verbose_name=_("contact")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    variant = models.CharField(_("subject"), max_length=1, choices=[("a", "A"), ("b", "B")], default="a")
    skipped = models.CharField(_("skipped because"), max_length=20, blank=True, default="")
    message = models.OneToOneField(
        OutboundMessage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaign_recipient",
        verbose_name=_("message"),
    )
    decided_at = models.DateTimeField(_("written or skipped"))
    viewed_at = models.DateTimeField(_("page opened"), null=True, blank=True)

    objects: ClassVar[models.Manager["Recipient"]] = models.Manager.from_queryset(RecipientQuerySet)()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["mailing", "pk"]
        indexes = [
            models.Index(fields=["mailing", "skipped", "id"], name="campaigns_recipient_by_reason"),
            models.Index(fields=["contact", "-decided_at"], name="campaigns_recipient_lately"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "contact"],
                name="campaigns_recipient_once_in_a_mailing",
                violation_error_message=_("This contact is in this mailing already."),
            ),
            models.CheckConstraint(
                condition=Q(skipped="") | Q(message=None, viewed_at=None),
                name="campaigns_recipient_skipped_gets_nothing",
                violation_error_message=_("Who is skipped gets no message."),
            ),
            models.CheckConstraint(
                condition=Q(viewed_at=None) | Q(viewed_at__gte=F("decided_at")),
                name="campaigns_recipient_views_after_it_was_written",
                violation_error_message=_("A page is opened after the mail was written."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact)
