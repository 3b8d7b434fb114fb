"""The history of a measure of Congress: the lines of three source systems as one, oldest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import Stage
from legislation.sources.measures.congress_actions import chamber_of, core, stage_of
from legislation.sources.measures.congress_numbers import BillType
from legislation.sources.measures.records import ActionFact, StageFact

_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2}))? *(AM|PM)?$", re.IGNORECASE)
_LIBRARY = ("9", "Library of Congress")


class RawLine(NamedTuple):
    """As the source lists it. `amendment` is the one whose history it belongs to, where it is not the measure's own."""

    on: date | None
    text: str
    clock: str = ""
    kind: str = ""
    code: str = ""
    system: str = ""
    amendment: str = ""


@dataclass(frozen=True)
class Line:
    on: date
    text: str
    clock: str
    kind: str
    codes: tuple[str, ...]
    chamber: ChamberCode | None
    is_librarys: bool
    amendment: str

    @property
    def fact(self) -> ActionFact:
        text = f"{self.amendment}: {self.text}" if self.amendment else self.text
        words = dict.fromkeys((self.kind, *self.codes))
        return ActionFact(
            self.on,
            text,
            chamber=self.chamber,
            classification=", ".join(word for word in words if word)[:200],
        )


def history(lists: Iterable[list[RawLine]]) -> list[Line]:
    """The lines of the measure and of its amendments, each list in its own order, woven by day and hour.

    Lines of one day with the same words are one: the chambers and the Library of Congress report a step alike, and
    a referral is listed once for every committee. The same words at two hours of a day are two events.
    """
    timed = [pair for one in lists for pair in _timed(_oldest_first(one))]
    woven: dict[int, Line] = {}
    places: dict[tuple[date, str, str], list[int]] = {}
    for place, (_moment, raw) in enumerate(sorted(timed, key=itemgetter(0))):
        line = _line(raw)
        same = places.setdefault((line.on, line.amendment, core(line.text)), [])
        twin = next((one for one in same if _may_be_one(woven[one].clock, line.clock)), None)
        if twin is None:
            same.append(place)
            woven[place] = line
        elif woven[twin].is_librarys and not line.is_librarys:
            # The chamber's own line stands where it happened.
            same[same.index(twin)] = place
            woven[place] = _joined(line, woven.pop(twin))
        else:
            woven[twin] = _joined(woven[twin], line)
    return list(woven.values())


def stages(
    lines: Iterable[Line], type_: BillType, *, introduced_on: date | None, law: str
) -> tuple[StageFact, ...]:
    """Where it came to, step by step. A stage that only goes on, as in a second committee, is not reached again."""
    found: list[StageFact] = []
    last = None
    for line in lines:
        last = line.on
        if not line.amendment and (fact := _stage(line, type_)):
            _add(found, fact)
    if introduced_on and not any(fact.stage == Stage.INTRODUCED for fact in found):
        label = "Introduced in House" if type_.origin == ChamberCode.LOWER else "Introduced in Senate"
        found.insert(0, StageFact(introduced_on, Stage.INTRODUCED, label, type_.origin))
    if law and last and not any(fact.stage == Stage.ENACTED for fact in found):
        found.append(StageFact(last, Stage.ENACTED, f"Became {law}"))
    return tuple(found)


class _Dated(NamedTuple):
    on: date
    raw: RawLine


def _oldest_first(lines: list[RawLine]) -> list[_Dated]:
    """A line without a day or without words says nothing. Lists come newest first; one that does not is not turned."""
    dated = [_Dated(one.on, one) for one in lines if one.on and one.text]
    if dated and dated[0].on >= dated[-1].on:
        dated.reverse()
    return sorted(dated, key=itemgetter(0))


def _timed(dated: list[_Dated]) -> Iterator[tuple[tuple[date, str], _Dated]]:
    """With the hour of the line or of the last before it that has one, so that no line leaves its place in the list."""
    day, hour = date.min, ""
    for one in dated:
        hour = max(_clock(one.raw.clock), hour if one.on == day else "")
        day = one.on
        yield (day, hour), one


def _line(one: _Dated) -> Line:
    raw = one.raw
    codes = (raw.code,) if raw.code else ()
    return Line(
        one.on,
        raw.text,
        _clock(raw.clock),
        raw.kind,
        codes,
        chamber_of(raw.system, codes, raw.text),
        raw.system in _LIBRARY,
        raw.amendment,
    )


def _joined(known: Line, other: Line) -> Line:
    return replace(
        known,
        clock=known.clock or other.clock,
        kind=known.kind or other.kind,
        codes=tuple(dict.fromkeys((*known.codes, *other.codes))),
        chamber=known.chamber or other.chamber,
    )


def _may_be_one(clock: str, other: str) -> bool:
    return clock == other or not clock or not other


def _clock(written: str) -> str:
    """`12:09PM` and `12:09:00` are one hour; empty where none is stated."""
    match = _CLOCK.match(written)
    if not match:
        return ""
    hour, half = int(match[1]), (match[4] or "").upper()
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return f"{hour:02}:{match[2]}:{match[3] or '00'}"


def _stage(line: Line, type_: BillType) -> StageFact | None:
    found = stage_of(
        line.codes,
        line.kind,
        line.text,
        chamber=line.chamber,
        origin=type_.origin,
        is_agreed_to=type_.is_agreed_to,
    )
    return StageFact(line.on, *found) if found else None


def _add(found: list[StageFact], fact: StageFact) -> None:
    last = found[-1] if found else None
    if last and (last.stage, last.chamber) == (fact.stage, fact.chamber):
        if fact.stage == Stage.ENACTED and last.on == fact.on:
            found[-1] = fact  # the number of the law says more than the signature of the same day
    elif not any(_identity(one) == _identity(fact) for one in found):
        found.append(fact)


def _identity(fact: StageFact) -> tuple[date, str, ChamberCode | None]:
    """What the record keeps once."""
    return fact.on, fact.stage, fact.chamber
