"""What is known before anybody is placed. Minutes count from midnight, local wall time of the day."""

from dataclasses import dataclass, field
from typing import NamedTuple

ROLES = (
    "leader",
    "asker",
    "note_taker",
    "time_keeper",
    "appreciator",
    "follow_up",
    "photographer",
)
"""The roles of a team, those a meeting needs most first."""


@dataclass(frozen=True)
class Window:
    """A meeting lies wholly within it: it may begin at `opens` and end at `closes`."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Building:
    key: str
    is_cancelled: bool = False


@dataclass(frozen=True)
class Walk:
    """Minutes from one building to the other, either way; with the same building twice, between its rooms."""

    one: str
    other: str
    minutes: int


@dataclass(frozen=True)
class Office:
    """A meeting wanted with an official.

    `constituencies` are the places it speaks for; whoever lives in one of them is a constituent. A statewide
    office speaks for the state. `starts_at` is a time the office confirmed; `cap` the largest team it receives.
    """

    key: str
    constituencies: tuple[str, ...]
    building: str
    minutes: int = 20
    windows: tuple[Window, ...] = ()
    starts_at: int | None = None
    cap: int | None = None
    language: str | None = None
    priority: int = 1


@dataclass(frozen=True)
class Attendee:
    """A registered person. Without an address they live nowhere we know and count as nobody's constituent.

    No language given means that any will do; no `arrives` or `leaves` that they are there all day.
    """

    key: str
    lives_in: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    wishes: tuple[str, ...] = ()
    can_lead: bool = False
    is_first_timer: bool = False
    arrives: int | None = None
    leaves: int | None = None
    chapter: str = ""


@dataclass(frozen=True)
class PersonLock:
    attendee: str
    team: int


@dataclass(frozen=True)
class CaptainLock:
    captain: str
    team: int

    @property
    def attendee(self) -> str:
        """A captain is a member, too."""
        return self.captain


@dataclass(frozen=True)
class MeetingLock:
    office: str
    team: int


@dataclass(frozen=True)
class StartLock:
    office: str
    starts_at: int


Lock = PersonLock | CaptainLock | MeetingLock | StartLock


@dataclass(frozen=True)
class Day:
    """Teams are numbered from 1; `teams` None leaves their number to us. `size_max` is a wish: where the
    people are more than the teams would hold, they are spread evenly and the proposal says so."""

    opens: int
    closes: int
    buildings: tuple[Building, ...]
    offices: tuple[Office, ...]
    attendees: tuple[Attendee, ...]
    walks: tuple[Walk, ...] = ()
    walk_unless_known: int = 15
    change_of_building: int = 10  # at least this, however near the other building is
    teams: int | None = None
    size_min: int = 2
    size_max: int = 5
    step: int = 5  # a meeting begins so many minutes after its window opens, or a multiple of it
    locks: tuple[Lock, ...] = field(default=())


class Clash(NamedTuple):
    """What cannot be kept, and which locks ask for it."""

    code: str
    locks: tuple[Lock, ...]


class Impossible(Exception):
    """What was locked cannot all be kept; `clashes` names the locks that contradict each other."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__("; ".join(f"{one.code}: {', '.join(map(str, one.locks))}" for one in clashes))
        self.clashes = clashes
