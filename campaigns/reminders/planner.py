"""One look at the clock: what should exist by now is made, once, and what is due is mailed, once.

The clock only ticks. Two ticks at once, a missed hour, and a replay give the same rows: an occurrence is unique by
rule, person and period, and each person is served in one transaction, by one tick at a time.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.kernel.mornings import due_moment
from advocacy.kernel.reminder_rules import Days, Due, Moves, ReminderRule, reminder_rules
from campaigns.reminders import serving
from campaigns.reminders.models import Occurrence, RuleSetting
from members.calendars import workdays_of_all

logger = logging.getLogger(__name__)
# A planner that was away for longer leaves nothing behind: such reminders would be of no use, shown or sent.
LOOKS_BACK = timedelta(days=3)
# From the day a rule names to its morning, either way: a weekend with holidays on both sides of it.
_LONGEST_SHIFT = timedelta(days=6)
_DAY = timedelta(days=1)


def tick(now: datetime) -> Counter[str]:
    """Plan and mail what is due; how many reminders ended in which state.

    While nothing is due this asks a fixed number of questions, however many people there are.
    """
    offsets = {row.name: row.offsets for row in _furnished() if row.is_on and row.name in reminder_rules}
    owed = list(_owed(offsets, now=now))
    waiting = set(Occurrence.objects.due(now).order_by().values_list("person", flat=True).distinct())
    waiting |= set(Occurrence.objects.taken_back().order_by().values_list("person", flat=True).distinct())
    people = User.objects.in_bulk({due.person_id for _rule, due in owed} | waiting) if owed or waiting else {}
    workdays = workdays_of_all(list(people.values()), now.date()) if people else {}
    fresh = _fresh(owed, people, workdays, now=now)
    tally: Counter[str] = Counter()
    for pk in sorted(waiting | fresh.keys()):
        tally += _serve(people[pk], fresh.get(pk, []), workdays[pk], now=now, rules=offsets.keys())
    return tally


def _serve(
    person: User, fresh: list[Occurrence], workdays: Workdays, *, now: datetime, rules: Collection[str]
) -> Counter[str]:
    """One person whose reminders cannot be written does not keep the others waiting."""
    try:
        with transaction.atomic():
            return serving.serve(person, fresh, workdays, now=now, rules=rules)
    except Exception:
        logger.exception("The reminders of person %s could not be written.", person.pk)
        return Counter({"failed": 1})


def _furnished() -> list[RuleSetting]:
    """The settings of every rule; a rule that is new to this installation gets its row."""
    rows = list(RuleSetting.objects.all())
    missing = set(reminder_rules.names()) - {row.name for row in rows}
    if not missing:
        return rows
    RuleSetting.objects.bulk_create(
        [RuleSetting(name=name) for name in sorted(missing)], ignore_conflicts=True
    )
    return list(RuleSetting.objects.all())


def days_asked_about(rule: ReminderRule, now: datetime) -> Days:
    """The days that can have their moment by now, in any zone."""
    ahead = _LONGEST_SHIFT if rule.off_days == Moves.EARLIER else timedelta(0)
    first = (now - LOOKS_BACK - _LONGEST_SHIFT).date() - _DAY
    return Days(first, (now + ahead).date() + _DAY)


def moment_for(rule: ReminderRule, due: Due, zone: str, workdays: Workdays) -> datetime:
    """When this is to be told, to somebody who lives and works there."""
    return due.at or due_moment(due.day, zone, workdays, rule.off_days)


def has_come(due_at: datetime, now: datetime) -> bool:
    return now - LOOKS_BACK <= due_at <= now


def _owed(offsets: dict[str, tuple[int, ...]], *, now: datetime) -> Iterator[tuple[str, Due]]:
    for name in reminder_rules.names():
        if name in offsets:
            rule = reminder_rules[name]
            yield from ((name, due) for due in rule.due(days_asked_about(rule, now), offsets[name]))


def _fresh(
    owed: list[tuple[str, Due]], people: dict[int, User], workdays: dict[int, Workdays], *, now: datetime
) -> dict[int, list[Occurrence]]:
    """Those whose moment has come and that nobody noted yet, by person."""
    fresh: dict[int, dict[tuple[str, str], Occurrence]] = defaultdict(dict)
    known = _known(owed)
    for rule, due in owed:
        person = people.get(due.person_id)
        if person is None or (rule, due.person_id, due.period) in known:
            continue
        due_at = moment_for(reminder_rules[rule], due, person.time_zone, workdays[person.pk])
        if has_come(due_at, now):
            fresh[person.pk][rule, due.period] = Occurrence(
                rule=rule, person=person, period=due.period, day=due.day, due_at=due_at, made_at=now
            )
    return {pk: list(rows.values()) for pk, rows in fresh.items()}


def _known(owed: list[tuple[str, Due]]) -> set[tuple[str, int, str]]:
    if not owed:
        return set()
    days = [due.day for _rule, due in owed]
    rows = Occurrence.objects.filter(
        day__range=(min(days), max(days)), rule__in={rule for rule, _due in owed}
    )
    return set(rows.values_list("rule", "person", "period"))
