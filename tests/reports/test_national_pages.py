"""The national report on the screen: who reads it, what it says, and that its files say the same."""

import csv
import io
import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.interactions.models import Interaction, Topic
from advocacy.kernel.exports import plain_text
from advocacy.positions.models import Issue
from advocacy.reports.actions import locking
from advocacy.reports.national import build
from advocacy.reports.writers import html
from legislation.models import Official, Stage
from members.models import Chapter
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, logged
from tests.factories.measures import measure, stepped, tracked
from tests.factories.months import FEBRUARY, report_on, story_of_february, submitted_at
from tests.factories.people import ChapterFactory, advocate_of, covers, state

NOW = datetime(2027, 3, 8, 15, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    official = alma_reyes()
    story_of_february(cast, official)
    clock.move_to(NOW)
    return official


def page_of(user: User, period: str = "2027-02", query: str = "") -> str:
    return browser_of(user).get(reverse("reports:national", args=[period]) + query).content.decode()


def table_of(page: str, code: str) -> list[list[str]]:
    """The cells of a table as a reader sees them, heading first."""
    table = re.search(rf'<table class="data keep report" id="{code}-table">(.*?)</table>', page, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def file_of(user: User, code: str, query: str = "") -> list[list[str]]:
    address = reverse("reports:national_table", args=["2027-02", code]) + query
    text = b"".join(browser_of(user).get(address).streaming_content).decode("utf-8-sig")
    return [[plain_text(cell) or "–" for cell in row] for row in csv.reader(io.StringIO(text))]


def test_everybody_of_the_task_force_reads_it_and_nobody_else(cast: Cast, reyes: Official):
    address = reverse("reports:national", args=["2027-02"])
    people = ("dana", "luis", "tom", "angela", "jordan", "sam", "chris", "priya", "former")
    answers = {name: browser_of(getattr(cast, name)).get(address).status_code for name in people}

    assert answers == {
        "dana": 200, "luis": 200, "tom": 200, "angela": 200, "jordan": 200,
        "sam": 404, "chris": 404, "priya": 404, "former": 403,
    }  # fmt: skip


def test_each_issue_has_a_bar_as_long_as_its_number(cast: Cast, reyes: Official):
    for number, title in ((3, "Broadband"), (1, "Privacy")):
        issue = Issue.objects.create(title_en=title)
        for interaction in Interaction.objects.meaningful().exportable()[:number]:
            Topic.objects.create(interaction=interaction, issue=issue)
    report = build.monthly(FEBRUARY, now=NOW)
    numbers = [row[1] for row in report.block("issues").rows]

    assert numbers[:4] == [4, 3, 1, 0]
    for page in (page_of(cast.dana), html.written(report).decode()):
        lengths = re.findall(r'<rect class="chart-1" width="(\d+)" height="10"', page)
        assert lengths[:4] == ["100", "75", "25", "0"]
        assert len(lengths) == len(numbers)


def test_the_number_of_a_measure_is_not_broken_over_two_lines(cast: Cast, reyes: Official):
    bill = measure("S. 4411")
    tracked(bill, cast.gulf_prairie)
    stepped(bill, Stage.ENACTED, date(2027, 2, 9))

    assert '<td class="whole">S. 4411 (90R)</td>' in page_of(cast.dana)


@pytest.mark.parametrize("code", ["headline", "map", "by_month", "issues", "chapters", "definitions"])
def test_the_file_of_a_table_says_what_the_screen_says(cast: Cast, reyes: Official, code: str):
    assert file_of(cast.dana, code) == table_of(page_of(cast.dana), code)


def test_the_chapters_are_sorted_by_any_column_on_the_screen_and_in_the_file(cast: Cast, reyes: Official):
    by_number = table_of(page_of(cast.dana, query="?sort=-interactions"), "chapters")

    assert [row[0] for row in by_number[1:3]] == ["Gulf Prairie", "Hill Country"]
    assert file_of(cast.dana, "chapters", "?sort=-interactions") == by_number
    assert table_of(page_of(cast.dana, query="?sort=nonsense"), "chapters") == table_of(
        page_of(cast.dana), "chapters"
    )


def test_a_running_month_a_draft_and_an_issued_one_say_so(cast: Cast, reyes: Official):
    running, draft = page_of(cast.dana, "2027-03"), page_of(cast.dana)
    locking.lock(FEBRUARY, by=cast.angela, now=timezone.now())
    issued = page_of(cast.dana)

    assert "Running: the month is not over, and its numbers are not final." in running
    assert "Draft: the month is not locked, and its numbers still change." in draft
    assert "Issued, version 1" in issued


def test_every_drawing_has_its_words_and_a_table(cast: Cast, reyes: Official):
    page = page_of(cast.dana)

    for code in ("by_month", "map"):
        assert re.search(rf'<title id="{code}-drawing">[^<]+</title>', page)
        assert re.search(rf'<desc id="{code}-says">[^<]+</desc>', page)
        assert f'id="{code}-table"' in page
    assert "style=" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_picked_month_and_the_newest_one_have_an_address(cast: Cast, reyes: Official):
    address = reverse("reports:national_month")
    answers = [browser_of(cast.dana).get(address + query) for query in ("?period=2027-01", "")]

    assert [one.headers["Location"] for one in answers] == [
        "/reports/national/2027-01/",
        "/reports/national/2027-02/",
    ]


@pytest.mark.parametrize(
    "address", ["national/2027-13/", "national/2027-02/nonsense.csv", "national/?period=x"]
)
def test_what_is_no_month_or_no_table_is_missing(cast: Cast, address: str):
    assert browser_of(cast.dana).get(f"/reports/{address}").status_code == 404


def test_words_that_were_not_handed_in_stay_with_the_chapter(cast: Cast, reyes: Official):
    words = {"top_worry": "The chair is leaving.", "top_win": "HB 210 moved.", "summary": "Busy."}
    report = report_on(cast.gulf_prairie, **words)
    assert "The chair is leaving." not in page_of(cast.luis)

    for name, value in (submitted_at(NOW, cast.dana) | words).items():
        setattr(report, name, value)
    report.save()
    page = page_of(cast.luis)
    assert "The chair is leaving." in page
    assert "HB 210 moved." in page


@pytest.mark.parametrize(("consent", "is_shown"), [(True, True), (False, False)])
def test_a_story_needs_consent(cast: Cast, reyes: Official, consent: bool, is_shown: bool):
    story = {"story": "A nurse told us.", "story_may_be_published": consent}
    report_on(cast.gulf_prairie, **submitted_at(NOW, cast.dana), **story)

    assert ("A nurse told us." in page_of(cast.luis)) is is_shown


def more_chapters(cast: Cast, number: int) -> None:
    """Each with a territory, an advocate, a report and a contact."""
    official = Official.objects.get()
    for place in range(number):
        chapter: Chapter = ChapterFactory(name=f"Chapter {place}", region=cast.southern)
        covers(chapter, state("tx", "Texas"), counties="Hays")
        person = advocate_of(chapter)
        report_on(chapter, **submitted_at(NOW, person))
        logged(person, [official], occurred_on=date(2027, 2, 9))


def test_sixty_chapters_cost_as_many_queries_as_one(cast: Cast, reyes: Official):
    client, address = browser_of(cast.dana), reverse("reports:national", args=["2027-02"])
    more_chapters(cast, 1)
    client.get(address)
    counts = []
    for number in (0, 7):
        more_chapters(cast, number)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 93
