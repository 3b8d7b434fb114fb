"""What an Advocacy Day reminds people of before it."""

from datetime import date, datetime, timedelta

import pytest

from advocacy.accounts.models import User
from advocacy.events import attendee_mail
from advocacy.events.actions import checklists, days
from advocacy.events.models import AdvocacyEvent
from advocacy.kernel.reminder_rules import Days, reminder_rules
from advocacy.outbox.kinds import kinds
from advocacy.outbox.models import OutboundMessage
from tests.cast import NOW, Cast
from tests.factories.advocacy_days import coming, day_of

SPRING = Days(date(2027, 3, 1), date(2027, 4, 30))
DAY = date(2027, 4, 14)


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast)


def due(name: str) -> list[tuple[str, date]]:
    rule, names = reminder_rules[name], dict(User.objects.values_list("pk", "full_name"))
    return [(names[one.person_id], one.day) for one in rule.due(SPRING, rule.offsets)]


def posted(person: User, now: datetime = NOW) -> list[str]:
    rule = reminder_rules["events.reminder"]
    assert rule.posts
    found = [
        rule.posts(person, one.period, now)
        for one in rule.due(SPRING, rule.offsets)
        if one.person_id == person.pk
    ]
    return [message.subject for message in found if message]


def test_colleagues_with_a_place_are_reminded_four_times(cast: Cast, event: AdvocacyEvent):
    coming(event, cast.sam)
    coming(event, cast.luis, status="waiting")

    assert due("events.reminder") == [("Sam Reed", DAY - timedelta(days=days)) for days in (28, 14, 7, 1)]
    assert posted(cast.sam) == ["Health IT Day 2027 on April 14, 2027"] * 4


def test_nothing_is_said_to_who_withdrew_meanwhile(cast: Cast, event: AdvocacyEvent):
    row = coming(event, cast.sam)
    rule = reminder_rules["events.reminder"]
    (first, *_) = rule.due(SPRING, rule.offsets)
    row.status = "withdrawn"
    row.save()

    assert rule.posts
    assert rule.posts(cast.sam, first.period, NOW) is None


def test_who_has_no_account_is_reminded_by_mails_that_wait_and_fall_with_the_day(
    cast: Cast, event: AdvocacyEvent
):
    row = coming(event, "Ann")
    attendee_mail.plan_reminders(row, now=NOW)
    waiting = OutboundMessage.objects.order_by("not_before")
    planned = [message.not_before.date() for message in waiting]
    days.change(event, by=cast.priya, now=NOW, hosts=event.hosts.all(), held_on=date(2027, 4, 21))

    refused = kinds["events.reminder"].refusals(list(waiting))
    assert planned == [DAY - timedelta(days=days) for days in (28, 14, 7, 1)]
    assert waiting.filter(kind="events.reminder").count() == 8
    assert sorted(refused.values()) == ["The Advocacy Day has moved."] * 4


def test_a_step_reminds_its_owner_and_without_one_the_coordinator_until_it_is_done(
    cast: Cast, event: AdvocacyEvent
):
    owned = checklists.add(event, by=cast.priya, text="Badges", due_on=date(2027, 3, 17), owner=cast.dana)
    checklists.add(event, by=cast.priya, text="Signs", due_on=date(2027, 3, 18))
    rule = reminder_rules["events.checklist"]
    periods = {one.period for one in rule.due(SPRING, rule.offsets)}
    told = [line.text for line in rule.words(cast.dana, periods, date(2027, 3, 18)).values()]
    before = due("events.checklist")
    checklists.tick(owned, by=cast.dana, on=NOW.date())

    assert before == [
        ("Dana Whitfield", date(2027, 3, 15)),
        ("Dana Whitfield", date(2027, 3, 18)),
        ("Dana Whitfield", date(2027, 3, 25)),
        ("Priya Shah", date(2027, 3, 16)),
        ("Priya Shah", date(2027, 3, 19)),
        ("Priya Shah", date(2027, 3, 26)),
    ]
    assert told == ["Health IT Day 2027: was due on March 17, 2027: Badges"] * 3
    assert rule.words(cast.dana, periods, date(2027, 3, 18)) == {}
