"""What became of the measures of a session that is over, by its rules: proposed here, confirmed by a person (W10).

Nothing proposed is stored. A bill that both chambers passed is never proposed dead while somebody may still sign it
(DOMAIN.md §9, trap 11), and nothing is where the session's rule is not on record.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.business_days import Workdays
from legislation.models import (
    Chamber,
    ChamberCode,
    Country,
    DaysCounted,
    Disposition,
    DispositionKind,
    LegislativeSession,
    Level,
    Measure,
    MeasureKind,
    Stage,
    Unsigned,
    WindowFrom,
)
from legislation.models.measure import MeasureQuerySet

_A_DAY = timedelta(days=1)
_SUNDAY = 6
# What a legislature adopts without the executive, and what no session of one ends.
_WITHOUT_SIGNATURE = (MeasureKind.RESOLUTION, MeasureKind.NOMINATION, MeasureKind.STUDY)
_BEYOND_SESSIONS = (
    MeasureKind.REGULATION,
    MeasureKind.EXECUTIVE_ORDER,
    MeasureKind.CONSULTATION,
    MeasureKind.BALLOT_MEASURE,
)
_PASSED_BOTH = (Stage.ENROLLED, Stage.PASSED_2)
Words = str | Promise


@dataclass(frozen=True)
class Proposal:
    """What the rules make of one measure, and why. `window_ends_on` is the last day to sign, where it is known."""

    kind: DispositionKind
    why: Words
    window_ends_on: date | None = None
    may_be_signed: bool = False

    def may_become(self, kind: str) -> bool:
        """Whether a person may confirm this instead: never the death of what may still be signed."""
        if kind == DispositionKind.AWAITING:
            return self.kind == DispositionKind.AWAITING
        if kind in (DispositionKind.DIED, DispositionKind.CARRIED_OVER):
            return self.kind != DispositionKind.AWAITING
        return True


class OpenMeasure(NamedTuple):
    pk: int
    session: int
    kind: str
    stage: str | None
    stage_on: date | None


class SessionEnd:
    """A session that is over, with the rules by which it ends. Of a row of `LegislativeSession.objects.over`."""

    def __init__(self, session: LegislativeSession, *, has_one_chamber: bool) -> None:
        adjourned_on = session.adjourned_on
        if adjourned_on is None:
            raise ValueError("A session without an end is not over.")
        self.session, self.adjourned_on = session, adjourned_on
        self._has_one_chamber = has_one_chamber
        place = session.jurisdiction
        self._workdays = Workdays(str(place.country), place.abbreviation)

    @property
    def lacks_a_rule(self) -> bool:
        return self.session.carries_over is None

    def propose(self, one: OpenMeasure, day: date) -> Proposal:
        if one.kind in _BEYOND_SESSIONS:
            return Proposal(DispositionKind.OTHER, _("It does not end with a session."))
        if self._was_passed(one.stage):
            return self._passed(one, day)
        if one.stage == Stage.RECONCILING:
            return Proposal(
                DispositionKind.OTHER, _("Both chambers passed it, and had not agreed on the words.")
            )
        if one.stage == Stage.CHALLENGED:
            return Proposal(DispositionKind.OTHER, _("It is before a court."))
        return self._not_passed()

    def window_ends_on(self, reached_on: date) -> date | None:
        """The last day to sign what reached the executive that day; None where no rule is on record."""
        session = self.session
        if session.window_closes_on is not None:
            return session.window_closes_on
        if session.signing_days is None:
            return None
        is_from_there = session.signing_from == WindowFrom.PRESENTMENT
        return self._after(reached_on if is_from_there else self.adjourned_on, session.signing_days)

    def _after(self, day: date, count: int) -> date:
        counted = self.session.signing_days_counted
        if counted == DaysCounted.BUSINESS:
            return self._workdays.after(day, count)
        while count > 0:
            day += _A_DAY
            if counted == DaysCounted.CALENDAR or day.weekday() != _SUNDAY:
                count -= 1
        return day

    def _was_passed(self, stage: str | None) -> bool:
        return stage in _PASSED_BOTH or (stage == Stage.PASSED_1 and self._has_one_chamber)

    def _passed(self, one: OpenMeasure, day: date) -> Proposal:
        if one.kind in _WITHOUT_SIGNATURE:
            return Proposal(DispositionKind.OTHER, _("It was adopted and needs no signature."))
        last = self.window_ends_on(one.stage_on or self.adjourned_on)
        if last is None:
            return Proposal(
                DispositionKind.AWAITING, _("It was passed; until when it may be signed is not on record."),
                may_be_signed=True,
            )  # fmt: skip
        if last >= day:
            return Proposal(DispositionKind.AWAITING, _("It was passed and may still be signed."), last, True)
        kind, why = _WHEN_THE_WINDOW_CLOSED.get(self.session.unsigned_becomes, _LOOK_IT_UP)
        return Proposal(kind, why, last)

    def _not_passed(self) -> Proposal:
        carries_over = self.session.carries_over
        if carries_over is None:
            return Proposal(DispositionKind.OTHER, _("The session's carry-over rule is not on record."))
        if carries_over:
            return Proposal(DispositionKind.CARRIED_OVER, _("The session carries open measures over."))
        return Proposal(DispositionKind.DIED, _("It was not passed, and nothing is carried over."))


_WHEN_THE_WINDOW_CLOSED: dict[str, tuple[DispositionKind, Words]] = {
    Unsigned.LAW: (DispositionKind.ENACTED, _("The signing window closed: unsigned, it becomes law.")),
    Unsigned.VETOED: (DispositionKind.VETOED, _("The signing window closed: unsigned, it is vetoed.")),
}
_LOOK_IT_UP = (DispositionKind.OTHER, _("The signing window closed: look up what became of it."))


def ends(sessions: "QuerySet[LegislativeSession]") -> list[SessionEnd]:
    """In the order of the rows, which are of `over`."""
    rows = list(sessions.select_related("jurisdiction", "carries_over_to"))
    one_chamber = set(
        Chamber.objects.filter(
            jurisdiction__in={row.jurisdiction_id for row in rows}, code=ChamberCode.LEGISLATURE
        ).values_list("jurisdiction", flat=True)
    )
    return [SessionEnd(row, has_one_chamber=_has_one_chamber(row, one_chamber)) for row in rows]


def _has_one_chamber(session: LegislativeSession, known: Collection[int]) -> bool:
    place = session.jurisdiction
    is_province = place.country == Country.CANADA and place.level in (Level.PROVINCE, Level.TERRITORY)
    return is_province or place.pk in known


def pending(found: Iterable[SessionEnd], day: date, only: Q | None = None) -> dict[int, dict[int, Proposal]]:
    """What waits to be confirmed, by session and measure, with what the rules propose. Two queries for any number."""
    by_session = {end.session.pk: end for end in found}
    if not by_session:
        return {}
    settled = _settled(by_session, day)
    waiting: dict[int, dict[int, Proposal]] = {pk: {} for pk in by_session}
    for one in _open_measures(by_session, day, only):
        end = by_session[one.session]
        if (one.pk, end.adjourned_on) in settled or _went_on_already(end, one):
            continue
        waiting[one.session][one.pk] = end.propose(one, day)
    return waiting


def _open_measures(sessions: Collection[int], day: date, only: Q | None) -> Iterable[OpenMeasure]:
    rows = MeasureQuerySet(Measure).filter(only or Q(), session__in=sessions).still_open(day).order_by()
    found = rows.values_list("pk", "session", "kind", F("stage"), F("stage_on"))
    return (OpenMeasure(*row) for row in found)


def _settled(by_session: dict[int, SessionEnd], day: date) -> set[tuple[int, date]]:
    days = {end.adjourned_on for end in by_session.values()}
    rows = Disposition.objects.settled(day).filter(adjourned_on__in=days, measure__session__in=by_session)
    return set(rows.order_by().values_list("measure", "adjourned_on"))


def _went_on_already(end: SessionEnd, one: OpenMeasure) -> bool:
    """The official record carried it over by itself."""
    return one.stage == Stage.CARRIED_OVER and end.session.carries_over is not False
