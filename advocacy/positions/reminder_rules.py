"""What positions remind people of: a proposal that waits for their decision (DOMAIN.md §7)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from functools import partial

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import (
    Days,
    Due,
    Line,
    MailClass,
    Moves,
    ReminderRule,
    RowPeriod,
    reminder_rule,
)
from advocacy.positions import approval, sweep_reminders  # noqa: F401  # registers its rules
from advocacy.positions.approval import Course
from advocacy.positions.models import Position
from members.access import society_today

EXPEDITED_HOURS = 4
# Whatever makes one reminder of a proposal: its day, what makes it due anew, and the moment where there is one.
Day = tuple[date, RowPeriod, datetime | None]


def business_days(course: Course, offsets: tuple[int, ...]) -> Iterator[Day]:
    """So many business days after it was put to those who decide now."""
    for offset in offsets:
        day = approval.business_day_asked(course, offset)
        yield day, RowPeriod(course.position.pk, course.asked_on, offset), None


def hours(course: Course, offsets: tuple[int, ...]) -> Iterator[Day]:
    """An expedited one four hours after it was put to them, whatever the hour."""
    if course.position.is_expedited:
        at = approval.hours_asked(course, EXPEDITED_HOURS)
        yield at.date(), RowPeriod(course.position.pk, course.asked_on), at


Named = Callable[[Course, tuple[int, ...]], Iterable[Day]]


def _due(named: Named, days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    rows = Position.objects.proposed().select_related("measure__session", "chapter").order_by("pk")
    for course in approval.courses(list(rows), society_today()).values():
        for day, period, at in named(course, offsets):
            if day in days:
                for person in course.deciders:
                    yield Due(person.pk, str(period), day, at)


def _words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing of a proposal that has moved on: the next step is asked of others, and counted anew."""
    asked = {text: RowPeriod.parse(text) for text in periods}
    mine = {course.position.pk: course for course in approval.waiting_for(person)}
    return {
        text: Line(_in_words(mine[period.pk], today), mine[period.pk].position.get_absolute_url())
        for text, period in asked.items()
        if period.pk in mine and mine[period.pk].asked_on == period.counted_from
    }


def _in_words(course: Course, today: date) -> str:
    words = {"what": course.position, "day": formats.date_format(course.due_on)}
    if course.is_overdue(today):
        return _("%(what)s was to be decided by %(day)s, and waits for you") % words
    return _("%(what)s waits for your decision, by %(day)s") % words


reminder_rule(
    "positions.waiting",
    ReminderRule(
        gettext_lazy("Proposed position waiting for a decision (business days)"),
        MailClass.DUTY,
        partial(_due, business_days),
        _words,
        offsets=(2, 4),
        moves=Moves.STAYS,
    ),
)
reminder_rule(
    "positions.expedited",
    ReminderRule(
        gettext_lazy("Expedited position waiting for a decision, after four hours"),
        MailClass.DUTY,
        partial(_due, hours),
        _words,
        urgent=True,
    ),
)
