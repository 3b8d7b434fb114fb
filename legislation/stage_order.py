"""Which steps of a measure stand out of the usual order. They are accepted as they come, and only marked."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import Result, Stage, result_of


class Step(Protocol):
    """A stage that a measure reached, and the chamber it was in, where that is said."""

    @property
    def stage(self) -> str: ...

    @property
    def chamber(self) -> str | None: ...


# Stretches of the way. Within one, a measure goes to and fro: it is referred again, and reported once more.
_INTRODUCTION, _FIRST, _THROUGH_FIRST, _SECOND, _THROUGH_SECOND, _TOGETHER, _SIGNATURE, _LAW, _FORCE = range(
    9
)
_STRETCH = {
    Stage.PREFILED: _INTRODUCTION,
    Stage.INTRODUCED: _INTRODUCTION,
    **dict.fromkeys(
        (
            Stage.COMMITTEE_1,
            Stage.HEARING_1,
            Stage.REPORTED_1,
            Stage.PRINCIPLE,
            Stage.COMMITTEE_STUDY,
            Stage.REPORT_STAGE,
        ),
        _FIRST,
    ),
    Stage.PASSED_1: _THROUGH_FIRST,
    **dict.fromkeys((Stage.COMMITTEE_2, Stage.HEARING_2, Stage.REPORTED_2), _SECOND),
    Stage.PASSED_2: _THROUGH_SECOND,
    Stage.RECONCILING: _TOGETHER,
    Stage.ENROLLED: _SIGNATURE,
    Stage.ENACTED: _LAW,
    Stage.PRE_RULE: _INTRODUCTION,
    Stage.PROPOSED: _FIRST,
    Stage.COMMENT_EXTENDED: _FIRST,
    Stage.COMMENT_CLOSED: _THROUGH_FIRST,
    Stage.FINAL: _LAW,
    Stage.IN_FORCE: _FORCE,
}
_HOUSES = (ChamberCode.LOWER, ChamberCode.UPPER)
# They end nothing, and may come after an end.
_BESIDE = frozenset({Stage.CARRIED_OVER, Stage.CHALLENGED})


def out_of_order(steps: Iterable[Step]) -> Iterator[bool]:
    """For each step, oldest first: whether it goes back behind a stretch already passed, or follows an end.

    A stretch that is left out is not strange: sources tell some steps and not others. Readings of a parliament have
    the same names in both houses, so those in the other one are of the second stretch.
    """
    furthest, ended, first_chamber = _INTRODUCTION, Result.OPEN, ""
    for step in steps:
        stage, chamber = Stage(step.stage), step.chamber if step.chamber in _HOUSES else ""
        first_chamber = first_chamber or chamber or ""
        stretch = _stretch(stage, is_elsewhere=bool(chamber) and chamber != first_chamber)
        goes_back = stretch is not None and stretch < furthest
        yield goes_back or (stage not in _BESIDE and not _may_follow(ended, result_of(stage)))
        furthest = max(furthest, stretch or _INTRODUCTION)
        ended = ended if stage in _BESIDE else result_of(stage)


def _may_follow(end: Result, result: Result) -> bool:
    """A bill is told to have failed and then to have died, and a veto is overridden; other ends stay what they are."""
    if end == Result.OPEN or result == end:
        return True
    if result == Result.ENACTED:
        return end == Result.VETOED
    return result != Result.OPEN and end != Result.ENACTED


def _stretch(stage: Stage, *, is_elsewhere: bool) -> int | None:
    """None for stages that lie on no way: ends, and what goes on in another year."""
    found = _STRETCH.get(stage)
    if is_elsewhere and found in (_INTRODUCTION, _FIRST):
        return _SECOND
    return found
