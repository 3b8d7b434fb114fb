"""Days ahead and steps out of order: kept as the source says them, marked, and never taken for what has happened."""

from datetime import date, timedelta

import pytest

from legislation import tasks
from legislation.measure_search import index_days_that_came, index_measures
from legislation.models import Measure, MeasureAction, Stage
from legislation.sources.measures.records import StageFact
from legislation.stage_order import out_of_order
from tests.cast import TODAY, Cast, browser_of
from tests.factories.measures import measure, stepped
from tests.legislation.measures.loading import action, bill, loaded, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOMORROW = TODAY + timedelta(days=1)
LOWER, UPPER = "lower", "upper"


def acted(row: Measure, *days: date) -> Measure:
    MeasureAction.objects.bulk_create(
        MeasureAction(measure=row, order=order, on=day, text=f"Line of {day}")
        for order, day in enumerate(days)
    )
    index_measures([row.pk])
    return Measure.objects.get(pk=row.pk)


def test_a_day_ahead_is_no_action_that_happened():
    assert acted(measure("HB 1"), date(2027, 2, 1), TODAY, TOMORROW).last_action == TODAY


def test_a_measure_of_which_all_is_dated_ahead_has_no_last_action():
    row = measure("HB 1")
    stepped(row, Stage.IN_FORCE, date(2028, 1, 1))

    assert acted(row, TOMORROW).last_action is None


def test_a_line_dated_ahead_counts_once_its_day_has_come(clock):
    due, later = acted(measure("HB 1"), TODAY, TOMORROW), acted(measure("HB 2"), TODAY + timedelta(days=9))
    stepped(measure("HB 3"), Stage.INTRODUCED, TOMORROW)

    clock.shift(timedelta(days=1))
    tasks.note_days_that_came()

    days = {row.number: row.last_action for row in Measure.objects.all()}
    assert days == {due.number: TOMORROW, later.number: None, "HB 3": TOMORROW}
    assert index_days_that_came(TOMORROW) == 0


def test_a_step_after_the_last_line_of_a_history_is_not_looked_at_every_hour():
    row = acted(measure("HB 1"), date(2027, 2, 1))
    stepped(row, Stage.COMMITTEE_1, TODAY)

    assert index_days_that_came(TODAY) == 0


def test_the_history_shows_what_is_dated_ahead_and_says_so(cast: Cast):
    row = acted(measure("HB 1"), TODAY, TOMORROW)

    page = browser_of(cast.dana).get(row.get_absolute_url()).content.decode()

    newest, rest = page.partition("Line of 2027-02-10")[2].split("Line of 2027-02-09")
    assert ("Dated ahead" in newest, "Dated ahead" in rest) == (True, False)


def test_an_import_names_what_is_dated_ahead_and_keeps_it():
    report = loaded(bill(actions=(action("Filed"), action("Takes effect", date(2207, 3, 1)))), on=TODAY)

    assert report.counts["actions_dated_ahead"] == 1
    assert [(one.record, one.why) for one in report.odd] == [
        ("HB 1", "1 line of its history is dated ahead (2207-03-01).")
    ]
    assert (Measure.objects.get().actions.count(), str(Measure.objects.get().last_action)) == (
        2,
        "2027-01-13",
    )


def test_an_import_accepts_any_order_of_steps_and_names_those_that_are_odd():
    way = (step(Stage.PASSED_1, chamber=UPPER), step(Stage.ENACTED), step(Stage.INTRODUCED, chamber=UPPER))

    report = loaded(bill(stages=way))

    assert list(Measure.objects.get().stage_events.oldest_first().values_list("stage", flat=True)) == [
        "passed_1", "enacted", "introduced",
    ]  # fmt: skip
    assert [one.why for one in report.odd] == ["“Introduced” on 2027-01-13 is out of the usual order."]
    assert report.as_data()["counts"]["steps_out_of_order"] == len(report.as_data()["odd"]) == 1


@pytest.mark.parametrize(
    ("way", "odd"),
    [
        ("introduced committee_1 reported_1 committee_1 passed_1", ""),
        ("introduced passed_1 committee_2 passed_2 enrolled enacted in_force challenged", ""),
        ("enacted", ""),
        ("introduced vetoed enacted", ""),
        ("introduced failed died carried_over", ""),
        ("proposed comment_closed final in_force", ""),
        ("passed_1 committee_1", "committee_1"),
        ("introduced died committee_1", "committee_1"),
        ("introduced failed enacted", "enacted"),
        ("enacted vetoed", "vetoed"),
        ("enrolled reconciling enrolled", "reconciling"),
        ("introduced died carried_over committee_1", "committee_1"),
    ],
)
def test_a_step_is_odd_where_it_goes_back_or_follows_an_end(way: str, odd: str):
    steps = [StageFact(TODAY, Stage(name)) for name in way.split()]

    found = [step.stage for step, is_odd in zip(steps, out_of_order(steps), strict=True) if is_odd]

    assert found == odd.split()


def test_readings_in_the_other_house_of_a_parliament_are_in_order():
    ways = [(Stage.INTRODUCED, UPPER), (Stage.PASSED_1, UPPER), (Stage.PRINCIPLE, LOWER)]
    back = [*ways, (Stage.PRINCIPLE, UPPER)]

    def odd(steps):
        return list(out_of_order([StageFact(TODAY, stage, chamber=house) for stage, house in steps]))

    assert odd([(Stage.PREFILED, "executive"), *ways]) == [False] * 4
    assert odd(back) == [False, False, False, True]


def test_the_page_marks_the_step_that_is_out_of_order(cast: Cast):
    row = measure("HB 1")
    stepped(row, Stage.PASSED_1, date(2027, 1, 12))
    stepped(row, Stage.COMMITTEE_1, date(2027, 1, 20))

    page = browser_of(cast.dana).get(row.get_absolute_url()).content.decode()

    rows = page.partition('class="rows"')[2].partition("</ol>")[0].split("<li")
    assert ["Out of the usual order" in one for one in rows[1:]] == [True, False]
