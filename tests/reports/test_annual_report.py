"""The annual impact report: 1 July to 30 June, stories with consent only, nothing restricted (story A12)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from advocacy.kernel.periods import Month
from advocacy.positions.models import Standpoint
from advocacy.reports.fiscal_year import FiscalYear
from advocacy.reports.national.annual import a_year_before, annual
from advocacy.reports.national.document import Document
from legislation.models import Official, Stage
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.measures import measure, stepped, took
from tests.factories.months import FEBRUARY, met, report_on, submitted_at
from tests.factories.people import covers, state

YEAR = FiscalYear(2026)
AFTER = datetime(2027, 7, 20, 15, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(AFTER)
    return alma_reyes()


def the_year(now: datetime = AFTER) -> Document:
    return annual(YEAR.first, now)


def cells(document: Document, code: str, column: str) -> dict[object, object]:
    block = document.block(code)
    place = [one.code for one in block.columns].index(column)
    return {row[0]: row[place] for row in block.rows}


def told(cast: Cast, month: Month = FEBRUARY, **fields: object) -> None:
    report_on(cast.gulf_prairie, month, **submitted_at(AFTER, cast.dana, **fields))


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [("2026-27", date(2026, 7, 1), date(2027, 6, 30)), ("1999-00", date(1999, 7, 1), date(2000, 6, 30))],
)
def test_a_fiscal_year_runs_from_july_to_june(label: str, first: date, last: date):
    year = FiscalYear.parse(label)

    assert (year.first, year.last, str(year)) == (first, last, label)
    assert FiscalYear.of(first) == FiscalYear.of(last) == year
    assert [str(month) for month in year.months][::11] == [f"{first:%Y-%m}", f"{last:%Y-%m}"]


@pytest.mark.parametrize("label", ["2026", "2026-2027", "2026-28", "26-27", "", "2026-27x", "0000-01"])
def test_what_is_no_fiscal_year_is_refused(label: str):
    with pytest.raises(ValueError, match="is not a fiscal year: write it as YYYY-YY, for example 2026-27"):
        FiscalYear.parse(label)


def test_the_last_of_june_and_the_first_of_july_fall_into_different_years(cast: Cast, reyes: Official):
    for day in (date(2026, 6, 30), date(2026, 7, 1), date(2027, 6, 30), date(2027, 7, 1)):
        met(cast, reyes, day)

    document = the_year()

    assert cells(document, "headline", "value")["Meaningful interactions"] == "2"
    assert cells(document, "headline", "since_last_year")["Meaningful interactions"] == "+1"
    months = cells(document, "by_month", "interactions")
    assert (len(months), months["July 2026"], months["June 2027"], sum(months.values())) == (12, 1, 1, 2)  # type: ignore[arg-type]  # counts


def test_a_month_of_few_restricted_records_tells_no_number(cast: Cast, reyes: Official):
    met(cast, reyes, date(2026, 8, 3), confidentiality="restricted")
    met(cast, reyes, date(2026, 9, 3))
    met(cast, reyes, date(2026, 9, 4), confidentiality="restricted")

    months = cells(the_year(), "by_month", "interactions")
    assert (months["August 2026"], months["September 2026"]) == (None, 2)


def test_positions_on_bills_that_are_carried_over_are_open(cast: Cast, reyes: Official):
    for number, stage, day in (
        ("HB 1", Stage.CARRIED_OVER, date(2027, 6, 1)),
        ("HB 2", Stage.ENACTED, date(2027, 6, 30)),
        ("HB 3", Stage.DIED, date(2026, 6, 30)),
        ("HB 4", Stage.DIED, date(2027, 7, 1)),
    ):
        bill = measure(number)
        stepped(bill, stage, day)
        took(bill, None, Standpoint.SUPPORT, cast.jordan, on=date(2026, 1, 15))

    block = the_year().block("outcomes")
    support = next(row for row in block.rows if row[0] == "Support")
    cells_of_support = zip(block.columns, support, strict=True)
    assert {column.code: cell for column, cell in cells_of_support if isinstance(cell, int) and cell} == {
        "enacted": 1,
        "open": 2,
    }


def test_a_year_without_a_year_before_is_compared_with_nothing(cast: Cast, reyes: Official):
    met(cast, reyes, date(2026, 7, 1))

    assert cells(the_year(), "headline", "since_last_year")["Meaningful interactions"] == "n/a"
    assert cells(the_year(), "numbers", "year_before")["Meaningful interactions"] == "n/a"


def test_coverage_stands_as_it_was_before_the_first_day_and_on_the_last(cast: Cast, reyes: Official):
    covers(cast.cascadia_north, state("tx", "Texas"))
    met(cast, reyes, date(2026, 7, 1))

    assert cells(the_year(), "coverage", "touched") == {"2026-06-30": 0, "2027-06-30": 1}


def test_a_running_year_goes_as_far_as_today_and_says_that_it_is_a_draft(cast: Cast, reyes: Official):
    document = the_year(datetime(2027, 2, 9, 16, tzinfo=UTC))

    assert document.status == "Draft: the year is not over, and its numbers still change."
    assert list(cells(document, "by_month", "interactions"))[-1] == "February 2027"
    assert list(cells(document, "coverage", "touched")) == ["2026-06-30", "2027-02-09"]


def test_a_running_year_is_compared_with_the_same_days_of_the_year_before(cast: Cast, reyes: Official):
    for day in (date(2026, 2, 9), date(2026, 2, 10), date(2026, 3, 1), date(2026, 8, 1)):
        met(cast, reyes, day)

    document = the_year(datetime(2027, 2, 9, 16, tzinfo=UTC))

    assert cells(document, "numbers", "year_before")["Meaningful interactions"] == "1"
    assert cells(document, "headline", "since_last_year")["Meaningful interactions"] == "0"
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)


def test_a_year_that_is_over_says_its_days(cast: Cast, reyes: Official):
    assert the_year().status == "July 1, 2026 to June 30, 2027"
    with translation.override("fr"):
        assert the_year().language == "fr"


@pytest.mark.parametrize(("consent", "is_told"), [(True, True), (False, False)])
def test_a_story_is_told_only_with_consent(cast: Cast, reyes: Official, consent: bool, is_told: bool):
    told(cast, story="The clinic stays open.", story_may_be_published=consent)

    assert bool(the_year().block("stories").rows) is is_told


def test_a_story_that_was_sent_back_or_belongs_to_another_year_is_not_told(cast: Cast, reyes: Official):
    told(cast, Month(2026, 6), story="Before.", story_may_be_published=True)
    told(cast, Month(2027, 7), story="After.", story_may_be_published=True)
    told(
        cast, story="Sent back.", story_may_be_published=True, state="returned", reason="Which clinic?",
        decided_at=AFTER, decided_by=cast.angela,
    )  # fmt: skip

    assert the_year().block("stories").rows == []


def test_hours_are_summed_where_they_were_entered(cast: Cast, reyes: Official):
    told(cast, volunteer_hours="10.5")
    told(cast, Month(2027, 3), volunteer_hours="2")
    told(cast, Month(2027, 7), volunteer_hours="99")
    report_on(cast.hill_country, Month(2027, 3))

    assert cells(the_year(), "hours", "hours") == {"Gulf Prairie": 12.5, "Together": 12.5}


def test_everybody_who_was_an_advocate_in_the_year_is_thanked(cast: Cast, reyes: Official):
    def thanked(year: int) -> object:
        return cells(annual(date(year, 7, 1), AFTER), "thanks", "advocates")["Gulf Prairie"]

    assert (thanked(2025), thanked(2026)) == ("Mia Former", "Dana Whitfield")


def test_the_command_writes_the_year_and_names_what_is_wrong(cast: Cast, reyes: Official, tmp_path: Path):
    call_command("annual_report", year="2026-27", format="txt", out=tmp_path / "impact.txt")
    with pytest.raises(CommandError, match="'2027' is not a fiscal year"):
        call_command("annual_report", year="2027", format="txt", out=tmp_path / "other.txt")

    assert (tmp_path / "impact.txt").read_text().startswith("ANNUAL IMPACT REPORT 2026-27\n")
    assert [path.name for path in tmp_path.iterdir()] == ["impact.txt"]


def test_the_task_force_opens_the_year_and_a_member_does_not(cast: Cast, reyes: Official):
    assert browser_of(cast.dana).get("/reports/annual/2026-27/").status_code == 200
    assert browser_of(cast.sam).get("/reports/annual/2026-27/").status_code == 404
    assert browser_of(cast.dana).get("/reports/annual/2026-28/").status_code == 404
