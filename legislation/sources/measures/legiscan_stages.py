"""The steps of a measure: those LegiScan counts, and those the lines of its history tell of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import PASSED_A_CHAMBER, Stage
from legislation.sources.measures.legiscan_codes import (
    IN_THE_SECOND_CHAMBER,
    STAGE_OF_EVENT,
    other_chamber,
)
from legislation.sources.measures.records import ActionFact, StageFact

_LONGEST_LABEL = 120
# The first that fits; None where a line sounds like a step and is none. What one chamber notes of the other ("Passed by
# House", "Received") is a step there, where it stands too; what befalls an amendment does not befall the measure.
_IN_WORDS = [
    (re.compile(pattern, re.IGNORECASE), stage)
    for pattern, stage in (
        (r"^\s*((house|senate|floor|committee) )?(amendment|substitute|motion)\b(?!.* bill )", None),
        (r"\b(not adopted|not concurred|rejected|for the day|notice given|co-?sponsor)\b", None),
        (r"\b(indefinitely postponed|postponed indefinitely|inexpedient to legislate)\b", Stage.FAILED),
        (r"\bpassed by indefinitely\b|^\s*((bill|measure) )?withdrawn\b(?! from)", Stage.FAILED),
        (r"^\s*(received|transmitted|returned|passed by|adopted by (the )?(house|senate)|pending)\b", None),
        (r"^\s*pre-?filed\b", Stage.PREFILED),
        (r"^\s*(defeated|failed to pass|bill failed|failed (on )?(third|final) reading)\b", Stage.FAILED),
        (
            r"\bcarried over\b|\bcontinued to (the )?(next (regular )?session|\d{4}\b(?!-))",
            Stage.CARRIED_OVER,
        ),
        (r"^\s*((bill|measure) )?(died|left in)\b|^\s*(adjourned )?sine die\b", Stage.DIED),
        (r"^\s*substituted by\b", Stage.REPLACED),
        (r"\b(vetoed|pocket veto)\b", Stage.VETOED),
        (r"\b(approved|signed) by (the )?governor\b|\bgovernor (approved|signed)\b", Stage.ENACTED),
        (r"\bbec(a|o)mes? (public )?law\b|\bchaptered\b|\bassigned (pa|chapter)\b", Stage.ENACTED),
        (r"\benrolled\b|\bpresented to (the )?(governor|president)\b(?! of)", Stage.ENROLLED),
        (r"\b(conference committee|refused to concur|nonconcur\w*)\b", Stage.RECONCILING),
        (r"\b(public )?hearing (was )?held\b|^\s*heard\b", Stage.HEARING_1),
        (r"^\s*(introduced|read (for )?the first time|read first time|first reading)\b", Stage.INTRODUCED),
        (r"\breferred to (the )?(secretary|second|third|committee of the whole)\b", None),
        (r"^\s*(reported (correctly|engrossed)|passed (over|temporarily|to|committee))\b", None),
        (r"^\s*(reported|committee report|recommended do pass|do pass)\b", Stage.REPORTED_1),
        (r"^\s*(per rule \S+ )?(re-?)?(referred|assigned) to\b", Stage.COMMITTEE_1),
        (r"^\s*passed\b.*\b(first|1st|second|2nd) reading\b", None),
        (r"^\s*(passed|adopted)\b|\bthird (reading|time)\b.{0,40}\bpassed\b", Stage.PASSED_1),
    )
]
_AND_REFERRED = re.compile(r"\band (re-?)?referred to\b", re.IGNORECASE)
# A chamber votes on many amendments and passes a bill once; a committee may have it twice.
_ONCE = frozenset({*PASSED_A_CHAMBER, Stage.ENROLLED, Stage.ENACTED})
_ORDER = {stage: place for place, stage in enumerate(Stage)}
# Of one day: a veto comes before the vote that overrides it.
_ORDER[Stage.VETOED] = _ORDER[Stage.ENROLLED]


class Progress(NamedTuple):
    """A step LegiScan counts, by its code; it does not say in which chamber."""

    on: date
    event: int


def stages(
    progress: Iterable[Progress],
    history: Sequence[ActionFact],
    origin: ChamberCode | None,
    status: Progress | None = None,
) -> tuple[StageFact, ...]:
    """Oldest first. What LegiScan counts leads; the history says when, and adds the steps LegiScan does not count.

    A line of the history on the same day lends its words: the legislature's are better than LegiScan's. The `status`
    is where the measure is said to stand, and counts only where nothing else tells of it.
    """
    told = list(_told(history, origin))
    counted = list(_counted(progress, origin))
    known = {fact.stage for fact in counted}
    words = {(fact.stage, fact.on): fact for fact in reversed(told)}
    found = [words.get((fact.stage, fact.on), fact) for fact in counted]
    found += [fact for fact in told if fact.stage not in known]
    if status is not None:
        found += _standing(status, found, origin)
    once = {(fact.on, fact.stage, fact.chamber): fact for fact in reversed(found)}
    return tuple(sorted(once.values(), key=lambda fact: (fact.on, _ORDER[fact.stage])))


def _standing(
    status: Progress, found: Sequence[StageFact], origin: ChamberCode | None
) -> Iterator[StageFact]:
    known = {fact.stage for fact in found}
    for fact in _counted([status], origin):
        if fact.stage not in known:
            # What one chamber adopts alone is done with its vote: that is how the legislature calls it.
            votes = [one for one in found if one.on == fact.on and one.stage in PASSED_A_CHAMBER]
            is_its_vote = fact.stage == Stage.ENACTED and bool(votes)
            yield fact._replace(local_label=votes[-1].local_label) if is_its_vote else fact


def _counted(progress: Iterable[Progress], origin: ChamberCode | None) -> Iterator[StageFact]:
    has_crossed = False
    for step in sorted(progress, key=lambda step: step.on):
        stage = STAGE_OF_EVENT.get(step.event)
        if stage is None:
            continue
        where = other_chamber(origin) if has_crossed else origin
        if has_crossed:
            stage = IN_THE_SECOND_CHAMBER.get(stage, stage)
        has_crossed = has_crossed or stage == Stage.PASSED_1
        yield StageFact(step.on, stage, chamber=where if _is_of_a_chamber(stage) else None)


def _told(history: Sequence[ActionFact], origin: ChamberCode | None) -> Iterator[StageFact]:
    done: set[tuple[Stage, ChamberCode | None]] = set()
    for action in history:
        for stage in _steps(action, origin):
            where = action.chamber if _is_of_a_chamber(stage) else None
            if stage in _ONCE and (stage, where) in done:
                continue
            done.add((stage, where))
            yield StageFact(action.on, stage, action.text[:_LONGEST_LABEL], where)


def _steps(action: ActionFact, origin: ChamberCode | None) -> Iterator[Stage]:
    is_second = bool(origin and action.chamber and action.chamber != origin)
    for stage in stages_in_words(action.text):
        if not is_second:
            yield stage
        elif stage != Stage.INTRODUCED:
            yield IN_THE_SECOND_CHAMBER.get(stage, stage)


def stages_in_words(text: str) -> tuple[Stage, ...]:
    """What a line of the history tells of; a first reading and the referral are often one line."""
    first = next((stage for pattern, stage in _IN_WORDS if pattern.search(text)), None)
    if first is None:
        return ()
    if first == Stage.INTRODUCED and _AND_REFERRED.search(text):
        return (first, Stage.COMMITTEE_1)
    return (first,)


def _is_of_a_chamber(stage: Stage) -> bool:
    return stage not in (
        Stage.ENROLLED,
        Stage.ENACTED,
        Stage.VETOED,
        Stage.RECONCILING,
        Stage.CARRIED_OVER,
        Stage.DIED,
    )
