"""A month counted by hand (story A9 and the edges of DOMAIN.md §6.5), and the same month counted by the metrics."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from advocacy.interactions.models import FollowUp, Interaction, Kind
from advocacy.kernel.periods import Month
from advocacy.reports import numbers
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from legislation.models import Official
from members.models import Chapter, RoleAssignment
from members.taskforce.actions import attendance
from members.taskforce.actions.attendance import Seen
from tests.cast import Cast
from tests.factories.log import alma_reyes, official_in, seat_in
from tests.factories.meetings import held, planned
from tests.factories.months import (
    FEBRUARY,
    joint,
    met,
    not_counted,
    report_on,
    story_of_february,
    submitted_at,
)
from tests.factories.people import covers, state, united_states


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    """On the last day of February, with nothing in the log yet."""
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    return alma_reyes()


def number(code: str, whose: Chapter | Scope, period: Month = FEBRUARY) -> Figure:
    scope = whose if isinstance(whose, Scope) else Scope.of_chapter(whose)
    return METRICS[code].count(scope, Window.of(period))


def nation() -> Scope:
    return Scope.of_nation("SHD", "America/Chicago")


def test_the_month_of_the_story_has_four_meaningful_interactions(cast: Cast, reyes: Official):
    story_of_february(cast, reyes)

    assert number("meaningful", cast.gulf_prairie) == Figure(Unit.COUNT, 4, shared=1, restricted=1)


def test_a_shared_interaction_counts_in_each_chapter_and_once_above_them(cast: Cast, reyes: Official):
    story_of_february(cast, reyes)
    team = Scope.of_team(cast.texas_team, "America/Chicago")
    counts = [
        number("meaningful", one).value for one in (cast.gulf_prairie, cast.hill_country, team, nation())
    ]

    assert counts == [4, 1, 4, 4]


def test_no_reply_scheduling_and_listening_do_not_count(cast: Cast, reyes: Official):
    not_counted(cast, reyes, date(2027, 2, 10))

    assert number("meaningful", cast.gulf_prairie).value == 0


def test_an_email_thread_counts_once_a_day(cast: Cast, reyes: Official):
    for on in (date(2027, 2, 2), date(2027, 2, 2), date(2027, 2, 2), date(2027, 2, 3)):
        met(cast, reyes, on, kind=Kind.EMAIL_EXCHANGE, replied_on=on)

    assert number("meaningful", cast.gulf_prairie).value == 2


def test_two_meetings_on_one_day_are_two(cast: Cast, reyes: Official):
    met(cast, reyes, date(2027, 2, 2))
    met(cast, reyes, date(2027, 2, 2))

    assert number("meaningful", cast.gulf_prairie).value == 2


def test_a_dinner_in_honolulu_on_the_31st_belongs_to_january(cast: Cast, reyes: Official):
    cast.gulf_prairie.time_zone = "Pacific/Honolulu"
    cast.gulf_prairie.save()
    met(cast, reyes, date(2027, 1, 31), zone="Pacific/Honolulu")

    counts = [
        number("meaningful", one, Month(2027, month)).value
        for one in (cast.gulf_prairie, nation())
        for month in (1, 2)
    ]
    assert counts == [1, 0, 1, 0]


def test_29_february_2028_belongs_to_february(cast: Cast, reyes: Official, clock):
    clock.move_to(datetime(2028, 3, 2, 15, tzinfo=UTC))
    met(cast, reyes, date(2028, 2, 29))

    assert [number("meaningful", cast.gulf_prairie, Month(2028, month)).value for month in (2, 3)] == [1, 0]


def test_an_official_with_three_contacts_is_one_official(cast: Cast, reyes: Official):
    story_of_february(cast, reyes)
    met(cast, official_in(seat_in(state("tx", "Texas"), "7"), "Bo Lind"), date(2027, 2, 5))

    assert number("officials", cast.gulf_prairie) == Figure(
        Unit.COUNT, 2, parts={"in_person": 0, "office_only": 2, "other_offices": 0}
    )


def test_who_was_out_of_office_that_day_is_not_reached(cast: Cast, reyes: Official):
    former = official_in(seat_in(state("tx", "Texas"), "7"), "Bo Lind", ends_on=date(2027, 1, 12))
    met(cast, former, date(2027, 2, 5))

    assert number("officials", cast.gulf_prairie).value == 0


def test_follow_ups_done_on_the_day_are_on_time_and_cancelled_ones_leave_the_count(
    cast: Cast, reyes: Official
):
    contact = met(cast, reyes, date(2027, 2, 1))
    FollowUp.objects.all().delete()
    outcomes = [
        ("done", date(2027, 2, 10)),
        ("done", date(2027, 2, 11)),
        ("open", None),
        ("cancelled", date(2027, 2, 1)),
    ]
    for status, done_on in outcomes:
        FollowUp.objects.create(
            interaction=contact, chapter=cast.gulf_prairie, kind="other", owner=cast.dana, created_by=cast.dana,
            due_on=date(2027, 2, 10), status=status, done_on=done_on, done_by=cast.dana if done_on else None,
            cancel_reason="Not needed." if status == "cancelled" else "",
        )  # fmt: skip

    assert number("followups", cast.gulf_prairie) == Figure(
        Unit.PERCENT, 1, of=3, parts={"late": 1, "still_open": 1}
    )


def test_thanks_two_business_days_later_are_in_time_and_three_are_not(cast: Cast, reyes: Official):
    """Friday 5 February; Tuesday is the second business day."""
    for done_on in (date(2027, 2, 9), date(2027, 2, 10)):
        contact = met(cast, reyes, date(2027, 2, 5))
        FollowUp.objects.filter(interaction=contact, kind="thank_you").update(
            status="done", done_on=done_on, done_by=cast.dana
        )

    figure = number("thanks", cast.gulf_prairie)
    assert (figure.value, figure.of, figure.text()) == (1, 2, "50%")


def test_the_lag_is_counted_in_days_of_the_chapter(cast: Cast, reyes: Official):
    for day in (26, 25, 1):
        met(cast, reyes, date(2027, 2, day))

    assert number("lag", cast.gulf_prairie) == Figure(Unit.DAYS, 4, of=3, parts={"within_3_days": 1})


def test_whoever_took_part_is_active_too(cast: Cast, reyes: Official):
    joint(cast, reyes, date(2027, 2, 4))

    assert number("active", nation()).value == 2


def test_a_new_holder_of_a_seat_starts_at_zero(cast: Cast, reyes: Official):
    covers(cast.hill_country, united_states())
    seat = seat_in(united_states(), "TX-8")
    former = official_in(seat, "Bo Lind", ends_on=date(2027, 2, 10))
    met(cast, former, date(2027, 2, 5))
    official_in(seat, "Cy Voss", starts_on=date(2027, 2, 10))
    chapter = Chapter.objects.get(pk=cast.hill_country.pk)

    january, february = (number("coverage", chapter, Month(2027, month)) for month in (1, 2))
    assert (february.value, february.of) == (0, january.of)


def test_nearly_all_is_not_rounded_up_to_all():
    assert Figure(Unit.PERCENT, 199, of=200).text() == "99%"


def test_nothing_to_divide_by_is_a_dash(cast: Cast, reyes: Official):
    assert number("followups", cast.gulf_prairie).text() == "–"


def test_months_before_the_first_record_are_not_zero(cast: Cast, reyes: Official):
    story_of_february(cast, reyes)
    line = numbers.compared(Scope.of_chapter(cast.gulf_prairie), FEBRUARY)[0]

    assert [one.text() for one in (line.now, line.before, line.last_year, line.to_date)] == [
        "4",
        "n/a",
        "n/a",
        "4",
    ]


def test_few_restricted_records_alone_are_not_told_to_others():
    cells = [
        Figure(Unit.COUNT, value, restricted=hidden) for value, hidden in ((2, 2), (3, 3), (2, 1), (0, 0))
    ]

    assert [one.is_suppressed() for one in cells] == [True, False, False, False]


def test_what_was_deleted_leaves_the_count(cast: Cast, reyes: Official):
    contact = met(cast, reyes, date(2027, 2, 4))
    Interaction.objects.filter(pk=contact.pk).update(
        deleted_at=datetime(2027, 3, 1, tzinfo=UTC), deleted_by=cast.dana, deletion_reason="Twice."
    )

    assert number("meaningful", cast.gulf_prairie).value == 0


def test_attendance_is_of_the_last_three_meetings_and_a_delegate_counts(cast: Cast, reyes: Official):
    """Dana: present, absent, delegate; the meeting of October is the fourth and left out."""
    for month, presence in ((10, "present"), (11, "present"), (12, "absent")):
        held(cast.angela, datetime(2026, month, 11, 19, tzinfo=UTC), dana=(cast.dana, presence))
    last = planned(cast.angela, datetime(2027, 2, 10, 19, tzinfo=UTC))
    attendance.take(last, [Seen(cast.dana, "delegate", "Sam Reed")], by=cast.angela, now=timezone.now())

    assert number("attendance", cast.gulf_prairie) == Figure(Unit.PERCENT, 2, of=3)
    assert number("attendance", nation()) == Figure(Unit.PERCENT, 2, of=15)


def test_who_was_not_an_advocate_yet_was_not_expected(cast: Cast, reyes: Official):
    for month in (11, 12):
        held(cast.angela, datetime(2026, month, 11, 19, tzinfo=UTC), dana=(cast.dana, "present"))
    RoleAssignment.objects.filter(person=cast.dana).update(starts_on=date(2026, 12, 1))

    assert number("attendance", cast.gulf_prairie) == Figure(Unit.PERCENT, 1, of=1)


def test_reports_are_received_late_too_and_excused_ones_are_not_expected(cast: Cast, reyes: Official):
    report_on(cast.gulf_prairie, **submitted_at(datetime(2027, 4, 1, tzinfo=UTC), cast.dana))
    report_on(cast.hill_country)
    excused = {"decided_at": timezone.now(), "decided_by": cast.angela, "reason": "On leave."}
    report_on(cast.three_capitals, state="excused", **excused)

    assert number("received", nation()) == Figure(Unit.PERCENT, 1, of=2)
    assert number("on_time", nation()) == Figure(Unit.PERCENT, 0, of=2)
