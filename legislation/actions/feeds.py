"""Keeping the record up to date by itself: which feeds are due, and one visit to a publisher."""

from datetime import datetime, timedelta
from pathlib import Path
from random import SystemRandom
from typing import Any

import httpx
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.jobs.actions import jobs
from advocacy.jobs.models import Job
from advocacy.jobs.progress import Progress
from legislation.actions import load_measures, measure_feeds, record_import
from legislation.models import Feed, Source
from legislation.sources import catalogue, download
from legislation.sources.measures.live.catalogue import LIVE
from legislation.sources.opening import FileRefused

SYNC = "record.sync"
_chance = SystemRandom()


def furnish() -> None:
    """A feed, switched off, for each source that can be fetched.

    None beside an invented record: real officials do not come into a demo.
    """
    if Source.objects.are_invented():
        return
    for key, about in catalogue.SOURCES.items():
        source = Source.objects.get_or_create(
            key=key,
            defaults={
                "name": about.name,
                "url": about.url,
                "licence": about.licence,
                "attribution": about.attribution,
            },
        )[0]
        Feed.objects.get_or_create(source=source)
    for key, live in LIVE.items():
        pace = {"every_hours": live.every_hours, "most_calls_a_day": live.calls_a_day}
        Feed.objects.get_or_create(source=load_measures.source_row(key), defaults=pace)


def start_due(*, now: datetime) -> int:
    """Ask for a sync of each feed whose turn has come; returns of how many. Two clocks at once ask once."""
    started = 0
    for feed in Feed.objects.due(now):
        with transaction.atomic():
            mine = Feed.objects.due(now).filter(pk=feed.pk).update(next_run_at=_next(feed, now))
            if mine:
                jobs.enqueue(SYNC, by=None, feed=feed.pk)
        started += mine
    return started


def start(feed: Feed, *, by: User) -> Job:
    """Ask for a sync now, whether or not its turn has come."""
    return jobs.enqueue(SYNC, by=by, feed=feed.pk)


def sync(feed: Feed, *, now: datetime, web: httpx.Client, progress: Progress) -> dict[str, Any]:
    """Visit the publisher, import what has changed, and keep how it went.

    Raises FileRefused where nothing could be fetched or used; the feed then waits longer after each failure.
    """
    if feed.source.key in LIVE:
        return measure_feeds.sync(feed, now=now, web=web, progress=progress)
    publisher = download.Publisher(
        web, feed.validators, feed.calls_left(now), on_progress=lambda name: progress.step(0, message=name)
    )
    try:
        path = publisher.fetch(feed.source.key, _folder_of(feed))
        report = _import(feed, path, now, progress) if publisher.has_changed else None
    except FileRefused as refusal:
        _failed(feed, publisher, str(refusal), now)
        raise
    problems = list(record_import.failures(report)) if report else []
    if problems:
        _failed(feed, publisher, "\n".join(problems), now)
        raise FileRefused("\n".join(problems))
    _succeeded(feed, publisher, report, now)
    return {"changes": report.changes if report else 0}


def _import(feed: Feed, path: Path, now: datetime, progress: Progress) -> record_import.Report:
    done = 0

    def say(outcome: record_import.Outcome) -> None:
        nonlocal done
        done += 1
        progress.step(done, message=outcome.name)

    # Nobody watches: what ends a tenure waits for a person.
    return record_import.run(source=feed.source.key, path=path, now=now, review=True, on_progress=say)


def _folder_of(feed: Feed) -> Path:
    """Where the raw answers are kept, so that an unchanged file need not be sent again."""
    folder = Path(settings.VAR_DIR) / "feeds" / feed.source.key
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _next(feed: Feed, now: datetime) -> datetime:
    """After the feed's interval, a few minutes more or less, so that not all portals ask at once."""
    return now + timedelta(hours=feed.every_hours, seconds=_chance.uniform(0, 600))


def _failed(feed: Feed, publisher: download.Publisher, error: str, now: datetime) -> None:
    feed.failures += 1
    feed.error = error or _("It failed without saying why.")
    # What came was not used: the next visit asks for all of it again.
    feed.validators = {}
    feed.next_run_at = now + feed.pause() + timedelta(seconds=_chance.uniform(0, 60))
    _keep(feed, publisher, now, "failures", "error", "validators", "next_run_at")


def _succeeded(
    feed: Feed, publisher: download.Publisher, report: record_import.Report | None, now: datetime
) -> None:
    feed.failures, feed.error = 0, ""
    feed.last_success_at, feed.next_run_at = now, _next(feed, now)
    feed.validators = publisher.validators
    if report:
        feed.rows = sum(sum(outcome.read.values()) for outcome in report.outcomes)
        feed.last_changed_at = now if report.changes else feed.last_changed_at
    fields = ("failures", "error", "last_success_at", "next_run_at", "validators", "rows", "last_changed_at")
    _keep(feed, publisher, now, *fields)


def _keep(feed: Feed, publisher: download.Publisher, now: datetime, *fields: str) -> None:
    before = feed.calls if feed.calls_on == now.date() else 0
    feed.calls, feed.calls_on, feed.last_tried_at = before + publisher.calls, now.date(), now
    feed.save(update_fields=[*fields, "calls", "calls_on", "last_tried_at"])
