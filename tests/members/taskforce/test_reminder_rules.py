"""What meetings and action items remind people of: the right day, in the bundle or as a letter, and only once."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import Days, reminder_rules
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from advocacy.outbox import delivery
from advocacy.outbox.models import KeptMessage, MailPreference, OutboundMessage
from campaigns.models import Occurrence
from campaigns.reminders import planner
from members.calendars import workdays_of, workdays_of_all
from members.taskforce.actions import answers, attendance, meetings, minutes
from members.taskforce.actions.attendance import Seen
from members.taskforce.models import MeetingInvitation
from tests.cast import NOW, TODAY, Cast
from tests.factories.meetings import CHICAGO, FEBRUARY, action_item, item, planned, the_meeting
from tests.factories.people import advocate_of

VANCOUVER = ZoneInfo("America/Vancouver")
EVERYBODY = {"Dana", "Luis", "Ruth", "Noor", "Élise", "Tom", "Angela"}
FEBRUARY_DAYS = Days(date(2027, 1, 15), date(2027, 3, 15))
RULES = sorted(name for name in reminder_rules.names() if name.startswith("taskforce."))


def at(month: int, day: int, hour: int = 9, minute: int = 0, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=zone)


class Planner:
    """Ticks at moments, and remembers what was mailed at each."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock

    def tick(self, *moments: datetime) -> None:
        for moment in moments:
            self.clock.move_to(moment)
            planner.tick(moment)

    def tells(self, rule: str, *moments: datetime) -> set[str]:
        """Who is told by this rule at these moments, in the bundle or in a letter of its own."""
        known = set(_told(rule).values_list("pk", flat=True))
        self.tick(*moments)
        return {row.person.get_short_name() for row in _told(rule).exclude(pk__in=known)}


def _told(rule: str) -> Any:
    return Occurrence.objects.filter(rule=rule, state="mailed").select_related("person")


@pytest.fixture
def ticking(clock: time_machine.Traveller) -> Planner:
    return Planner(clock)


def text_to(person: User) -> str:
    return "\n".join(OutboundMessage.objects.filter(user=person).values_list("text", flat=True))


def test_the_call_for_items_goes_out_before_the_weekend_ten_days_before(cast: Cast, ticking: Planner):
    planned(cast.angela)

    # M−10 is Sunday 31 January: Friday the 29th, at nine in Toronto first.
    assert ticking.tells("taskforce.call", at(1, 28)) == set()
    assert ticking.tells("taskforce.call", at(1, 29, 8)) == {"Élise"}
    assert ticking.tells("taskforce.call", at(1, 29, 11)) == EVERYBODY - {"Élise"}
    assert "Propose what should be on the agenda: Task force meeting" in text_to(cast.dana)


def test_the_agenda_is_a_letter_with_a_calendar_file_a_week_before(cast: Cast, ticking: Planner):
    meeting = planned(cast.angela)

    assert ticking.tells("taskforce.agenda", at(2, 2, 20)) == set()
    assert ticking.tells("taskforce.agenda", at(2, 3, 10), at(2, 3, 12)) == EVERYBODY

    mails = OutboundMessage.objects.filter(kind="taskforce.agenda")
    assert {mail.attachments[0]["name"] for mail in mails} == {"invite.ics"}
    assert MeetingInvitation.objects.exclude(asked_at=None).count() == len(EVERYBODY)
    due_at = {row.person: row.due_at for row in Occurrence.objects.filter(rule="taskforce.agenda")}
    assert (due_at[cast.noor], due_at[cast.dana]) == (at(2, 3, zone=VANCOUVER), at(2, 3))
    meeting.refresh_from_db()
    assert meeting.invited_at == at(2, 3, 10)


def test_whoever_the_lead_has_asked_already_is_not_asked_again(cast: Cast, ticking: Planner):
    meetings.invite(planned(cast.angela), by=cast.angela, now=at(1, 25))

    assert ticking.tells("taskforce.agenda", at(2, 3, 12)) == set()


def test_a_meeting_planned_too_late_for_its_agenda_is_shown_to_staff_and_not_sent(
    cast: Cast, ticking: Planner
):
    planned(cast.angela)

    ticking.tick(at(2, 5, 12))

    states = set(Occurrence.objects.filter(rule="taskforce.agenda").values_list("state", flat=True))
    assert states == {"missed"}
    assert not OutboundMessage.objects.filter(kind="taskforce.agenda").exists()


