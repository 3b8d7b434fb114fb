"""The feed of Open States: pages in the order of change, marks that move with what is loaded, and its quota."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from legislation.models import Feed, FeedMark, ImportRun, Measure, Period
from legislation.models.feed_calls import FeedCalls
from tests.legislation.live.publishers import Publisher, Question, Reply
from tests.legislation.live.visiting import NOON, chosen, failed_visit, ohio, visit

pytestmark = pytest.mark.django_db


def bill(number: int, minute: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"ocd-bill/00000000-0000-0000-0000-{number:012}",
        "session": "136",
        "jurisdiction": {"id": "ocd-jurisdiction/country:us/state:oh/government", "name": "Ohio"},
        "identifier": f"HB {number}",
        "title": f"Telehealth, part {number}",
        "classification": ["bill"],
        "subject": [],
        "updated_at": f"2026-08-20T10:{minute:02}:00.500000+00:00",
        "actions": [],
        "sponsorships": [],
        **changes,
    }


class OpenStates:
    """As documented: sorted by change, twenty a page, filtered by `updated_since`; a page past the end is not found."""

    def __init__(self, *bills: dict[str, Any]) -> None:
        self.bills = list(bills)
        self.key = "k3y"

    def __call__(self, question: Question) -> Reply:
        if question.headers.get("x-api-key") != self.key:
            return Reply(b'{"detail": "Invalid API Key"}', 401)
        if question.path == "/jurisdictions":
            return self._page(question, self._states(), 52)
        if question.path != "/bills" or question["sort"] != "updated_asc" or int(question["per_page"]) > 20:
            return Reply(b'{"detail": "invalid"}', 400)
        since = question.get("updated_since")
        if since.endswith("Z"):
            return Reply(b'{"detail": "invalid date"}', 400)
        asked = (question["jurisdiction"], question["session"])
        found = [one for one in self.bills if (one["jurisdiction"]["id"], one["session"]) == asked]
        found.sort(key=lambda one: one["updated_at"])
        return self._page(
            question, [one for one in found if one["updated_at"] >= since], int(question["per_page"])
        )

    def _states(self) -> list[dict[str, Any]]:
        latest: dict[str, str] = {}
        for one in self.bills:
            key = one["jurisdiction"]["id"]
            latest[key] = max(latest.get(key, ""), one["updated_at"])
        return [{"id": key, "latest_bill_update": at} for key, at in sorted(latest.items())]

    def _page(self, question: Question, found: list[dict[str, Any]], size: int) -> Reply:
        page, pages = int(question["page"]), max(-(-len(found) // size), 1)
        if page > pages:
            return Reply(b'{"detail": "invalid page"}', 404)
        answer = {
            "results": found[(page - 1) * size : page * size],
            "pagination": {"per_page": size, "page": page, "max_page": pages, "total_items": len(found)},
        }
        return Reply(json.dumps(answer).encode())


@pytest.fixture
def openstates(publisher: Publisher) -> OpenStates:
    publisher.answer = OpenStates(*(bill(number, number) for number in range(1, 46)))
    return publisher.answer


@pytest.fixture
def feed(openstates: OpenStates) -> Feed:
    return chosen("openstates-v3", ohio())


def test_all_pages_of_a_session_are_read_once_and_the_visit_is_a_success(feed: Feed, publisher: Publisher):
    feed = visit(feed)

    assert Measure.objects.count() == 45
    assert (feed.failures, feed.error, feed.notice, feed.last_success_at) == (0, "", "", NOON)
    assert (feed.last_changed_at, feed.sessions.get().last_good_at) == (NOON, NOON)
    assert FeedCalls.objects.used(feed, Period.DAY, now=NOON) == len(publisher.asked) == 3


def test_one_visit_is_one_run_in_the_record(feed: Feed):
    visit(feed)

    run = ImportRun.objects.get()
    assert (run.source.key, run.counts["created"]) == ("openstates-v3", 45)
    assert run.finished_at is not None


def test_the_next_visit_asks_only_for_what_changed_since_and_loads_nothing_that_is_as_it_was(
    feed: Feed, openstates: OpenStates, publisher: Publisher
):
    visit(feed)
    publisher.asked.clear()

    feed = visit(feed, NOON + timedelta(days=1))

    assert [one["updated_since"] for one in publisher.asked] == ["2026-08-20T10:44:59"]
    assert (feed.last_success_at, feed.last_changed_at) == (NOON + timedelta(days=1), NOON)
    assert ImportRun.objects.count() == 1


def test_a_bill_that_changed_is_loaded_again_and_no_other(feed: Feed, openstates: OpenStates):
    visit(feed)
    openstates.bills[3] = bill(4, 59, title="Telehealth, for good")

    feed = visit(feed, NOON + timedelta(days=1))

    assert Measure.objects.get(number_key="HB4").title_en == "Telehealth, for good"
    assert ImportRun.objects.first().counts["updated"] == 1
    assert feed.last_changed_at == NOON + timedelta(days=1)


def test_a_bill_that_moves_while_the_pages_are_read_takes_none_with_it(
    feed: Feed, openstates: OpenStates, publisher: Publisher
):
    """Page 2 would begin one later than page 1 ended."""
    whole = openstates.__call__

    def and_then_one_moves(question: Question) -> Reply:
        reply = whole(question)
        if len(publisher.asked) == 1:
            openstates.bills[0] = bill(1, 59)
        return reply

    publisher.answer = and_then_one_moves
    visit(feed)

    assert Measure.objects.count() == 45


def test_more_bills_of_one_second_than_a_page_holds_are_all_read(
    publisher: Publisher, openstates: OpenStates
):
    openstates.bills = [bill(number, 7) for number in range(1, 46)]

    visit(chosen("openstates-v3", ohio()))

    assert Measure.objects.count() == 45


def test_the_quota_of_the_day_is_never_exceeded_and_the_feed_says_when_it_goes_on(
    feed: Feed, publisher: Publisher
):
    Feed.objects.filter(pk=feed.pk).update(most_calls_a_day=2)

    feed = visit(feed)

    assert len(publisher.asked) == 2
    assert Measure.objects.count() == 39
    assert (feed.failures, feed.last_success_at) == (0, None)
    assert "2 requests a day" in feed.notice
    assert "Aug. 23, 2026, midnight (UTC)" in feed.notice
    tomorrow = datetime(2026, 8, 23, tzinfo=UTC)
    assert tomorrow <= feed.next_run_at <= tomorrow + timedelta(minutes=1)


def test_the_next_day_goes_on_where_the_quota_ended(feed: Feed, publisher: Publisher):
    Feed.objects.filter(pk=feed.pk).update(most_calls_a_day=2)
    visit(feed)
    publisher.asked.clear()

    feed = visit(feed, NOON + timedelta(days=1))

    assert publisher.asked[0]["updated_since"] == "2026-08-20T10:38:59"
    assert Measure.objects.count() == 45
    assert (feed.notice, feed.last_success_at) == ("", NOON + timedelta(days=1))


def test_a_wrong_key_ends_the_visit_at_once_and_names_the_setting_but_not_the_key(
    feed: Feed, openstates: OpenStates, publisher: Publisher
):
    openstates.key = "another"

    feed = failed_visit(feed)

    assert len(publisher.asked) == 1
    assert "check OPENSTATES_API_KEY" in feed.error
    assert "k3y" not in feed.error


def test_without_a_key_nobody_is_asked_and_nothing_has_failed(
    feed: Feed, publisher: Publisher, settings: Any
):
    settings.OPENSTATES_API_KEY = ""

    feed = visit(feed)

    assert publisher.asked == []
    assert (feed.failures, feed.error, feed.notice) == (0, "", "No key: set OPENSTATES_API_KEY.")


def test_a_state_that_has_not_changed_is_not_asked_about_where_there_are_many(
    openstates: OpenStates, publisher: Publisher
):
    sessions = [ohio(), *(ohio(f"{number}") for number in (133, 134, 135))]
    feed = chosen("openstates-v3", *sessions)
    visit(feed)
    publisher.asked.clear()

    feed = visit(feed, NOON + timedelta(days=1))

    assert publisher.paths == ["/jurisdictions"]
    assert feed.last_success_at == NOON + timedelta(days=1)


def test_a_page_that_cannot_be_loaded_moves_no_mark(
    feed: Feed, openstates: OpenStates, monkeypatch: pytest.MonkeyPatch
):
    """The database fails in the transaction that loads the second page."""
    original = FeedMark.objects.bulk_create
    calls: list[int] = []

    def fails_the_second_time(*args: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("The disk is full.")
        return original(*args, **options)

    monkeypatch.setattr(FeedMark.objects, "bulk_create", fails_the_second_time)
    with pytest.raises(RuntimeError):
        visit(feed)

    assert Measure.objects.count() == 20
    assert FeedMark.objects.get(subject="since").version == "2026-08-20T10:20:00.500000+00:00"


def test_a_field_that_is_new_is_noted_and_breaks_nothing(feed: Feed, openstates: OpenStates):
    openstates.bills = [bill(1, 1, mood="hopeful")]

    feed = visit(feed)

    assert ImportRun.objects.get().report["notices"] == ["Open States: mood"]
    assert feed.last_success_at == NOON
