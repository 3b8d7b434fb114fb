"""What a search answers. Codes and their parameters stand for sentences; the page has the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Parameters = Mapping[str, int | str | tuple[str, ...]]


@dataclass(frozen=True)
class Team:
    number: int
    members: tuple[str, ...]
    captain: str | None = None


@dataclass(frozen=True)
class Meeting:
    office: str
    team: int
    starts_at: int


@dataclass(frozen=True)
class Schedule:
    """Who goes together and where: proposed, or made by hand."""

    teams: tuple[Team, ...]
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class Reason:
    code: str
    about: Parameters


@dataclass(frozen=True)
class Role:
    team: int
    role: str
    attendee: str


@dataclass(frozen=True)
class Why:
    """The reasons for one meeting, for a meeting not placed, or for a person in no team."""

    key: str
    reasons: tuple[Reason, ...]


class Status(StrEnum):
    OPTIMAL = "optimal"  # no schedule has more meetings, nor more of them with a constituent
    FEASIBLE = "feasible"
    TIMED_OUT = "timed_out"  # the search gave nothing in time: this is the plain first proposal


@dataclass(frozen=True)
class Figures:
    """`possible` counts the offices of which a constituent is registered and there at a time it receives.

    The bounds are what no schedule can exceed, as the solver proved.
    """

    status: Status
    placed: int
    placed_bound: int
    with_constituent: int
    with_constituent_bound: int
    possible: int
    seconds: float


@dataclass(frozen=True)
class Proposal:
    schedule: Schedule
    roles: tuple[Role, ...]
    why: tuple[Why, ...]
    not_placed: tuple[Why, ...]
    left_out: tuple[Why, ...]
    notes: tuple[Reason, ...]
    figures: Figures