def test_only_the_silent_are_nudged(cast: Cast, ticking: Planner):
    meeting = the_meeting(cast)
    answers.answer(meeting.invitations.get(person=cast.noor), said="no", how="link", now=NOW)

    # M−3 is Sunday the 7th: Friday.
    assert ticking.tells("taskforce.nudge", at(2, 5, 12)) == EVERYBODY - {"Noor"}
    assert "/meetings/answer/" in text_to(cast.dana)


def test_an_answer_before_the_mail_goes_takes_the_nudge_out_of_it(cast: Cast, ticking: Planner):
    meeting = the_meeting(cast)
    ticking.tick(at(2, 5, 12))
    answers.answer(meeting.invitations.get(person=cast.dana), said="yes", how="link", now=at(2, 5, 12))

    delivery.deliver()
    ticking.tick(at(2, 5, 12, 1))
    delivery.deliver()

    mails = KeptMessage.objects.filter(recipient=cast.dana.email)
    assert ["You have not said yet" in mail.text for mail in mails.exclude(subject__contains="Agenda")] in (
        [],
        [False],
    )
    assert Occurrence.objects.get(rule="taskforce.nudge", person=cast.dana).state == "skipped"


def test_the_day_before_goes_to_those_who_come_or_may(cast: Cast, ticking: Planner):
    meeting = the_meeting(cast)
    for person, said in ((cast.noor, "yes"), (cast.dana, "maybe"), (cast.luis, "no")):
        answers.answer(meeting.invitations.get(person=person), said=said, how="link", now=NOW)

    assert ticking.tells("taskforce.reminder", at(2, 9, 12)) == {"Noor", "Dana"}
    said = "The meeting is near: Task force meeting, Feb. 10, 2027, 12:00 your time. Join it at https://"
    assert said in text_to(cast.noor)
    assert ticking.tells("taskforce.reminder", FEBRUARY) == set()


def test_an_hour_before_whoever_asked_for_it_hears_at_once_and_nobody_else(cast: Cast, ticking: Planner):
    meeting = the_meeting(cast)
    for person, wants in ((cast.noor, True), (cast.dana, False)):
        invitation = meeting.invitations.get(person=person)
        answers.answer(invitation, said="yes", how="link", now=NOW, wants_last_reminder=wants)

    assert ticking.tells("taskforce.soon", FEBRUARY - timedelta(minutes=61)) == set()
    assert ticking.tells("taskforce.soon", FEBRUARY - timedelta(minutes=60)) == {"Noor"}
    assert ticking.tells("taskforce.soon", FEBRUARY - timedelta(minutes=30)) == set()
    (mail,) = OutboundMessage.objects.filter(kind="taskforce.soon")
    assert (mail.subject, "https://meet.example.org/taskforce" in mail.text) == (
        "In an hour: Task force meeting",
        True,
    )


def test_the_last_reminder_of_a_meeting_that_has_begun_is_not_sent(cast: Cast, ticking: Planner):
    meeting = the_meeting(cast)
    invitation = meeting.invitations.get(person=cast.noor)
    answers.answer(invitation, said="yes", how="link", now=NOW, wants_last_reminder=True)

    assert ticking.tells("taskforce.soon", FEBRUARY + timedelta(minutes=5)) == set()
    assert Occurrence.objects.get(rule="taskforce.soon").state == "skipped"


def test_a_cancelled_meeting_and_an_ended_role_are_due_nothing(cast: Cast, ticking: Planner):
    meeting = the_meeting(cast)
    cast.luis.roles.update(ends_on=date(2027, 2, 5))
    assert ticking.tells("taskforce.nudge", at(2, 5, 12)) == EVERYBODY - {"Luis"}

    meetings.cancel(meeting, by=cast.angela, reason="Storm", now=at(2, 5, 13))

    rule = reminder_rules["taskforce.nudge"]
    assert list(rule.due(FEBRUARY_DAYS, rule.offsets)) == []


