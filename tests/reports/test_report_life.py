"""A report opens by itself, is due by the calendar of its country, and passes from hand to hand."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from advocacy.audit.models import Entry
from advocacy.kernel.periods import Month
from advocacy.reports.actions import reports
from advocacy.reports.actions.reports import Words
from advocacy.reports.deadlines import due_at, due_on, fiscal_year_of, opens_at
from advocacy.reports.errors import ChangedMeanwhile, NotOpenForThat
from advocacy.reports.models import ChapterReport
from advocacy.reports.tasks import open_reports
from tests.cast import Cast
from tests.factories.months import FEBRUARY, report_on, submitted_at
from tests.factories.people import advocate_of, hold

CHICAGO = ZoneInfo("America/Chicago")
FIRST_OF_MARCH = datetime(2027, 3, 1, 9, tzinfo=CHICAGO)
A_GOOD_MONTH = Words(summary="A good month.")


def opened() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in ChapterReport.objects.select_related("chapter").order_by("period", "pk"):
        found.setdefault(row.chapter.name, []).append(row.period)
    return found


def test_a_month_opens_five_minutes_after_midnight_where_the_chapter_is(cast: Cast):
    moments = {
        name: opens_at(chapter, FEBRUARY).astimezone(UTC).strftime("%d %H:%M")
        for name, chapter in (("Chicago", cast.gulf_prairie), ("Vancouver", cast.cascadia_north))
    }

    assert moments == {"Chicago": "01 06:05", "Vancouver": "01 07:05"}


def test_at_half_past_six_only_the_chapters_further_east_have_their_month(cast: Cast):
    reports.open_due(now=datetime(2027, 3, 1, 6, 30, tzinfo=UTC))

    february = {name for name, months in opened().items() if "2027-02" in months}
    assert february == {"Gulf Prairie", "Hill Country", "Three Capitals", "Saint-Laurent"}


def test_opening_twice_adds_nothing(cast: Cast, clock):
    clock.move_to(FIRST_OF_MARCH)
    for _ in range(2):
        open_reports()

    assert opened() == {chapter: ["2027-02"] for chapter in opened()}
    assert len(opened()) == 5


def test_after_a_silence_the_months_between_open_too(cast: Cast):
    report_on(cast.gulf_prairie, Month(2026, 11))
    reports.open_due(now=FIRST_OF_MARCH)

    assert opened()["Gulf Prairie"] == ["2026-11", "2026-12", "2027-01", "2027-02"]


def test_a_chapter_that_ended_within_the_month_reports_no_more(cast: Cast):
    cast.hill_country.ends_on = date(2027, 2, 28)
    cast.hill_country.save()
    reports.open_due(now=FIRST_OF_MARCH)

    assert "Hill Country" not in opened()


def test_a_report_is_due_on_the_fifth_business_day_of_the_country(cast: Cast):
    """2 March is a holiday in Texas alone. July: Canada rests on the 1st, the United States on the 5th."""
    february = due_on(cast.gulf_prairie, FEBRUARY)
    june = [due_on(chapter, Month(2027, 6)) for chapter in (cast.gulf_prairie, cast.cascadia_north)]

    assert (february, june) == (date(2027, 3, 5), [date(2027, 7, 8), date(2027, 7, 8)])


def test_the_last_second_of_the_day_is_on_time_and_the_next_is_late(cast: Cast):
    due = due_at(cast.gulf_prairie, FEBRUARY)
    assert due == datetime(2027, 3, 5, 23, 59, 59, tzinfo=CHICAGO)

    punctual = report_on(cast.gulf_prairie, **submitted_at(due, cast.dana))
    late = report_on(cast.hill_country, **submitted_at(datetime(2027, 3, 6, tzinfo=CHICAGO), cast.luis))
    assert [punctual.was_on_time, late.was_on_time] == [True, False]


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (1, "not_started"),
        (5, "not_started"),
        (6, "late"),
        (20, "late"),
        (21, "not_received"),
    ],
)
def test_an_untouched_report_becomes_late_and_at_last_not_received(cast: Cast, day: int, standing: str):
    """The task force meets on 10 March; ten days later nobody waits any more."""
    report = report_on(cast.gulf_prairie)

    assert report.standing(datetime(2027, 3, day, 12, tzinfo=CHICAGO)) == standing


@pytest.mark.parametrize(("month", "begins"), [((2027, 6), 2026), ((2027, 7), 2027), ((2027, 2), 2026)])
def test_the_fiscal_year_begins_in_july(month: tuple[int, int], begins: int):
    assert fiscal_year_of(Month(*month)) == date(begins, 7, 1)


def test_writing_and_submitting_are_on_record(cast: Cast):
    report = report_on(cast.gulf_prairie)
    reports.write(report, by=cast.dana, words=A_GOOD_MONTH, version=1)
    reports.submit(report, by=cast.dana, now=FIRST_OF_MARCH)

    assert (report.state, report.submitted_by, report.version) == ("submitted", cast.dana, 2)
    assert list(Entry.objects.about(report).order_by("pk").values_list("verb", flat=True)) == [
        "edited",
        "submitted",
    ]


def test_the_second_of_two_who_edit_at_once_is_told(cast: Cast):
    report = report_on(cast.gulf_prairie)
    also = ChapterReport.objects.get(pk=report.pk)
    reports.write(report, by=cast.dana, words=A_GOOD_MONTH, version=1)

    with pytest.raises(ChangedMeanwhile):
        reports.write(also, by=cast.dana, words=Words(summary="Mine."), version=1)
    assert ChapterReport.objects.get().summary == "A good month."


def test_a_report_without_a_sentence_is_not_handed_in(cast: Cast):
    with pytest.raises(NotOpenForThat):
        reports.submit(report_on(cast.gulf_prairie), by=cast.dana, now=FIRST_OF_MARCH)


def test_a_returned_report_keeps_its_first_submission(cast: Cast):
    report = report_on(cast.gulf_prairie, **submitted_at(FIRST_OF_MARCH, cast.dana))
    later = datetime(2027, 3, 9, 9, tzinfo=CHICAGO)
    reports.send_back(report, by=cast.angela, reason="Which bill?", now=later)
    reports.submit(report, by=cast.dana, now=later)

    assert (report.state, report.first_submitted_at, report.submitted_at) == (
        "submitted",
        FIRST_OF_MARCH,
        later,
    )
    assert report.was_on_time


def test_an_accepted_report_is_neither_written_nor_decided_again(cast: Cast):
    report = report_on(cast.gulf_prairie, **submitted_at(FIRST_OF_MARCH, cast.dana))
    reports.accept(report, by=cast.angela, now=FIRST_OF_MARCH)

    with pytest.raises(NotOpenForThat):
        reports.write(report, by=cast.dana, words=A_GOOD_MONTH, version=1)
    with pytest.raises(NotOpenForThat):
        reports.send_back(report, by=cast.angela, reason="No.", now=FIRST_OF_MARCH)


def test_only_the_lead_and_staff_decide(cast: Cast):
    report = report_on(cast.gulf_prairie)
    for person in (cast.dana, cast.chris, cast.tom, cast.luis):
        with pytest.raises(NotOpenForThat):
            reports.excuse(report, by=person, reason="On leave.", now=FIRST_OF_MARCH)
    reports.excuse(report, by=cast.angela, reason="On leave.", now=FIRST_OF_MARCH)

    assert (report.state, report.decided_by, report.reason) == ("excused", cast.angela, "On leave.")


def readers_of(report: ChapterReport, cast: Cast) -> set[str]:
    people = ("dana", "priya", "sam", "chris", "tom", "luis", "angela", "jordan", "former")
    rows = ChapterReport.objects.visible_to
    return {name for name in people if rows(getattr(cast, name)).filter(pk=report.pk).exists()}


def test_the_chapter_its_vice_chair_the_lead_and_staff_read_it(cast: Cast):
    report = report_on(cast.gulf_prairie)

    assert readers_of(report, cast) == {"dana", "priya", "chris", "tom", "angela", "jordan"}


def test_whoever_was_advocate_when_the_month_ended_may_still_hand_it_in(cast: Cast, clock):
    """§6.5, rule 11: the advocate changes on 1 July, June is reported in July by either."""
    clock.move_to(datetime(2027, 7, 2, 9, tzinfo=CHICAGO))
    leaving = advocate_of(cast.gulf_prairie, starts_on=date(2026, 7, 1), ends_on=date(2027, 7, 1))
    hold(leaving, "member", chapter=cast.gulf_prairie, starts_on=date(2027, 7, 1))
    june, july = (report_on(cast.gulf_prairie, Month(2027, month)) for month in (6, 7))

    assert list(ChapterReport.objects.editable_by(leaving)) == [june]
    assert set(ChapterReport.objects.editable_by(cast.dana)) == {june, july}
