"""How one step of the check ended, and the table that says so for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    FAILED = "FAILED"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Count:
    """Tests of one or several pytest runs."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Outcome:
    name: str
    verdict: Verdict
    note: str = ""
    seconds: float = 0.0
    output: str = ""
    count: Count = field(default_factory=Count)

    def __str__(self) -> str:
        took = f"{self.seconds:6.1f} s" if self.verdict != Verdict.LEFT_OUT else " " * 8
        return f"  {self.name:<28} {self.verdict:<9}{took}  {self.note}".rstrip()


def left_out(name: str, why: str, *, required: bool = False) -> Outcome:
    """A step that cannot run here. Where it is required, that is a failure."""
    if required:
        return Outcome(name, Verdict.FAILED, note=f"required, but {why}")
    return Outcome(name, Verdict.LEFT_OUT, note=why)


def total(outcomes: Iterable[Outcome]) -> Count:
    return sum((outcome.count for outcome in outcomes), start=Count())


def failed(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.verdict == Verdict.FAILED]
