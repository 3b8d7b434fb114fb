"""The feed of LegiScan: a dataset once, then what the list of bills says has changed."""

import base64
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from legislation.models import (
    Feed,
    FeedMark,
    ImportRun,
    LegislativeSession,
    Measure,
    RecordKind,
    RollCall,
    SourceRecord,
    Vote,
)
from tests.legislation.live.publishers import Publisher, Question, Reply
from tests.legislation.live.visiting import NOON, chosen, failed_visit, ohio, visit
from tests.legislation.measures.legiscan import ADA, BEA, SESSION, answer, bill, counted, roll_call

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def voted(**changes: Any) -> dict[str, Any]:
    return bill(votes=[counted()], **changes)


class LegiScan:
    """Answers with the code of success whatever happens, and says inside whether it was one."""

    def __init__(self, *bills: dict[str, Any]) -> None:
        self.bills = list(bills)
        self.roll_calls = {8101: roll_call()}
        self.packed: list[dict[str, Any]] = []

    def __call__(self, question: Question) -> Reply:
        if question["key"] != "k3y":
            return _error("Invalid API Key")
        answered = getattr(self, question["op"])(question)
        return answered if isinstance(answered, Reply) else _sent(answered)

    def getDatasetList(self, question: Question) -> dict[str, Any]:
        listed = {
            **SESSION,
            "dataset_hash": "d1",
            "access_key": "acc",
            "session_title": SESSION["session_name"],
        }
        earlier = {**listed, "session_id": 9000, "year_start": 2023, "year_end": 2024}
        return answer("datasetlist", [earlier, listed] if question["state"] == "OH" else [])

    def getDataset(self, question: Question) -> Any:
        if question["access_key"] != "acc":
            return _error("Invalid access key")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for one in self.packed:
                archive.writestr(f"OH/bill/{one['bill_number']}.json", json.dumps({"bill": one}))
            for key, call in self.roll_calls.items():
                if self.packed:
                    archive.writestr(f"OH/vote/{key}.json", json.dumps({"roll_call": call}))
            for person in (ADA, BEA):
                archive.writestr(f"OH/people/{person['people_id']}.json", json.dumps({"person": person}))
        return answer("dataset", {"zip": base64.b64encode(packed.getvalue()).decode()})

    def getMasterListRaw(self, question: Question) -> dict[str, Any]:
        listed: dict[str, Any] = {
            str(number): {
                "bill_id": one["bill_id"],
                "number": one["bill_number"],
                "change_hash": one["change_hash"],
                "status": "1",
            }
            for number, one in enumerate(self.bills)
        }
        return answer("masterlist", {"session": SESSION, **listed})

    def getBill(self, question: Question) -> dict[str, Any]:
        return answer("bill", next(one for one in self.bills if one["bill_id"] == int(question["id"])))

    def getRollCall(self, question: Question) -> dict[str, Any]:
        return answer("roll_call", self.roll_calls[int(question["id"])])

    def getSessionPeople(self, question: Question) -> dict[str, Any]:
        return answer("sessionpeople", {"session": SESSION, "people": [ADA, BEA]})


def _sent(content: Any) -> Reply:
    return Reply(json.dumps(content).encode())


def _error(message: str) -> Reply:
    return _sent({"status": "ERROR", "alert": {"message": message}})


def ops(publisher: Publisher) -> list[str]:
    return [one["op"] for one in publisher.asked]


@pytest.fixture
def legiscan(publisher: Publisher) -> LegiScan:
    publisher.answer = LegiScan(voted())
    return publisher.answer


@pytest.fixture
def feed(legiscan: LegiScan) -> Feed:
    return chosen("legiscan", ohio())


def test_a_changed_bill_comes_with_its_roll_calls_and_the_names_of_the_voters(
    feed: Feed, publisher: Publisher
):
    feed = visit(feed)

    assert ops(publisher) == [
        "getDatasetList", "getDataset", "getMasterListRaw", "getBill", "getRollCall", "getSessionPeople",
    ]  # fmt: skip
    assert Measure.objects.get().number == "HB210"
    assert sorted(Vote.objects.values_list("name", flat=True)) == ["Ada Quill", "Bea Rook"]
    assert feed.last_success_at == NOON


def test_what_the_list_says_is_as_it_was_is_not_asked_for(feed: Feed, publisher: Publisher):
    visit(feed)
    publisher.asked.clear()

    visit(feed, NOON + DAY)

    assert ops(publisher) == ["getDatasetList", "getMasterListRaw"]
    assert ImportRun.objects.count() == 1


def test_a_roll_call_never_changes_and_is_read_once(feed: Feed, legiscan: LegiScan, publisher: Publisher):
    visit(feed)
    legiscan.bills = [voted(change_hash="1f" * 16, title="Amended")]
    publisher.asked.clear()

    visit(feed, NOON + DAY)

    assert ops(publisher) == ["getDatasetList", "getMasterListRaw", "getBill"]
    assert Measure.objects.get().title_en == "Amended"
    assert Vote.objects.count() == 2
    assert RollCall.objects.count() == 1


