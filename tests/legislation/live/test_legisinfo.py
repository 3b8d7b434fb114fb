"""The feed of LEGISinfo: the list of a session says which bills are not what they were."""

import json
from datetime import timedelta
from typing import Any

import pytest

from legislation.models import Feed, Measure
from tests.legislation.live.publishers import Publisher, Question, Reply
from tests.legislation.live.visiting import NOON, chosen, failed_visit, parliament, visit
from tests.legislation.measures.test_legisinfo import bill

pytestmark = pytest.mark.django_db


class Legisinfo:
    """Short lines in the list, and a list of one as the detail."""

    def __init__(self) -> None:
        self.bills = {"C-500": _bill("C-500", 1), "S-2": _bill("S-2", 2)}
        self.latest = dict.fromkeys(self.bills, "First reading")

    def __call__(self, question: Question) -> Reply:
        if question.path == "/legisinfo/en/bills/json":
            assert question["parlsession"] == "45-1"
            return Reply(json.dumps([self._line(number) for number in self.bills]).encode())
        number = question.path.split("/")[-2].upper()
        return Reply(json.dumps([self.bills[number]]).encode())

    def _line(self, number: str) -> dict[str, Any]:
        return {
            "BillId": self.bills[number]["Id"],
            "BillNumberFormatted": number,
            "ParliamentNumber": 45,
            "SessionNumber": 1,
            "LongTitleEn": self.bills[number]["LongTitleEn"],
            "LatestActivityEn": self.latest[number],
        }


def _bill(number: str, id_: int, **more: Any) -> dict[str, Any]:
    return bill(number, Id=id_, ParliamentNumber=45, SessionNumber=1, **more)


@pytest.fixture
def service(publisher: Publisher) -> Legisinfo:
    publisher.answer = Legisinfo()
    return publisher.answer


@pytest.fixture
def feed(service: Legisinfo) -> Feed:
    return chosen("legisinfo", parliament())


def details(publisher: Publisher) -> list[str]:
    return [path for path in publisher.paths if "/bill/" in path]


def test_the_bills_of_the_list_are_read_in_detail_and_in_both_languages(feed: Feed, publisher: Publisher):
    feed = visit(feed)

    assert details(publisher) == ["/LegisInfo/en/bill/45-1/c-500/json", "/LegisInfo/en/bill/45-1/s-2/json"]
    assert Measure.objects.get(number="C-500").title_fr == "Loi sur les dossiers transférables"
    assert feed.last_success_at == NOON


def test_a_bill_is_read_again_when_its_line_is_another(feed: Feed, service: Legisinfo, publisher: Publisher):
    visit(feed)
    service.latest["S-2"] = "Second reading"
    service.bills["S-2"] = _bill("S-2", 2, ShortTitleEn="Portable Records, amended")
    publisher.asked.clear()

    visit(feed, NOON + timedelta(hours=6))

    assert details(publisher) == ["/LegisInfo/en/bill/45-1/s-2/json"]
    assert Measure.objects.get(number="S-2").title_en == "Portable Records, amended"


def test_an_empty_list_takes_nothing_away_and_is_no_good_visit(feed: Feed, service: Legisinfo):
    visit(feed)
    service.bills = {}

    feed = failed_visit(feed, NOON + timedelta(days=1))

    assert Measure.objects.count() == 2
    assert "not an answer of LEGISinfo" in feed.error
    assert feed.last_success_at == NOON


def test_after_three_in_a_row_the_publisher_is_in_trouble_and_not_a_bill(
    feed: Feed, service: Legisinfo, publisher: Publisher
):
    service.bills = {f"C-{number}": _bill(f"C-{number}", number) for number in range(2, 12)}
    service.latest = dict.fromkeys(service.bills, "First reading")
    publisher.answer = lambda question: (
        Reply(b"<html>Sorry</html>", kind="text/html") if "/bill/" in question.path else service(question)
    )

    feed = failed_visit(feed)

    assert len(details(publisher)) == 3
    assert "web page instead of data" in feed.error


def test_a_publisher_in_trouble_is_given_up_and_each_failure_waits_longer(feed: Feed, publisher: Publisher):
    publisher.answer = lambda question: Reply(status=500)
    waits = []
    for _ in range(3):
        feed = failed_visit(feed)
        waits.append((feed.next_run_at - NOON) // timedelta(minutes=1))

    assert feed.failures == 3
    assert feed.error == "The publisher was asked 3 times: it answered 500."
    assert [15 <= waits[0] <= 16, 30 <= waits[1] <= 31, 60 <= waits[2] <= 61] == [True, True, True]
