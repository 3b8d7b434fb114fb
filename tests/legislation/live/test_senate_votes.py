"""The feed of the Senate's roll calls: a menu for each year, a file for each vote."""

from datetime import UTC, datetime, timedelta

import pytest

from legislation.models import Feed, RollCall, Vote
from tests.factories.measures import measure
from tests.legislation.live.publishers import Publisher, Question, Reply
from tests.legislation.live.visiting import NOON, chosen, congress, visit
from tests.legislation.measures.test_senate_votes import ALBA, BAO, vote

pytestmark = pytest.mark.django_db


class Senate:
    """`votes` by year and number: what each was about."""

    def __init__(self) -> None:
        self.votes = {(1, 42): ("S.", "12"), (1, 43): ("PN", "7"), (2, 5): ("S.", "12")}
        self.results = dict.fromkeys(self.votes, "Bill Passed")

    def __call__(self, question: Question) -> Reply:
        name = question.path.rpartition("/")[2]
        if name.startswith("vote_menu"):
            return self._menu(int(name[-5]), question)
        year, number = (int(part) for part in name.removesuffix(".xml").split("_")[2:])
        document, of_number = self.votes[year, number]
        more = {"session": str(year), "vote_number": f"{number:05}"}
        body = vote(ALBA, BAO, document=document, number=of_number, result=self.results[year, number], **more)
        return Reply(body.encode(), kind="text/xml")

    def _menu(self, year: int, question: Question) -> Reply:
        rows = "".join(
            f"<vote><vote_number>{number:05}</vote_number><issue>{document}{of}</issue>"
            f"<result>{self.results[of_year, number]}</result></vote>"
            for (of_year, number), (document, of) in self.votes.items()
            if of_year == year
        )
        body = f"<vote_summary><votes>{rows}</votes></vote_summary>".encode()
        tag = f'"{hash(body)}"'
        if question.headers.get("if-none-match") == tag:
            return Reply(status=304)
        return Reply(body, kind="text/xml", headers={"ETag": tag})


@pytest.fixture
def senate(publisher: Publisher) -> Senate:
    publisher.answer = Senate()
    return publisher.answer


@pytest.fixture
def feed(senate: Senate) -> Feed:
    home = congress()
    measure("S. 12", jurisdiction=home.jurisdiction, session="119")
    return chosen("senate-votes", home)


def votes_asked_for(publisher: Publisher) -> list[str]:
    return [path.rpartition("/")[2] for path in publisher.paths if "menu" not in path]


def test_both_years_are_read_and_no_vote_on_a_nomination(feed: Feed, publisher: Publisher):
    feed = visit(feed)

    assert votes_asked_for(publisher) == ["vote_119_1_00042.xml", "vote_119_2_00005.xml"]
    assert (RollCall.objects.count(), Vote.objects.count()) == (2, 4)
    assert feed.last_success_at == NOON


def test_a_menu_that_has_not_changed_is_not_sent_again(feed: Feed, publisher: Publisher):
    visit(feed)
    publisher.asked.clear()

    feed = visit(feed, NOON + timedelta(days=1))

    assert all("if-none-match" in one.headers for one in publisher.asked)
    assert votes_asked_for(publisher) == []
    assert feed.last_success_at == NOON + timedelta(days=1)


def test_a_line_of_the_menu_that_is_put_right_is_read_again(feed: Feed, senate: Senate, publisher: Publisher):
    visit(feed)
    senate.results[1, 42] = "Bill Defeated"
    publisher.asked.clear()

    visit(feed, NOON + timedelta(days=1))

    assert votes_asked_for(publisher) == ["vote_119_1_00042.xml"]
    assert sorted(RollCall.objects.values_list("result", flat=True)) == ["failed", "passed"]


def test_the_second_year_is_not_asked_for_before_it_has_begun(feed: Feed, publisher: Publisher):
    visit(feed, datetime(2025, 12, 31, tzinfo=UTC))

    assert [path.rpartition("/")[2] for path in publisher.paths] == [
        "vote_menu_119_1.xml",
        "vote_119_1_00042.xml",
    ]
