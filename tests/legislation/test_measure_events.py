"""The ledger of what changed: noted once, with the change itself, and news only where it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from legislation import news
from legislation.actions import hearings, measure_events
from legislation.actions.measure_events import Standing, Teller
from legislation.models import EventKind, Hearing, MeasureEvent, Stage
from legislation.sources.measures.records import HearingFact
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.hearings import CHICAGO, NEXT_TUESDAY, hearing_on
from tests.factories.measures import measure, stepped, text_of
from tests.legislation.admin_form import form_of
from tests.legislation.measures.loading import HEARD, LEGISCAN, STATES, again, bill, loaded, step, text, the

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
THEN = NEXT_TUESDAY.astimezone(UTC).isoformat()
FIRST = bill(stages=(step(Stage.INTRODUCED),), texts=(text("I", "Introduced", on=date(2027, 1, 13)),))
REFERRED = step(Stage.COMMITTEE_1, HEARD, local_label="Referred to Public Health")
SUBSTITUTE = text("S", "Committee substitute", on=date(2027, 2, 8))


def noted() -> list[tuple[str, str, str, bool]]:
    """What happened to which measure, what it is now, and whether it is news."""
    rows = MeasureEvent.objects.order_by("pk").select_related("measure")
    return [(row.measure.number, row.kind, _now_is(row), row.is_news) for row in rows]


def _now_is(row: MeasureEvent) -> str:
    known = row.new.get("label") or row.new.get("stage") or row.new.get("starts_at") or ""
    return str(known)


def sitting(**facts: Any) -> HearingFact:
    known = {"starts_at": NEXT_TUESDAY, "zone": CHICAGO, "committee": "Public Health", "room": "E2.012"}
    return HearingFact(**({"external_id": "h1"} | known | facts))


def test_the_first_import_of_a_measure_is_no_change():
    loaded(bill(stages=(REFERRED,), texts=(SUBSTITUTE,), hearings=(sitting(),)))

    assert noted() == []


def test_an_import_notes_a_new_stage_and_a_new_text_once():
    loaded(FIRST)
    later = again(FIRST, stages=(*FIRST.stages, REFERRED), texts=(*FIRST.texts, SUBSTITUTE))
    loaded(later)
    loaded(later)
    loaded(again(later, title_fr="Titre"))

    assert noted() == [
        ("HB 1", EventKind.STAGE_CHANGED, "Referred to Public Health", True),
        ("HB 1", EventKind.TEXT_CHANGED, "Committee substitute", True),
    ]
    first = MeasureEvent.objects.order_by("pk")[0]
    assert (first.old["stage"], first.source, first.by) == (Stage.INTRODUCED, the("HB 1").source, None)


def test_several_steps_of_one_import_are_one_change_to_where_it_stands_now():
    loaded(FIRST)
    passed = step(Stage.PASSED_1, date(2027, 2, 8))
    loaded(again(FIRST, stages=(*FIRST.stages, REFERRED, passed)))

    assert [(number, now_is) for number, _kind, now_is, _news in noted()] == [("HB 1", Stage.PASSED_1)]


def test_what_lies_back_longer_than_two_weeks_is_noted_and_is_no_news():
    loaded(FIRST)
    known = again(FIRST, stages=(*FIRST.stages, step(Stage.COMMITTEE_1, date(2027, 1, 20))))
    loaded(known)
    loaded(again(known, stages=(*known.stages, REFERRED)), on=date(2027, 2, 15))

    assert [(now_is, is_news) for _number, _kind, now_is, is_news in noted()] == [
        (Stage.COMMITTEE_1, False),
        ("Referred to Public Health", True),
    ]


def test_a_step_of_a_day_to_come_is_no_change_yet():
    loaded(FIRST)
    loaded(again(FIRST, stages=(*FIRST.stages, step(Stage.IN_FORCE, date(2027, 9, 1)))))

    assert noted() == []


def test_another_sources_words_for_the_same_step_and_text_are_no_change():
    loaded(FIRST, scheme=LEGISCAN)
    better = bill(
        stages=(step(Stage.INTRODUCED, local_label="Filed"),),
        texts=(text("100", "Filed text", on=date(2027, 1, 13)),),
    )
    loaded(better, scheme=STATES)

    row = the("HB 1")
    assert (row.stage_events.get().local_label, row.text_versions.get().key) == ("Filed", "100")
    assert noted() == []


def test_an_import_notes_a_hearing_that_is_set_moved_and_called_off():
    loaded(FIRST)
    known = again(FIRST, hearings=(sitting(),))
    loaded(known)
    moved = again(known, hearings=(sitting(starts_at=NEXT_TUESDAY + AN_HOUR),))
    loaded(moved)
    loaded(moved)
    loaded(again(moved, hearings=(sitting(starts_at=NEXT_TUESDAY + AN_HOUR, is_cancelled=True),)))

    assert [kind for _number, kind, _now_is, _news in noted()] == [
        EventKind.HEARING_SET,
        EventKind.HEARING_MOVED,
        EventKind.HEARING_CANCELLED,
    ]
    event = MeasureEvent.objects.get(kind=EventKind.HEARING_MOVED)
    starts = [datetime.fromisoformat(one["starts_at"]) for one in (event.old, event.new)]
    assert (starts, event.hearing) == ([NEXT_TUESDAY, NEXT_TUESDAY + AN_HOUR], Hearing.objects.get())


def test_a_hearing_of_the_past_that_is_read_late_is_no_news():
    loaded(FIRST)
    loaded(again(FIRST, hearings=(sitting(starts_at=NOW - 30 * 24 * AN_HOUR),)))

    assert [(kind, is_news) for _number, kind, _now_is, is_news in noted()] == [
        (EventKind.HEARING_SET, False)
    ]


def test_a_dry_run_notes_nothing_and_rings_for_nobody(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
):
    rung: list[str] = []
    monkeypatch.setattr(news, "listeners", [lambda: rung.append("ding")])
    loaded(FIRST)
    later = again(FIRST, stages=(*FIRST.stages, REFERRED))

    with django_capture_on_commit_callbacks(execute=True):
        loaded(later, dry_run=True)
    assert (noted(), rung) == ([], [])
    with django_capture_on_commit_callbacks(execute=True):
        loaded(later)
        loaded(later)

    assert (len(noted()), rung) == (1, ["ding"])


def test_people_set_move_and_cancel_a_hearing_and_stand_in_the_ledger(cast: Cast):
    bills = [measure("HB 1"), measure("SB 2")]
    draft = Hearing(
        jurisdiction=bills[0].session.jurisdiction,
        committee_name="Public Health",
        starts_at=NEXT_TUESDAY,
        zone=CHICAGO,
    )
    hearing = hearings.schedule(draft, by=cast.jordan, now=NOW, measures=bills)
    hearings.move(hearing, by=cast.jordan, now=NOW, room="E2.012")
    hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=NEXT_TUESDAY + AN_HOUR)
    hearings.cancel(hearing, by=cast.jordan, now=NOW)

    assert [(number, kind) for number, kind, _now_is, _news in noted()] == [
        ("HB 1", EventKind.HEARING_SET),
        ("SB 2", EventKind.HEARING_SET),
        ("HB 1", EventKind.HEARING_MOVED),
        ("SB 2", EventKind.HEARING_MOVED),
        ("HB 1", EventKind.HEARING_CANCELLED),
        ("SB 2", EventKind.HEARING_CANCELLED),
    ]
    assert set(MeasureEvent.objects.values_list("by", "source")) == {(cast.jordan.pk, None)}


def test_a_measure_that_comes_onto_the_agenda_later_has_its_hearing_set(cast: Cast):
    first, second = measure("HB 1"), measure("HB 2")
    hearing = hearing_on(first)

    added = hearings.put_on_agenda(hearing, [first, second], by=cast.jordan, now=NOW)

    assert (added, noted()) == (1, [("HB 2", EventKind.HEARING_SET, THEN, True)])


def test_a_stage_that_is_taken_back_tells_where_the_measure_stands_again(cast: Cast):
    row = measure("HB 1")
    stepped(row, Stage.COMMITTEE_1, date(2026, 12, 1))
    wrong = stepped(row, Stage.PASSED_1, TODAY)
    before = measure_events.standing_of([row.pk], TODAY)
    wrong.delete()

    assert measure_events.note_changes(before, Teller(NOW, by=cast.jordan)) == 1
    assert noted() == [("HB 1", EventKind.STAGE_CHANGED, Stage.COMMITTEE_1, True)]


def test_the_newest_text_is_that_of_the_latest_day_and_an_undated_one_the_oldest():
    row = measure("HB 1")
    text_of(row, "Enrolled", TODAY)
    text_of(row, "Undated")

    standing = measure_events.standing_of([row.pk], TODAY)[row.pk]

    assert standing == Standing(None, measure_events.Text("Enrolled", "Enrolled", "", TODAY))


def test_staff_who_enter_a_stage_stand_in_the_ledger(cast: Cast):
    row = measure("HB 1")
    browser, address = browser_of(cast.jordan), f"/admin/legislation/measure/{row.pk}/change/"
    said = form_of(browser, address)
    step_said = {
        "on": TODAY.isoformat(),
        "stage": "reported_1",
        "chamber": "lower",
        "order": "0",
        "measure": row.pk,
    }
    said |= {"stage_events-TOTAL_FORMS": "1"} | {
        f"stage_events-0-{name}": value for name, value in step_said.items()
    }

    assert browser.post(address, said).status_code == 302
    assert noted() == [("HB 1", EventKind.STAGE_CHANGED, Stage.REPORTED_1, True)]
    assert MeasureEvent.objects.get().by == cast.jordan


def test_staff_who_announce_and_call_off_a_hearing_stand_in_the_ledger(cast: Cast):
    first, second = measure("HB 1"), measure("HB 2")
    hearing = hearing_on(first)
    browser, address = browser_of(cast.jordan), f"/admin/legislation/hearing/{hearing.pk}/change/"
    said = form_of(browser, address) | {
        "measures": f"{first.pk},{second.pk}",
        "starts_at": "2027-02-16T09:00",
    }

    assert browser.post(address, said).status_code == 302
    assert browser.post(address, said | {"status": "cancelled"}).status_code == 302
    assert noted() == [
        ("HB 2", EventKind.HEARING_SET, THEN, True),
        ("HB 1", EventKind.HEARING_CANCELLED, "", True),
        ("HB 2", EventKind.HEARING_CANCELLED, "", True),
    ]
