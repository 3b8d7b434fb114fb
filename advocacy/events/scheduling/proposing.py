"""Asking for a proposal, from a job or a page: the search runs in a process of its own and is ended in time."""

import subprocess
import sys
import time
from pathlib import Path

from advocacy.events.scheduling import locks
from advocacy.events.scheduling.greedy import plan_plainly
from advocacy.events.scheduling.ground import Ground
from advocacy.events.scheduling.limits import Limits
from advocacy.events.scheduling.problem import Day
from advocacy.events.scheduling.proposal import Proposal, Schedule, Status
from advocacy.events.scheduling.request import ANSWER, REQUEST, Request
from advocacy.events.scheduling.telling import Bound, Found, proposal_of

BASE = Path(__file__).resolve().parents[3]
GRACE = 8.0
"""Seconds beyond the search for starting, the plain plan it begins with, and a machine busy with other work."""


class SearchFailed(Exception):
    """The solver's process ended with an error; the last lines it wrote are the message."""


def propose(
    day: Day, *, before: Schedule | None = None, limits: Limits | None = None, grace: float = GRACE
) -> Proposal:
    """A schedule for the day that keeps what is locked and, of `before`, as much as it can.

    Raises `Impossible` where locks contradict each other. Where the search is not done in time, the answer is
    the plain proposal, which keeps every rule and says `timed_out`.
    """
    limits = limits or Limits()
    began = time.monotonic()
    ground = Ground(day)
    locks.check(ground)
    request = REQUEST.dump_json(Request(day, before, limits))
    command = [sys.executable, "-m", "advocacy.events.scheduling.solver"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, our own Python
            command, input=request, capture_output=True, cwd=BASE, timeout=limits.seconds + grace, check=False
        )
    except subprocess.TimeoutExpired:
        bound = Bound(sum(1 for starts in ground.starts.values() if starts), len(ground.possible))
        found = Found(plan_plainly(ground, before), bound, Status.TIMED_OUT)
        return proposal_of(ground, found, time.monotonic() - began)
    if ended.returncode:
        raise SearchFailed(ended.stderr.decode(errors="replace")[-500:])
    return ANSWER.validate_json(ended.stdout)
