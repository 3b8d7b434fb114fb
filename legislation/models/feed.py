"""Sources that the portal fetches by itself, and how each of them is."""

from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.source import Source

_FIRST_PAUSE = timedelta(minutes=15)
_LONGEST_PAUSE = timedelta(days=1)


class FeedQuerySet(PublicRecordQuerySet["Feed"]):
    def due(self, now: datetime) -> Self:
        """Switched on, and its turn has come."""
        return self.filter(is_on=True).filter(Q(next_run_at=None) | Q(next_run_at__lte=now))


class Feed(models.Model):
    """A source of the public record that is fetched on a schedule, from its publisher.

    `validators` holds what the publisher gave to ask "has it changed?" by, for each address. `calls` counts the
    requests of the UTC day `calls_on`; the feed stops before `most_calls_a_day`. Feeds of measures count in
    `FeedCalls` and remember what they have read in `FeedMark`.
    """

    source = models.OneToOneField(
        Source, on_delete=models.PROTECT, related_name="feed", verbose_name=_("source")
    )
    is_on = models.BooleanField(_("fetched on schedule"), default=False)
    every_hours = models.PositiveSmallIntegerField(
        _("every"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 31)],
        help_text=_("In hours."),
    )
    most_calls_a_day = models.PositiveIntegerField(_("most requests a day"), default=200)
    next_run_at = models.DateTimeField(_("next run"), null=True, blank=True)
    last_tried_at = models.DateTimeField(_("last try"), null=True, blank=True)
    last_success_at = models.DateTimeField(_("last success"), null=True, blank=True)
    last_changed_at = models.DateTimeField(_("last change"), null=True, blank=True)
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    error = models.TextField(_("last error"), blank=True)
    notice = models.TextField(
        _("what it waits for"), blank=True, help_text=_("No failure: why nothing, or not all, is fetched.")
    )
    validators = models.JSONField(default=dict, blank=True, editable=False)
    calls = models.PositiveIntegerField(_("requests today"), default=0)
    calls_on = models.DateField(null=True, blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["source__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, error="") | (Q(failures__gt=0) & ~Q(error="")),
                name="legislation_feed_failure_and_error_go_together",
                violation_error_message=_("A feed that failed, and only that, says what went wrong."),
            ),
            models.CheckConstraint(
                condition=Q(every_hours__gte=1),
                name="legislation_feed_is_fetched_at_most_hourly",
                violation_error_message=_("A feed is fetched at most once an hour."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.source)

    def pause(self) -> timedelta:
        """How long to wait after the present row of failures, doubling from a quarter of an hour to a day."""
        doublings = min(max(self.failures - 1, 0), 7)
        return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)

    def calls_left(self, now: datetime) -> int:
        used = self.calls if self.calls_on == now.date() else 0
        return max(self.most_calls_a_day - used, 0)
