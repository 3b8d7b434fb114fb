"""Where a measure stands: the newest of its steps says it, whatever order they came in."""

from datetime import date

import pytest

from advocacy.audit.models import Entry
from legislation.models import Fate, Measure, Result, Stage, StageEvent
from tests.cast import Cast, browser_of
from tests.factories.measures import measure, stepped

pytestmark = pytest.mark.django_db
END = date(2027, 6, 30)


def stage_at(bill: Measure, day: date) -> str | None:
    return Measure.objects.with_stage(day).get(pk=bill.pk).stage


def test_a_measure_without_a_step_has_no_stage():
    bill = Measure.objects.with_stage(END).get(pk=measure("HB 1").pk)

    assert (bill.stage, bill.stage_name, bill.fate(END)) == (None, "", Fate(Result.OPEN))


def test_the_newest_step_says_the_stage_as_it_was_on_each_day():
    bill = measure("HB 1")
    stepped(bill, Stage.PASSED_1, date(2027, 3, 1))
    stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))

    stages = [stage_at(bill, date(2027, month, day)) for month, day in ((1, 11), (1, 12), (2, 28), (3, 1))]
    assert stages == [None, "introduced", "introduced", "passed_1"]


def test_a_step_backwards_is_accepted_and_shown():
    bill = measure("HB 1")
    stepped(bill, Stage.REPORTED_1, date(2027, 2, 1))
    stepped(bill, Stage.COMMITTEE_1, date(2027, 2, 8), local_label="Re-referred to Rules")

    found = Measure.objects.with_stage(END).get(pk=bill.pk)
    assert (found.stage, found.stage_name, found.stage_on) == (
        "committee_1",
        "Re-referred to Rules",
        date(2027, 2, 8),
    )


def test_of_several_steps_on_one_day_the_one_with_the_higher_number_is_the_later():
    bill = measure("HB 1")
    stepped(bill, Stage.PASSED_1, date(2027, 2, 1), order=2)
    stepped(bill, Stage.REPORTED_1, date(2027, 2, 1), order=1)

    assert stage_at(bill, END) == "passed_1"
    assert [one.stage for one in StageEvent.objects.oldest_first()] == ["reported_1", "passed_1"]


def test_a_day_of_effect_that_lies_ahead_is_not_the_stage_of_today():
    bill = measure("HB 1")
    stepped(bill, Stage.ENACTED, date(2027, 5, 20))
    stepped(bill, Stage.IN_FORCE, date(2027, 9, 1))

    assert [stage_at(bill, day) for day in (END, date(2027, 9, 1))] == ["enacted", "in_force"]


@pytest.mark.parametrize(
    ("stage", "result"),
    [
        (Stage.ENACTED, Result.ENACTED),
        (Stage.FINAL, Result.ENACTED),
        (Stage.FAILED, Result.VOTED_DOWN),
        (Stage.WITHDRAWN, Result.VOTED_DOWN),
        (Stage.DIED, Result.RAN_OUT_OF_TIME),
        (Stage.VETOED, Result.VETOED),
        (Stage.REPLACED, Result.REPLACED),
        (Stage.CARRIED_OVER, Result.OPEN),
        (Stage.ENROLLED, Result.OPEN),
    ],
)
def test_voted_down_is_not_out_of_time_and_carried_over_is_not_an_end(stage: Stage, result: Result):
    bill = measure("HB 1")
    stepped(bill, stage, date(2027, 5, 31))

    assert bill.fate(END).result == result


def test_a_measure_ended_on_the_first_day_of_its_result_not_of_a_later_formality():
    bill = measure("HB 1")
    stepped(bill, Stage.VETOED, date(2027, 5, 10))
    stepped(bill, Stage.ENACTED, date(2027, 5, 20), local_label="Veto overridden")
    stepped(bill, Stage.IN_FORCE, date(2027, 6, 1))

    assert [bill.fate(day) for day in (date(2027, 5, 19), END)] == [
        Fate(Result.VETOED, date(2027, 5, 10)),
        Fate(Result.ENACTED, date(2027, 5, 20)),
    ]


def test_the_page_of_a_measure_tells_its_steps_newest_first_in_local_words(cast: Cast):
    bill = measure("HB 1")
    stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))
    stepped(bill, Stage.COMMITTEE_1, date(2027, 2, 8), local_label="Left pending", chamber="lower")
    stepped(bill, Stage.HEARING_1, date(2027, 3, 4))

    page = browser_of(cast.dana).get(bill.get_absolute_url()).content.decode()
    card = page.partition('id="stage-title"')[2].partition("</section>")[0]

    steps = card.partition('<ol class="rows">')[2]
    order = [steps.index(words) for words in ("March 4, 2027", "Feb. 8, 2027", "Jan. 12, 2027")]
    assert order == sorted(order)
    assert card.count("Expected") == 1
    assert card.partition("</div>")[0].count("Left pending") == 1


def test_the_list_of_measures_tells_the_stage_of_each(cast: Cast):
    stepped(measure("HB 1"), Stage.INTRODUCED, date(2027, 1, 12))

    page = browser_of(cast.dana).get("/officials/measures/").content.decode()

    assert ">Introduced</td>" in page


def test_staff_enter_a_step_on_the_measure_and_the_history_says_who(cast: Cast):
    bill = measure("HB 1")
    browser = browser_of(cast.jordan)
    address = f"/admin/legislation/measure/{bill.pk}/change/"
    step = {
        "on": "2027-02-03",
        "stage": "introduced",
        "chamber": "lower",
        "order": "0",
        "id": "",
        "measure": bill.pk,
    }
    said = {
        "session": bill.session_id, "number": "HB 1", "kind": "bill", "title_en": bill.title_en, "title_fr": "",
        "short_name": "", "url": "", "stage_events-TOTAL_FORMS": "1", "stage_events-INITIAL_FORMS": "0",
        "sponsorships-TOTAL_FORMS": "0", "sponsorships-INITIAL_FORMS": "0",
        "source_records-TOTAL_FORMS": "0", "source_records-INITIAL_FORMS": "0",
        **{f"stage_events-0-{name}": value for name, value in step.items()},
        "stage_events-0-local_label": "", "stage_events-0-url": "", "stage_events-0-note": "",
    }  # fmt: skip
    answer = browser.post(address, said)

    assert answer.status_code == 302
    assert StageEvent.objects.get().stage == "introduced"
    assert Measure.objects.get().last_action == date(2027, 2, 3)
    entry = Entry.objects.about(bill).get()
    assert (entry.actor, entry.verb) == (cast.jordan, "edited")
    assert entry.changes == {"stage_events": [[], ["2027-02-03 · Introduced · Lower chamber"]]}
    history = browser.get(f"/admin/legislation/measure/{bill.pk}/history/").content.decode()
    assert "stage events" in history
