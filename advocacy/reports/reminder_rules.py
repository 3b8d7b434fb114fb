"""What reports remind people of (DOMAIN.md §7, story A10): the month that opens, and the report that does not come.

Days are business days of the chapter's country, and are kept where its reader has a holiday of their own: a report is
due on one day. Who is added later on reads along in the own daily mail, with the chapter and who is asked for it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.kernel.periods import Month
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
from advocacy.kernel.schedules import business_days_before
from advocacy.reports.deadlines import due_on, given_up_on, workdays_of
from advocacy.reports.models import ChapterReport
from advocacy.reports.models.report import UNFINISHED
from members.access import society_today
from members.models import Chapter, Role, RoleAssignment
from members.taskforce.meeting_reminders import due_before, expected, words_before
from members.taskforce.models import Meeting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Asked about no longer: the last of its days lies within two months of the end of its own.
_LOOKS_BACK = timedelta(days=92)
_ONE_DAY = timedelta(days=1)
# One of the days of a report, and what makes it due anew.
Day = tuple[date, RowPeriod]


class _Holders(NamedTuple):
    """Who holds which role today, asked once for all reports."""

    advocates: dict[int, list[User]]
    vice_chairs: dict[int, list[User]]
    presidents: dict[int, list[User]]
    leads: list[User]

    @classmethod
    def today(cls) -> "_Holders":
        held = RoleAssignment.objects.in_force(society_today()).filter(person__is_active=True)
        rows = held.filter(role__in=(Role.ADVOCATE, Role.VICE_CHAIR, Role.PRESIDENT, Role.LEAD))
        found: dict[str, dict[int, list[User]]] = {}
        for row in rows.select_related("person").order_by("starts_on", "pk"):
            place = row.chapter_id or row.region_id or 0
            found.setdefault(row.role, {}).setdefault(place, []).append(row.person)
        return cls(
            found.get(Role.ADVOCATE, {}),
            found.get(Role.VICE_CHAIR, {}),
            found.get(Role.PRESIDENT, {}),
            found.get(Role.LEAD, {}).get(0, []),
        )

    def advocates_of(self, chapter: Chapter) -> list[User]:
        return self.advocates.get(chapter.pk, [])

    def vice_chairs_over(self, chapter: Chapter) -> list[User]:
        return self._reading_along(chapter, self.vice_chairs.get(chapter.region_id, []))

    def president_and_leads_over(self, chapter: Chapter) -> list[User]:
        return self._reading_along(chapter, [*self.presidents.get(chapter.pk, []), *self.leads])

    def _reading_along(self, chapter: Chapter, people: list[User]) -> list[User]:
        """Whoever writes the report is asked for it already."""
        own = self.advocates_of(chapter)
        return [person for person in dict.fromkeys(people) if person not in own]


Recipients = Callable[[_Holders, Chapter], list[User]]


def business_day_from(due: date, offset: int, workdays: Workdays) -> date:
    """So many business days after the day, or before it where `offset` is negative."""
    return business_days_before(due, -offset, workdays) if offset < 0 else workdays.after(due, offset)


def opening_days(report: ChapterReport, offsets: tuple[int, ...]) -> Iterator[Day]:
    """The first day of the next month; where that is a day off in the country, the first business day."""
    day = workdays_of(report.chapter).after(report.month.end - _ONE_DAY, 1)
    yield day, RowPeriod(report.pk, report.month.end)


def days_around_the_due_day(report: ChapterReport, offsets: tuple[int, ...]) -> Iterator[Day]:
    workdays, due = workdays_of(report.chapter), due_on(report.chapter, report.month)
    for offset in offsets:
        yield business_day_from(due, offset, workdays), RowPeriod(report.pk, due, offset)


def _due(
    named: Callable[[ChapterReport, tuple[int, ...]], Iterable[Day]],
    who: Recipients,
    days: Days,
    offsets: tuple[int, ...],
) -> Iterator[Due]:
    newest, oldest = Month.of(days.last), Month.of(days.first - _LOOKS_BACK)
    rows = ChapterReport.objects.filter(
        state__in=UNFINISHED, period__range=(str(oldest), str(newest))
    ).order_by("pk")
    places = rows.select_related("chapter").prefetch_related("chapter__territories__jurisdiction")
    found = [
        (report, day, period)
        for report in places
        for day, period in named(report, offsets)
        if day in days and day <= given_up_on(report.month)
    ]
    holders = _Holders.today() if found else None
    for report, day, period in found:
        for person in who(holders, report.chapter) if holders else ():
            yield Due(person.pk, str(period), day)


def _words(
    who: Recipients, opening: bool, person: User, periods: Collection[str], today: date
) -> dict[str, Line]:
    """Nothing of a report that is handed in, excused or given up, nor to somebody whose role has ended."""
    asked = {text: RowPeriod.parse(text).pk for text in periods}
    rows = ChapterReport.objects.visible_to(person).filter(pk__in=asked.values(), state__in=UNFINISHED)
    places = rows.select_related("chapter").prefetch_related("chapter__territories__jurisdiction")
    holders = _Holders.today()
    lines = {
        row.pk: Line(_in_words(row, person, holders, today, opening=opening), row.get_absolute_url())
        for row in places
        if today <= given_up_on(row.month) and person in who(holders, row.chapter)
    }
    return {text: lines[pk] for text, pk in asked.items() if pk in lines}


def _in_words(report: ChapterReport, person: User, holders: _Holders, today: date, *, opening: bool) -> str:
    """The chapter and the month; to those who read along also who is asked for it."""
    due = due_on(report.chapter, report.month)
    month = formats.date_format(report.month.first, "YEAR_MONTH_FORMAT")
    what = _("Report of %(chapter)s for %(month)s") % {"chapter": report.chapter, "month": month}
    advocates = holders.advocates_of(report.chapter)
    if person not in advocates:
        owner = ", ".join(str(one) for one in advocates) or _("it has no advocate")
        what = _("%(what)s (%(owner)s)") % {"what": what, "owner": owner}
    words = {"what": what, "day": formats.date_format(due)}
    if today > due:
        return _("%(what)s was due on %(day)s") % words
    if today == due:
        return _("%(what)s is due today") % words
    if opening:
        return _("%(what)s is open, and due on %(day)s") % words
    return _("%(what)s is due on %(day)s") % words


def _register(
    name: str, label: "StrOrPromise", who: Recipients, *offsets: int, opening: bool = False
) -> None:
    named = opening_days if opening else days_around_the_due_day
    rule = ReminderRule(
        label,
        MailClass.DUTY,
        partial(_due, named, who),
        partial(_words, who, opening),
        offsets=offsets,
        moves=Moves.STAYS,
    )
    reminder_rule(name, rule)


_register("reports.opens", gettext_lazy("Report opens"), _Holders.advocates_of, opening=True)
_register(
    "reports.due", gettext_lazy("Report due soon, or today (business days)"), _Holders.advocates_of, -2, 0
)
_register("reports.overdue", gettext_lazy("Report overdue (business days)"), _Holders.advocates_of, 1, 3, 5)
_register(
    "reports.to_vice_chair",
    gettext_lazy("Overdue report, to the vice chair (business days)"),
    _Holders.vice_chairs_over,
    3,
    5,
)
_register(
    "reports.to_lead",
    gettext_lazy("Overdue report, to the president and the lead (business days)"),
    _Holders.president_and_leads_over,
    5,
)


def _pre_read(meeting: Meeting, person: User) -> Line:
    """The draft for the month before the meeting's."""
    period = Month.of(meeting.day).previous()
    month = formats.date_format(period.first, "YEAR_MONTH_FORMAT")
    text = _("To read before the meeting: the draft of the national report for %(month)s") % {"month": month}
    return Line(text, reverse("reports:national", args=[str(period)]))


reminder_rule(
    "reports.pre_read",
    ReminderRule(
        gettext_lazy("Draft of the national report, before the meeting"),
        MailClass.DUTY,
        partial(due_before, expected),
        partial(words_before, expected, _pre_read),
        offsets=(-3,),
        moves=Moves.EARLIER,
    ),
)
