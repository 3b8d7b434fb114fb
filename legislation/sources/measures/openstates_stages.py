"""What the action words of Open States mean for the progress of a measure: the one place that knows them.

The words say what happened; which of two chambers it happened in decides whether it is the first or the second
committee, report or passage. No order is demanded: bills are recalled, referred again and reconsidered.
"""

import re
from collections.abc import Iterable, Iterator

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import Stage
from legislation.sources.measures.records import ActionFact, StageFact

_LONGEST_LABEL = 120
_SIDES = (ChamberCode.UPPER, ChamberCode.LOWER)
_BY_CHAMBER = {
    "referral-committee": (Stage.COMMITTEE_1, Stage.COMMITTEE_2),
    "hearing-held": (Stage.HEARING_1, Stage.HEARING_2),
    "committee-passage": (Stage.REPORTED_1, Stage.REPORTED_2),
    "committee-passage-favorable": (Stage.REPORTED_1, Stage.REPORTED_2),
    "committee-passage-unfavorable": (Stage.REPORTED_1, Stage.REPORTED_2),
}
_ANYWHERE = {
    "concurrence": Stage.RECONCILING,
    "enrolled": Stage.ENROLLED,
    "executive-receipt": Stage.ENROLLED,
    "executive-signature": Stage.ENACTED,
    "became-law": Stage.ENACTED,
    "executive-veto": Stage.VETOED,
    "veto-override-failure": Stage.VETOED,
    "withdrawal": Stage.FAILED,
    "carried-over": Stage.CARRIED_OVER,
}
_INTRODUCTIONS = {"introduction", "reading-1"}
_REFUSALS = {"failure", "committee-failure", "deferral"}
# However polite they sound (DOMAIN.md §4.17). Read where upstream has no word, or one that only says "put off".
_LOCAL_WORDS = (
    (
        re.compile(r"\bdied\b|\bdid not consider\b|\bleft in committee\b|\bno report prior to\b", re.I),
        Stage.DIED,
    ),
    (re.compile(r"\b(postponed|passed by) indefinitely\b|\bindefinitely postponed\b", re.I), Stage.FAILED),
    (re.compile(r"\binexpedient to legislate\b|\bfailed introduction\b", re.I), Stage.FAILED),
    (
        re.compile(r"\bcarried over\b|\bcontinued (to|from) (the )?(next|last) session\b", re.I),
        Stage.CARRIED_OVER,
    ),
    (re.compile(r"\breceived for concurrence\b|\bappointed JCC", re.I), Stage.RECONCILING),
    (re.compile(r"^assigned number [HS]EA\b", re.I), Stage.ENROLLED),
)
_COMMITTEE_OF = re.compile(r"\b(House|Assembly|Senate) Committee|(?:^|[\s:])([HS])\d\d - ")


def stages_of(actions: Iterable[ActionFact], origin: ChamberCode | None) -> tuple[StageFact, ...]:
    """The steps in these lines, which are oldest first. `origin` is the chamber the measure began in.

    A step that is taken twice in a day stands where it was taken last, so that the end of the day is right.
    """
    road = _Road(origin)
    found: dict[tuple[object, ...], StageFact] = {}
    for action in actions:
        for stage in road.reached(action):
            key = (action.on, stage, action.chamber)
            found.pop(key, None)
            found[key] = StageFact(action.on, stage, label_of(action.text), action.chamber)
    return tuple(found.values())


def label_of(text: str) -> str:
    """The legislature's own words, in the length that the record keeps."""
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"


class _Road:
    """How far one measure has come, line by line."""

    def __init__(self, origin: ChamberCode | None) -> None:
        self.origin = origin
        self.side = origin
        self.seen: set[Stage] = set()
        self.overridden_in: set[ChamberCode | None] = set()

    def reached(self, action: ActionFact) -> Iterator[Stage]:
        words = {word.strip() for word in action.classification.split(",") if word.strip()}
        if action.chamber in _SIDES:
            self.side = action.chamber
            self.origin = self.origin or action.chamber
        for stage in self._stages(words, action):
            self.seen.add(stage)
            yield stage

    def _stages(self, words: set[str], action: ActionFact) -> Iterator[Stage]:
        yield from self._beginnings(words, action)
        for word, (first, second) in _BY_CHAMBER.items():
            if word in words:
                yield second if self._is_second(_committee_chamber(action.text) or self.side) else first
        if "reading-2" in words and not words & _BY_CHAMBER.keys() and not self._is_second(self.side):
            yield Stage.PRINCIPLE
        if "passage" in words:
            yield self._passed()
        yield from self._ends(words, action)

    def _beginnings(self, words: set[str], action: ActionFact) -> Iterator[Stage]:
        """Filed and introduced are said once, in the first chamber; the second only receives."""
        if self._is_second(self.side) or Stage.INTRODUCED in self.seen:
            return
        # An office numbers a bill before any chamber reads it.
        if words & _INTRODUCTIONS and action.chamber != ChamberCode.EXECUTIVE:
            yield Stage.INTRODUCED
        elif words & {"filing", *_INTRODUCTIONS} and not self.seen:
            yield Stage.PREFILED

    def _passed(self) -> Stage:
        if self._is_second(self.side):
            return Stage.PASSED_2
        # The first chamber votes again on what the second made of it.
        return Stage.RECONCILING if Stage.PASSED_2 in self.seen else Stage.PASSED_1

    def _ends(self, words: set[str], action: ActionFact) -> Iterator[Stage]:
        for word, stage in _ANYWHERE.items():
            if word in words:
                yield stage
        # A line item struck out of a bill that is signed leaves the rest a law.
        if "executive-veto-line-item" in words and "executive-signature" not in words:
            yield Stage.VETOED
        if "veto-override-passage" in words:
            yield from self._overridden()
        if words & _REFUSALS or not words:
            in_words = _in_local_words(action.text)
            if in_words is not None:
                yield in_words
            elif words & _REFUSALS - {"deferral"}:
                yield Stage.FAILED

    def _overridden(self) -> Iterator[Stage]:
        """Law once every chamber has overridden the veto."""
        self.overridden_in.add(self.side)
        if len(self.overridden_in) > 1 or self.origin not in _SIDES:
            yield Stage.ENACTED

    def _is_second(self, chamber: ChamberCode | None) -> bool:
        return chamber in _SIDES and self.origin in _SIDES and chamber != self.origin


def _in_local_words(text: str) -> Stage | None:
    return next((stage for pattern, stage in _LOCAL_WORDS if pattern.search(text)), None)


def _committee_chamber(text: str) -> ChamberCode | None:
    """A committee's chamber in its own words: "Senate Committee on Finance", "S03 - Revenue"."""
    if not (found := _COMMITTEE_OF.search(text)):
        return None
    return ChamberCode.UPPER if (found[1] or found[2]).startswith("S") else ChamberCode.LOWER
