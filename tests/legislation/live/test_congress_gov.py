"""The feed of Congress.gov: what was touched since, day by day, and each bill with all its parts."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from legislation.models import Feed, FeedMark, Measure, MeasureAction, Period
from legislation.models.feed_calls import FeedCalls
from tests.legislation.live.publishers import Publisher, Question, Reply
from tests.legislation.live.visiting import NOON, chosen, congress, failed_visit, visit
from tests.legislation.measures.congress import action, bill

pytestmark = pytest.mark.django_db


class CongressGov:
    """As documented: XML unless JSON is asked for, at most 250 a page, filtered and sorted by the day of change."""

    def __init__(self) -> None:
        self.bills = {("hr", 210): bill(updateDate="2026-08-20"), ("s", 12): bill(number="12", type="S")}

    def __call__(self, question: Question) -> Reply:
        if question.headers.get("x-api-key") != "k3y":
            return Reply(b'{"error": {"code": "API_KEY_MISSING"}}', 403)
        if question.get("format") != "json":
            return Reply(b"<api-root/>", kind="application/xml")
        parts = question.path.strip("/").split("/")
        if len(parts) == 3:
            return self._list(question, parts[2])
        content = self.bills[parts[2], int(parts[3])]
        actions = content["actions"]
        if len(parts) == 4:
            return _sent({"bill": content | {"actions": {"count": len(actions)}, "cosponsors": {"count": 0}}})
        asked = {"congress": "119", "billType": parts[2], "billNumber": parts[3]}
        start = int(question["offset"])
        held = actions[start : start + int(question["limit"])]
        return _sent({parts[4]: held, "pagination": {"count": len(actions)}, "request": asked})

    def _list(self, question: Question, type_: str) -> Reply:
        assert question["sort"] == "updateDate asc"
        since = question.get("fromDateTime", "0")[:10]
        found = [
            {
                "congress": 119,
                "type": type_.upper(),
                "number": str(number),
                "updateDate": one["updateDate"][:10],
            }
            for (of_type, number), one in self.bills.items()
            if of_type == type_ and one["updateDate"][:10] >= since
        ]
        found.sort(key=lambda one: one["updateDate"])
        start, size = int(question["offset"]), int(question["limit"])
        return _sent({"bills": found[start : start + size], "pagination": {"count": len(found)}})


def _sent(content: Any) -> Reply:
    return Reply(json.dumps(content).encode())


@pytest.fixture
def congress_gov(publisher: Publisher) -> CongressGov:
    publisher.answer = CongressGov()
    return publisher.answer


@pytest.fixture
def feed(congress_gov: CongressGov) -> Feed:
    return chosen("congress-gov", congress())


def details(publisher: Publisher) -> list[str]:
    return [one.path for one in publisher.asked if one.path.count("/") > 3]


def test_each_bill_comes_with_its_parts_and_all_eight_kinds_are_asked_for(feed: Feed, publisher: Publisher):
    feed = visit(feed)

    assert sorted(Measure.objects.values_list("number", flat=True)) == ["H.R. 210", "S. 12"]
    assert details(publisher) == [
        "/bill/119/hr/210", "/bill/119/hr/210/actions", "/bill/119/s/12", "/bill/119/s/12/actions",
    ]  # fmt: skip
    assert len({one.path for one in publisher.asked if one.path.count("/") == 3}) == 8
    assert feed.last_success_at == NOON


def test_the_next_visit_asks_from_the_last_day_on_and_for_no_bill_again(feed: Feed, publisher: Publisher):
    visit(feed)
    publisher.asked.clear()

    visit(feed, NOON + timedelta(days=1))

    assert details(publisher) == []
    assert publisher.asked[0]["fromDateTime"] == "2026-08-20T00:00:00Z"


def test_a_bill_that_changes_again_on_the_day_we_read_it_is_not_missed(
    feed: Feed, congress_gov: CongressGov, publisher: Publisher
):
    """Its marker is a day, and the same one for both changes."""
    congress_gov.bills = {("hr", 210): bill(updateDate="2026-08-22")}
    visit(feed)
    again = [*bill()["actions"], action("2026-08-22", "Passed House.", "H37300")]
    congress_gov.bills = {("hr", 210): bill(updateDate="2026-08-22", actions=again)}

    visit(feed, NOON + timedelta(days=1))
    assert MeasureAction.objects.filter(text="Passed House.").exists()

    publisher.asked.clear()
    visit(feed, NOON + timedelta(days=2))
    assert details(publisher) == []


def test_a_history_longer_than_a_page_is_read_whole(feed: Feed, congress_gov: CongressGov):
    lines = [action("2025-02-03", f"Line {number}", f"H{number}") for number in range(260)]
    congress_gov.bills = {("hr", 210): bill(actions=lines)}

    visit(feed)

    assert MeasureAction.objects.count() == 260


def test_more_bills_of_one_day_than_a_page_holds_are_all_read(
    feed: Feed, congress_gov: CongressGov, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("legislation.sources.measures.live.congress_gov._A_LIST", 3)
    congress_gov.bills = {
        ("hr", number): bill(number=str(number), updateDate=f"2026-08-{10 + number // 5}", actions=[])
        for number in range(1, 12)
    }

    visit(feed)

    assert Measure.objects.count() == 11


def test_a_bill_that_cannot_be_had_keeps_its_day_and_no_other_bill(
    feed: Feed, congress_gov: CongressGov, publisher: Publisher
):
    publisher.answer = lambda question: (
        Reply(status=404) if "/hr/210" in question.path else congress_gov(question)
    )

    feed = failed_visit(feed)

    assert Measure.objects.get().number == "S. 12"
    assert list(FeedMark.objects.filter(subject__startswith="since").values_list("subject", flat=True)) == [
        "since-s"
    ]
    assert "hr-210" in feed.error


def test_the_hour_has_its_quota_and_the_next_hour_goes_on(
    feed: Feed, congress_gov: CongressGov, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
):
    """What had come when the quota ended is loaded, though its page was not full."""
    monkeypatch.setattr("legislation.sources.measures.live.catalogue._CONGRESS_GOV_CALLS_AN_HOUR", 4)
    congress_gov.bills["hr", 211] = bill(number="211", updateDate="2026-08-21")

    feed = visit(feed)
    assert FeedCalls.objects.used(feed, Period.HOUR, now=NOON) == len(publisher.asked) == 4
    assert Measure.objects.get().number == "H.R. 210"
    assert "4 requests an hour" in feed.notice
    assert feed.next_run_at >= datetime(2026, 8, 22, 13, tzinfo=UTC)

    publisher.asked.clear()
    visit(feed, NOON + timedelta(hours=1))
    assert details(publisher)[:2] == ["/bill/119/hr/211", "/bill/119/hr/211/actions"]


def test_a_key_that_is_missing_there_is_a_refused_key(feed: Feed, settings: Any):
    settings.CONGRESS_GOV_API_KEY = "another"

    assert "check CONGRESS_GOV_API_KEY" in failed_visit(feed).error
