"""Who may say "I checked this", and for which chapter: asked of higher rooms, which know roles and chapters.

An app registers in its `fact_checkers.py`, found at start-up as `panels.py` is.
"""

from typing import Protocol

from advocacy.accounts.models import User
from advocacy.kernel.registry import Registry


class Checkers(Protocol):
    def may_check(self, user: User) -> bool:
        """Whether this person's word counts."""

    def checks_for(self, user: User) -> str:
        """The chapter whose name stands beside the check; empty for national staff."""


fact_checkers: Registry[Checkers] = Registry()


def who_counts(user: User) -> Checkers | None:
    """The room in whose name this person may check; None where they may not."""
    return next((room for room in fact_checkers if room.may_check(user)), None)
