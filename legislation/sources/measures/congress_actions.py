"""What a line of the history of Congress means: which stage was reached, in which chamber.

The one place for it. The chamber in which a measure began decides what is the first and what the second.
The codes are those of the Library of Congress (numbers) and of the House (H…, E…); the Senate writes words only.
"""

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import Stage

HOUSE, SENATE = ChamberCode.LOWER, ChamberCode.UPPER
_NAMES = {HOUSE: "House", SENATE: "Senate"}


class _Meaning(NamedTuple):
    """The stage in the first and in the second chamber, and what Congress calls the step."""

    first: Stage
    second: Stage
    label: str


class Step(Enum):
    """The steps that Congress knows. Labels are kept beside the stage as its local words, in English."""

    INTRODUCED = _Meaning(Stage.INTRODUCED, Stage.INTRODUCED, "Introduced in {chamber}")
    REFERRED = _Meaning(Stage.COMMITTEE_1, Stage.COMMITTEE_2, "Referred to {chamber} committee")
    HEARING = _Meaning(Stage.HEARING_1, Stage.HEARING_2, "Hearing held by {chamber} committee")
    REPORTED = _Meaning(Stage.REPORTED_1, Stage.REPORTED_2, "Reported to {chamber}")
    DISCHARGED = _Meaning(Stage.REPORTED_1, Stage.REPORTED_2, "{chamber} committee discharged")
    PASSED = _Meaning(Stage.PASSED_1, Stage.PASSED_2, "Passed {chamber}")
    FAILED = _Meaning(Stage.FAILED, Stage.FAILED, "Failed of passage in {chamber}")
    DIFFERENCES = _Meaning(Stage.RECONCILING, Stage.RECONCILING, "Resolving differences")
    PRESENTED = _Meaning(Stage.ENROLLED, Stage.ENROLLED, "Presented to President")
    SIGNED = _Meaning(Stage.ENACTED, Stage.ENACTED, "Signed by President")
    LAW = _Meaning(Stage.ENACTED, Stage.ENACTED, "Became law")
    VETOED = _Meaning(Stage.VETOED, Stage.VETOED, "Vetoed by President")
    POCKET_VETOED = _Meaning(Stage.VETOED, Stage.VETOED, "Pocket vetoed by President")
    # The veto is no longer the last word; with both chambers over it, the measure is law.
    OVER_VETO = _Meaning(Stage.PASSED_1, Stage.PASSED_2, "Passed {chamber} over veto")
    NOT_OVER_VETO = _Meaning(Stage.VETOED, Stage.VETOED, "Failed of passage in {chamber} over veto")


_AT_THE_PRESIDENT = frozenset((Step.PRESENTED, Step.SIGNED, Step.LAW, Step.VETOED, Step.POCKET_VETOED))
_OF_NO_CHAMBER = _AT_THE_PRESIDENT | {Step.DIFFERENCES}


def _library(steps: dict[Step, tuple[str, str]]) -> dict[str, tuple[Step, ChamberCode | None]]:
    found: dict[str, tuple[Step, ChamberCode | None]] = {}
    for step, (house, senate) in steps.items():
        found |= dict.fromkeys(house.split(), (step, HOUSE))
        found |= dict.fromkeys(senate.split(), (step, SENATE))
    return found


_BY_CODE = _library(
    {
        Step.INTRODUCED: ("1000 1010 1025 Intro-H", "10000"),
        Step.REFERRED: ("2000 3000 H11100 H11200", "11000 12000"),
        Step.HEARING: ("4100", "13100"),
        Step.REPORTED: ("5000 H12100 H12200", "14000"),
        Step.DISCHARGED: ("5500 H12300", "14500"),
        Step.PASSED: ("8000", "17000"),
        Step.DIFFERENCES: ("19000 19500 21000 22000 H25200", "20000 20500 20800 20900 23000 24000"),
        Step.OVER_VETO: ("32000", "34000"),
        Step.NOT_OVER_VETO: ("33000", "35000"),
    }
) | dict.fromkeys(("28000", "E20000"), (Step.PRESENTED, None))
# Upstream writes these over several kinds of lines: 36000 also over the signature, E30000 also over a veto.
_VOTES = ("9000", "18000", "H37100", "H37300", "H1B000")
_BY_THE_PRESIDENT = ("E30000", "E40000", *(str(code) for code in range(29000, 32000, 1000)))
_LAWS = tuple(str(code) for code in range(36000, 47000, 1000))
_JUDGED_BY_TEXT = frozenset((*_VOTES, *_BY_THE_PRESIDENT, *_LAWS))

