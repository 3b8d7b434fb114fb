"""Mail about dates of a session: before measures must have left the first chamber, and before they must be signed."""

from datetime import date, timedelta

import pytest
import time_machine

from advocacy.kernel.reminder_rules import Days, reminder_rules
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.models import TrackingWatcher
from legislation import session_clock
from legislation.models import ChamberCode, DeadlineKind, Feed, Measure, SessionDeadline, Source, Stage
from members.models import RoleAssignment
from tests.cast import TODAY, Cast
from tests.factories.measures import measure, stepped, tracked
from tests.positions.reminding import chicago, subjects, written

DAY = timedelta(days=1)
# A Friday; seven days before is Friday the 19th, two days before Wednesday the 24th.
ON = date(2027, 2, 26)


def falls_due(bill: Measure, kind: str = "crossover", on: date = ON, **fields: str) -> SessionDeadline:
    return SessionDeadline.objects.create(session=bill.session, kind=kind, on=on, **fields)


def named(deadline: SessionDeadline, day: date = TODAY) -> list[str]:
    return [one.number for one in session_clock.threatened_by(deadline, day)]


def at_stages(**stages: Stage | None) -> list[Measure]:
    found = []
    for number, (name, stage) in enumerate(stages.items(), start=1):
        bill = measure(f"HB {number}", short_name=name)
        if stage:
            stepped(bill, stage, TODAY)
        found.append(bill)
    return found


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("filing_ends", ["HB 1", "HB 2"]),
        ("committee", ["HB 1", "HB 2", "HB 3"]),
        ("crossover", ["HB 1", "HB 2", "HB 3", "HB 4"]),
        ("sine_die", ["HB 1", "HB 2", "HB 3", "HB 4"]),
        ("executive_window_ends", ["HB 6"]),
    ],
)
def test_a_date_threatens_what_must_still_get_somewhere_by_it(cast: Cast, kind: str, numbers: list[str]):
    bill, *_others = at_stages(
        unknown=None,
        filed=Stage.PREFILED,
        sent=Stage.COMMITTEE_1,
        reported=Stage.REPORTED_1,
        passed=Stage.PASSED_1,
        waits=Stage.ENROLLED,
        dead=Stage.DIED,
    )
    measure("Rule 1", kind="regulation")
    measure("HB 1", session="89R")

    assert named(falls_due(bill, kind)) == numbers


def test_what_was_recalled_is_back_in_the_first_chamber_and_what_was_carried_over_is_where_it_was(cast: Cast):
    recalled, early, late = (measure(f"HB {number}") for number in (1, 2, 3))
    for bill in (recalled, late):
        stepped(bill, Stage.PASSED_1, TODAY - 2 * DAY)
    stepped(recalled, Stage.COMMITTEE_1, TODAY - DAY)
    stepped(early, Stage.INTRODUCED, TODAY - 2 * DAY)
    for bill in (early, late):
        stepped(bill, Stage.CARRIED_OVER, TODAY)

    assert named(falls_due(recalled)) == ["HB 1", "HB 2"]
    assert named(SessionDeadline.objects.get(), TODAY - 2 * DAY) == ["HB 2"]


def test_a_date_of_one_chamber_is_not_that_of_a_measure_known_to_be_in_the_other(cast: Cast):
    here, there, unknown = (measure(number) for number in ("HB 1", "SB 1", "X 1"))
    stepped(here, Stage.INTRODUCED, TODAY, chamber=ChamberCode.LOWER)
    stepped(there, Stage.INTRODUCED, TODAY, chamber=ChamberCode.UPPER)
    stepped(unknown, Stage.INTRODUCED, TODAY)

    assert named(falls_due(here, chamber=ChamberCode.LOWER)) == ["HB 1", "X 1"]


def test_owner_and_watchers_hear_of_crossover_a_week_and_two_days_before_in_one_line(
    cast: Cast, clock: time_machine.Traveller
):
    for number in (1, 2):
        row = tracked(measure(f"HB {number}"), cast.gulf_prairie, tier=number, owner=cast.dana)
        TrackingWatcher.objects.create(tracking=row, person=cast.priya)
    tracked(measure("HB 3"), cast.gulf_prairie, tier=3, owner=cast.dana)
    tracked(measure("HB 4"), cast.hill_country, owner=cast.luis)
    falls_due(Measure.objects.get(number="HB 1"), local_label="Crossover day")
    stepped(Measure.objects.get(number="HB 4"), Stage.PASSED_1, TODAY)

    week, rest = (
        written(clock, chicago(2, 18), chicago(2, 19)),
        written(clock, chicago(2, 22), chicago(2, 24)),
    )

    said = "Crossover day, Texas 90R: Feb. 26, 2027. It concerns HB 1, HB 2"
    assert week == [("Dana", said), ("Priya", said)]
    assert rest == week


def test_a_measure_that_leaves_the_chamber_and_a_date_that_moves_are_not_spoken_of(
    cast: Cast, clock: time_machine.Traveller
):
    bill, other = measure("HB 1"), measure("HB 2", session="89R")
    for one in (bill, other):
        tracked(one, cast.gulf_prairie, owner=cast.dana)
    falls_due(bill)
    moved = falls_due(other)
    week = written(clock, chicago(2, 19))
    stepped(bill, Stage.PASSED_1, date(2027, 2, 22))
    SessionDeadline.objects.filter(pk=moved.pk).update(on=date(2027, 3, 5))

    assert week == [("Dana", "2 reminders for today")]
    assert written(clock, chicago(2, 24)) == []
    assert subjects(written(clock, chicago(2, 26)), "Dana") == [
        "Last day to leave the first chamber, Texas 89R: March 5, 2027. It concerns HB 2"
    ]


def test_the_last_days_for_a_signature_are_said_two_days_before_and_on_the_day(
    cast: Cast, clock: time_machine.Traveller
):
    source = Source.objects.create(key="upstream", name="Upstream")
    Feed.objects.create(source=source)
    bill = measure("HB 1", source=source)
    tracked(bill, cast.gulf_prairie, tier=3, owner=cast.dana)
    stepped(bill, Stage.ENROLLED, TODAY)
    falls_due(bill, DeadlineKind.EXECUTIVE_WINDOW_ENDS)

    days = [subjects(written(clock, chicago(2, day)), "Dana") for day in (23, 24, 25, 26)]

    said = "Last day to sign or veto, Texas 90R: Feb. 26, 2027. It concerns HB 1"
    assert days == [[], [said], [], [said]]
    text = OutboundMessage.objects.latest("pk").text
    assert "You look after HB 1 (90R). Known from Upstream, which has not been fetched by itself yet." in text


def test_somebody_whose_role_has_ended_and_whoever_never_followed_hear_nothing(
    cast: Cast, clock: time_machine.Traveller
):
    bill = measure("HB 1")
    tracked(bill, cast.gulf_prairie, owner=cast.dana)
    falls_due(bill)
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=TODAY, is_primary=False)

    assert written(clock, chicago(2, 19)) == []


@pytest.mark.parametrize("measures", [1, 3])
def test_a_date_asks_as_much_for_one_measure_as_for_several(
    cast: Cast, measures: int, django_assert_num_queries
):
    for number in range(measures):
        bill = measure(f"HB {number}")
        tracked(bill, cast.gulf_prairie, owner=cast.dana)
    falls_due(bill)
    rule = reminder_rules["positions.first_chamber"]

    with django_assert_num_queries(5):
        owed = list(rule.due(Days(TODAY, ON), rule.offsets))

    assert len(owed) == 2