def test_a_meeting_that_moves_to_another_day_is_told_of_again_and_one_that_moves_by_hours_is_not(
    cast: Cast, ticking: Planner
):
    meeting = the_meeting(cast)
    first = ticking.tells("taskforce.nudge", at(2, 5, 12))

    meetings.change(meeting, by=cast.angela, now=at(2, 5, 13), starts_at=FEBRUARY + timedelta(hours=2))
    by_hours = ticking.tells("taskforce.nudge", at(2, 5, 14), at(2, 8, 12))
    meetings.change(meeting, by=cast.angela, now=at(2, 8, 13), starts_at=FEBRUARY + timedelta(days=8))
    by_days = ticking.tells("taskforce.nudge", at(2, 12, 12), at(2, 15, 12))

    assert (first, by_hours, by_days) == (EVERYBODY, set(), EVERYBODY)


def held_in_february(cast: Cast) -> Any:
    """Noor was there; luis had sent regrets, tom nothing."""
    meeting = the_meeting(cast)
    rows = [Seen(cast.noor, "present"), Seen(cast.luis, "absent_with_regrets"), Seen(cast.tom, "absent")]
    attendance.take(meeting, rows, by=cast.angela, now=FEBRUARY + timedelta(hours=1))
    minutes.decide(meeting.items.get(), by=cast.angela, text="Support the model language")
    action_item(meeting, cast.luis, text="Write to the committee")
    return meeting


def test_minutes_can_be_read_at_once_and_are_mailed_on_the_second_business_day(cast: Cast, ticking: Planner):
    meeting = held_in_february(cast)
    before = ticking.tells("taskforce.minutes", at(2, 12, 12))

    minutes.publish(meeting, by=cast.angela, now=at(2, 11))
    early = ticking.tells("taskforce.minutes", at(2, 11, 12))
    # Wednesday the 10th and two business days: Friday.
    on_the_day = ticking.tells("taskforce.minutes", at(2, 12, 12))

    assert meeting.published.content["items"][0]["decisions"][0]["text"] == "Support the model language"
    assert (before, early, on_the_day) == (set(), set(), EVERYBODY)


def test_who_was_not_there_gets_the_decisions_and_their_own_tasks(cast: Cast, ticking: Planner):
    minutes.publish(held_in_february(cast), by=cast.angela, now=at(2, 11))
    ticking.tick(at(2, 12, 12))

    there, absent = (
        OutboundMessage.objects.get(kind="taskforce.minutes", user=person)
        for person in (cast.noor, cast.luis)
    )

    assert "Support the model language" not in there.text
    assert "You were not there" not in there.text
    for text in (absent.text, absent.html):
        assert "You were not there" in text
        assert "Support the model language" in text
        assert "Write to the committee" in text


def test_where_nobody_was_counted_nobody_is_told_that_they_were_away(cast: Cast, ticking: Planner):
    minutes.publish(the_meeting(cast), by=cast.angela, now=at(2, 11))
    ticking.tick(at(2, 12, 12))

    texts = OutboundMessage.objects.filter(kind="taskforce.minutes").values_list("text", flat=True)
    assert len(texts) == len(EVERYBODY)
    assert [text for text in texts if "You were not there" in text] == []


def test_minutes_published_late_are_mailed_on_the_day_they_are_published(cast: Cast, ticking: Planner):
    meeting = held_in_february(cast)
    ticking.tick(at(2, 12, 12))
    minutes.publish(meeting, by=cast.angela, now=at(3, 3, 15))

    assert ticking.tells("taskforce.minutes", at(3, 3, 15, 1)) == EVERYBODY
    assert ticking.tells("taskforce.minutes", at(3, 4, 12)) == set()


def test_who_has_left_since_gets_no_minutes(cast: Cast, ticking: Planner):
    minutes.publish(held_in_february(cast), by=cast.angela, now=at(2, 11))
    ticking.tick(at(2, 12, 12))
    cast.luis.roles.update(ends_on=date(2027, 2, 12))
    delivery.deliver()

    readers = set(
        KeptMessage.objects.filter(subject__startswith="Minutes").values_list("recipient", flat=True)
    )
    assert len(readers) == len(EVERYBODY) - 2  # Élise reads French
    assert cast.luis.email not in readers


