"""The national report as one document: every block from the record, and only what every reader may see."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone, translation

from advocacy.kernel.periods import Month
from advocacy.reports.actions import locking
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.national import build
from advocacy.reports.national.document import Block, Document
from advocacy.reports.national.record import Record
from legislation.models import DeadlineKind, LegislativeSession, Official, Seat, SessionDeadline, Tenure
from members.models import Chapter
from members.taskforce.models import ActionItem
from tests.cast import Cast
from tests.factories.log import alma_reyes, official_in, seat_in
from tests.factories.maps import division, edition, lies_in
from tests.factories.measures import heard, measure, tracked
from tests.factories.meetings import action_item, planned
from tests.factories.months import FEBRUARY, met, report_on, story_of_february, submitted_at
from tests.factories.people import covers, state, united_states

NOW = datetime(2027, 3, 8, 15, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    official = alma_reyes()
    story_of_february(cast, official)
    clock.move_to(NOW)
    return official


def february() -> Document:
    return build.monthly(FEBRUARY, now=timezone.now())


def column(block: Block, code: str) -> dict[str, Any]:
    """The cells of a column by what stands first in their row."""
    place = [one.code for one in block.columns].index(code)
    return {str(row[0]): row[place] for row in block.rows}


def test_the_blocks_stand_in_their_order_and_survive_json(cast: Cast, reyes: Official):
    document = february()

    assert [block.code for block in document.blocks] == [
        "headline", "policy", "next_30_days", "map", "by_month", "issues", "chapters", "outcomes", "ladder",
        "help_wanted", "risks", "overdue_items", "stories", "thanks", "notes", "definitions",
    ]  # fmt: skip
    kept = json.loads(json.dumps(document.as_json()))
    assert Document.from_json(kept).as_json() == kept


def test_the_shared_contact_counts_once_above_and_in_each_chapter(cast: Cast, reyes: Official):
    document = february()
    chapters = document.block("chapters")

    assert column(document.block("headline"), "value")["Meaningful interactions"] == "4"
    assert column(chapters, "interactions") == {
        "Cascadia North": 0, "Gulf Prairie": 4, "Hill Country": 1, "Saint-Laurent": 0, "Three Capitals": 0
    }  # fmt: skip
    assert chapters.notes[0] == "All chapters together, each interaction once: 4."
    assert "chapter figures may add to more than the total" in chapters.notes[1]


def test_the_headline_says_how_far_from_last_month(cast: Cast, reyes: Official):
    for day in (4, 5, 6, 7, 8, 9):
        met(cast, reyes, date(2027, 1, day))
    headline = february().block("headline")

    assert column(headline, "since_last_month")["Meaningful interactions"] == "−2"
    assert column(headline, "since_last_year")["Meaningful interactions"] == "n/a"


def test_reports_received_are_so_many_of_so_many(cast: Cast, reyes: Official):
    met(cast, reyes, date(2027, 1, 4))
    for month, chapters in ((FEBRUARY.previous(), 1), (FEBRUARY, 2)):
        for place, chapter in enumerate((cast.gulf_prairie, cast.hill_country, cast.three_capitals)):
            report_on(chapter, month, **(submitted_at(NOW, cast.dana) if place < chapters else {}))
    headline = february().block("headline")

    assert headline.rows[4] == ["Reports received", "2 of 3", "+1", "n/a"]


def test_one_restricted_contact_alone_is_told_nowhere(cast: Cast, clock):
    clock.move_to(NOW)
    met(cast, alma_reyes(), date(2027, 2, 8), confidentiality="restricted")
    document = february()

    assert column(document.block("headline"), "value")["Meaningful interactions"] == "–"
    assert column(document.block("chapters"), "interactions")["Gulf Prairie"] == "–"
    assert column(document.block("chapters"), "officials")["Gulf Prairie"] == "–"
    assert document.block("chapters").notes == []
    assert document.block("by_month").rows[-1] == ["February 2027", None, 0, 0, 0, 0, 0, 0]
    assert "restricted" not in str(document.block("headline").notes)


def test_thirteen_months_end_with_the_month_of_the_report(cast: Cast, reyes: Official):
    met(cast, reyes, date(2026, 2, 3), kind="phone_call")
    rows = february().block("by_month").rows

    assert [rows[0][0], rows[-1][0], len(rows)] == ["February 2026", "February 2027", 13]
    assert [column(february().block("by_month"), "phone")[str(row[0])] for row in (rows[0], rows[-1])] == [
        1,
        0,
    ]
    assert rows[-1][1] == 4


def test_coverage_of_a_state_counts_a_seat_of_two_chapters_once(cast: Cast, reyes: Official):
    for chapter in (cast.gulf_prairie, cast.three_capitals):
        covers(chapter, united_states())
    met(cast, official_in(seat_in(united_states(), "TX-8"), "Bo Lind"), date(2027, 2, 10))
    federal = next(row for row in february().block("map").rows if row[1] == "United States")

    assert federal[3:] == [2, 0, 1, 1, 0, 1, "100%"]


@pytest.mark.parametrize("changed", ["nothing", "map", "chapters", "holders"])
def test_coverage_of_each_month_of_the_headline_is_that_of_its_own_seats(
    cast: Cast, reyes: Official, changed: str
):
    """The seats are fetched once for months in which they were the same, and anew where they were not."""
    texas = state("tx", "Texas")
    covers(cast.three_capitals, texas)
    seats = [seat_in(texas, str(number)) for number in range(3)]
    officials = [official_in(seat, f"Holder {seat.district}") for seat in seats]
    met(cast, officials[0], date(2027, 1, 20))
    met(cast, officials[1], date(2026, 1, 20))
    if changed == "map":
        drawn = edition("tx-lower-2021", texas, "lower", date(2023, 1, 10), FEBRUARY.first)
        old = division("ocd-division/country:us/state:tx/sldl:0", texas)
        lies_in(drawn, "77001", old)
        Seat.objects.filter(pk=seats[0].pk).update(is_current=False, division=old)
    elif changed == "chapters":
        Chapter.objects.filter(pk=cast.hill_country.pk).update(starts_on=FEBRUARY.first)
        covers(cast.hill_country, united_states())
        official_in(seat_in(united_states(), "TX-8"), "Bo Lind")
    elif changed == "holders":
        Tenure.objects.filter(official=officials[2]).update(ends_on=FEBRUARY.first)
    nation = Scope.of_nation("SAS", "America/Chicago")
    trend = Record(nation, Window.of(FEBRUARY), NOW).headlines["coverage"]

    months = [FEBRUARY, FEBRUARY.previous(), Month(2026, 2)]
    alone = [METRICS["coverage"].count(nation, Window.of(month)) for month in months]
    assert [trend.now, trend.before, trend.last_year] == alone
    assert (alone[0].of != alone[1].of) == (changed != "nothing")


def test_a_chapter_without_advocate_is_vacant_and_one_whose_legislature_sits_is_in_session(
    cast: Cast, reyes: Official
):
    cast.dana.roles.update(ends_on=date(2027, 2, 1))
    LegislativeSession.objects.create(
        jurisdiction=state("tx", "Texas"), identifier="90R", name="90th", starts_on=date(2027, 1, 12)
    )
    chapters = february().block("chapters")

    assert [column(chapters, "advocate_since")[name] for name in ("Gulf Prairie", "Hill Country")] == [
        "vacant",
        "2026-07-01",
    ]
    assert [column(chapters, "in_session")[name] for name in ("Gulf Prairie", "Saint-Laurent")] == [
        "yes",
        "no",
    ]


def test_the_next_days_hold_meetings_due_reports_and_sessions(cast: Cast, reyes: Official):
    planned(cast.angela, datetime(2027, 3, 10, 19, tzinfo=UTC))
    planned(cast.angela, datetime(2027, 4, 14, 18, tzinfo=UTC))
    LegislativeSession.objects.create(
        jurisdiction=state("tx", "Texas"), identifier="90R", name="90th Legislature",
        starts_on=date(2027, 1, 12), ends_on=date(2027, 4, 2),
    )  # fmt: skip
    rows = [list(row) for row in february().block("next_30_days").rows]

    assert rows == [
        ["2027-03-10", "Task force meeting", "Task force", "13:00 CST"],
        ["2027-04-01", "90th Legislature: last day", "Texas", ""],
    ]


def test_the_next_days_hold_hearings_and_cut_offs_of_what_is_followed(cast: Cast, reyes: Official):
    followed, unknown = measure("HB 210"), measure("HB 211", session="91R")
    tracked(followed, cast.gulf_prairie, tier=2)
    for bill in (followed, unknown):
        heard(bill, datetime(2027, 3, 16, 15, tzinfo=UTC))
        SessionDeadline.objects.create(
            session=bill.session, kind=DeadlineKind.CROSSOVER, on=date(2027, 3, 20)
        )
    rows = [list(row) for row in february().block("next_30_days").rows]

    assert rows == [
        ["2027-03-16", "Hearing on HB 210 (90R), Public Health", "Texas", "10:00 CDT"],
        ["2027-03-20", "Last day to leave the first chamber", "Texas", ""],
    ]


def test_an_action_item_about_a_colleague_is_not_told(cast: Cast, reyes: Official):
    meeting = planned(cast.angela)
    action_item(meeting, cast.luis, date(2027, 3, 1))
    said = {"meeting": meeting, "owner": cast.tom, "due_on": date(2027, 3, 1), "made_by": cast.angela}
    ActionItem.objects.create(text="A word with Dana", about=cast.dana, **said)

    assert february().block("overdue_items").rows == [
        ["2027-03-01", "Share model telehealth language", "Luis Ortega"]
    ]


def test_words_reach_the_report_once_they_are_handed_in_and_not_sent_back(cast: Cast, reyes: Official):
    words = {
        "top_win": "Two offices agreed.", "top_worry": "Nobody left.", "help_wanted": "A clinician.",
        "help_kind": "expert", "help_from": "peers", "help_by": date(2027, 3, 20),
    }  # fmt: skip
    report = report_on(cast.gulf_prairie, **submitted_at(NOW, cast.dana), **words)
    told = february()
    report.state, report.reason = "returned", "Numbers?"
    report.decided_at, report.decided_by = NOW, cast.angela
    report.save()
    sent_back = february()

    assert told.block("help_wanted").rows == [
        ["Gulf Prairie", "A clinician.", "An expert or a witness", "Other chapters", "2027-03-20"]
    ]
    assert told.block("risks").rows == [["Gulf Prairie", "Nobody left."]]
    assert told.block("thanks").rows == [["Gulf Prairie", "Dana Whitfield", "Two offices agreed."]]
    assert [sent_back.block(code).rows for code in ("help_wanted", "risks", "thanks")] == [[], [], []]


def test_the_notes_name_what_came_late_who_is_missing_and_what_was_restated(
    cast: Cast, reyes: Official, clock
):
    locking.lock(FEBRUARY, by=cast.angela, now=NOW)
    clock.move_to(datetime(2027, 3, 15, 15, tzinfo=UTC))
    met(cast, reyes, date(2027, 2, 26))
    locking.restate(FEBRUARY, by=cast.angela, reason="A meeting was missing.", now=timezone.now())
    clock.move_to(datetime(2027, 4, 5, 15, tzinfo=UTC))
    excused = {"decided_at": NOW, "decided_by": cast.angela, "reason": "On sick leave."}
    report_on(cast.hill_country, FEBRUARY.next(), state="excused", **excused)
    report_on(cast.gulf_prairie, FEBRUARY.next())
    notes = [row[0] for row in build.monthly(FEBRUARY.next(), now=timezone.now()).block("notes").rows]

    assert notes[:4] == [
        "Late additions since the last report, by the month they belong to: February 2027: 1.",
        "February 2027 was restated, version 2: A meeting was missing.",
        "Reports not received: Gulf Prairie.",
        "Excused from reporting: Hill Country.",
    ]
    assert "sick" not in str(notes)


def test_the_report_of_one_chapter_has_its_own_numbers_and_no_map(cast: Cast, reyes: Official):
    document = build.monthly(FEBRUARY, chapter=cast.hill_country, now=NOW)

    assert "map" not in [block.code for block in document.blocks]
    assert column(document.block("chapters"), "interactions") == {"Hill Country": 1}
    assert column(document.block("headline"), "value")["Meaningful interactions"] == "1"


def test_the_report_is_written_in_the_language_that_is_asked_for(cast: Cast, reyes: Official):
    with translation.override("fr"):
        document = february()

    assert (document.language, document.block("by_month").rows[-1][0]) == ("fr", "février 2027")