def test_a_whole_session_comes_in_one_dataset(feed: Feed, legiscan: LegiScan, publisher: Publisher):
    legiscan.bills = [voted(), *(bill(bill_id=7100 + n, bill_number=f"HB{300 + n}") for n in range(130))]
    legiscan.packed = legiscan.bills

    feed = visit(feed)

    assert ops(publisher) == ["getDatasetList", "getDataset", "getMasterListRaw"]
    assert Measure.objects.count() == 131
    assert sorted(Vote.objects.values_list("name", flat=True)) == ["Ada Quill", "Bea Rook"]
    assert feed.last_success_at == NOON


def test_a_dataset_is_asked_for_once_in_the_life_of_a_session(
    feed: Feed, legiscan: LegiScan, publisher: Publisher
):
    legiscan.packed = legiscan.bills
    visit(feed)
    publisher.asked.clear()
    legiscan.bills = [voted(change_hash="1f" * 16)]

    visit(feed, NOON + DAY)

    assert ops(publisher) == ["getDatasetList", "getMasterListRaw", "getBill"]


def test_a_dataset_that_is_no_archive_leaves_the_bills_to_be_asked_for_one_by_one(
    feed: Feed, legiscan: LegiScan, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        legiscan, "getDataset", lambda question: answer("dataset", {"zip": "bm8gYXJjaGl2ZQ=="})
    )

    feed = visit(feed)

    assert Measure.objects.count() == 1
    assert feed.failures == 0


def test_an_error_that_comes_as_a_success_ends_the_visit(feed: Feed, publisher: Publisher, settings: Any):
    settings.LEGISCAN_API_KEY = "wrong"

    feed = failed_visit(feed)

    assert len(publisher.asked) == 1
    assert feed.error == "LegiScan answered with an error: Invalid API Key"


def test_a_quota_that_the_publisher_counts_otherwise_is_waited_for(feed: Feed, publisher: Publisher):
    publisher.trouble = [_error("Monthly query limit exceeded")]

    feed = visit(feed)

    assert feed.failures == 0
    assert feed.notice.startswith("LegiScan says: Monthly query limit exceeded.")
    assert feed.next_run_at > NOON + timedelta(hours=5)


def test_a_session_that_the_publisher_does_not_have_fails_alone(feed: Feed):
    unknown = ohio("99")
    feed.sessions.create(session=unknown)

    feed = failed_visit(feed)

    assert Measure.objects.count() == 1
    assert feed.error == f"{unknown}: LegiScan has no session of this state that we know as 99."
    good = dict(feed.sessions.values_list("session__identifier", "last_good_at"))
    assert good == {"136": NOON, "99": None}


def test_one_bill_that_cannot_be_had_keeps_back_no_other_and_is_asked_for_again(
    feed: Feed, legiscan: LegiScan, publisher: Publisher
):
    legiscan.bills = [
        bill(),
        bill(bill_id=7002, bill_number="HB211"),
        bill(bill_id=7003, bill_number="HB212"),
    ]
    honest = legiscan.__call__
    publisher.answer = lambda question: (
        Reply(b"<html>", kind="text/html") if question.get("id") == "7002" else honest(question)
    )
    feed = failed_visit(feed)
    assert list(Measure.objects.values_list("number", flat=True)) == ["HB210", "HB212"]
    assert "bill-7002" in feed.error
    publisher.answer = honest
    publisher.asked.clear()

    visit(feed, NOON + DAY)

    assert [one.get("id") for one in publisher.asked if one["op"] == "getBill"] == ["7002"]
    assert Measure.objects.count() == 3


def test_a_bill_that_the_publisher_renumbers_stays_one_measure(feed: Feed, legiscan: LegiScan):
    visit(feed)
    legiscan.bills = [voted(bill_id=7999, change_hash="2f" * 16, title="The same, moved")]

    visit(feed, NOON + DAY)

    assert Measure.objects.get().title_en == "The same, moved"
    known = SourceRecord.objects.filter(kind=RecordKind.MEASURE).values_list("external_id", "missing_since")
    assert sorted(known) == [("7001", NOON + DAY), ("7999", None)]


def test_a_refused_bill_is_named_and_read_again_when_it_comes_next(feed: Feed, legiscan: LegiScan):
    legiscan.bills = [bill(bill_number="---"), bill(bill_id=7002, bill_number="HB211")]

    visit(feed)

    assert Measure.objects.get().number == "HB211"
    assert [one["record"] for one in ImportRun.objects.get().report["refused"]] == ["---"]
    assert not FeedMark.objects.filter(subject="bill-7001").exists()


def test_no_session_is_made_up(feed: Feed):
    visit(feed)

    assert list(LegislativeSession.objects.values_list("identifier", flat=True)) == ["136"]
