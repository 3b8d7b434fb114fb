"""Keeping measures up to date by themselves: one visit to a publisher, session by session and page by page.

A page is loaded in one transaction with the marks that say so. A visit that ends, for whatever reason, is simply made
again: what its marks stand for is not asked for twice.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import SystemRandom
from typing import Any

import httpx
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.jobs.progress import Progress
from legislation.actions.feed_pages import Arrivals
from legislation.models import Feed, FeedCalls, FeedMark, FeedSession, LegislativeSession, Limit
from legislation.sources.measures.live.asking import (
    PATIENCE,
    Asker,
    KeyRefused,
    Patience,
    Unavailable,
    Waits,
)
from legislation.sources.measures.live.catalogue import LIVE, LiveSource
from legislation.sources.measures.live.pages import Visit
from legislation.sources.opening import FileRefused
from legislation.wanted_sessions import followed_on

_LONGEST_NAP = 5.0
_chance = SystemRandom()


def sync(
    feed: Feed,
    *,
    now: datetime,
    web: httpx.Client,
    progress: Progress,
    patience: Patience = PATIENCE,
    clock: Callable[[], datetime] = timezone.now,
) -> dict[str, Any]:
    """Ask the publisher for what is new in the sessions that matter, and keep how it went.

    Raises FileRefused where the publisher, or one of its answers, could not be used; what came before it is loaded.
    """
    live = LIVE[feed.source.key]
    if live.lacks_its_key:
        _waits(feed, no_key(live), now=now, until=_next(feed, now))
        return {"changes": 0}
    asked_for = wanted(feed, now)
    if not asked_for:
        why = _(
            "Nobody tracks a measure of its legislatures, and no session is chosen: nothing is asked for."
        )
        _waits(feed, why, now=now, until=_next(feed, now))
        return {"changes": 0}
    visiting = _Visiting(
        feed, live, web, progress, patience, clock, now, Arrivals(feed, live.format, now, progress)
    )
    try:
        visiting.read(asked_for)
    except Waits as wait:
        _waits(feed, goes_on(str(wait), wait.until), now=now, until=wait.until)
    except FileRefused as refusal:
        visiting.problems.append(str(refusal))
    else:
        if not visiting.problems:
            _succeeded(feed, visiting.arrivals, now)
    if visiting.problems:
        error = "\n".join(visiting.problems)
        _failed(feed, error, now)
        raise FileRefused(error)
    return {"changes": visiting.arrivals.report.changes}


def no_key(live: LiveSource) -> str:
    return _("No key: set %(name)s.") % {"name": live.key_name}


def goes_on(why: str, until: datetime) -> str:
    moment = date_format(timezone.localtime(until), "DATETIME_FORMAT")
    return _("%(why)s It goes on at %(moment)s (%(zone)s).") % {
        "why": why,
        "moment": moment,
        "zone": timezone.localtime(until).tzname(),
    }


def wanted(feed: Feed, now: datetime) -> list[FeedSession]:
    """The sessions that staff chose, and those that somebody tracks a measure of; each gets its row here."""
    covers = LIVE[feed.source.key].covers
    tracked = LegislativeSession.objects.filter(pk__in=followed_on(now.date())).select_related("jurisdiction")
    ours = [session.pk for session in tracked if covers(session.jurisdiction.ocd_id)]
    for key in ours:
        FeedSession.objects.get_or_create(feed=feed, session_id=key, defaults={"is_chosen": False})
    rows = feed.sessions.filter(Q(is_chosen=True) | Q(session__in=ours)).select_related(
        "session__jurisdiction"
    )
    return [row for row in rows if covers(row.session.jurisdiction.ocd_id)]


@dataclass
class _Visiting:
    """One visit: the sessions in turn, least recently read first."""

    feed: Feed
    live: LiveSource
    web: httpx.Client
    progress: Progress
    patience: Patience
    clock: Callable[[], datetime]
    now: datetime
    arrivals: Arrivals
    problems: list[str] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=dict)

    def read(self, sessions: Collection[FeedSession]) -> None:
        asker = Asker(
            self.web, self._take, self._pause, self.live.key_name, self.live.key, self.patience, self.clock
        )
        long_ago = datetime.min.replace(tzinfo=UTC)
        oldest_first = sorted(sessions, key=lambda one: (one.last_good_at or long_ago, one.pk))
        for reading in oldest_first:
            self.progress.step(self.arrivals.pages, message=str(reading.session))
            marks = {mark.subject: mark for mark in FeedMark.objects.filter(reading=reading)}
            visit = Visit(asker, reading.session, self.now, marks, len(sessions), shared=self.shared)
            try:
                self._read_one(visit, reading)
            except (KeyRefused, Unavailable):
                raise
            except FileRefused as problem:
                visit.problems.append(str(problem))
            self.problems += [f"{reading.session}: {problem}" for problem in visit.problems]
            if not visit.problems:
                FeedSession.objects.filter(pk=reading.pk).update(last_good_at=self.now)

    def _read_one(self, visit: Visit, reading: FeedSession) -> None:
        for page in self.live.pages(visit):
            self.arrivals.take(page, visit, reading)
            self.progress.step(self.arrivals.pages, message=str(reading.session))

    def _take(self) -> Limit | None:
        return FeedCalls.objects.take(self.feed, self.live.limits_of(self.feed), now=self.clock())

    def _pause(self, seconds: float) -> None:
        """In naps: whoever waits shows a sign of life, and hears that the visit was cancelled."""
        ends_at = time.monotonic() + seconds
        while True:
            self.progress.step(self.arrivals.pages)
            left = ends_at - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, _LONGEST_NAP))


def _next(feed: Feed, now: datetime) -> datetime:
    """After the feed's interval, a few minutes more or less, so that not all portals ask at once."""
    return now + timedelta(hours=feed.every_hours, seconds=_chance.uniform(0, 600))


def _waits(feed: Feed, why: str, *, now: datetime, until: datetime) -> None:
    """No failure, and no success either: the last good visit stays the last one."""
    feed.failures, feed.error, feed.notice = 0, "", why
    feed.next_run_at = until + timedelta(seconds=_chance.uniform(0, 60))
    _keep(feed, now, "failures", "error", "notice", "next_run_at")


def _failed(feed: Feed, error: str, now: datetime) -> None:
    feed.failures += 1
    feed.error, feed.notice = error, ""
    feed.next_run_at = now + feed.pause() + timedelta(seconds=_chance.uniform(0, 60))
    _keep(feed, now, "failures", "error", "notice", "next_run_at")


def _succeeded(feed: Feed, arrivals: Arrivals, now: datetime) -> None:
    feed.failures, feed.error, feed.notice = 0, "", ""
    feed.last_success_at, feed.next_run_at = now, _next(feed, now)
    feed.rows = arrivals.rows
    feed.last_changed_at = now if arrivals.report.changes else feed.last_changed_at
    fields = ("failures", "error", "notice", "last_success_at", "next_run_at", "rows", "last_changed_at")
    _keep(feed, now, *fields)


def _keep(feed: Feed, now: datetime, *fields: str) -> None:
    feed.last_tried_at = now
    feed.save(update_fields=[*fields, "last_tried_at"])
