"""Meetings from the rule of their series to the minutes, and what becomes of those who stay away."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.kernel.periods import Month
from advocacy.outbox.models import OutboundMessage
from members.taskforce.actions import answers, attendance, meetings, minutes
from members.taskforce.actions.attendance import Seen
from members.taskforce.models import ActionItem, AgendaItem, Attendance, Meeting, MeetingInvitation
from tests.cast import NOW, Cast
from tests.factories.meetings import (
    CHICAGO,
    FEBRUARY,
    JANUARY,
    action_item,
    held,
    item,
    planned,
    series,
    the_meeting,
)

MARCH = datetime(2027, 3, 10, 13, tzinfo=CHICAGO)
TASK_FORCE = {"dana", "luis", "ruth", "noor", "elise", "tom", "angela"}


def people(cast: Cast, names: set[str]) -> set[Any]:
    return {getattr(cast, name) for name in names}


def test_a_series_meets_by_its_rule_in_local_time(cast: Cast):
    rule = series(cast.angela)

    found = {month: rule.starts_at(Month.parse(month)).isoformat() for month in ("2027-02", "2027-07")}

    assert found == {"2027-02": "2027-02-10T19:00:00+00:00", "2027-07": "2027-07-14T18:00:00+00:00"}


def test_the_next_of_a_series_is_planned_once_a_month(cast: Cast):
    rule = series(cast.angela)
    february = meetings.plan_in_series(rule, meetings.next_month_of(rule, NOW), by=cast.angela)

    assert (february.starts_at, february.period) == (FEBRUARY, "2027-02")
    assert meetings.next_month_of(rule, NOW) == Month(2027, 3)
    with pytest.raises(meetings.PlannedAlready):
        meetings.plan_in_series(rule, Month(2027, 2), by=cast.angela)


def test_everybody_of_the_task_force_is_invited_once(cast: Cast):
    meeting = planned(cast.angela)

    assert meetings.invite(meeting, by=cast.angela, now=NOW) == 7
    assert meetings.invite(meeting, by=cast.angela, now=NOW) == 0
    assert {row.person for row in meeting.invitations.all()} == people(cast, TASK_FORCE)
    assert OutboundMessage.objects.filter(kind="taskforce.agenda").count() == 7


def test_the_meetings_are_open_to_the_task_force_and_staff_only(cast: Cast):
    meeting = planned(cast.angela)

    who = {
        name
        for name in ("dana", "luis", "tom", "angela", "jordan", "sam", "chris", "priya", "former")
        if Meeting.objects.visible_to(getattr(cast, name)).filter(pk=meeting.pk).exists()
    }

    assert who == {"dana", "luis", "tom", "angela", "jordan"}


def test_a_lead_staff_and_the_host_run_a_meeting(cast: Cast):
    meeting = planned(cast.angela, host=cast.dana)

    who = {name for name in TASK_FORCE if Meeting.objects.editable_by(getattr(cast, name)).exists()}

    assert who == {"dana", "angela"}
    assert list(Meeting.objects.editable_by(cast.jordan)) == [meeting]


def test_anyone_of_the_task_force_puts_items_at_the_end_of_the_agenda(cast: Cast):
    meeting = planned(cast.angela)

    item(meeting, by=cast.noor, title="First")
    item(meeting, by=cast.luis, title="Second")

    assert [(row.title, row.proposed_by) for row in meeting.items.all()] == [
        ("First", cast.noor),
        ("Second", cast.luis),
    ]


def test_nothing_is_proposed_for_a_meeting_that_is_over(cast: Cast):
    meeting = held(cast.angela, JANUARY, dana=(cast.dana, "present"))

    with pytest.raises(minutes.NoMoreItems):
        item(meeting, by=cast.noor)


def test_attendance_is_confirmed_by_the_note_taker_beside_the_check_in(cast: Cast, clock):
    meeting = the_meeting(cast)
    answers.check_in(meeting, by=cast.noor, now=FEBRUARY)

    attendance.take(meeting, [Seen(cast.noor, "late", minutes_present=40)], by=cast.angela, now=FEBRUARY)

    row = Attendance.objects.get()
    assert (row.presence, row.minutes_present) == ("late", 40)
    assert (row.checked_in_at, row.confirmed_at, row.confirmed_by) == (FEBRUARY, FEBRUARY, cast.angela)
    assert meeting.status == "held"


def test_nobody_checks_in_the_day_before(cast: Cast):
    with pytest.raises(answers.NotOpen):
        answers.check_in(planned(cast.angela), by=cast.noor, now=FEBRUARY - timedelta(days=1))


def test_two_absences_without_regrets_ask_the_vice_chair_for_a_word(cast: Cast):
    held(cast.angela, JANUARY, luis=(cast.luis, "absent"), dana=(cast.dana, "absent"))
    february = held(cast.angela, FEBRUARY, luis=(cast.luis, "absent"), dana=(cast.dana, "present"))

    task = ActionItem.objects.get()

    assert (task.owner, task.about, task.due_on) == (cast.tom, cast.luis, date(2027, 2, 17))
    assert attendance.absences_in_a_row([cast.luis, cast.dana], february) == {
        cast.luis.pk: 2,
        cast.dana.pk: 0,
    }


def test_regrets_end_the_count(cast: Cast):
    held(cast.angela, JANUARY, luis=(cast.luis, "absent"))
    february = held(cast.angela, FEBRUARY, luis=(cast.luis, "absent_with_regrets"))

    assert attendance.absences_in_a_row([cast.luis], february) == {cast.luis.pk: 0}
    assert not ActionItem.objects.exists()


def test_a_third_absence_asks_for_no_second_word_and_a_correction_takes_it_back(cast: Cast):
    held(cast.angela, JANUARY, luis=(cast.luis, "absent"))
    february = held(cast.angela, FEBRUARY, luis=(cast.luis, "absent"))
    held(cast.angela, MARCH, luis=(cast.luis, "absent"))
    assert ActionItem.objects.count() == 1

    attendance.take(february, [Seen(cast.luis, "absent_with_regrets")], by=cast.angela, now=MARCH)

    assert ActionItem.objects.get().status == "dropped"


def test_a_word_about_a_colleague_is_read_by_its_owner_the_lead_and_staff(cast: Cast):
    held(cast.angela, JANUARY, luis=(cast.luis, "absent"))
    held(cast.angela, FEBRUARY, luis=(cast.luis, "absent"))

    who = {
        name
        for name in (*TASK_FORCE, "jordan", "sam", "chris")
        if ActionItem.objects.visible_to(getattr(cast, name)).exists()
    }

    assert who == {"tom", "angela", "jordan"}


def test_published_minutes_stay_as_they_were_and_corrections_stand_beside_them(cast: Cast):
    meeting = the_meeting(cast)
    point = meeting.items.get()
    minutes.write(point, by=cast.angela, version=1, summary="All agreed.", outcome="Go on")
    minutes.decide(point, by=cast.angela, text="Support it", how="vote", votes_for=5, votes_against=1)
    action_item(meeting, cast.dana, item=point)

    published = minutes.publish(meeting, by=cast.angela, now=NOW)
    minutes.correct(published, by=cast.angela, text="Six agreed.", now=NOW)

    assert published.content == {
        "items": [
            {
                "title": "Telehealth parity",
                "outcome": "Go on",
                "summary": "All agreed.",
                "decisions": [{"text": "Support it", "how": "vote", "counts": [5, 1, None]}],
                "action_items": [
                    {
                        "text": "Share model telehealth language",
                        "owner": "Dana Whitfield",
                        "due_on": "2027-02-24",
                    }
                ],
            }
        ],
        "action_items": [],
        "attendance": [],
    }
    with pytest.raises(minutes.AlreadyPublished):
        minutes.write(point, by=cast.angela, version=2, summary="Rewritten")
    with pytest.raises(minutes.AlreadyPublished):
        minutes.publish(meeting, by=cast.angela, now=NOW)
    assert [row.text for row in published.corrections.all()] == ["Six agreed."]
    assert not OutboundMessage.objects.filter(kind="taskforce.minutes").exists()


def test_two_note_takers_never_overwrite_each_other_silently(cast: Cast):
    point = item(planned(cast.angela), by=cast.dana)
    also = AgendaItem.objects.get(pk=point.pk)
    minutes.write(point, by=cast.angela, version=1, summary="Angela's notes.")

    with pytest.raises(minutes.ChangedMeanwhile):
        minutes.write(also, by=cast.jordan, version=1, summary="Jordan's notes.")
    kept = AgendaItem.objects.get(pk=point.pk)

    assert (kept.summary, kept.version) == ("Angela's notes.", 2)
    assert minutes.write(kept, by=cast.jordan, version=2, summary="Both of our notes.")
    assert not minutes.write(kept, by=cast.jordan, version=1, summary="Both of our notes.")


def test_what_is_unfinished_is_carried_into_the_next_meeting_and_counted_once(cast: Cast):
    january = held(cast.angela, JANUARY, dana=(cast.dana, "present"))
    todo, done = (action_item(january, cast.dana, text=text) for text in ("To do", "Done"))
    minutes.move(done, by=cast.dana, status="done", on=date(2027, 1, 20))
    february = held(cast.angela, FEBRUARY, dana=(cast.dana, "present"))

    assert list(ActionItem.objects.carried_into(february)) == [todo]
    minutes.publish(february, by=cast.angela, now=NOW)

    assert dict(ActionItem.objects.values_list("text", "carried_count")) == {"To do": 1, "Done": 0}


def test_an_item_is_dropped_with_a_reason_and_opened_again(cast: Cast):
    todo = action_item(planned(cast.angela), cast.dana)

    with pytest.raises(ValidationError):
        minutes.move(todo, by=cast.dana, status="dropped", on=date(2027, 2, 9))
    minutes.move(todo, by=cast.dana, status="dropped", on=date(2027, 2, 9), drop_reason="Overtaken")
    minutes.move(todo, by=cast.dana, status="open", on=date(2027, 2, 10))

    todo.refresh_from_db()
    assert (todo.status, todo.drop_reason, todo.closed_on) == ("open", "", None)


def test_what_is_done_stands_in_the_trail(cast: Cast):
    meeting = the_meeting(cast)
    meetings.change(meeting, by=cast.angela, now=NOW, title="Moved")
    meetings.cancel(meeting, by=cast.angela, now=NOW, reason="Storm")

    verbs = Entry.objects.about(meeting).order_by("pk").values_list("verb", flat=True)

    assert list(verbs) == ["planned", "invited", "edited", "cancelled"]


def test_an_answer_may_be_given_before_the_mail_went_out(cast: Cast):
    meeting = planned(cast.angela)
    answers.answer_in_portal(meeting, by=cast.dana, said="delegate", delegate_name="Priya", now=NOW)

    assert meetings.invite(meeting, by=cast.angela, now=NOW) == 7

    mine = MeetingInvitation.objects.get(person=cast.dana)
    assert (mine.answer, mine.delegate_name, mine.how) == ("delegate", "Priya", "portal")


def test_an_address_with_a_newline_costs_nobody_else_the_invitation(cast: Cast):
    User.objects.filter(pk=cast.luis.pk).update(email="luis@example.org\nBcc: eve@example.org")
    meeting = planned(cast.angela)

    assert meetings.invite(meeting, by=cast.angela, now=NOW) == 6
    assert not OutboundMessage.objects.filter(user=cast.luis).exists()
    assert not meeting.invitations.exclude(asked_at=None).filter(person=cast.luis).exists()


@pytest.mark.parametrize("name", ['Rosalind "Rosie" O\'Neil', "Côté; Élise, dr.", "A\nB", "x^y:z"])
def test_any_name_is_invited(cast: Cast, name: str):
    User.objects.filter(pk__in=[cast.dana.pk, cast.angela.pk]).update(full_name=name)
    meeting = planned(User.objects.get(pk=cast.angela.pk))

    assert meetings.invite(meeting, by=cast.angela, now=NOW) == 7


def test_a_title_over_two_lines_makes_no_header(cast: Cast):
    meeting = planned(cast.angela, title="Meeting\nBcc: eve@example.org")

    meetings.invite(meeting, by=cast.angela, now=NOW)

    subjects = set(OutboundMessage.objects.exclude(user=cast.elise).values_list("subject", flat=True))
    assert subjects == {"Agenda and invitation: Meeting Bcc: eve@example.org, Feb. 10, 2027"}