def test_an_owner_hears_two_days_before_the_day_and_then_every_week(cast: Cast, ticking: Planner):
    action_item(planned(cast.angela), cast.dana)  # Wednesday 24 February
    days = [at(2, 17) + timedelta(days=number) for number in range(30)]

    due = [day.date() for day in days if ticking.tells("taskforce.action_due", day)]
    Occurrence.objects.all().delete()
    OutboundMessage.objects.all().delete()
    overdue = [day.date() for day in days if ticking.tells("taskforce.action_overdue", day)]

    assert due == [date(2027, 2, 22)]
    assert overdue == [date(2027, 2, 25), date(2027, 3, 4), date(2027, 3, 11), date(2027, 3, 18)]


def test_the_lead_hears_after_two_weeks_whose_it_is(cast: Cast, ticking: Planner):
    action_item(planned(cast.angela), cast.dana)

    assert ticking.tells("taskforce.action_to_lead", at(3, 9)) == set()
    assert ticking.tells("taskforce.action_to_lead", at(3, 10)) == {"Angela"}
    said = "Share model telehealth language (Dana Whitfield) was due on Feb. 24, 2027"
    assert said in text_to(cast.angela)


def test_what_is_done_or_has_another_day_is_spoken_of_no_more(cast: Cast, ticking: Planner):
    done, moved = (action_item(planned(cast.angela), cast.dana, text=text) for text in ("Done", "Moved"))
    rule = reminder_rules["taskforce.action_overdue"]
    periods = [one.period for one in rule.due(Days(date(2027, 2, 25), date(2027, 2, 25)), ())]
    minutes.move(done, by=cast.dana, status="done", on=TODAY)
    moved.due_on = date(2027, 3, 3)
    moved.save()

    assert len(periods) == 2
    assert rule.words(cast.dana, periods, date(2027, 2, 25)) == {}


def test_action_items_of_a_day_are_lines_of_one_mail(cast: Cast, ticking: Planner):
    meeting = planned(cast.angela)
    for text in ("First", "Second"):
        action_item(meeting, cast.dana, text=text)

    ticking.tick(at(2, 25))

    (mail,) = OutboundMessage.objects.filter(user=cast.dana)
    assert mail.subject == "2 reminders for today"
    assert [f"{text} was due on Feb. 24, 2027" in mail.text for text in ("First", "Second")] == [True, True]


def test_whoever_wants_one_mail_a_week_hears_of_both_on_monday(cast: Cast, ticking: Planner):
    meeting = planned(cast.angela)
    MailPreference.objects.create(user=cast.dana, stream="duty", is_bundled=True, changed_at=NOW)
    action_item(meeting, cast.dana, text="First", due_on=date(2027, 2, 22))
    action_item(meeting, cast.dana, text="Second")

    # 22 February and 1 March are Mondays.
    mailed = []
    for day in [date(2027, 2, 22) + timedelta(days=number) for number in range(8)]:
        ticking.tick(at(day.month, day.day))
        mails = OutboundMessage.objects.filter(user=cast.dana).order_by("-pk")
        mailed += [(day, mails[0].text)] if mails.count() > len(mailed) else []

    assert [day for day, _text in mailed] == [date(2027, 2, 22), date(2027, 3, 1)]
    assert [f"{text} was due on" in mailed[1][1] for text in ("First", "Second")] == [True, True]
    assert not OutboundMessage.objects.filter(is_held=True).exists()


def test_rules_only_read_and_ask_as_much_for_many_people_as_for_few(cast: Cast):
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            for name in RULES:
                list(reminder_rules[name].due(FEBRUARY_DAYS, reminder_rules[name].offsets))
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
def test_nine_is_nine_in_every_zone(cast: Cast, ticking: Planner, zone: str):
    planned(cast.angela)
    cast.dana.time_zone = zone
    cast.dana.save()

    ticking.tick(at(2, 3, 9, 30), at(2, 3, 14), at(2, 3, 17, 30))

    row = Occurrence.objects.get(rule="taskforce.agenda", person=cast.dana)
    assert row.due_at.astimezone(ZoneInfo(zone)).strftime("%a %H:%M") in ("Wed 09:00", "Thu 09:00")


def test_an_item_is_proposed_where_the_call_leads(cast: Cast, ticking: Planner):
    meeting = planned(cast.angela)
    ticking.tick(at(1, 29, 12))

    assert f"/meetings/{meeting.pk}/propose/" in text_to(cast.dana)
    assert item(meeting, by=cast.dana).order == 1
