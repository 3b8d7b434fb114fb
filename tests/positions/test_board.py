"""The board of followed measures: its columns, filters, what it marks, its file, and what it costs."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.positions import board
from advocacy.positions.actions import trackings
from advocacy.positions.models import Issue, Standpoint, Tracking
from advocacy.positions.models.tracking import TrackingQuerySet
from legislation.models import MeasureAction, Stage
from members.access import keep_reach
from members.confidentiality import Confidentiality
from tests.cast import TODAY, Cast, browser_of
from tests.factories.measures import measure, proposed, stepped, took, tracked
from tests.factories.people import state

NOW = datetime(2027, 2, 9, 16, tzinfo=UTC)
BOARD = "/measures/"


def page(user: User, query: str = "") -> str:
    response = browser_of(user).get(BOARD + query)
    assert response.status_code == 200
    return response.content.decode()


def columns(user: User, **filters: str) -> dict[str, list[str]]:
    """The numbers in each column of the page."""
    response = browser_of(user).get(BOARD, filters)
    shown = response.context["columns"]
    return {str(column.title): [card.measure.number for card in column.cards] for column in shown}


def file_of(user: User, query: str = "") -> list[dict[str, str]]:
    response = browser_of(user).get("/measures/board.csv" + query)
    text = b"".join(response).decode("utf-8-sig")  # type: ignore[arg-type]  # a stream of bytes
    return list(csv.DictReader(io.StringIO(text)))


def test_each_tier_has_a_column_and_the_last_moved_comes_first(cast: Cast):
    for number, tier in (("HB 1", 1), ("HB 2", 2), ("HB 3", 3), ("HB 4", 4), ("HB 5", 1)):
        tracked(measure(number), cast.gulf_prairie, tier=tier)
    trackings.add(measure("HB 6"), chapter=cast.gulf_prairie, by=cast.dana, on=TODAY)
    stepped(Tracking.objects.get(measure__number="HB 1").measure, Stage.INTRODUCED, date(2027, 2, 1))

    assert columns(cast.dana) == {
        "To triage": ["HB 6"],
        "1 – Lead": ["HB 1", "HB 5"],
        "2 – Engage": ["HB 2"],
        "3 – Monitor": ["HB 3"],
    }
    assert columns(cast.dana, tier="4") == {"4 – Archive": ["HB 4"]}


def test_a_card_says_where_the_measure_stands_and_what_we_think(cast: Cast):
    bill = measure("HB 1", short_name="The exchange bill")
    tracked(bill, cast.gulf_prairie, owner=cast.dana, effect="helps")
    stepped(bill, Stage.COMMITTEE_1, date(2027, 2, 1), local_label="Left pending")
    MeasureAction.objects.create(measure=bill, order=1, on=date(2027, 2, 3), text="Fiscal note filed")
    took(bill, None, Standpoint.SUPPORT, cast.jordan)
    proposed(bill, cast.gulf_prairie, Standpoint.OPPOSE)
    took(bill, cast.hill_country, Standpoint.NEUTRAL, cast.jordan)

    text = page(cast.dana)

    for words in (
        "HB 1 (Texas 90R)",
        "The exchange bill",
        "Left pending",
        "last change Feb. 3, 2027",
        "Dana Whitfield",
        "Society: Support",
        "Proposed: Oppose",
        "Helps",
    ):
        assert words in text
    assert "Neutral" not in text


def test_five_business_days_without_a_tier_are_marked_and_four_are_not(cast: Cast):
    trackings.add(measure("HB 1"), chapter=cast.gulf_prairie, by=cast.dana, on=date(2027, 2, 2))
    on_time = page(cast.dana)
    trackings.add(measure("HB 2"), chapter=cast.gulf_prairie, by=cast.dana, on=date(2027, 2, 1))
    late = page(cast.dana)

    assert "5 business days without a tier" in on_time
    assert "has waited for its tier" not in on_time
    assert '<span class="overdue">6 business days without a tier</span>' in late
    assert "One measure has waited for its tier for more than 5 business days." in late


def test_the_filters_stand_in_the_address_and_narrow_the_board(cast: Cast):
    mine = tracked(measure("HB 1"), cast.gulf_prairie, owner=cast.dana)
    watched = tracked(measure("HB 2"), cast.hill_country)
    tracked(measure("S 1", jurisdiction=state("us", "United States")), None)
    trackings.watch(watched, by=cast.dana)
    issue, _is_new = Issue.objects.get_or_create(title_en="Connected health")
    mine.issues.add(issue)

    def numbers(**filters: object) -> list[str]:
        found = columns(cast.dana, **{name: str(value) for name, value in filters.items()})
        return sorted(number for column in found.values() for number in column)

    assert numbers() == ["HB 1", "HB 2", "S 1"]
    assert numbers(whose="mine") == ["HB 1", "HB 2"]
    assert numbers(whose="chapters") == ["HB 1"]
    assert numbers(whose="society") == ["S 1"]
    assert numbers(chapter=cast.hill_country.pk) == ["HB 2"]
    assert numbers(jurisdiction=state("us", "United States").pk) == ["S 1"]
    assert numbers(issue=issue.pk) == ["HB 1"]
    assert numbers(owner=cast.dana.pk) == ["HB 1"]
    assert numbers(owner="nobody", tier="9") == ["HB 1", "HB 2", "S 1"]


def test_an_empty_board_says_what_to_do(cast: Cast):
    assert "Nothing is followed yet" in page(cast.dana)
    assert "Nothing matches these filters" in page(cast.dana, "?tier=1")


def test_only_who_decides_what_is_followed_is_offered_to_add_a_measure(cast: Cast):
    offered = {
        name: "Add a measure" in page(getattr(cast, name)) for name in ("dana", "priya", "tom", "jordan")
    }

    assert offered == {"dana": True, "priya": False, "tom": False, "jordan": True}


def test_a_long_column_says_how_many_it_leaves_out(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(board, "MOST_IN_A_COLUMN", 2)
    for number in range(5):
        tracked(measure(f"HB {number}"), cast.gulf_prairie)

    text = page(cast.dana)

    assert "3 more are not shown: use the filters, or take the file." in text
    assert "5 results" in text


def _queries(cast: Cast) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(cast.dana)
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_whatever_is_followed(cast: Cast, rows: int, django_assert_num_queries):
    for number in range(rows):
        bill = measure(f"HB {number + 1}")
        stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))
        took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
        tracked(bill, cast.gulf_prairie, tier=2, owner=cast.dana)
    browser = browser_of(cast.dana)
    browser.get(BOARD)

    with django_assert_num_queries(18):
        browser.get(BOARD)


def test_two_hundred_measures_cost_the_queries_of_three(cast: Cast):
    issue, _is_new = Issue.objects.get_or_create(title_en="Connected health")

    def follow(numbers: range) -> None:
        for number in numbers:
            bill = measure(f"HB {number}")
            stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))
            took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
            if number % 4:
                row = tracked(bill, cast.gulf_prairie, tier=number % 4, owner=cast.dana)
            else:
                row = trackings.add(bill, chapter=cast.gulf_prairie, by=cast.dana, on=TODAY)
            row.issues.add(issue)

    follow(range(3 + 1))
    few = _queries(cast)
    follow(range(4, 200))

    assert _queries(cast) == few


def test_the_file_holds_what_the_board_shows_and_no_note(cast: Cast):
    lead = tracked(measure("HB 1"), cast.gulf_prairie, tier=1, owner=cast.dana, why="It opens the exchange.")
    tracked(measure("HB 2"), cast.hill_country, tier=2)
    tracked(measure("HB 3"), cast.gulf_prairie, tier=4)
    trackings.add(measure("HB 4"), chapter=cast.gulf_prairie, by=cast.dana, on=TODAY)
    for level in Confidentiality:
        trackings.note(lead, text=f"A {level} secret", confidentiality=level, by=cast.dana, now=NOW)

    rows = file_of(cast.dana)

    assert [(row["Tier"], row["Number"], row["Session"], row["Followed for"]) for row in rows] == [
        ("To triage", "HB 4", "Texas 90R", "Gulf Prairie"),
        ("1 – Lead", "HB 1", "Texas 90R", "Gulf Prairie"),
        ("2 – Engage", "HB 2", "Texas 90R", "Hill Country"),
    ]
    assert rows[1]["Why it matters"] == "It opens the exchange."
    assert "secret" not in str(rows)
    assert [row["Number"] for row in file_of(cast.dana, "?tier=4")] == ["HB 3"]
    assert Entry.objects.filter(verb="exported").count() == 2


def test_the_file_goes_through_the_same_door_as_the_board(cast: Cast):
    tracked(measure("HB 1"), cast.gulf_prairie)
    tracked(measure("SB 9", jurisdiction=state("md", "Maryland")), cast.three_capitals)

    seen = {
        name: sorted(row["Number"] for row in file_of(getattr(cast, name)))
        for name in ("dana", "ruth", "sam", "angela")
    }

    assert seen == {"dana": ["HB 1"], "ruth": ["SB 9"], "sam": [], "angela": ["HB 1", "SB 9"]}


def test_every_card_of_the_file_is_read_in_as_many_queries_as_one(cast: Cast, django_assert_num_queries):
    for number in range(3):
        tracked(measure(f"HB {number}"), cast.gulf_prairie)
    keep_reach(cast.jordan)
    rows = TrackingQuerySet(Tracking).visible_to(cast.jordan)

    with django_assert_num_queries(4):
        board.all_cards(rows, user=cast.jordan, today=TODAY)
