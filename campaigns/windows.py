"""The days of a campaign on its own clock: when it reminds, and which day is its last."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.kernel.schedules import moment_of
from campaigns.models import Campaign

REMIND_AFTER = timedelta(days=4)
LEAST_BETWEEN_ASKS = timedelta(days=2)
_NINE, _NOON = time(9), time(12)


def last_morning(campaign: Campaign) -> datetime | None:
    """Nine o'clock on the last day to take part; where it ends before noon, on the day before."""
    if campaign.closes_at is None:
        return None
    # Closing at midnight, it has its last day before.
    last = (campaign.closes_at - timedelta(seconds=1)).astimezone(ZoneInfo(campaign.zone))
    day = last.date() if last.time() >= _NOON else last.date() - timedelta(days=1)
    return moment_of(day, _NINE, campaign.zone)


def is_last_day(campaign: Campaign, now: datetime) -> bool:
    morning = last_morning(campaign)
    return morning is not None and morning <= now


def reminder_at(campaign: Campaign, asked_at: datetime) -> datetime | None:
    """Four days after the ask; never, where the last day follows upon it."""
    at, morning = asked_at + REMIND_AFTER, last_morning(campaign)
    return None if morning and morning - at < LEAST_BETWEEN_ASKS else at
