"""Requests are counted in the database: two workers that ask for the last one at once get it once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection

from legislation.models import Feed, FeedCalls, Limit, Period
from tests.legislation.live.visiting import NOON, feed_of


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period.MINUTE, datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        (Period.HOUR, datetime(2026, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        (Period.DAY, datetime(2026, 12, 31, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        (Period.MONTH, datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_period_begins_with_the_clock_of_utc(period: Period, start: datetime, end: datetime):
    last_second = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)

    assert (period.start(last_second), period.end(last_second)) == (start, end)


@pytest.mark.django_db
def test_a_request_that_one_period_has_no_room_for_is_counted_in_none():
    feed = feed_of("openstates-v3")
    limits = [Limit(Period.MINUTE, 5), Limit(Period.DAY, 2)]

    taken = [FeedCalls.objects.take(feed, limits, now=NOON) for _ in range(4)]

    assert taken == [None, None, limits[1], limits[1]]
    assert FeedCalls.objects.used(feed, Period.MINUTE, now=NOON) == 2


@pytest.mark.django_db
def test_the_next_period_has_its_own_requests_and_old_ones_are_forgotten():
    feed = feed_of("openstates-v3")
    limit = Limit(Period.MINUTE, 1)
    for minute in range(200):
        assert FeedCalls.objects.take(feed, [limit], now=NOON + timedelta(minutes=minute)) is None

    assert FeedCalls.objects.filter(feed=feed).count() == 61


def _take(feed: Feed, limits: list[Limit]) -> Limit | None:
    while True:
        try:
            return FeedCalls.objects.take(feed, limits, now=NOON)
        except OperationalError:
            # A database in memory, which only tests have, lets nobody wait for its lock.
            continue


@pytest.mark.django_db(transaction=True)
def test_workers_that_ask_at_once_share_one_quota():
    feed = feed_of("openstates-v3")
    limits = [Limit(Period.MINUTE, 12), Limit(Period.DAY, 10)]

    def worker(_number: int) -> int:
        try:
            return sum(_take(feed, limits) is None for _ in range(5))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        granted = sum(workers.map(worker, range(4)))

    assert granted == FeedCalls.objects.used(feed, Period.DAY, now=NOON) == 10
    assert FeedCalls.objects.used(feed, Period.MINUTE, now=NOON) == 10
