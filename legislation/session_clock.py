"""The clock of a legislature: its sessions, and what falls due in them next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from legislation.models import (
    DeadlineKind,
    Jurisdiction,
    LegislativeSession,
    Measure,
    MeasureKind,
    SessionDeadline,
    Stage,
    StageEvent,
)
from legislation.models.measure import MeasureQuerySet
from legislation.models.stage import BEYOND_THE_FIRST_CHAMBER, IN_THE_FIRST_CHAMBER

# Dates by which a measure must have gone a step further in the chamber in which it began.
FIRST_CHAMBER_DATES = frozenset(
    {DeadlineKind.FILING_ENDS, DeadlineKind.COMMITTEE, DeadlineKind.CROSSOVER, DeadlineKind.SINE_DIE}
)
_GO_THROUGH_CHAMBERS = (MeasureKind.BILL, MeasureKind.RESOLUTION, MeasureKind.BUDGET_ITEM)
_NOT_FILED = frozenset({Stage.PREFILED})
_NOT_REPORTED = IN_THE_FIRST_CHAMBER - {Stage.REPORTED_1, Stage.REPORT_STAGE}

NEXT_DATES = 3


@dataclass(frozen=True)
class Ahead:
    """A date of a session that is yet to come."""

    deadline: SessionDeadline
    days: int


@dataclass(frozen=True)
class Clock:
    """A session with its dates ahead. It runs until the last of them, such as that for signatures."""

    session: LegislativeSession
    ahead: list[Ahead]
    is_running: bool
    sits: bool


@dataclass(frozen=True)
class Today:
    """Whether a legislature is in session: what ends next and in how many days, or else what begins next."""

    session: LegislativeSession | None = None
    last_day: date | None = None
    days_left: int | None = None
    convenes: LegislativeSession | None = None
    next_dates: tuple[Ahead, ...] = ()

    @property
    def sits(self) -> bool:
        return self.session is not None


def clocks(jurisdiction: Jurisdiction, day: date) -> list[Clock]:
    """Each session, the newest first. A date of today still lies ahead."""
    coming: dict[int, list[Ahead]] = {}
    deadlines = SessionDeadline.objects.filter(session__jurisdiction=jurisdiction, on__gte=day)
    for one in deadlines.order_by("on", "pk"):
        coming.setdefault(one.session_id, []).append(Ahead(one, (one.on - day).days))
    sessions = LegislativeSession.objects.filter(jurisdiction=jurisdiction).with_closing()
    return [
        Clock(
            session,
            coming.get(session.pk, []),
            session.pk in coming or not _has_ended(session, day),
            session.sits_on(day),
        )
        for session in sessions.select_related("carries_over_to").order_by("-starts_on", "identifier", "pk")
    ]


def today_in(found: Sequence[Clock], day: date) -> Today:
    """From the clocks of one jurisdiction. A session without a first day is not known to sit."""
    sitting = next((clock for clock in found if clock.sits), None)
    if sitting is None:
        coming = [
            clock.session for clock in found if clock.session.starts_on and clock.session.starts_on > day
        ]
        return Today(convenes=min(coming, key=_starts_on, default=None), next_dates=_next_dates(found))
    last = sitting.session.adjourned_on
    left = (last - day).days if last else None
    return Today(sitting.session, last, left, next_dates=_next_dates([sitting]))


def _starts_on(session: LegislativeSession) -> date:
    return session.starts_on or date.max


def _next_dates(found: Sequence[Clock]) -> tuple[Ahead, ...]:
    ahead = sorted(
        (one for clock in found for one in clock.ahead), key=lambda one: (one.days, one.deadline.pk)
    )
    return tuple(ahead[:NEXT_DATES])


def _has_ended(session: LegislativeSession, day: date) -> bool:
    return session.adjourned_on is not None and session.adjourned_on < day


def threatened_by(deadline: SessionDeadline, day: date) -> MeasureQuerySet:
    """The measures of its session that must still get somewhere by this date, as they stood at the end of that day.

    Before a date of the first chamber they are those that have not left it; before the end of the executive's
    window, those that wait for a signature. Where a date is for one chamber, a measure known to be in the other is
    not meant.
    """
    measures = Measure.objects.filter(session=deadline.session_id).with_stage(day)
    if deadline.kind == DeadlineKind.EXECUTIVE_WINDOW_ENDS:
        return measures.filter(Q(stage=Stage.ENROLLED))
    measures = measures.filter(kind__in=_GO_THROUGH_CHAMBERS)
    if deadline.chamber:
        steps = StageEvent.objects.filter(measure=OuterRef("pk")).until(day)
        measures = measures.exclude(Exists(steps.exclude(chamber__in=("", deadline.chamber))))
    if deadline.kind == DeadlineKind.FILING_ENDS:
        return measures.filter(Q(stage=None) | Q(stage__in=_NOT_FILED))
    stages = _NOT_REPORTED if deadline.kind == DeadlineKind.COMMITTEE else IN_THE_FIRST_CHAMBER
    return measures.filter(Q(stage=None) | Q(stage__in=stages) | _carried_over_early(day))


def _carried_over_early(day: date) -> Q:
    """It goes on in a new year from where it was: in the first chamber, if it had not passed one before."""
    beyond = StageEvent.objects.filter(measure=OuterRef("pk"), stage__in=BEYOND_THE_FIRST_CHAMBER).until(day)
    return Q(stage=Stage.CARRIED_OVER) & ~Q(Exists(beyond))
