"""The search in a process of its own: a request on standard input, a proposal on standard output.

    python -m advocacy.events.scheduling.solver < request.json

It alone loads CP-SAT (90 MB with what that needs), and whoever started it may end it at any time.
"""

import os
import sys
import time

from advocacy.events.scheduling.greedy import plan_plainly
from advocacy.events.scheduling.ground import Ground
from advocacy.events.scheduling.plan import plan_of
from advocacy.events.scheduling.proposal import Proposal
from advocacy.events.scheduling.request import ANSWER, REQUEST, Request
from advocacy.events.scheduling.search import search
from advocacy.events.scheduling.telling import proposal_of


def solve(request: Request) -> Proposal:
    began = time.monotonic()
    ground = Ground(request.day)
    plan = plan_plainly(ground, request.before)
    before = plan_of(request.before) if request.before else None
    found = search(ground, plan, request.limits, began + request.limits.seconds, before)
    return proposal_of(ground, found, time.monotonic() - began)


def main() -> None:
    if hasattr(os, "nice"):
        os.nice(5)  # pages are answered first
    request = REQUEST.validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(ANSWER.dump_json(solve(request)))


if __name__ == "__main__":
    main()
