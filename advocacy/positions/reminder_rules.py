"""What positions remind people of: a proposal that waits for them, and what comes near (DOMAIN.md §7)."""

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
from advocacy.positions import (
    approval,
    comment_reminders,
    hearing_reminders,
    session_reminders,
    sweep_reminders,  # noqa: F401  # registers its rules
)
from advocacy.positions.approval import Course
from advocacy.positions.hearing_reminders import BEGINS, SIGN_UP, WRITTEN
from advocacy.positions.models import Position
from advocacy.positions.session_reminders import FIRST_CHAMBER, SIGNATURE
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
reminder_rule(
    "positions.hearing",
    ReminderRule(
        gettext_lazy("Hearing on a measure that one follows or testifies on"),
        MailClass.ALERT,
        partial(hearing_reminders.due_by_days, BEGINS),
        partial(hearing_reminders.words, BEGINS),
        offsets=(-3, -1),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "positions.hearing_begins",
    ReminderRule(
        gettext_lazy("Hearing that begins in two hours"),
        MailClass.ALERT,
        partial(hearing_reminders.due_by_hours, BEGINS),
        partial(hearing_reminders.words, BEGINS),
        urgent=True,
    ),
)
reminder_rule(
    "positions.sign_up",
    ReminderRule(
        gettext_lazy("Last day to sign up for a hearing"),
        MailClass.ALERT,
        partial(hearing_reminders.due_by_days, SIGN_UP),
        partial(hearing_reminders.words, SIGN_UP),
        offsets=(-1,),
        urgent=True,
    ),
)
reminder_rule(
    "positions.written",
    ReminderRule(
        gettext_lazy("Last day for written testimony"),
        MailClass.ALERT,
        partial(hearing_reminders.due_by_days, WRITTEN),
        partial(hearing_reminders.words, WRITTEN),
        offsets=(-1,),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "positions.first_chamber",
    ReminderRule(
        gettext_lazy("Date of a session that comes near for measures in their first chamber"),
        MailClass.ALERT,
        partial(session_reminders.due, FIRST_CHAMBER),
        partial(session_reminders.words, FIRST_CHAMBER),
        offsets=(-7, -2),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "positions.signature",
    ReminderRule(
        gettext_lazy("Last day to sign or veto a measure"),
        MailClass.ALERT,
        partial(session_reminders.due, SIGNATURE),
        partial(session_reminders.words, SIGNATURE),
        offsets=(-2, 0),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "positions.comments",
    ReminderRule(
        gettext_lazy("Comments on a rule or consultation that close"),
        MailClass.ALERT,
        comment_reminders.due,
        comment_reminders.words,
        offsets=(-14, -7, -2),
        moves=Moves.EARLIER,
    ),
)
