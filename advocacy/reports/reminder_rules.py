"""Who is reminded of a chapter's report, and when (DOMAIN.md §7, story A10): pure functions of a day.

Days are business days of the chapter's country. Whoever is added on an escalation reads along with the advocate.
The planner asks once a day and sends each step once for each report.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.kernel.schedules import business_days_before
from advocacy.reports.deadlines import due_on, workdays_of
from advocacy.reports.models import ChapterReport
from advocacy.reports.models.report import UNFINISHED
from members.models import Chapter, Role, RoleAssignment


class Step(models.TextChoices):
    OPENS = "opens", _("The report is open")
    DUE_SOON = "due_soon", _("The report is due in two business days")
    DUE_TODAY = "due_today", _("The report is due today")
    OVERDUE = "overdue", _("The report is overdue")
    TO_VICE_CHAIR = "to_vice_chair", _("The report is three business days overdue")
    TO_LEAD = "to_lead", _("The report is five business days overdue")


# Business days after the due date; the day it opens is a rule of its own.
_AFTER_DUE = {Step.OVERDUE: 1, Step.TO_VICE_CHAIR: 3, Step.TO_LEAD: 5}
_BEFORE_DUE = 2


@dataclass(frozen=True)
class ReportReminder:
    """One step of one report: to its advocates, and to whom it is shown as well."""

    report: ChapterReport
    step: Step
    to: tuple[User, ...]
    also: tuple[User, ...] = ()

    @property
    def key(self) -> str:
        """What makes it the same reminder when it is asked for again."""
        return f"report:{self.report.pk}:{self.step}"


def days_of(first_day: date, due: date, workdays: Workdays) -> dict[date, Step]:
    """The day of each step, for a month that opens on `first_day`: at a weekend, on the business day after it."""
    days = {
        workdays.after(first_day - timedelta(days=1), 1): Step.OPENS,
        business_days_before(due, _BEFORE_DUE, workdays): Step.DUE_SOON,
        due: Step.DUE_TODAY,
    }
    return days | {workdays.after(due, count): step for step, count in _AFTER_DUE.items()}


def step_on(report: ChapterReport, day: date) -> Step | None:
    """The step that falls on this day for a report that is still with its chapter."""
    if report.state not in UNFINISHED:
        return None
    due = due_on(report.chapter, report.month)
    return days_of(report.month.end, due, workdays_of(report.chapter)).get(day)


def due_reminders(day: date) -> Iterator[ReportReminder]:
    """Every reminder of this day. Asking again gives the same, with the same keys."""
    rows = ChapterReport.objects.filter(state__in=UNFINISHED).order_by("period", "pk")
    for report in rows.select_related("chapter__region").prefetch_related(
        "chapter__territories__jurisdiction"
    ):
        step = step_on(report, day)
        if step is not None:
            advocates = _holding(day, role=Role.ADVOCATE, chapter=report.chapter)
            yield ReportReminder(report, step, advocates, _also(step, report.chapter, day, advocates))


def _also(step: Step, chapter: Chapter, day: date, advocates: tuple[User, ...]) -> tuple[User, ...]:
    """The vice chair from the third day on; the president and the lead from the fifth. Nobody twice."""
    added: list[User] = []
    if step in (Step.TO_VICE_CHAIR, Step.TO_LEAD):
        added += _holding(day, role=Role.VICE_CHAIR, region=chapter.region_id)
    if step == Step.TO_LEAD:
        added += _holding(day, role=Role.PRESIDENT, chapter=chapter)
        added += _holding(day, role=Role.LEAD)
    return tuple(person for person in dict.fromkeys(added) if person not in advocates)


def _holding(day: date, **what: object) -> tuple[User, ...]:
    roles = RoleAssignment.objects.in_force(day).filter(person__is_active=True, **what)
    return tuple(role.person for role in roles.select_related("person").order_by("starts_on", "pk"))
