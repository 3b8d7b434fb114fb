"""What people have asked of their mail, and what became of their roles, between planning and sending."""

from datetime import UTC, date, datetime, timedelta

import time_machine

from advocacy.audit.models import Entry
from advocacy.kernel.reminder_rules import Due
from advocacy.outbox import bundles, delivery
from advocacy.outbox.actions import preferences
from advocacy.outbox.models import KeptMessage, OutboundMessage
from campaigns.models import Occurrence
from campaigns.reminders import actions, planner
from members.taskforce.actions import minutes
from tests.campaigns.reminding import Script, chicago, promised
from tests.cast import Cast
from tests.factories.meetings import FEBRUARY, held, planned
from tests.factories.people import advocate_of, president_of, vice_chair_of

MONDAY_THE_15TH = date(2027, 2, 15)
HOW = "in a test"


def ticks(clock: time_machine.Traveller, *moments: datetime) -> None:
    for moment in moments:
        clock.move_to(moment)
        planner.tick(moment)
        bundles.bundle_up(now=moment)
        delivery.deliver()


def read_by(person) -> list[str]:
    return list(
        KeptMessage.objects.filter(recipient=person.email).order_by("pk").values_list("text", flat=True)
    )


def test_who_wants_one_mail_a_week_gets_it_on_the_first_working_day_with_what_still_stands(
    cast: Cast, rehearsal: Script, clock: time_machine.Traveller
):
    preferences.bundle(cast.dana, weekly=True, now=chicago(2, 9), how=HOW)
    done, waits = (promised(cast.dana, due_on=date(2027, 2, 11), text=text) for text in ("a", "b"))
    days = [chicago(2, day) for day in (10, 11, 12)]
    ticks(clock, *days)
    before = read_by(cast.dana)
    done.__class__.objects.filter(pk=done.pk).update(
        status="done", done_on=date(2027, 2, 13), done_by=cast.dana
    )

    # Monday is Presidents' Day.
    ticks(clock, chicago(2, 15), chicago(2, 16), chicago(2, 16, 10), chicago(2, 17))

    assert before == []
    (text,) = read_by(cast.dana)
    assert text.count("Send information was due on Feb. 11, 2027") == 1
    states = {
        row.period.split(":")[0]: row.state for row in Occurrence.objects.filter(due_at__lt=chicago(2, 17))
    }
    assert states == {str(done.pk): "skipped", str(waits.pk): "mailed"}


def test_hints_do_not_wait_for_the_weekly_mail_about_duties(
    cast: Cast, rehearsal: Script, clock: time_machine.Traveller
):
    preferences.bundle(cast.dana, weekly=True, now=chicago(2, 9), how=HOW)
    rehearsal.owed = [Due(cast.dana.pk, "hint", date(2027, 2, 11))]
    promised(cast.dana, due_on=date(2027, 2, 12))

    ticks(clock, chicago(2, 11))

    (text,) = read_by(cast.dana)
    assert "Think of hint" in text
    assert "Send information" not in text


def test_a_pause_leaves_nothing_behind_and_ends_on_its_day(cast: Cast, clock: time_machine.Traveller):
    preferences.pause(cast.dana, until=date(2027, 2, 16), now=chicago(2, 9), how=HOW)
    promised(cast.dana, due_on=date(2027, 2, 12))

    ticks(clock, chicago(2, 11))
    paused = [(row.state, row.reason) for row in Occurrence.objects.all()]
    ticks(clock, chicago(2, 16))

    assert paused == [("skipped", "They do not want mail of this class, or their address is suppressed.")]
    assert len(read_by(cast.dana)) == 1


def test_a_pause_between_planning_and_sending_says_so(cast: Cast, clock: time_machine.Traveller):
    promised(cast.dana, due_on=date(2027, 2, 12))
    clock.move_to(chicago(2, 11))
    planner.tick(chicago(2, 11))
    preferences.pause(cast.dana, until=date(2027, 3, 1), now=chicago(2, 11), how=HOW)

    delivery.deliver()
    planner.tick(chicago(2, 11, 9, 1))

    row = Occurrence.objects.get()
    assert (row.state, row.reason) == ("skipped", "Paused by the reader until March 1, 2027.")
    assert read_by(cast.dana) == []


