"""How long a search may take, and from where it begins."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How long to search. `work` for one step, in CP-SAT's own measure, and `rounds` make it repeatable;
    `seconds` ends it on a slow machine, and then two runs may differ."""

    seconds: float = 18
    work: float = 0.25
    rounds: int = 12
    whole: int = 3_000  # up to so many pairs of meetings times teams the day is searched as a whole
    workers: int = 2
    seed: int = 0
