"""Exactly one reminder for each rule, person and period: in every zone of the world, for 132 months.

The days are those that every rule names in a world with something of everything in each month. Moments and the
planner's choice of them are functions of the day, the zone and the clock, and are looked at for all of them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

import pytest
import time_machine

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.kernel.periods import Month
from advocacy.kernel.reminder_rules import Days, Due, MailClass, Moves, ReminderRule, reminder_rules
from advocacy.outbox.models import OutboundMessage
from campaigns.models import Occurrence
from campaigns.reminders import planner, serving
from members.calendars import workdays_of
from members.taskforce.meeting_reminders import reader_day
from members.taskforce.models import Meeting
from tests.campaigns.eleven_years import furnish, months
from tests.campaigns.reminding import promised
from tests.cast import Cast
from tests.factories.meetings import action_item, planned
from tests.factories.months import report_on
from tests.factories.people import UserFactory, advocate_of

US = Workdays("US")
HOUR, DAY, NINE = timedelta(hours=1), timedelta(days=1), time(9)
RULES = [name for name in reminder_rules.names() if "rehearsal" not in name]
# How often dana is named in 132 months; luis by the nudge, tom, chris and angela where they read along.
NAMED = {
    "campaigns.review_waiting": ("angela", 2 * 132),
    "interactions.draft": ("dana", 2 * 132),
    "interactions.followup": ("dana", 3 * 132),
    "coalitions.hard_deadline": ("dana", 125),
    "coalitions.soft_deadline": ("dana", 125),
    "coalitions.touch": ("dana", 132),
    "events.checklist": ("dana", 3 * 132),
    "events.debrief": ("dana", 132),
    "events.debrief_late": ("dana", 132),
    "events.recognition": ("dana", 3 * 132),
    "events.reminder": ("dana", 4 * 132),
    "events.survey": ("dana", 132),
    "interactions.quiet": ("dana", 132),
    "interactions.request": ("dana", 132),
    "interactions.stale": ("dana", 4 * 11),
    "legislation.search_news": ("dana", 132),
    # The Mondays of eleven years.
    "members.leavers": ("dana", 574),
    "members.term_ends": ("sam", 11),
    # What lies behind when the planner looks, the first seven months, is named no more.
    "positions.comments": ("dana", 3 * 125),
    "positions.expedited": ("dana", 132),
    "positions.first_chamber": ("dana", 2 * 125),
    "positions.hearing": ("dana", 2 * 125),
    "positions.hearing_begins": ("dana", 125),
    "positions.sign_up": ("dana", 125),
    "positions.signature": ("dana", 2 * 125),
    "positions.signing_window_closed": ("angela", 132),
    "positions.sweep": ("angela", 3 * 132),
    "positions.waiting": ("dana", 2 * 132),
    "positions.written": ("dana", 125),
    "reports.due": ("dana", 2 * 132),
    "reports.opens": ("dana", 132),
    "reports.overdue": ("dana", 3 * 132),
    "reports.pre_read": ("dana", 132),
    "reports.to_lead": ("angela", 132),
    "reports.to_vice_chair": ("tom", 2 * 132),
    "research.summary": ("dana", 3 * 132),
    "taskforce.action_due": ("dana", 132),
    # Every week for half a year.
    "taskforce.action_overdue": ("dana", 26 * 132),
    "taskforce.action_to_lead": ("angela", 132),
    "taskforce.agenda": ("dana", 132),
    "taskforce.call": ("dana", 132),
    "taskforce.minutes": ("dana", 132),
    "taskforce.nudge": ("luis", 132),
    "taskforce.reminder": ("dana", 132),
    "taskforce.soon": ("dana", 132),
}


def named(rule: ReminderRule) -> list[Due]:
    """What the rule names until everything of the last month is over; the calendars, in these eleven years."""
    found = rule.due(Days(date(2026, 6, 15), date(2038, 1, 31)), rule.offsets)
    first, last = months()[0].first, months()[-1].end
    return [due for due in found if due.period.count(":") or first <= due.day < last]


def once_a_month(dues: list[Due]) -> list[Due]:
    """The first of each month by each of its offsets: what comes every week is looked at once a month."""
    found: dict[tuple[str, ...], Due] = {}
    for due in dues:
        offset = due.period.rpartition(":")[2] if due.period.count(":") == 2 else ""
        is_weekly = offset.lstrip("+").isdecimal() and int(offset) > 60
        found.setdefault((f"{due.day:%Y-%m}", "" if is_weekly else offset), due)
    return list(found.values())


def every_zone() -> list[str]:
    """One name for each of the rules there are: names with the same data are the same zone."""
    same: dict[bytes, str] = {}
    for zone in sorted(available_timezones()):
        same.setdefault(files("tzdata.zoneinfo").joinpath(*zone.split("/")).read_bytes(), zone)
    return list(same.values())


def shifted(day: date, moves: Moves) -> date:
    step = {Moves.LATER: DAY, Moves.EARLIER: -DAY, Moves.STAYS: None}[moves]
    while step and not US.is_business_day(day):
        day += step
    return day


def test_every_rule_names_each_period_once_and_none_is_left_out(cast: Cast):
    furnish(cast, months())
    found, twice = {}, []
    for name in RULES:
        dues = named(reminder_rules[name])
        who = getattr(cast, NAMED[name][0]).pk
        found[name] = sum(1 for due in dues if due.person_id == who)
        times = Counter((due.person_id, due.period) for due in dues)
        twice += [(name, key) for key, count in times.items() if count > 1]

    assert twice == []
    assert found == {name: count for name, (_who, count) in NAMED.items()}


def test_in_every_zone_each_of_them_has_one_moment_at_nine_and_the_planner_sees_it_then(cast: Cast):
    furnish(cast, months())
    days: dict[Moves, set[date]] = {moves: set() for moves in Moves}
    for name in RULES:
        rule = reminder_rules[name]
        days[rule.off_days].update(due.day for due in once_a_month(named(rule)) if due.at is None)
    meetings = list(Meeting.objects.planned())
    offsets = {offset for rule in reminder_rules for offset in rule.offsets if rule.moves == Moves.EARLIER}
    wrong, zones = [], every_zone()
    for zone in zones:
        theirs = {reader_day(meeting, zone) + DAY * offset for meeting in meetings for offset in offsets}
        wrong += _wrong_in(zone, Moves.LATER, days[Moves.LATER])
        wrong += _wrong_in(zone, Moves.EARLIER, days[Moves.EARLIER] | theirs)
        wrong += _wrong_in(zone, Moves.STAYS, days[Moves.STAYS])

    assert len(zones) > 300
    assert sum(len(some) for some in days.values()) > 132 * 10
    assert wrong == []


def _wrong_in(zone: str, moves: Moves, days: set[date]) -> Iterator[tuple[str, date]]:
    place, last = ZoneInfo(zone), datetime.min.replace(tzinfo=UTC)
    rule = ReminderRule("Any", MailClass.DUTY, lambda days, offsets: (), moves=moves)
    for day in sorted(days):
        at = planner.moment_for(rule, Due(1, "", day), zone, US)
        shown = at.astimezone(place)
        is_seen = day in planner.days_asked_about(rule, at) and planner.has_come(at, at)
        if (shown.date(), shown.time()) != (shifted(day, moves), NINE) or at < last or not is_seen:
            yield zone, day
        last = at


def test_a_moment_is_seen_from_then_on_and_for_longer_than_it_may_be_late():
    at = datetime(2027, 2, 11, 15, tzinfo=UTC)
    seen = [hours for hours in range(-100, 100) if planner.has_come(at, at + HOUR * hours)]

    assert seen == list(range(int(planner.LOOKS_BACK / HOUR) + 1))
    assert planner.LOOKS_BACK > serving.MAX_LATE


def test_an_hour_before_a_meeting_is_the_same_moment_wherever_its_reader_lives(cast: Cast):
    furnish(cast, months(3))
    rule = reminder_rules["taskforce.soon"]
    found = set()
    for zone in every_zone():
        User.objects.filter(pk=cast.dana.pk).update(time_zone=zone)
        dues = named(rule)
        found.add(tuple((due.period, planner.moment_for(rule, due, zone, US)) for due in dues))
        assert [due for due in dues if due.day not in planner.days_asked_about(rule, due.at)] == []  # type: ignore[arg-type]  # it has one

    (moments,) = found
    assert len(moments) == 3


SPREAD = (
    "America/Vancouver",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
)


@pytest.mark.parametrize(
    ("first", "due_on", "period"),
    [
        # The repeated hour of 1 November 2026, the clocks put forward on 14 March 2027, and a leap day.
        (date(2026, 10, 30), date(2026, 11, 3), Month(2026, 9)),
        (date(2027, 3, 5), date(2027, 3, 12), Month(2027, 2)),
        (date(2028, 2, 25), date(2028, 2, 29), Month(2028, 1)),
    ],
)
def test_through_the_database_everybody_is_told_once(
    cast: Cast, clock: time_machine.Traveller, first: date, due_on: date, period: Month
):
    """Ticks every five hours for twelve days, each of them twice: every occurrence is in one mail, none is missed."""
    people = [
        advocate_of(cast.hill_country, person=UserFactory(full_name=zone, time_zone=zone)) for zone in SPREAD
    ]
    start = datetime.combine(first, time(0), tzinfo=UTC)
    clock.move_to(start)
    report_on(cast.hill_country, period)
    meeting = planned(cast.angela, start + 9 * DAY)
    for person in people:
        promised(person, due_on=due_on)
        action_item(meeting, person, due_on=due_on)
    expected = {
        (name, person.pk, due.period)
        for name in RULES
        for due in reminder_rules[name].due(Days(first, first + 12 * DAY), reminder_rules[name].offsets)
        for person in people
        if due.person_id == person.pk
        and start
        < planner.moment_for(reminder_rules[name], due, person.time_zone, workdays_of(person))
        < start + 8 * DAY
    }
    for hours in range(0, 24 * 12, 5):
        for _twice in range(2):
            clock.move_to(start + HOUR * hours)
            planner.tick(start + HOUR * hours)

    rows = Occurrence.objects.filter(person__in=people, due_at__gte=start)
    seen = Counter((row.rule, row.person_id, row.period) for row in rows)
    assert len(expected) > 3 * len(SPREAD)
    assert expected - set(seen) == set()
    assert set(seen.values()) == {1}
    assert set(rows.values_list("state", flat=True)) <= {"mailed", "skipped", "planned"}
    bundles = OutboundMessage.objects.filter(user__in=people, kind__startswith="reminders.")
    days = Counter(
        (mail.user_id, mail.created_at.astimezone(ZoneInfo(mail.user.time_zone)).date()) for mail in bundles
    )  # type: ignore[union-attr]  # all of them are people's
    assert set(days.values()) == {1}