# What the Library of Congress writes before the words of a chamber when it repeats them.
_HEADING = re.compile(
    r"^(?:Passed/agreed to in (?:House|Senate)|Failed of passage/not agreed to in (?:House|Senate)"
    r"|Resolving differences -- (?:House|Senate) actions"
    r"|(?:House|Senate) amendment (?:agreed to|not agreed to|offered/reported by|proposed \(on the floor\))"
    r"|Amendment (?:agreed to|failed) by (?:House|Senate)): +"
)
# Where the Congressional Record has it; the copies of a line differ in that.
_CITATION = re.compile(r"\s*\((?:consideration|text|CR)\b[^()]*\)")
_CHAMBER = r"(?P<chamber>house|senate)"
_MOTION = r"on (?:passage|agreeing to the resolution|motion to suspend the rules and (?:pass|agree))\b.*?\b"
_BY_TEXT = [
    (step, re.compile(pattern, re.IGNORECASE))
    for step, pattern in (
        (Step.LAW, r"^became (?:public|private) law\b"),
        (Step.POCKET_VETOED, r"^pocket vetoed by (?:the )?president\b"),
        (Step.VETOED, r"^(?:line item )?vetoed by (?:the )?president\b"),
        (Step.SIGNED, r"^signed by (?:the )?president\b"),
        (Step.PRESENTED, r"^presented to (?:the )?president\b"),
        (Step.OVER_VETO, rf"^passed {_CHAMBER} over veto\b"),
        (Step.NOT_OVER_VETO, rf"^failed of passage in {_CHAMBER} over veto\b"),
        (Step.OVER_VETO, r"objections of the president to the contrary notwithstanding,? passed\b"),
        (Step.NOT_OVER_VETO, r"objections of the president to the contrary notwithstanding,? failed\b"),
        (Step.DIFFERENCES, r"^on motion .*\b(?:senate|house) amendments?\b"),
        (Step.FAILED, rf"^failed of passage(?:/not agreed to)? in {_CHAMBER}\b"),
        (Step.FAILED, rf"^{_MOTION}failed\b"),
        (Step.PASSED, rf"^passed(?:/agreed to in)? {_CHAMBER}\b"),
        (Step.PASSED, rf"^resolution agreed to in {_CHAMBER}\b"),
        (Step.PASSED, rf"\bis considered passed {_CHAMBER}\b"),
        (Step.PASSED, r"^(?:submitted|introduced) in the senate,.*\band (?:passed|agreed to)\b"),
        (Step.PASSED, rf"^{_MOTION}(?:passed|agreed to)\b"),
        (Step.DIFFERENCES, r"^resolving differences\b|^conference (?:report|held)\b"),
        (Step.DIFFERENCES, r"^(?:house|senate) agreed to (?:the )?(?:house|senate) amendments?\b"),
        (Step.REPORTED, r"^reported (?:\(|by|with|in)"),
        (Step.REPORTED, r"\bcommittee on .*\. (?:original measure )?reported (?:by senator|to senate)\b"),
        (Step.DISCHARGED, r"^(?:(?:senate|house) )?committee on .*\bdischarged\b"),
        (Step.HEARING, r"\bhearings? held\b"),
        (
            Step.REFERRED,
            r"^(?:received in the senate and |read the first time and )?(?:read twice and )?referred\b",
        ),
        (Step.INTRODUCED, rf"^(?:introduced|submitted) in (?:the )?{_CHAMBER}\b"),
    )
]
# Without two thirds a bill fails this motion and may come back under a rule: that is not its end.
_NOT_THE_END = re.compile(r"\bsuspend the rules\b", re.IGNORECASE)
_LAW_NUMBER = re.compile(r"^Became (Public|Private) Law No: *([0-9]+-[0-9]+)", re.IGNORECASE)


def chamber_of(system: str, codes: Iterable[str], text: str) -> ChamberCode | None:
    """Where a line was written: by its source system, else by what it says. None for what the President did."""
    codes = tuple(codes)
    step = _step(codes, "", text)
    if (step and step[0] in _AT_THE_PRESIDENT) or any(one[:1] == "E" for one in codes):
        return None
    if system in {"0", "1", "2"}:
        return SENATE if system == "0" else HOUSE
    if system.startswith(("Senate", "House")):
        return SENATE if system.startswith("Senate") else HOUSE
    return step[1] if step else None


def core(text: str) -> str:
    """What a chamber wrote, without what the Library of Congress adds: two lines that share it are one action."""
    return "".join(_CITATION.sub("", _HEADING.sub("", text)).split()).casefold()


def stage_of(
    codes: Iterable[str],
    kind: str,
    text: str,
    *,
    chamber: ChamberCode | None,
    origin: ChamberCode,
    is_agreed_to: bool = False,
) -> tuple[Stage, str, ChamberCode | None] | None:
    """The stage a line brings, its local words and its chamber; None for the many lines that bring none."""
    found = _step(tuple(codes), kind, text)
    if found is None:
        return None
    step, place = found
    place = None if step in _OF_NO_CHAMBER else place or chamber
    if step is Step.INTRODUCED and place not in (None, origin):
        return None
    label = step.value.label
    if is_agreed_to and step in {Step.PASSED, Step.FAILED}:
        label = "Agreed to in {chamber}" if step is Step.PASSED else "Not agreed to in {chamber}"
    if number := _LAW_NUMBER.match(text):
        label = f"Became {number[1].title()} Law {number[2]}"
    stage = step.value.first if place in (None, origin) else step.value.second
    return stage, label.format(chamber=_NAMES[place or origin]), place


def _step(codes: tuple[str, ...], kind: str, text: str) -> tuple[Step, ChamberCode | None] | None:
    for code in codes:
        if code in _BY_CODE:
            return _BY_CODE[code]
    found = None
    if not codes or _JUDGED_BY_TEXT.intersection(codes):
        found = _by_text(text)
    if found is None and kind == "ResolvingDifferences":
        return Step.DIFFERENCES, None
    return found


def _by_text(text: str) -> tuple[Step, ChamberCode | None] | None:
    for step, pattern in _BY_TEXT:
        if match := pattern.search(text):
            if step is Step.FAILED and _NOT_THE_END.search(text):
                return None
            named = match.groupdict().get("chamber")
            return step, (None if not named else HOUSE if named.lower() == "house" else SENATE)
    return None
