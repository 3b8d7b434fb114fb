"""Who is due what, at which moment: 09:00 where they live, on a business day, and only while it makes sense."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.accounts.models import User
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from members.calendars import workdays_of, workdays_of_all
from members.taskforce import reminder_rules
from members.taskforce.actions import answers, meetings, minutes
from members.taskforce.reminder_rules import Due
from tests.cast import NOW, TODAY, Cast
from tests.factories.meetings import FEBRUARY, JANUARY, action_item, held, planned, the_meeting
from tests.factories.people import advocate_of

VANCOUVER, CHICAGO = ZoneInfo("America/Vancouver"), ZoneInfo("America/Chicago")


def at(month: int, day: int, hour: int = 9, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=zone)


def names(due: list[Due]) -> set[str]:
    return {one.person.get_short_name() for one in due}


EVERYBODY = {"Dana", "Luis", "Ruth", "Noor", "Élise", "Tom", "Angela"}


def test_the_call_for_items_goes_out_before_the_weekend_ten_days_before(cast: Cast):
    planned(cast.angela)

    # M−10 is Sunday 31 January: Friday the 29th.
    assert names(reminder_rules.calls_for_items(at(1, 29, 8))) == {"Élise"}  # 09:00 in Toronto
    assert names(reminder_rules.calls_for_items(at(1, 29, 11))) == EVERYBODY


def test_the_agenda_is_due_a_week_before_at_nine_of_each_reader(cast: Cast):
    planned(cast.angela)

    found = {one.person: one.due_at for one in reminder_rules.agendas(at(2, 3, 12))}

    assert names(reminder_rules.agendas(at(2, 2, 20))) == set()
    assert found[cast.noor] == at(2, 3, 9, VANCOUVER)
    assert found[cast.noor].isoformat() == "2027-02-03T16:00:00+00:00"
    assert found[cast.dana] == at(2, 3)
    assert len(found) == 7


def test_only_the_silent_are_nudged(cast: Cast):
    meeting = the_meeting(cast)
    answers.answer(meeting.invitations.get(person=cast.noor), said="no", how="link", now=NOW)

    # M−3 is Sunday the 7th: due since Friday.
    assert names(reminder_rules.nudges(NOW)) == EVERYBODY - {"Noor"}


def test_the_day_before_goes_to_those_who_come_or_may(cast: Cast):
    meeting = the_meeting(cast)
    for person, said in ((cast.noor, "yes"), (cast.dana, "maybe"), (cast.luis, "no")):
        answers.answer(meeting.invitations.get(person=person), said=said, how="link", now=NOW)

    assert names(reminder_rules.reminders(at(2, 9, 12))) == {"Noor", "Dana"}
    assert reminder_rules.reminders(FEBRUARY) == []


def test_a_cancelled_meeting_and_an_ended_role_are_due_nothing(cast: Cast):
    meeting = the_meeting(cast)
    cast.luis.roles.update(ends_on=TODAY)
    assert "Luis" not in names(reminder_rules.nudges(NOW))

    meetings.cancel(meeting, by=cast.angela, reason="Storm", now=NOW)

    assert reminder_rules.nudges(NOW) == []


def test_a_meeting_that_was_moved_is_told_of_again(cast: Cast):
    meeting = the_meeting(cast)
    before = {one.period for one in reminder_rules.nudges(NOW)}

    meetings.change(meeting, by=cast.angela, now=NOW, starts_at=FEBRUARY + timedelta(hours=2))

    assert before == {f"{meeting.pk}:0"}
    assert {one.period for one in reminder_rules.nudges(NOW)} == {f"{meeting.pk}:1"}


def test_minutes_are_due_two_business_days_after_once_published(cast: Cast):
    meeting = held(cast.angela, JANUARY, dana=(cast.dana, "present"))
    assert reminder_rules.minutes(at(1, 16)) == []

    minutes.publish(meeting, by=cast.angela, now=at(1, 14))

    assert reminder_rules.minutes(at(1, 15, 6)) == []
    assert names(reminder_rules.minutes(at(1, 15, 12))) == EVERYBODY


def test_an_owner_hears_two_days_before_the_day_and_then_every_week(cast: Cast):
    item = action_item(planned(cast.angela), cast.dana)  # Wednesday 24 February

    due = {day: names(reminder_rules.action_items_due(at(2, day, 10))) for day in (19, 22, 23, 24, 25)}
    overdue = {
        day.isoformat(): [
            one.period for one in reminder_rules.action_items_overdue(at(day.month, day.day, 10))
        ]
        for day in (at(2, 24), at(2, 25), at(3, 1), at(3, 4), at(3, 11))
    }

    assert due == {19: set(), 22: {"Dana"}, 23: {"Dana"}, 24: {"Dana"}, 25: set()}
    assert list(overdue.values()) == [
        [],
        [f"{item.pk}:0"],
        [f"{item.pk}:0"],
        [f"{item.pk}:1"],
        [f"{item.pk}:2"],
    ]


def test_what_is_done_is_due_no_more(cast: Cast):
    item = action_item(planned(cast.angela), cast.dana)
    minutes.move(item, by=cast.dana, status="done", on=TODAY)

    assert reminder_rules.action_items_overdue(at(3, 1)) == []


def test_a_rule_only_reads_and_asks_as_much_for_many_as_for_few(cast: Cast):
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            for rule in reminder_rules.RULES.values():
                rule(NOW)
        return [one["sql"] for one in queries.captured_queries]

    meeting = the_meeting(cast)
    action_item(meeting, cast.dana)
    few = asked()
    for number in range(3):
        advocate = advocate_of(cast.hill_country)
        action_item(meeting, advocate, text=f"Task {number}")
    meetings.invite(meeting, by=cast.angela, now=NOW)
    many = asked()

    assert [sql for sql in many if not sql.startswith("SELECT")] == []
    assert len(many) == len(few)


def test_holidays_of_many_people_are_those_of_each(cast: Cast):
    everybody = list(User.objects.all())

    assert workdays_of_all(everybody, TODAY) == {person.pk: workdays_of(person) for person in everybody}


@pytest.mark.parametrize("zone", NORTH_AMERICAN_ZONES)
def test_nine_is_nine_in_every_zone(cast: Cast, zone: str):
    planned(cast.angela)
    cast.dana.time_zone = zone
    cast.dana.save()

    found = {one.person: one.due_at for one in reminder_rules.agendas(at(2, 5))}

    assert found[cast.dana].astimezone(ZoneInfo(zone)).strftime("%a %H:%M") in ("Wed 09:00", "Thu 09:00")
