"""The measures of a chapter's report: those it leads or engages in, and what its contacts of the month were about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.interactions.models import Interaction, Topic
from advocacy.positions.models import Position, Tier, Tracking
from advocacy.reports import followed_dates
from advocacy.reports.metrics import contacts
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport
from advocacy.reports.page import readable
from legislation.models import Measure, StageEvent
from legislation.models.measure import by_measure

_A_DAY = timedelta(days=1)
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """One measure as it stood at the end of the month, for this reader."""

    measure: Measure
    tier: int
    positions: list[str]
    stage: str
    stage_on: date | None
    moved: bool
    ahead: str
    last_contact: Interaction | None


def followed(report: ChapterReport, user: User) -> list[Line]:
    """Tiers 1 and 2 on the last day of the month, from rows that the reader may see (DOMAIN.md §6.1, item 6)."""
    window = Window.of(report.month)
    mine = Tracking.objects.visible_to(user).filter(chapter=report.chapter)
    rows = list(mine.in_tiers(window.last, Tier.LEAD, Tier.ENGAGE).order_by())
    tiers = {row.measure_id: row.tier or 0 for row in rows}
    measures = Measure.objects.visible_to(user).filter(pk__in=tiers).select_related("session__jurisdiction")
    steps = by_measure(StageEvent.objects.visible_to(user).filter(measure__in=tiers).oldest_first())
    positions = _positions(report, user, tiers, window)
    last = _last_contacts(report, user, tiers, window)
    known = list(measures)
    dates = _dates(known, window)
    lines = [
        _line(
            one,
            tiers[one.pk],
            steps.get(one.pk, []),
            positions.get(one.pk, []),
            last.get(one.pk),
            window,
            dates.get(one.pk, []),
        )
        for one in known
    ]
    return sorted(lines, key=lambda line: (line.tier, str(line.measure.session), line.measure.number_key))


def _line(
    measure: Measure,
    tier: int,
    steps: list[StageEvent],
    positions: list[str],
    last_contact: Interaction | None,
    window: Window,
    dates: list[tuple[date, str]],
) -> Line:
    past = [step for step in steps if step.on < window.end]
    return Line(
        measure,
        tier,
        positions,
        str(past[-1]) if past else "",
        past[-1].on if past else None,
        any(step.on >= window.first for step in past),
        _ahead(measure, [step for step in steps if step.on >= window.end], dates, window),
        last_contact,
    )


def _dates(measures: list[Measure], window: Window) -> dict[int, list[tuple[date, str]]]:
    """By measure, what is announced for it, and for its session, within a year of the month."""
    keys = [one.pk for one in measures]
    until = window.end + _A_YEAR
    found: dict[int, list[tuple[date, str]]] = {}
    for coming in followed_dates.hearings(keys, window.end, until):
        words = _("Hearing, %(committee)s") % {"committee": coming.hearing.held_by}
        for one in coming.measures:
            found.setdefault(one.pk, []).append((coming.on, words))
    by_session: dict[int, list[tuple[date, str]]] = {}
    for deadline in followed_dates.deadlines(keys, window.end, until):
        by_session.setdefault(deadline.session_id, []).append((deadline.on, str(deadline)))
    return {one.pk: found.get(one.pk, []) + by_session.get(one.session_id, []) for one in measures}


def _ahead(measure: Measure, coming: list[StageEvent], dates: list[tuple[date, str]], window: Window) -> str:
    """The next date that is known: an announced step, a hearing, a date of the session, or its last day."""
    known = [(step.on, str(step)) for step in coming] + dates
    ends_on = measure.session.ends_on
    if ends_on is not None and ends_on > window.end:
        known.append((ends_on - _A_DAY, _("session ends")))
    if not known:
        return ""
    on, what = min(known)
    return f"{date_format(on, 'DATE_FORMAT')}: {what}"


def _positions(
    report: ChapterReport, user: User, measures: Iterable[int], window: Window
) -> dict[int, list[str]]:
    """The chapter's own, then the society's where it differs by holder; a proposal is called one."""
    rows = Position.objects.visible_to(user).filter(measure__in=measures)
    held = rows.in_force(window.last) | rows.proposed().filter(proposed_on__lte=window.last)
    found: dict[int, list[str]] = {}
    for row in held.filter(chapter=report.chapter).order_by("status", "pk"):
        found.setdefault(row.measure_id, []).append(row.label)
    for row in held.filter(chapter=None).order_by("status", "pk"):
        found.setdefault(row.measure_id, []).append(f"{row.holder}: {row.label}")
    return found


def _last_contacts(
    report: ChapterReport, user: User, measures: Iterable[int], window: Window
) -> dict[int, Interaction]:
    """Our last action: the chapter's newest contact about each measure that the reader may see here.

    The contacts about these measures are few, and are named, and so are those that may be shown: asked in one question,
    a database without fresh statistics judges the whole log for each of them.
    """
    topics = Topic.objects.filter(measure__in=measures)
    about = set(topics.order_by().values_list("interaction", flat=True))
    logged = Scope.of_chapter(report.chapter).credited().logged().filter(occurred_on__lt=window.end)
    shown = set(
        readable(logged.filter(pk__in=about), user).exportable().order_by().values_list("pk", flat=True)
    )
    topics = topics.filter(interaction__in=shown).select_related("interaction")
    newest = topics.order_by("interaction__occurred_on", "interaction")
    return {topic.measure_id: topic.interaction for topic in newest if topic.measure_id is not None}


def talked_about(report: ChapterReport, user: User) -> "QuerySet[Any, Any]":
    """The measures that the month's contacts were about, with how many contacts and the last day."""
    rows = contacts.meaningful(Scope.of_chapter(report.chapter), Window.of(report.month))
    shown = readable(rows, user).exportable().order_by().values("pk")
    topics = Topic.objects.filter(measure__isnull=False, interaction__in=shown).order_by()
    found: QuerySet[Any, Any] = (
        topics.values("measure", "measure__number", "measure__title_en", "measure__session__identifier")
        .annotate(contacts=Count("interaction", distinct=True), last=Max("interaction__occurred_on"))
        .order_by("measure__number", "measure")
    )
    return found
