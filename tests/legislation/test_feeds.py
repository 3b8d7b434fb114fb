"""Feeds: what the portal fetches by itself, how often, and what it says when that fails."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from django.utils import timezone

from advocacy.jobs.models import Job, State
from advocacy.jobs.progress import Progress
from legislation import tasks
from legislation.actions import feeds
from legislation.models import Feed, Official, Source
from legislation.sources import download
from legislation.sources.opening import FileRefused
from tests.legislation.upstream import CANADA, CONGRESS

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 8, 22, 12, tzinfo=UTC)
PRESIDENTS = b"""
- id: {bioguide: Q000001, govtrack: 990001}
  name: {first: Ada, last: Quill}
  terms:
  - {type: prez, start: '2025-01-20', end: '2029-01-20', party: Independent, how: election}
"""
UNCHANGED, BUSY, GONE = httpx.codes.NOT_MODIFIED, httpx.codes.TOO_MANY_REQUESTS, httpx.codes.NOT_FOUND


class Publisher:
    """Stands for a publisher's web server, the world outside: answers with files, and knows what it was asked."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.trouble: list[httpx.Response] = []
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.trouble:
            return self.trouble.pop(0)
        name = request.url.path.rstrip("/").rpartition("/")[2]
        if name not in self.files:
            return httpx.Response(GONE)
        tag = f'"{hash(self.files[name])}"'
        if request.headers.get("If-None-Match") == tag:
            return httpx.Response(UNCHANGED)
        return httpx.Response(200, content=self.files[name], headers={"ETag": tag})


@pytest.fixture
def publisher() -> Publisher:
    return Publisher(
        {path.name: path.read_bytes() for path in CONGRESS.glob("*.yaml")} | {"executive.yaml": PRESIDENTS}
    )


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def feed() -> Feed:
    feeds.furnish()
    Feed.objects.update(is_on=True)
    return Feed.objects.get(source__key="congress-legislators")


def visit(feed: Feed, publisher: Publisher, at: datetime = NOON) -> Feed:
    job = Job.objects.create(
        kind=feeds.SYNC,
        queued_at=at,
        state=State.RUNNING,
        started_at=at,
        heartbeat_at=at,
        attempts=1,
    )
    with httpx.Client(transport=httpx.MockTransport(publisher)) as web:
        feeds.sync(Feed.objects.get(pk=feed.pk), now=at, web=web, progress=Progress(job))
    return Feed.objects.get(pk=feed.pk)


def failed_visit(feed: Feed, publisher: Publisher, at: datetime = NOON) -> Feed:
    with pytest.raises(FileRefused):
        visit(feed, publisher, at)
    return Feed.objects.get(pk=feed.pk)


def test_a_visit_fills_the_record_and_says_when_it_comes_again(feed: Feed, publisher: Publisher):
    feed = visit(feed, publisher)

    assert Official.objects.exists()
    assert (feed.failures, feed.error, feed.last_success_at, feed.last_changed_at) == (0, "", NOON, NOON)
    assert feed.rows
    assert timedelta(hours=24) <= feed.next_run_at - NOON <= timedelta(hours=24, minutes=10)
    assert feed.calls == len(publisher.asked)


def test_what_has_not_changed_is_not_sent_again(feed: Feed, publisher: Publisher):
    visit(feed, publisher)
    publisher.asked.clear()

    feed = visit(feed, publisher, NOON + timedelta(days=1))

    assert all("If-None-Match" in request.headers for request in publisher.asked)
    assert feed.last_success_at == NOON + timedelta(days=1)
    assert feed.last_changed_at == NOON


def test_a_kept_file_that_was_lost_is_fetched_whole(feed: Feed, publisher: Publisher, tmp_path: Path):
    visit(feed, publisher)
    (tmp_path / "feeds" / "congress-legislators" / "legislators-current.yaml").unlink()
    publisher.asked.clear()

    visit(feed, publisher, NOON + timedelta(days=1))

    whole = [request.url.path for request in publisher.asked if "If-None-Match" not in request.headers]
    assert whole == ["/congress-legislators/legislators-current.yaml"]


