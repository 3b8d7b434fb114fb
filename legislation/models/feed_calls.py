"""How often a publisher was asked, counted where every worker sees it."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from legislation.models.feed import Feed

# Periods that are over are kept this many times their own length.
_KEPT = 60


class Period(models.TextChoices):
    """What publishers count by. A period begins with the clock of UTC: a month on its first day."""

    MINUTE = "minute", _("a minute")
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    MONTH = "month", _("a month")

    def start(self, now: datetime) -> datetime:
        begun = now.astimezone(UTC).replace(second=0, microsecond=0)
        if self == Period.MINUTE:
            return begun
        begun = begun.replace(minute=0)
        if self == Period.HOUR:
            return begun
        return begun.replace(hour=0, day=1 if self == Period.MONTH else begun.day)

    def end(self, now: datetime) -> datetime:
        """The first moment without it."""
        start = self.start(now)
        if self == Period.MONTH:
            return (start + timedelta(days=32)).replace(day=1)
        return start + _LENGTHS[self]


_LENGTHS = {
    Period.MINUTE: timedelta(minutes=1),
    Period.HOUR: timedelta(hours=1),
    Period.DAY: timedelta(days=1),
    Period.MONTH: timedelta(days=31),
}


class Limit(NamedTuple):
    """As many requests in one period, and no more."""

    period: Period
    most: int


class FeedCallsQuerySet(models.QuerySet["FeedCalls"]):
    def take(self, feed: Feed, limits: list[Limit], *, now: datetime) -> Limit | None:
        """Count one request in each period. The first limit that has no room: then nothing is counted.

        The database counts: two workers that ask for the last one at once get it once.
        """
        with transaction.atomic():
            for limit in limits:
                starts_at = limit.period.start(now)
                row, is_new = self.get_or_create(feed=feed, period=limit.period, starts_at=starts_at)
                if is_new:
                    self._forget(row)
                has_room = self.filter(pk=row.pk, calls__lt=limit.most)
                if not has_room.update(calls=F("calls") + 1):
                    transaction.set_rollback(True)
                    return limit
        return None

    def used(self, feed: Feed, period: Period, *, now: datetime) -> int:
        row = self.filter(feed=feed, period=period, starts_at=period.start(now)).first()
        return row.calls if row else 0

    def _forget(self, row: "FeedCalls") -> None:
        oldest = row.starts_at - _KEPT * _LENGTHS[Period(row.period)]
        self.filter(feed=row.feed_id, period=row.period, starts_at__lt=oldest).delete()


class FeedCalls(models.Model):
    """The requests of one feed in one period."""

    feed = models.ForeignKey(
        Feed, on_delete=models.CASCADE, related_name="calls_made", verbose_name=_("feed")
    )
    period = models.CharField(_("period"), max_length=6, choices=Period.choices)
    starts_at = models.DateTimeField(_("starts at"))
    calls = models.PositiveIntegerField(_("requests"), default=0)

    objects = FeedCallsQuerySet.as_manager()

    class Meta:
        verbose_name = _("requests of a feed")
        verbose_name_plural = _("requests of feeds")
        ordering = ["feed", "-starts_at", "period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "period", "starts_at"],
                name="legislation_feedcalls_are_counted_in_one_place",
                violation_error_message=_("The requests of this period are counted already."),
            ),
            models.CheckConstraint(
                condition=models.Q(period__in=Period.values),
                name="legislation_feedcalls_have_a_known_period",
                violation_error_message=_("Choose one of the periods."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed}: {self.calls}"
