"""What goes to the solver's process and what comes back, as JSON of the same types."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from advocacy.events.scheduling.limits import Limits
from advocacy.events.scheduling.problem import Day
from advocacy.events.scheduling.proposal import Proposal, Schedule


@dataclass(frozen=True)
class Request:
    """`before` is a schedule of which as much as possible shall stay."""

    day: Day
    before: Schedule | None
    limits: Limits


REQUEST = TypeAdapter(Request)
ANSWER = TypeAdapter(Proposal)
