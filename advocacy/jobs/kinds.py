"""The kinds of long work there are. Higher apps offer theirs in a `jobs.py`, found at start-up:

    @job("officials.import")
    def import_officials(progress: Progress, *, path: str) -> dict[str, Any]:
        for number, chunk in enumerate(chunks_of(path)):
            write(chunk)                  # its own transaction, and harmless when it is done twice
            progress.step(number + 1, of=len(chunks))
        return {"written": ...}

The function takes its arguments as they come back from JSON (dates as text), may be run again after a crash,
and returns what shall be kept as the job's result.
"""

from collections.abc import Callable
from typing import Any

from advocacy.kernel.registry import Registry

kinds: Registry[Callable[..., dict[str, Any] | None]] = Registry()
job = kinds.register
