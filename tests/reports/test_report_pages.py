"""The pages of story A9, through the client."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import reverse

from advocacy.reports.actions import locking
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.models import ChapterReport, PeriodLock
from legislation.models import Official
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.months import FEBRUARY, met, report_on, story_of_february, submitted_at

FIRST_OF_MARCH = datetime(2027, 3, 1, 15, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(FIRST_OF_MARCH)
    official = alma_reyes()
    story_of_february(cast, official)
    return official


@pytest.fixture
def report(cast: Cast, reyes: Official) -> ChapterReport:
    return report_on(cast.gulf_prairie)


def words(version: int = 1, **said: str) -> dict[str, str]:
    return {"version": str(version), "save": "draft", "summary": "A good month.", **said}


def number_of(page: str, title: str) -> str:
    found = re.search(rf'aria-label="{title}: ([^"]*)"', page)
    assert found
    return found[1]


def test_the_page_counts_the_restricted_record_and_does_not_show_it(cast: Cast, report: ChapterReport):
    page = browser_of(cast.dana).get(report.get_absolute_url()).content.decode()

    assert number_of(page, "Meaningful interactions") == "4"
    assert "1 restricted record counted, not shown" in page
    reached = page.partition('id="reached-title"')[2].partition("</section>")[0]
    assert reached.count('<th scope="row">') == 3
    assert "<input" not in page.partition('id="numbers-title"')[2].partition("</section>")[0]


def test_a_number_opens_the_records_behind_it_as_far_as_one_may_read_them(cast: Cast, report: ChapterReport):
    address = reverse("reports:metric_rows", args=[report.pk, "meaningful"])
    pages = {name: browser_of(getattr(cast, name)).get(address).content.decode() for name in ("dana", "tom")}

    assert {name: page.count('class="row-link"') for name, page in pages.items()} == {"dana": 4, "tom": 3}
    assert "1 record counted that you may not read." in pages["tom"]


def test_many_records_behind_a_number_stand_on_several_pages(
    cast: Cast, reyes: Official, report: ChapterReport
):
    for _ in range(50):
        met(cast, reyes, date(2027, 2, 5))
    address = reverse("reports:metric_rows", args=[report.pk, "meaningful"])
    first = browser_of(cast.dana).get(address).content.decode()
    further = re.search(r'href="([^"]+)" rel="next"', first)
    assert further
    second = browser_of(cast.dana).get(address + unescape(further[1])).content.decode()

    assert "54 results" in first
    assert [page.count('class="row-link"') for page in (first, second)] == [50, 4]
    assert 'rel="next"' not in second


@pytest.mark.parametrize("code", [code for code, metric in METRICS.items() if metric.rows])
def test_every_number_with_rows_opens_them(cast: Cast, report: ChapterReport, code: str):
    address = reverse("reports:metric_rows", args=[report.pk, code])

    assert browser_of(cast.dana).get(address).status_code == 200


def test_a_number_made_of_one_restricted_record_is_not_told_to_the_vice_chair(cast: Cast, clock):
    clock.move_to(FIRST_OF_MARCH)
    met(cast, alma_reyes(), date(2027, 2, 2), confidentiality="restricted")
    report = report_on(cast.gulf_prairie)
    told = {
        name: number_of(
            browser_of(getattr(cast, name)).get(report.get_absolute_url()).content.decode(),
            "Meaningful interactions",
        )
        for name in ("dana", "tom", "angela", "jordan")
    }

    assert told == {"dana": "1", "tom": "–", "angela": "–", "jordan": "1"}


def test_dana_writes_a_sentence_and_submits(cast: Cast, report: ChapterReport):
    browser = browser_of(cast.dana)
    browser.post(reverse("reports:report_edit", args=[report.pk]), words(save="submit"))
    report.refresh_from_db()
    page = browser.get(report.get_absolute_url()).content.decode()

    assert (report.state, report.summary) == ("submitted", "A good month.")
    assert "Submitted by Dana Whitfield, March 1, 2027, 9 a.m. CST." in page


def test_without_a_sentence_nothing_is_submitted_and_the_words_stay_in_the_form(
    cast: Cast, report: ChapterReport
):
    said = words(save="submit", summary="", top_win="HB 210 moved.")
    answer = browser_of(cast.dana).post(reverse("reports:report_edit", args=[report.pk]), said)

    assert answer.status_code == 422
    assert "HB 210 moved." in answer.content.decode()


def test_help_and_story_are_complete_or_absent(cast: Cast, report: ChapterReport):
    said = words(help_wanted="A clinician.", story="A nurse told us.")
    answer = browser_of(cast.dana).post(reverse("reports:report_edit", args=[report.pk]), said)

    assert set(answer.context["form"].errors) == {"help_from", "help_kind", "story_may_be_published"}


def test_the_second_of_two_who_save_sees_both_texts_and_may_go_on(cast: Cast, report: ChapterReport):
    address = reverse("reports:report_edit", args=[report.pk])
    browser_of(cast.dana).post(address, words(summary="Dana's sentence."))
    answer = browser_of(cast.dana).post(address, words(summary="A colleague's sentence."))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Dana&#x27;s sentence." in page
    assert "A colleague&#x27;s sentence." in page
    assert ChapterReport.objects.get().summary == "Dana's sentence."
    browser_of(cast.dana).post(address, words(version=2, summary="A colleague's sentence."))
    assert ChapterReport.objects.get().summary == "A colleague's sentence."


def test_words_that_come_after_the_submission_are_not_lost(cast: Cast, report: ChapterReport):
    address = reverse("reports:report_edit", args=[report.pk])
    browser_of(cast.dana).post(address, words(save="submit"))
    answer = browser_of(cast.dana).post(address, words(version=2, summary="Too late."))

    assert answer.status_code == 409
    assert "Too late." in answer.content.decode()


def test_the_lead_returns_with_a_reason_and_accepts(cast: Cast, report: ChapterReport):
    ChapterReport.objects.update(**submitted_at(FIRST_OF_MARCH, cast.dana))
    address = reverse("reports:report_decide", args=[report.pk])
    angela = browser_of(cast.angela)
    without = angela.post(address, {"decision": "returned", "reason": ""})
    assert set(without.context["form"].errors) == {"reason"}

    angela.post(address, {"decision": "accepted", "reason": ""})
    report.refresh_from_db()
    assert (report.state, report.decided_by) == ("accepted", cast.angela)


def test_the_lead_locks_and_the_late_entry_shows_in_march(
    cast: Cast, reyes: Official, report: ChapterReport, clock
):
    angela = browser_of(cast.angela)
    angela.post(reverse("reports:period_lock", args=["2027-02"]))
    assert PeriodLock.objects.get().locked_by == cast.angela
    clock.move_to(datetime(2027, 3, 15, 15, tzinfo=UTC))
    met(cast, reyes, date(2027, 2, 26))
    clock.move_to(datetime(2027, 4, 1, 15, tzinfo=UTC))
    march = report_on(cast.gulf_prairie, FEBRUARY.next())

    february_page = browser_of(cast.dana).get(report.get_absolute_url()).content.decode()
    march_page = browser_of(cast.dana).get(march.get_absolute_url()).content.decode()
    assert number_of(february_page, "Meaningful interactions") == "4"
    assert "Late additions: 1 (Feb)" in march_page


def test_the_file_of_a_locked_month_is_for_the_lead_and_staff(cast: Cast, reyes: Official):
    row = locking.lock(FEBRUARY, by=cast.angela, now=FIRST_OF_MARCH)
    address = reverse("reports:issued_file", args=["2027-02", 1])
    answers = {
        name: browser_of(getattr(cast, name)).get(address) for name in ("dana", "tom", "angela", "jordan")
    }

    assert {name: one.status_code for name, one in answers.items()} == {
        "dana": 404, "tom": 404, "angela": 200, "jordan": 200
    }  # fmt: skip
    assert answers["angela"].content == locking.issued_file(row)


def test_the_list_of_a_month_shows_the_chapters_one_reads(cast: Cast, reyes: Official):
    for chapter in (cast.gulf_prairie, cast.hill_country, cast.saint_laurent):
        report_on(chapter)
    listed = {
        name: [
            row["report"].chapter.name
            for row in browser_of(getattr(cast, name)).get("/reports/").context["rows"]
        ]
        for name in ("dana", "tom", "angela", "sam")
    }

    assert listed == {
        "dana": ["Gulf Prairie"],
        "tom": ["Gulf Prairie", "Hill Country"],
        "angela": ["Gulf Prairie", "Hill Country", "Saint-Laurent"],
        "sam": [],
    }


def test_every_number_has_its_definition(cast: Cast):
    page = browser_of(cast.dana).get(reverse("reports:definitions")).content.decode()

    assert "one e-mail thread at most one a day" in page
    assert "Training is not recorded yet." in page


def test_words_that_were_handed_in_are_not_offered_for_editing(cast: Cast, report: ChapterReport):
    address = reverse("reports:report_edit", args=[report.pk])
    open_page = browser_of(cast.dana).get(address).content.decode()
    browser_of(cast.dana).post(address, words(save="submit"))

    handed_in = browser_of(cast.dana).get(address).content.decode()

    assert ("<textarea" in open_page, "<textarea" in handed_in) == (True, False)
    assert "Back to the report" in handed_in


def test_the_lead_reads_the_sentence_where_the_decision_is_made(cast: Cast, report: ChapterReport):
    browser_of(cast.dana).post(reverse("reports:report_edit", args=[report.pk]), words(save="submit"))

    page = browser_of(cast.angela).get(reverse("reports:report_decide", args=[report.pk])).content.decode()

    assert "A good month." in page
    assert "Gulf Prairie, February 2027" in page


def test_numbers_say_when_they_were_counted_until_they_are_locked(cast: Cast, report: ChapterReport):
    def page() -> str:
        return browser_of(cast.dana).get(report.get_absolute_url()).content.decode()

    before = page()
    locking.lock(FEBRUARY, by=cast.angela, now=datetime(2027, 3, 20, tzinfo=UTC))

    assert "Counted March 1, 2027, 9 a.m. CST." in before
    assert "The numbers change until" not in page()


def test_months_are_chosen_by_their_names(cast: Cast, report: ChapterReport):
    report_on(cast.gulf_prairie, FEBRUARY.previous())

    page = browser_of(cast.dana).get(reverse("reports:report_list"), {"period": "2027-01"}).content.decode()

    assert '<option value="2027-01" selected>January 2027</option>' in page
    assert '<option value="2027-02">February 2027</option>' in page
