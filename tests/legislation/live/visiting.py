"""Visits of a feed, as its job makes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from advocacy.jobs.models import Job, State
from advocacy.jobs.progress import Progress
from legislation.actions import feeds, measure_feeds
from legislation.models import Country, Feed, FeedSession, Jurisdiction, LegislativeSession, Level
from legislation.sources.measures.live.asking import Patience
from legislation.sources.opening import FileRefused
from tests.factories.people import state

NOON = datetime(2026, 8, 22, 12, tzinfo=UTC)
QUICK = Patience(tries=3, longest_silence=2.0, first_wait=0.01, longest_wait=1.0, longest_answer=0.5)


def feed_of(source: str) -> Feed:
    feeds.furnish()
    return Feed.objects.select_related("source").get(source__key=source)


def session(jurisdiction: Jurisdiction, identifier: str, **fields: Any) -> LegislativeSession:
    found, _ = LegislativeSession.objects.get_or_create(
        jurisdiction=jurisdiction, identifier=identifier, defaults={"name": identifier, **fields}
    )
    return found


def congress(identifier: str = "119") -> LegislativeSession:
    country, _ = Jurisdiction.objects.get_or_create(
        ocd_id="ocd-jurisdiction/country:us/government",
        defaults={"name": "United States", "country": Country.UNITED_STATES, "level": Level.FEDERAL},
    )
    return session(country, identifier, starts_on=date(2025, 1, 3))


def parliament(identifier: str = "45-1") -> LegislativeSession:
    country, _ = Jurisdiction.objects.get_or_create(
        ocd_id="ocd-jurisdiction/country:ca/legislature",
        defaults={"name": "Canada", "country": Country.CANADA, "level": Level.FEDERAL},
    )
    return session(country, identifier)


def ohio(identifier: str = "136") -> LegislativeSession:
    return session(state("oh", "Ohio"), identifier)


def chosen(source: str, *sessions: LegislativeSession) -> Feed:
    """The feed, for which staff chose these sessions."""
    feed = feed_of(source)
    for one in sessions:
        FeedSession.objects.create(feed=feed, session=one)
    return feed


def running_job(at: datetime = NOON) -> Job:
    return Job.objects.create(
        kind=feeds.SYNC, queued_at=at, state=State.RUNNING, started_at=at, heartbeat_at=at, attempts=1
    )


def visit(
    feed: Feed,
    at: datetime = NOON,
    *,
    job: Job | None = None,
    on_answer: Callable[[httpx.Response], None] = lambda answer: None,
) -> Feed:
    """`on_answer` is what else happens in the world when an answer comes."""
    with httpx.Client(event_hooks={"response": [on_answer]}) as web:
        measure_feeds.sync(
            Feed.objects.select_related("source").get(pk=feed.pk),
            now=at,
            web=web,
            progress=Progress(job or running_job(at)),
            patience=QUICK,
            clock=lambda: at,
        )
    return Feed.objects.get(pk=feed.pk)


def failed_visit(feed: Feed, at: datetime = NOON, **options: Any) -> Feed:
    with pytest.raises(FileRefused):
        visit(feed, at, **options)
    return Feed.objects.get(pk=feed.pk)