def test_after_a_hand_over_the_successor_is_asked_and_the_former_is_not(
    cast: Cast, clock: time_machine.Traveller
):
    promise = promised(cast.dana, due_on=date(2027, 2, 12))
    preferences.asked_to_hand_over(cast.dana, now=chicago(2, 9), how=HOW)
    cast.dana.roles.update(ends_on=date(2027, 2, 11), is_primary=False)
    mia = advocate_of(cast.gulf_prairie, starts_on=date(2027, 2, 11), is_primary=True)
    promise.__class__.objects.filter(pk=promise.pk).update(owner=mia)

    ticks(clock, chicago(2, 11))

    assert (len(read_by(mia)), read_by(cast.dana)) == (1, [])
    assert Entry.objects.filter(actor=cast.dana, verb="asked to hand over").exists()


def test_somebody_with_three_roles_gets_one_mail_a_day(
    cast: Cast, rehearsal: Script, clock: time_machine.Traveller
):
    vice_chair_of(cast.southern, person=cast.dana)
    president_of(cast.hill_country, person=cast.dana)
    promised(cast.dana, due_on=date(2027, 2, 12))
    rehearsal.owed = [Due(cast.dana.pk, "hint", date(2027, 2, 11))]

    ticks(clock, *(chicago(2, 11, hour) for hour in range(8, 20)))

    assert OutboundMessage.objects.filter(user=cast.dana).count() == 1


def test_the_repeated_hour_of_a_november_night_repeats_no_reminder(
    cast: Cast, rehearsal: Script, clock: time_machine.Traveller
):
    """01:30 comes twice in Chicago on 1 November 2026, at 06:30 and at 07:30 UTC."""
    rehearsal.urgent = [
        Due(cast.dana.pk, "alarm", date(2026, 11, 1), at=datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    ]
    rehearsal.owed = [Due(cast.dana.pk, "hint", date(2026, 11, 1))]
    start = datetime(2026, 11, 1, 5, tzinfo=UTC)

    ticks(clock, *(start + timedelta(minutes=15 * number) for number in range(4 * 36)))

    rows = {row.period: row.due_at for row in Occurrence.objects.filter(state="mailed")}
    assert rows == {
        "alarm": datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        "hint": datetime(2026, 11, 2, 15, tzinfo=UTC),
    }
    assert len(read_by(cast.dana)) == 2


def test_on_the_leap_day_what_falls_due_then_is_told_then(cast: Cast, clock: time_machine.Traveller):
    promised(cast.dana, due_on=date(2028, 3, 1))

    ticks(clock, *(datetime(2028, 2, 28, 14, tzinfo=UTC) + timedelta(days=number) for number in range(3)))

    (row,) = Occurrence.objects.all()
    assert (row.day, row.state) == (date(2028, 2, 29), "mailed")


def test_minutes_that_wait_for_monday_are_taken_back_from_who_left_meanwhile(
    cast: Cast, clock: time_machine.Traveller
):
    meeting = held(cast.angela, FEBRUARY, dana=(cast.dana, "present"))
    minutes.publish(meeting, by=cast.angela, now=FEBRUARY + timedelta(hours=2))
    for person in (cast.dana, cast.noor):
        preferences.bundle(person, weekly=True, now=FEBRUARY, how=HOW)
    ticks(clock, chicago(2, 12, 12))
    waiting = OutboundMessage.objects.filter(is_held=True, kind="taskforce.minutes")
    before = {message.user for message in waiting}
    cast.dana.roles.update(ends_on=date(2027, 2, 13), is_primary=False)

    ticks(clock, chicago(2, 15, 12), chicago(2, 15, 12))

    assert before == {cast.dana, cast.noor}
    assert (len(read_by(cast.noor)), read_by(cast.dana)) == (1, [])
    (row,) = Occurrence.objects.filter(rule="taskforce.minutes", person=cast.dana)
    assert (row.state, row.reason) == ("skipped", "The role has ended.")


def test_staff_send_an_agenda_whose_time_passed(cast: Cast, clock: time_machine.Traveller):
    planned(cast.angela)
    clock.move_to(chicago(2, 5))
    planner.tick(chicago(2, 5))
    (missed,) = Occurrence.objects.filter(rule="taskforce.agenda", person=cast.dana)
    before = missed.state, OutboundMessage.objects.filter(kind="taskforce.agenda").count()

    actions.send_now(missed, by=cast.jordan, now=chicago(2, 5, 10))
    ticks(clock, chicago(2, 5, 10), chicago(2, 5, 11))

    assert before == ("missed", 0)
    (mail,) = OutboundMessage.objects.filter(kind="taskforce.agenda")
    assert mail.user == cast.dana
