"""What comes in the next thirty days, as far as everybody may know of it (DOMAIN.md §6.2, block 3)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.interactions.models import Confidentiality, Kind, State
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.reports import followed_dates
from advocacy.reports.deadlines import due_on
from advocacy.reports.metrics.measures import trackings
from advocacy.reports.national.document import Block, Column
from advocacy.reports.national.record import Record
from legislation.models import LegislativeSession
from members.models import ChapterTerritory
from members.taskforce.models import Meeting

NEXT_DAYS = timedelta(days=30)
_DAY = timedelta(days=1)
# What is open to the public anyway; a meeting with an office is between the office and the chapter.
_PUBLIC_KINDS = (Kind.HEARING_TESTIMONY, Kind.HEARING_ATTENDED, Kind.TOWN_HALL)


class Ahead(NamedTuple):
    day: date
    what: str
    where: str
    at: str = ""


def next_days(record: Record) -> Block:
    found = [
        *_meetings(record),
        *_due(record),
        *_sessions(record),
        *_hearings(record),
        *_on_measures(record),
    ]
    return Block(
        "next_30_days",
        _("Next 30 days"),
        [
            Column("day", _("Day"), is_day=True),
            Column("what", _("What")),
            Column("where", _("Where")),
            Column("at", _("Time")),
        ],
        [[one.day.isoformat(), one.what, one.where, one.at] for one in sorted(set(found))],
        notes=_other_meetings(record),
        empty=_("Nothing that everybody may know of has a date in these days."),
    )


def _until(record: Record) -> date:
    return record.today + NEXT_DAYS


def _meetings(record: Record) -> list[Ahead]:
    rows = Meeting.objects.planned().filter(starts_at__gte=record.now, starts_at__lt=record.now + NEXT_DAYS)
    return [
        Ahead(
            meeting.day,
            meeting.title,
            _("Task force"),
            f"{meeting.starts_at.astimezone(ZoneInfo(meeting.zone)):%H:%M %Z}",
        )
        for meeting in rows.order_by("starts_at", "pk")
    ]


def _due(record: Record) -> list[Ahead]:
    """When chapter reports are due: on one day for most, on another where holidays differ."""
    found: dict[tuple[date, str], int] = {}
    for chapter in record.chapters:
        for month in (record.period, record.period.next()):
            day = due_on(chapter, month)
            if record.today <= day < _until(record):
                key = day, date_format(month.first, "F Y")
                found[key] = found.get(key, 0) + 1
    return [
        Ahead(
            day,
            _("Reports for %(month)s are due") % {"month": month},
            ngettext("%(count)d chapter", "%(count)d chapters", number) % {"count": number},
        )
        for (day, month), number in found.items()
    ]


def _sessions(record: Record) -> list[Ahead]:
    """Legislatures of the chapters' territories that convene or adjourn."""
    keys = [chapter.pk for chapter in record.chapters]
    places = ChapterTerritory.objects.filter(chapter__in=keys).order_by().values("jurisdiction")
    soon = Q(starts_on__gte=record.today, starts_on__lt=_until(record)) | Q(
        ends_on__gt=record.today, ends_on__lte=_until(record)
    )
    rows = LegislativeSession.objects.filter(soon, jurisdiction__in=places).select_related("jurisdiction")
    found = []
    for session in rows.order_by("pk"):
        name = session.name or session.identifier
        if session.starts_on and record.today <= session.starts_on < _until(record):
            found.append(
                Ahead(
                    session.starts_on,
                    _("%(session)s convenes") % {"session": name},
                    str(session.jurisdiction),
                )
            )
        if session.ends_on and record.today < session.ends_on <= _until(record):
            last = session.ends_on - _DAY
            found.append(
                Ahead(last, _("%(session)s: last day") % {"session": name}, str(session.jurisdiction))
            )
    return found


def _hearings(record: Record) -> list[Ahead]:
    """Hearings and town halls that chapters plan to go to. Who is met there is not said."""
    rows = _planned(record).filter(kind__in=_PUBLIC_KINDS).select_related("chapter")
    return [Ahead(one.occurred_on, str(one.get_kind_display()), str(one.chapter)) for one in rows]


def _on_measures(record: Record) -> Iterator[Ahead]:
    """Hearings on what is followed in tiers 1 to 3, and dates of its sessions: crossover, cut-offs, adjournment."""
    rows = trackings(record.scope).tracked(record.today).order_by()
    keys = sorted(set(rows.values_list("measure", flat=True)))
    for coming in followed_dates.hearings(keys, record.today, _until(record)):
        yield Ahead(coming.on, coming.what, str(coming.hearing.jurisdiction), coming.at)
    for one in followed_dates.deadlines(keys, record.today, _until(record)):
        yield Ahead(one.on, str(one), str(one.session.jurisdiction))


def _planned(record: Record) -> InteractionQuerySet:
    rows = record.scope.credited().kept().filter(state=State.PLANNED, confidentiality=Confidentiality.SHARED)
    return rows.filter(occurred_on__gte=record.today, occurred_on__lt=_until(record)).order_by("pk")


def _other_meetings(record: Record) -> list[str]:
    number = _planned(record).exclude(kind__in=_PUBLIC_KINDS).count()
    if not number:
        return []
    return [
        ngettext(
            "Chapters plan %(count)d meeting with an office besides.",
            "Chapters plan %(count)d meetings with offices besides.",
            number,
        )
        % {"count": number}
    ]
