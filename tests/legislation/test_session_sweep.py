"""At the end of a session: what its rules propose for each open measure, and what a person confirmed (W10, trap 11)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from advocacy.audit.models import Entry
from legislation.actions import session_sweep
from legislation.actions.session_sweep import Swept
from legislation.models import (
    CarryOver,
    Chamber,
    ChamberCode,
    DaysCounted,
    DeadlineKind,
    Disposition,
    DispositionKind,
    LegislativeSession,
    Measure,
    MeasureKind,
    SessionDeadline,
    SessionYear,
    Stage,
    StageEvent,
    Unsigned,
    WindowFrom,
)
from legislation.session_sweep import SessionEnd, ends, pending
from tests.cast import Cast
from tests.factories.measures import adjourned, measure, stepped
from tests.factories.people import state
from tests.legislation.measures.loading import again, loaded, step
from tests.legislation.measures.loading import bill as record_of

pytestmark = pytest.mark.django_db
SINE_DIE = date(2027, 6, 1)
DAY = date(2027, 6, 10)
NOON = datetime(2027, 6, 10, 12, tzinfo=UTC)


def at(number: str, stage: Stage | None, on: date = date(2027, 5, 3), **fields: Any) -> Measure:
    bill = measure(number, **fields)
    if stage:
        stepped(bill, stage, on)
    return bill


def kinds(end: SessionEnd, day: date = DAY) -> dict[str, str]:
    waiting = pending([end], day)[end.session.pk]
    numbers = dict(Measure.objects.values_list("pk", "number"))
    return {numbers[pk]: str(one.kind) for pk, one in sorted(waiting.items())}


def proposed(end: SessionEnd, bill: Measure, day: date = DAY):
    return pending([end], day)[end.session.pk][bill.pk]


def swept(end: SessionEnd, cast: Cast, *bills: Measure, **options: Any) -> Swept:
    known = {"by": cast.angela, "now": NOON, "day": DAY}
    return session_sweep.confirm(end, [bill.pk for bill in bills], **(known | options))


def stage_of(bill: Measure, day: date = DAY) -> tuple[str | None, date | None]:
    row = Measure.objects.with_stage(day).get(pk=bill.pk)
    return row.stage, row.stage_on


# --- When a session is over ---


def test_a_session_is_over_the_day_after_the_last_chamber_adjourned_whatever_was_planned():
    session = measure("HB 1").session
    LegislativeSession.objects.filter(pk=session.pk).update(ends_on=date(2027, 12, 31))
    for chamber, day in ((ChamberCode.LOWER, 1), (ChamberCode.UPPER, 3)):
        SessionDeadline.objects.create(
            session=session, kind=DeadlineKind.SINE_DIE, on=date(2027, 6, day), chamber=chamber
        )

    over = [list(LegislativeSession.objects.over(date(2027, 6, day))) for day in (2, 3, 4)]

    assert over == [[], [], [session]]
    assert LegislativeSession.objects.with_closing().get().adjourned_on == date(2027, 6, 3)


def test_without_a_date_of_adjournment_the_end_of_the_session_says_it():
    session = measure("HB 1").session
    LegislativeSession.objects.filter(pk=session.pk).update(ends_on=SINE_DIE)

    assert not LegislativeSession.objects.over(date(2027, 5, 31))
    assert LegislativeSession.objects.over(SINE_DIE).get().adjourned_on == date(2027, 5, 31)


# --- What is proposed ---


def test_what_was_not_passed_died_and_what_has_ended_is_not_asked_about():
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    at("HB 1", None)
    at("HB 2", Stage.COMMITTEE_1)
    at("HB 3", Stage.PASSED_1)
    for number, stage in (("HB 4", Stage.ENACTED), ("HB 5", Stage.FAILED), ("HB 6", Stage.DIED)):
        at(number, stage)

    assert kinds(end) == {"HB 1": "died", "HB 2": "died", "HB 3": "died"}


@pytest.mark.parametrize(
    ("rules", "kind"),
    [
        ({"carry_over": CarryOver.GOES_ON, "year": SessionYear.FIRST}, "carried_over"),
        ({"carry_over": CarryOver.GOES_ON, "year": SessionYear.SECOND}, "died"),
        ({"carry_over": CarryOver.GOES_ON}, "carried_over"),
        ({"carry_over": CarryOver.ENDS, "year": SessionYear.FIRST}, "died"),
        ({}, "other"),
    ],
)
def test_the_carry_over_rule_decides_and_nothing_dies_where_none_is_on_record(rules, kind):
    bill = at("HB 2", Stage.COMMITTEE_1)

    assert proposed(adjourned(SINE_DIE, **rules), bill).kind == kind


def test_what_may_still_be_signed_is_never_proposed_dead_until_the_window_closes():
    """Trap 11."""
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS, signing_days=20)
    for number, stage in (("HB 1", Stage.ENROLLED), ("HB 2", Stage.PASSED_2)):
        at(number, stage)

    assert kinds(end, date(2027, 6, 2)) == {"HB 1": "awaiting", "HB 2": "awaiting"}
    assert kinds(end, date(2027, 6, 21)) == {"HB 1": "awaiting", "HB 2": "awaiting"}
    assert kinds(end, date(2027, 6, 22)) == {"HB 1": "other", "HB 2": "other"}


def test_without_a_window_on_record_it_waits_for_ever():
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    bill = at("HB 1", Stage.ENROLLED)

    found = proposed(end, bill, date(2030, 1, 1))
    assert (found.kind, found.window_ends_on) == ("awaiting", None)


@pytest.mark.parametrize(("unsigned", "kind"), [(Unsigned.LAW, "enacted"), (Unsigned.VETOED, "vetoed")])
def test_when_the_window_has_closed_the_rule_says_what_the_unsigned_bill_became(unsigned, kind):
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS, signing_days=5, unsigned_becomes=unsigned)

    assert proposed(end, at("HB 1", Stage.ENROLLED)).kind == kind


@pytest.mark.parametrize(
    ("rules", "last"),
    [
        ({"signing_days": 10}, date(2027, 6, 11)),
        ({"signing_days": 10, "signing_days_counted": DaysCounted.WITHOUT_SUNDAYS}, date(2027, 6, 12)),
        ({"signing_days": 10, "signing_days_counted": DaysCounted.BUSINESS}, date(2027, 6, 15)),
        ({"signing_days": 10, "signing_from": WindowFrom.PRESENTMENT}, date(2027, 6, 8)),
    ],
)
def test_the_window_is_counted_as_the_constitution_of_the_place_counts_it(rules, last):
    end = adjourned(SINE_DIE, **rules)
    bill = at("HB 1", Stage.ENROLLED, date(2027, 5, 29))

    assert end.window_ends_on(stage_of(bill)[1]) == last


def test_a_last_day_to_sign_among_the_dates_goes_before_the_rule():
    session = measure("HB 1").session
    SessionDeadline.objects.create(
        session=session, kind=DeadlineKind.EXECUTIVE_WINDOW_ENDS, on=date(2027, 6, 20)
    )

    assert adjourned(SINE_DIE, signing_days=10).window_ends_on(SINE_DIE) == date(2027, 6, 20)


def test_where_there_is_one_chamber_its_passage_is_enough():
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS, signing_days=30)
    bill = at("LB 1", Stage.PASSED_1)
    assert proposed(end, bill).kind == "died"

    Chamber.objects.create(
        jurisdiction=state("tx", "Texas"), code=ChamberCode.LEGISLATURE, name="Legislature"
    )
    (unicameral,) = ends(LegislativeSession.objects.over(DAY))

    assert proposed(unicameral, bill).kind == "awaiting"


def test_what_no_session_ends_or_both_chambers_passed_in_other_words_is_left_to_a_person():
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    at("R 1", Stage.PROPOSED, kind=MeasureKind.REGULATION)
    at("HR 1", Stage.PASSED_2, kind=MeasureKind.RESOLUTION)
    at("HB 1", Stage.RECONCILING)

    assert kinds(end) == {"HB 1": "other", "HR 1": "other", "R 1": "other"}


# --- What is confirmed ---


def test_confirming_enters_the_last_stage_on_the_day_of_the_adjournment_and_says_who(cast: Cast):
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS, signing_days=20)
    dead, enrolled = at("HB 1", Stage.COMMITTEE_1, SINE_DIE), at("HB 2", Stage.ENROLLED)

    assert swept(end, cast, dead, enrolled) == Swept(confirmed=2)

    assert stage_of(dead) == ("died", SINE_DIE)
    assert stage_of(enrolled) == ("enrolled", date(2027, 5, 3))
    rows = Disposition.objects.order_by("measure__number_key")
    assert list(rows.values_list("kind", "window_ends_on", "confirmed_by")) == [
        ("died", None, cast.angela.pk),
        ("awaiting", date(2027, 6, 21), cast.angela.pk),
    ]
    assert Entry.objects.about(dead).get().changes == {"dispositions": [None, "Died"]}
    assert kinds(end) == {}


def test_a_second_click_and_a_second_person_change_nothing(cast: Cast):
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    bill = at("HB 1", Stage.COMMITTEE_1)

    counts = [swept(end, cast, bill, by=person).confirmed for person in (cast.angela, cast.jordan)]

    assert counts == [1, 0]
    assert StageEvent.objects.filter(measure=bill, stage=Stage.DIED).count() == 1
    assert Disposition.objects.get().confirmed_by == cast.angela


def test_nobody_can_declare_dead_what_may_still_be_signed(cast: Cast):
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    bill = at("HB 1", Stage.ENROLLED)

    assert swept(end, cast, bill, kind=DispositionKind.DIED) == Swept(may_be_signed=1)
    assert swept(end, cast, bill, kind=DispositionKind.CARRIED_OVER) == Swept(may_be_signed=1)
    assert stage_of(bill)[0] == "enrolled"


def test_when_the_window_closes_it_is_asked_about_again_and_becomes_law_on_that_day(cast: Cast):
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS, signing_days=20, unsigned_becomes=Unsigned.LAW)
    bill = at("HB 1", Stage.ENROLLED)
    swept(end, cast, bill)
    later = date(2027, 6, 22)

    assert (kinds(end), kinds(end, later)) == ({}, {"HB 1": "enacted"})
    assert swept(end, cast, bill, day=later) == Swept(confirmed=1)
    assert stage_of(bill, later) == ("enacted", date(2027, 6, 21))
    assert Entry.objects.about(bill).first().changes == {
        "dispositions": ["Awaiting the executive", "Became law"]
    }


def test_what_is_taken_back_is_open_again_as_it_was(cast: Cast):
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    bill = at("HB 1", Stage.COMMITTEE_1)
    swept(end, cast, bill)

    taken = [session_sweep.take_back(Disposition.objects.all(), by=cast.jordan) for _time in range(2)]

    assert taken == [1, 0]
    assert stage_of(bill) == ("committee_1", date(2027, 5, 3))
    assert kinds(end) == {"HB 1": "died"}
    newest = Entry.objects.about(bill).first()
    assert (newest.verb, newest.actor, newest.changes) == (
        "undone", cast.jordan, {"dispositions": ["Died", None]},
    )  # fmt: skip


def test_carried_over_measures_go_on_and_are_not_asked_about_again(cast: Cast):
    end = adjourned(SINE_DIE, carry_over=CarryOver.GOES_ON)
    ours, theirs = at("HB 1", Stage.COMMITTEE_1), at("HB 2", Stage.CARRIED_OVER)

    assert kinds(end) == {"HB 1": "carried_over"}
    swept(end, cast, ours, theirs)

    assert stage_of(ours) == ("carried_over", SINE_DIE)
    assert kinds(end) == {}


def test_a_whole_session_is_swept_in_few_queries(cast: Cast, django_assert_max_num_queries):
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    session = measure("HB 0").session
    Measure.objects.bulk_create(
        Measure(session=session, number=f"SB {number}", number_key=f"SB{number}") for number in range(1, 1400)
    )
    everything = list(Measure.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(128):
        done = session_sweep.confirm(end, everything, by=cast.angela, now=NOON, day=DAY)

    assert done == Swept(confirmed=1400)
    assert StageEvent.objects.filter(stage=Stage.DIED, on=SINE_DIE).count() == 1400


# --- What the official record says afterwards ---


def loaded_bill(**facts: Any) -> Measure:
    loaded(record_of("HB 1", **facts))
    return Measure.objects.get(number_key="HB1")


@pytest.mark.parametrize(
    ("stage", "on"),
    [
        (Stage.ENACTED, date(2027, 5, 30)),
        (Stage.ENROLLED, date(2027, 6, 1)),
        (Stage.DIED, date(2027, 5, 28)),
        (Stage.COMMITTEE_1, date(2027, 7, 1)),
    ],
)
def test_an_import_that_says_otherwise_goes_before_what_was_confirmed(cast: Cast, stage: Stage, on: date):
    steps = (step(Stage.COMMITTEE_1, date(2027, 5, 3)),)
    bill = loaded_bill(stages=steps)
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    swept(end, cast, bill)

    loaded(again(record_of("HB 1", stages=steps), stages=(*steps, step(stage, on))), on=date(2027, 6, 12))

    assert stage_of(bill, date(2027, 7, 2)) == (stage, on)
    row = Disposition.objects.get()
    assert (row.kind, row.event, row.overruled_at is None) == ("died", None, False)
    assert [entry.verb for entry in Entry.objects.about(bill)] == ["overruled", "swept"]


def test_an_older_step_that_arrives_late_changes_nothing(cast: Cast):
    steps = (step(Stage.COMMITTEE_1, date(2027, 5, 3)),)
    bill = loaded_bill(stages=steps)
    swept(adjourned(SINE_DIE, carry_over=CarryOver.ENDS), cast, bill)

    loaded(again(record_of("HB 1", stages=steps), stages=(*steps, step(Stage.REPORTED_1, SINE_DIE))))

    assert stage_of(bill) == ("died", SINE_DIE)
    assert Disposition.objects.standing().count() == 1


def test_what_an_import_reopened_is_asked_about_again(cast: Cast):
    steps = (step(Stage.PASSED_1, date(2027, 5, 3)),)
    bill = loaded_bill(stages=steps)
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    swept(end, cast, bill)

    loaded(again(record_of("HB 1", stages=steps), stages=(*steps, step(Stage.ENROLLED, SINE_DIE))))

    assert kinds(end) == {"HB 1": "awaiting"}
    assert swept(end, cast, bill) == Swept(confirmed=1)
    assert Disposition.objects.get().kind == "awaiting"
