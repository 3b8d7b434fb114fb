"""Until when comments are taken: on the page of the measure, in the calendar, in the admin, and from our own table."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from advocacy.audit.models import Entry
from legislation.actions import load_measures
from legislation.models import CommentPeriod, Measure
from tests.cast import NOW, Cast, browser_of
from tests.factories.comments import LAST_EVENING, comments_on
from tests.factories.measures import measure

HEADER = "jurisdiction,session,number,kind,title_en,comment_closes"
TORONTO = ZoneInfo("America/Toronto")


def rule(number: str = "Rule 1") -> Measure:
    return measure(number, session="2027", kind="regulation")


def page(person: object, address: str) -> str:
    return " ".join(browser_of(person).get(address).content.decode().split())  # type: ignore[arg-type]  # of the cast


def test_the_measure_shows_the_close_by_both_clocks_and_what_became_of_our_comment(cast: Cast):
    period = comments_on(
        rule(), docket_id="HHS-1", comment_lead=cast.sam, submitted_at=NOW, tracking_number="1k2-3"
    )

    shown = page(cast.dana, period.measure.get_absolute_url())

    for words in ("22:59", "23:59 New York time", "HHS-1", "Sam Reed", "1k2-3", "Ours is submitted"):
        assert words in shown
    assert "Comments" not in page(cast.dana, rule("Rule 2").get_absolute_url())


def test_an_extension_is_shown_with_what_was_announced_first(cast: Cast):
    period = comments_on(rule(), extended_to=LAST_EVENING + timedelta(weeks=2))

    shown = page(cast.dana, period.measure.get_absolute_url())

    assert (period.end, "Extended. It was to be:" in shown) == (LAST_EVENING + timedelta(weeks=2), True)


def test_the_calendar_lists_open_periods_soonest_first(cast: Cast):
    comments_on(rule("Rule 1"))
    comments_on(rule("Rule 2"), closes_at=LAST_EVENING - timedelta(days=2))
    comments_on(rule("Rule 3"), closes_at=NOW)
    comments_on(rule("Rule 4"), closes_at=NOW, extended_to=LAST_EVENING - timedelta(days=1))

    shown, before = (
        page(cast.dana, reverse("legislation:hearing_list") + query) for query in ("", "?when=earlier")
    )

    places = [shown.find(f">Rule {number}<") for number in (2, 4, 1)]
    assert (sorted(places) == places, min(places) > 0) == (True, True)
    assert (">Rule 3<" in shown, "Comments that close" in before) == (False, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_costs_the_same_however_many_periods_there_are(
    cast: Cast, rows: int, django_assert_num_queries
):
    for number in range(rows):
        comments_on(rule(f"Rule {number}"))
    browser = browser_of(cast.dana)
    browser.get(reverse("legislation:hearing_list"))

    with django_assert_num_queries(12):
        browser.get(reverse("legislation:hearing_list"))


def test_staff_enter_it_by_the_agencys_clock_and_the_trail_keeps_it(cast: Cast):
    given = {
        "measure": rule().pk, "agency": "Health Canada", "closes_at": "2027-03-15T23:59",
        "zone": "America/Toronto", "docket_id": "", "citation": "", "url": "", "tracking_number": "",
    }  # fmt: skip

    answer = browser_of(cast.jordan).post(reverse("admin:legislation_commentperiod_add"), given)

    period = CommentPeriod.objects.get()
    assert (answer.status_code, period.closes_at) == (302, datetime(2027, 3, 15, 23, 59, tzinfo=TORONTO))
    assert [entry.verb for entry in Entry.objects.about(period)] == ["added"]
    form = browser_of(cast.jordan).get(reverse("admin:legislation_commentperiod_change", args=[period.pk]))
    assert 'value="2027-03-15T23:59"' in form.content.decode()


def imported(folder: Path, closes: str) -> tuple[datetime, datetime | None, str]:
    table = folder / "table.csv"
    table.write_text(f"{HEADER}\nCA,2026,Consultation 7,consultation,Example records,{closes}\n")
    load_measures.run(source="own", path=table, now=NOW)
    row = CommentPeriod.objects.get()
    return row.closes_at, row.extended_to, row.zone


def test_our_own_table_says_until_when_and_a_later_close_is_an_extension(cast: Cast, tmp_path: Path):
    steps = [imported(tmp_path, f"2027-03-{day} 23:59 America/Toronto") for day in (15, 15, 31, 10)]

    first, later, earlier = (datetime(2027, 3, day, 23, 59, tzinfo=TORONTO) for day in (15, 31, 10))
    zone = "America/Toronto"
    assert steps == [(first, None, zone), (first, None, zone), (first, later, zone), (earlier, None, zone)]


def test_what_staff_entered_beside_it_stays_when_the_table_is_read_again(cast: Cast, tmp_path: Path):
    imported(tmp_path, "2027-03-15 23:59 America/Toronto")
    by_hand = datetime(2027, 4, 1, 17, tzinfo=TORONTO)
    CommentPeriod.objects.update(agency="Health Canada", extended_to=by_hand)

    again = imported(tmp_path, "2027-03-15 23:59 America/Toronto")
    (tmp_path / "table.csv").write_text(
        f"{HEADER}\nCA,2026,Consultation 7,consultation,New title,2027-03-15 23:59 America/Toronto\n"
    )
    load_measures.run(source="own", path=tmp_path / "table.csv", now=NOW)

    row = CommentPeriod.objects.select_related("measure").get()
    assert (again[1], row.extended_to, row.agency, row.measure.title_en) == (
        by_hand,
        by_hand,
        "Health Canada",
        "New title",
    )
