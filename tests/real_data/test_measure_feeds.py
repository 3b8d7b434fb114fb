"""Feeds against the publishers' own answers: nothing in them is unknown to us, and a second visit loads nothing."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from legislation.models import Feed, ImportRun, Measure, RollCall, Sponsorship
from tests.factories.people import state
from tests.legislation.live.publishers import Publisher, Question, Reply, publishing
from tests.legislation.live.visiting import NOON, chosen, congress, session, visit
from tests.real_data.staged import staged

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
DAY = timedelta(days=1)


@pytest.fixture
def publisher(settings: Any, tmp_path: Path) -> Iterator[Publisher]:
    settings.VAR_DIR = tmp_path
    with publishing() as server:
        for name in ("OPENSTATES", "CONGRESS_GOV", "SENATE"):
            setattr(settings, f"{name}_URL", server.url)
        settings.OPENSTATES_API_KEY = settings.CONGRESS_GOV_API_KEY = "k3y"
        yield server


def visited_twice(feed: Feed, publisher: Publisher) -> list[Any]:
    """What the one run noted; the second visit must not make another."""
    visit(feed)
    feed = visit(feed, NOON + DAY)
    assert (feed.failures, feed.last_success_at) == (0, NOON + DAY)
    return ImportRun.objects.get().report["notices"]


def test_bills_of_new_york_as_open_states_sends_them(publisher: Publisher):
    pages = [
        json.loads(path.read_bytes())
        for path in sorted(staged("bills/openstates-v3").glob("bills_ny_*.json"))
    ]
    bills = {one["id"]: one for page in pages for one in page["results"]}
    in_order = sorted(bills.values(), key=lambda one: one["updated_at"])

    def answers(question: Question) -> Reply:
        found = [one for one in in_order if one["updated_at"] >= question.get("updated_since")]
        last = max(-(-len(found) // 20), 1)
        page = {"results": found[:20], "pagination": {"page": 1, "max_page": last}}
        return Reply(json.dumps(page).encode())

    publisher.answer = answers
    feed = chosen("openstates-v3", session(state("ny", "New York"), "2025-2026"))

    assert visited_twice(feed, publisher) == []
    assert Measure.objects.count() == len(bills) == 36


def test_a_bill_of_congress_gov_with_all_its_parts(publisher: Publisher):
    folder = staged("bills/congress-gov-v3")
    entry = {"congress": 117, "type": "HR", "number": "21", "updateDate": "2022-01-08"}

    def answers(question: Question) -> Reply:
        parts = question.path.strip("/").split("/")
        if len(parts) > 3:
            return Reply((folder / f"bill_117_hr_{'_'.join(parts[3:])}.json").read_bytes())
        listed = [entry] if parts[2] == "hr" else []
        return Reply(json.dumps({"bills": listed, "pagination": {"count": len(listed)}}).encode())

    publisher.answer = answers

    assert visited_twice(chosen("congress-gov", congress("117")), publisher) == []
    assert Measure.objects.get().number == "H.R. 21"
    assert Sponsorship.objects.count() == 3


def test_the_menu_of_the_senate_and_two_of_its_votes(publisher: Publisher):
    folder = staged("bills/senate-vote-xml")
    names = {"vote_menu_118_2.xml": "menu.xml", "vote_118_2_00336.xml": "vote-amendment.xml"}

    def answers(question: Question) -> Reply:
        name = names.get(question.path.rpartition("/")[2])
        if name is None and "menu" in question.path:
            return Reply(b"<vote_summary><votes/></vote_summary>", kind="text/xml")
        if name is None:
            name = "vote-amendment.xml"
        return Reply((folder / name).read_bytes(), kind="text/xml")

    publisher.answer = answers
    visit(chosen("senate-votes", congress("118")))

    asked = [path.rpartition("/")[2] for path in publisher.paths if "menu" not in path]
    assert asked == ["vote_118_2_00339.xml", "vote_118_2_00337.xml", "vote_118_2_00336.xml"]
    assert RollCall.objects.count() == 1
