"""Comments on a proposed rule or a consultation: who takes them, until when, and what became of ours."""

from datetime import date, datetime
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.zones import ZONE_CHOICES, name_of
from legislation.models.measure import Measure
from legislation.models.public_record import PublicRecordQuerySet


class CommentPeriodQuerySet(PublicRecordQuerySet["CommentPeriod"]):
    def with_end(self) -> Self:
        """Adds `ends_at`: as extended, where it was."""
        return self.annotate(ends_at=Coalesce("extended_to", "closes_at"))

    def open(self, now: datetime) -> Self:
        """Comments can still be handed in."""
        return self.with_end().filter(ends_at__gt=now)

    def soonest_first(self) -> Self:
        return self.with_end().order_by("ends_at", "pk")


class CommentPeriod(models.Model):
    """Until when an agency takes comments on a measure, by its own clock, and the comment that we hand in.

    Most dockets in the United States close at 11:59 p.m. Eastern (DOMAIN.md §6.5, case 12). Where a period is
    extended or reopened, `extended_to` counts and what was announced first is kept.
    """

    # Only on rows of `with_end`.
    ends_at: datetime

    measure = models.OneToOneField(
        Measure, on_delete=models.CASCADE, related_name="comment_period", verbose_name=_("measure")
    )
    agency = models.CharField(_("agency"), max_length=200, blank=True)
    docket_id = models.CharField(
        _("docket"), max_length=80, blank=True, help_text=_("As the agency files it.")
    )
    citation = models.CharField(
        _("citation"), max_length=120, blank=True, help_text=_("RIN, Federal Register or Gazette.")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    closes_at = models.DateTimeField(_("comments close"))
    zone = models.CharField(
        _("time zone"),
        max_length=50,
        choices=ZONE_CHOICES,
        help_text=_("Of the agency: most dockets in the United States close at 11:59 p.m. in New York."),
    )
    extended_to = models.DateTimeField(_("extended to"), null=True, blank=True)
    url = models.URLField(_("page for comments"), max_length=500, blank=True)
    comment_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who writes our comment"),
    )
    submitted_at = models.DateTimeField(_("our comment was submitted"), null=True, blank=True)
    tracking_number = models.CharField(
        _("tracking number"), max_length=80, blank=True, help_text=_("As the docket confirms our comment.")
    )

    objects: ClassVar[models.Manager["CommentPeriod"]] = models.Manager.from_queryset(CommentPeriodQuerySet)()

    class Meta:
        verbose_name = _("comment period")
        verbose_name_plural = _("comment periods")
        ordering = ["closes_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extended_to=None) | Q(extended_to__gt=F("closes_at")),
                name="legislation_commentperiod_is_extended_to_a_later_moment",
                violation_error_message=_("A period is extended to a later moment."),
            ),
            models.CheckConstraint(
                condition=Q(tracking_number="") | Q(submitted_at__isnull=False),
                name="legislation_commentperiod_tracks_what_was_submitted",
                violation_error_message=_("A comment has a tracking number once it was submitted."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.measure)

    def get_absolute_url(self) -> str:
        return self.measure.get_absolute_url()

    @property
    def end(self) -> datetime:
        """The last moment for comments: as extended, where it was."""
        return self.extended_to or self.closes_at

    @property
    def clock(self) -> str:
        """By which clock the docket closes: "New York time"."""
        return name_of(self.zone)

    @property
    def ends_on(self) -> date:
        """The day of it by the agency's clock."""
        return self.end.astimezone(ZoneInfo(self.zone)).date()
