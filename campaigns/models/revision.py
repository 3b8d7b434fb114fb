"""What was put before a second person, and what that person said."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Verdict(models.TextChoices):
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned for changes")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the campaign."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user).order_by().values("pk"))

    def waiting(self) -> Self:
        return self.filter(verdict="")


class Revision(models.Model):
    """The whole content of a campaign as it was submitted, word for word, and the decision about exactly that.

    Whoever wrote it, or began the campaign, may not approve it. `audience` is how many people it would have reached
    on the day of the decision; `fingerprint` tells whether the campaign is still what was approved.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("campaign")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("campaign begun by"),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"))
    verdict = models.CharField(_("decision"), max_length=9, choices=Verdict.choices, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    note = models.TextField(_("in words"), max_length=2000, blank=True)
    audience = models.PositiveIntegerField(_("people it reaches"), null=True, blank=True)
    is_nonpartisan = models.BooleanField(_("nonpartisan"), default=False)

    objects: ClassVar[models.Manager["Revision"]] = models.Manager.from_queryset(RevisionQuerySet)()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["campaign", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"],
                name="campaigns_revision_number_once",
                violation_error_message=_("This campaign has a version of this number already."),
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(verdict=""),
                name="campaigns_revision_one_waits",
                violation_error_message=_("A version of this campaign waits for a decision already."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.APPROVED)
                | (
                    ~Q(decided_by=F("submitted_by"))
                    & ~Q(decided_by=F("author"))
                    & Q(decided_by__isnull=False, is_nonpartisan=True)
                ),
                name="campaigns_revision_is_approved_by_a_second_person",
                violation_error_message=_("Somebody else than its author approves a campaign."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | (~Q(verdict="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="campaigns_revision_decision_says_who_and_when",
                violation_error_message=_("A decision says who took it, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.RETURNED) | ~Q(note=""),
                name="campaigns_revision_returned_says_why",
                violation_error_message=_("Say what has to change."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.number}"

    def approves(self, campaign: Campaign) -> bool:
        """Whether it is this campaign's, and a second person approved it. `approved` asks the database the same."""
        is_second = self.decided_by_id not in (None, campaign.created_by_id)
        return self.campaign_id == campaign.pk and self.verdict == Verdict.APPROVED and is_second
