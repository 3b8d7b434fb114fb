"""How far a measure has come, as a line of steps in the words of its own legislature (DOMAIN.md §4.17).

The steps that lie ahead are the usual ones of such a legislature; those behind are named as they were on the day. No
order is assumed: a bill that is recalled stands further back again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legislation.models import (
    Chamber,
    ChamberCode,
    Country,
    Jurisdiction,
    Level,
    Measure,
    MeasureKind,
    Result,
    Stage,
    StageEvent,
)

Track = dict[Stage, str | Promise]
State = Literal["done", "current", "todo"]

_TWO_CHAMBERS: Track = {
    Stage.INTRODUCED: Stage.INTRODUCED.label,
    Stage.COMMITTEE_1: Stage.COMMITTEE_1.label,
    Stage.PASSED_1: Stage.PASSED_1.label,
    Stage.COMMITTEE_2: Stage.COMMITTEE_2.label,
    Stage.PASSED_2: Stage.PASSED_2.label,
    Stage.ENROLLED: Stage.ENROLLED.label,
    Stage.ENACTED: Stage.ENACTED.label,
}
_ONE_CHAMBER: Track = {
    Stage.INTRODUCED: Stage.INTRODUCED.label,
    Stage.COMMITTEE_1: Stage.COMMITTEE_1.label,
    Stage.PASSED_1: gettext_lazy("Passed"),
    Stage.ENROLLED: Stage.ENROLLED.label,
    Stage.ENACTED: Stage.ENACTED.label,
}
_PARLIAMENT: Track = {
    Stage.INTRODUCED: gettext_lazy("First reading"),
    Stage.PRINCIPLE: gettext_lazy("Second reading"),
    Stage.COMMITTEE_STUDY: gettext_lazy("Committee"),
    Stage.REPORT_STAGE: gettext_lazy("Report stage"),
    Stage.PASSED_1: gettext_lazy("Third reading"),
    Stage.PASSED_2: gettext_lazy("The other house"),
    Stage.ENACTED: gettext_lazy("Royal assent"),
}
_PROVINCE: Track = {
    Stage.INTRODUCED: gettext_lazy("First reading"),
    Stage.PRINCIPLE: gettext_lazy("Second reading"),
    Stage.COMMITTEE_STUDY: gettext_lazy("Committee"),
    Stage.PASSED_1: gettext_lazy("Third reading"),
    Stage.ENACTED: gettext_lazy("Royal assent"),
}
_QUEBEC: Track = {
    Stage.INTRODUCED: gettext_lazy("Introduction"),
    Stage.PRINCIPLE: gettext_lazy("Passage in principle"),
    Stage.COMMITTEE_STUDY: gettext_lazy("Detailed study"),
    Stage.REPORT_STAGE: gettext_lazy("Report considered"),
    Stage.PASSED_1: gettext_lazy("Passage"),
    Stage.ENACTED: gettext_lazy("Assent"),
}
_RULE: Track = {
    Stage.PROPOSED: Stage.PROPOSED.label,
    Stage.COMMENT_CLOSED: Stage.COMMENT_CLOSED.label,
    Stage.FINAL: Stage.FINAL.label,
    Stage.IN_FORCE: Stage.IN_FORCE.label,
}
_CONSULTATION: Track = {
    Stage.PROPOSED: Stage.PROPOSED.label,
    Stage.COMMENT_CLOSED: Stage.COMMENT_CLOSED.label,
}
_OF_BILLS = (MeasureKind.BILL, MeasureKind.BUDGET_ITEM)
# A rule comes into force after it is made, though the codes of rules stand after those of bills.
_ORDER = {stage: place for place, stage in enumerate(Stage)} | {Stage.IN_FORCE: len(Stage)}
# It moves nothing: the measure goes on from where it stood.
_STANDS_STILL = frozenset({Stage.CARRIED_OVER, Stage.CHALLENGED})


@dataclass(frozen=True)
class Step:
    """One step of the line; `on` is the day it was reached, where that is on record."""

    label: str
    state: State
    on: date | None = None


def progress(measure: Measure, events: Iterable[StageEvent], chambers: Sequence[Chamber]) -> list[Step]:
    """The line of a measure from what has happened so far, oldest first. Empty where nothing is known or usual."""
    happened = list(events)
    track = _track(measure, chambers)
    reached = _reached(happened, list(track))
    if happened and happened[-1].result not in (Result.OPEN, Result.ENACTED):
        return [*_behind(reached, track, len(track)), _now(happened[-1])]
    if not track:
        return _told(happened)
    place = _place(happened, list(track))
    ahead = [Step(_usual(track, stage, happened, chambers), "todo") for stage in list(track)[place + 1 :]]
    return [*_behind(reached, track, place), *([_now(happened[-1])] if happened else []), *ahead]


def _track(measure: Measure, chambers: Sequence[Chamber]) -> Track:
    if measure.kind == MeasureKind.REGULATION:
        return _RULE
    if measure.kind == MeasureKind.CONSULTATION:
        return _CONSULTATION
    return _track_of_bills(measure.session.jurisdiction, chambers) if measure.kind in _OF_BILLS else {}


def _track_of_bills(place: Jurisdiction, chambers: Sequence[Chamber]) -> Track:
    if place.country == Country.CANADA:
        if place.level == Level.FEDERAL:
            return _PARLIAMENT
        return _QUEBEC if place.abbreviation == "QC" else _PROVINCE
    has_one = any(chamber.code == ChamberCode.LEGISLATURE for chamber in chambers)
    return _ONE_CHAMBER if has_one or not place.has_a_legislature else _TWO_CHAMBERS


def _reached(happened: Sequence[StageEvent], track: Sequence[Stage]) -> dict[Stage, StageEvent]:
    """The events that are themselves a step of the line, the latest of each."""
    return {Stage(one.stage): one for one in happened if Stage(one.stage) in track}


def _place(happened: Sequence[StageEvent], track: Sequence[Stage]) -> int:
    """Which step of the line it stands at: its own, or the last before it. -1 before the first."""
    moving = [Stage(one.stage) for one in happened if Stage(one.stage) not in _STANDS_STILL]
    if not moving:
        return -1 if not happened else 0
    return max(
        (place for place, stage in enumerate(track) if _ORDER[stage] <= _ORDER[moving[-1]]), default=-1
    )


def _behind(reached: dict[Stage, StageEvent], track: Track, place: int) -> list[Step]:
    """The steps it has passed, as far as they are on record: none is made up."""
    passed = [reached[stage] for stage in list(track)[:place] if stage in reached]
    return [Step(str(event), "done", event.on) for event in passed]


def _now(event: StageEvent) -> Step:
    return Step(str(event), "current", event.on)


def _told(happened: Sequence[StageEvent]) -> list[Step]:
    """What happened and no more: for kinds without a usual way."""
    return [*(Step(str(one), "done", one.on) for one in happened[:-1]), *(_now(one) for one in happened[-1:])]


def _usual(track: Track, stage: Stage, happened: Sequence[StageEvent], chambers: Sequence[Chamber]) -> str:
    """What the step is called there, with the name of the chamber where it is known which comes first."""
    first = next((one.chamber for one in happened if one.chamber in _OTHER), "")
    code = {Stage.PASSED_1: first, Stage.PASSED_2: _OTHER.get(first, "")}.get(stage, "")
    name = next((str(chamber) for chamber in chambers if code and chamber.code == code), "")
    if not name:
        return str(track[stage])
    if track is _PARLIAMENT:
        return name if stage == Stage.PASSED_2 else str(track[stage])
    return _("Passed %(chamber)s") % {"chamber": name} if track is _TWO_CHAMBERS else str(track[stage])


_OTHER: dict[str, str] = {ChamberCode.UPPER: ChamberCode.LOWER, ChamberCode.LOWER: ChamberCode.UPPER}
