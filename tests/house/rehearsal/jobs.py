"""Kinds of work that exist only for the tests of the house."""

import time
from pathlib import Path
from typing import Any

from advocacy.jobs.kinds import job
from advocacy.jobs.progress import Progress


@job("rehearsal.count")
def count(progress: Progress, *, to: int, pause: float = 0.0, into: str = "") -> dict[str, Any]:
    """Count, leaving a line for every number in the file `into`."""
    for number in range(1, to + 1):
        if into:
            with Path(into).open("a") as file:
                file.write(f"{number}\n")
        time.sleep(pause)
        progress.step(number, of=to, message=f"at {number}")
    return {"counted": to}


@job("rehearsal.fail")
def fail(progress: Progress) -> None:
    raise ValueError("The third column is missing.")