def test_a_failure_is_kept_and_each_one_waits_longer(feed: Feed, publisher: Publisher):
    publisher.files.clear()
    waits = []
    for _ in range(3):
        feed = failed_visit(feed, publisher)
        waits.append((feed.next_run_at - NOON) // timedelta(minutes=1))

    assert feed.failures == 3
    assert "404" in feed.error
    assert [15 <= waits[0] <= 16, 30 <= waits[1] <= 31, 60 <= waits[2] <= 61] == [True, True, True]


def test_a_success_ends_a_row_of_failures(feed: Feed, publisher: Publisher):
    publisher.trouble = [httpx.Response(GONE)]
    failed_visit(feed, publisher)

    feed = visit(feed, publisher)

    assert (feed.failures, feed.error) == (0, "")


def test_a_file_that_cannot_be_used_changes_nothing_and_is_asked_for_again(feed: Feed, publisher: Publisher):
    visit(feed, publisher)
    names = sorted(Official.objects.values_list("name", flat=True))
    whole = publisher.files["legislators-current.yaml"]
    publisher.files["legislators-current.yaml"] = whole[: len(whole) // 2] + b"\n  - ["

    feed = failed_visit(feed, publisher, NOON + timedelta(days=1))
    publisher.files["legislators-current.yaml"] = whole
    feed = visit(feed, publisher, NOON + timedelta(days=2))

    assert sorted(Official.objects.values_list("name", flat=True)) == names
    assert feed.failures == 0


def test_a_publisher_that_asks_for_patience_gets_it(feed: Feed, publisher: Publisher):
    publisher.trouble = [httpx.Response(BUSY, headers={"Retry-After": "0"})]

    feed = visit(feed, publisher)

    assert feed.failures == 0
    assert feed.calls == len(publisher.asked) == 7


def test_the_quota_of_a_day_ends_a_visit_and_the_next_day_has_its_own(feed: Feed, publisher: Publisher):
    Feed.objects.filter(pk=feed.pk).update(most_calls_a_day=4)
    feed = failed_visit(feed, publisher)
    assert (len(publisher.asked), feed.calls) == (4, 4)
    assert "tomorrow" in feed.error

    assert failed_visit(feed, publisher).calls == 4
    assert len(publisher.asked) == 4
    Feed.objects.filter(pk=feed.pk).update(most_calls_a_day=10)
    assert visit(feed, publisher, NOON + timedelta(days=1)).calls == 6


def test_the_clock_starts_what_is_on_and_due_once(feed: Feed, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda *_, **__: None)
    Feed.objects.exclude(pk=feed.pk).update(is_on=False)

    assert (feeds.start_due(now=NOON), feeds.start_due(now=NOON)) == (1, 0)
    assert Job.objects.get().arguments == {"feed": feed.pk}
    assert feeds.start_due(now=NOON + timedelta(hours=25)) == 1


def test_the_bell_knows_every_source_and_switches_none_of_them_on():
    tasks.start_due_syncs()
    tasks.start_due_syncs()

    assert sorted(Feed.objects.values_list("source__key", "is_on")) == [
        ("billstatus", False),
        ("canada-mps", False),
        ("congress-gov", False),
        ("congress-legislators", False),
        ("legiscan", False),
        ("legisinfo", False),
        ("openstates-people", False),
        ("openstates-v3", False),
        ("senate-votes", False),
    ]
    assert not Job.objects.exists()


def test_no_real_source_is_fetched_into_an_invented_record():
    Source.objects.create(key=Source.INVENTED, name="Demo")

    tasks.start_due_syncs()

    assert not Feed.objects.exists()


def test_the_members_of_parliament_come_from_one_address(publisher: Publisher):
    feeds.furnish()
    (file,) = CANADA.glob("*.json")
    publisher.files = {"house-of-commons": file.read_bytes()}

    feed = visit(Feed.objects.get(source__key="canada-mps"), publisher, timezone.now())

    assert feed.last_success_at
    assert len(publisher.asked) == 1


def test_half_a_file_never_takes_the_place_of_a_whole_one(publisher: Publisher, tmp_path: Path):
    def breaks_off(request: httpx.Request) -> httpx.Response:
        def half():
            yield b"[half"
            raise httpx.ReadError("The line is dead.")

        return httpx.Response(200, content=half())

    (tmp_path / "house-of-commons.json").write_bytes(b"[whole]")
    with httpx.Client(transport=httpx.MockTransport(breaks_off)) as web, pytest.raises(FileRefused):
        download.Publisher(web).fetch("canada-mps", tmp_path)

    assert (tmp_path / "house-of-commons.json").read_bytes() == b"[whole]"
