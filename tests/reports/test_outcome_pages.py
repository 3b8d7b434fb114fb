"""The page of the matrix: every number opens its measures, and says the same as the report and the metric."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from advocacy.positions.models import Contribution, Standpoint
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.national.policy import outcome_matrix
from legislation.models import Stage
from tests.cast import Cast, browser_of
from tests.factories.measures import measure, stepped, took
from tests.factories.months import FEBRUARY, report_on

YEAR = Window(date(2026, 7, 1), date(2027, 3, 1))
NATION = Scope.of_nation("SHD", "America/Chicago")
SUPPORT, OPPOSE = Standpoint.SUPPORT, Standpoint.OPPOSE


@pytest.fixture(autouse=True)
def a_year_of_positions(cast: Cast, clock) -> None:
    """Counted by hand: three wins, of which two chapters share one; a loss; one open, one too late, one neutral."""
    clock.move_to(datetime(2027, 3, 2, 15, tzinfo=UTC))
    by = cast.jordan
    shared, died, lost, pending, late, neutral = (measure(f"HB {number}") for number in range(1, 7))
    for bill, stage in ((shared, Stage.ENACTED), (died, Stage.DIED), (lost, Stage.FAILED)):
        stepped(bill, stage, date(2027, 2, 17))
    for bill in (late, neutral):
        stepped(bill, Stage.ENACTED, date(2027, 2, 3))
    stepped(pending, Stage.CARRIED_OVER, date(2027, 2, 3))
    took(shared, cast.gulf_prairie, SUPPORT, by, contribution=Contribution.MONITORED)
    took(shared, cast.hill_country, SUPPORT, by, contribution=Contribution.LED)
    took(died, cast.gulf_prairie, OPPOSE, by)
    took(lost, cast.gulf_prairie, SUPPORT, by)
    took(pending, cast.gulf_prairie, SUPPORT, by)
    took(late, cast.gulf_prairie, SUPPORT, by, date(2027, 2, 3))
    took(neutral, cast.gulf_prairie, Standpoint.NEUTRAL, by)


def figure(value: int, **parts: int) -> Figure:
    names = ("led", "coalition", "monitored", "without_part", "mixed", "loss", "open")
    return Figure(Unit.COUNT, value, parts=dict.fromkeys(names, 0) | parts)


def page(cast: Cast, query: str = "") -> str:
    address = reverse("reports:national_outcomes", args=["2027-02"]) + query
    return browser_of(cast.angela).get(address).content.decode()


def behind(shown: str) -> list[str]:
    part = shown.partition('id="behind"')[2]
    return [f"HB {number}" for number in range(1, 7) if f"HB {number}:" in part]


def test_the_metric_of_the_nation_and_of_each_chapter_counted_by_hand(cast: Cast):
    metric = METRICS["outcomes"]
    chapters = Scope.of_chapters([cast.gulf_prairie, cast.hill_country], "Two", "America/Chicago")

    assert metric.count(NATION, YEAR) == figure(2, led=1, without_part=1, loss=1, open=1)
    assert metric.count_by_chapter(chapters, YEAR) == {
        cast.gulf_prairie.pk: figure(2, monitored=1, without_part=1, loss=1, open=1),
        cast.hill_country.pk: figure(1, led=1),
    }
    for chapter in (cast.gulf_prairie, cast.hill_country):
        alone = metric.count(Scope.of_chapter(chapter), YEAR)
        assert alone == metric.count_by_chapter(chapters, YEAR)[chapter.pk]


def test_the_rows_of_the_metric_are_its_wins(cast: Cast):
    rows = METRICS["outcomes"].rows
    assert rows is not None

    assert list(rows(NATION, YEAR).order_by("number").values_list("number", flat=True)) == ["HB 1", "HB 2"]


def test_the_page_shows_the_matrix_of_the_report_and_every_number_opens_its_measures(cast: Cast):
    matrix = {str(row[0]): row[1:] for row in outcome_matrix(NATION, YEAR).rows}
    assert matrix["Support"] == [1, 1, 0, 0, 1, "1 win (1 led), 1 loss, 1 open"]
    assert matrix["Oppose"] == [0, 0, 1, 0, 0, "1 win (1 without our part on record)"]
    shown = page(cast)

    assert "1 win (1 led), 1 loss, 1 open" in shown
    assert 'aria-label="Oppose, Ran out of time: 1"' in shown
    opened = {
        query: behind(page(cast, f"?position={query[0]}&result={query[1]}"))
        for query in (("support", "enacted"), ("support", "voted_down"), ("support", "open"))
    }
    assert opened == {
        ("support", "enacted"): ["HB 1"],
        ("support", "voted_down"): ["HB 3"],
        ("support", "open"): ["HB 4"],
    }
    assert behind(page(cast, "?position=oppose&result=ran_out_of_time")) == ["HB 2"]
    assert behind(shown) == ["HB 1", "HB 2", "HB 3", "HB 4", "HB 6"]


def test_a_chapter_opens_its_own_matrix_from_its_report_and_others_do_not(cast: Cast):
    report = report_on(cast.gulf_prairie)
    address = reverse("reports:chapter_outcomes", args=[report.pk])

    assert address in browser_of(cast.dana).get(report.get_absolute_url()).content.decode()
    shown = browser_of(cast.dana).get(address).content.decode()
    assert "1 win (1 monitored only), 1 loss, 1 open" in shown
    assert browser_of(cast.luis).get(address).status_code == 404
    nation = reverse("reports:national_outcomes", args=[FEBRUARY])
    assert browser_of(cast.sam).get(nation).status_code == 404
