"""Exports belong to the security log: who took what out of the portal."""

from advocacy.accounts.models import User
from advocacy.audit import trail


def note(by: User, what: str, filters: list[str]) -> None:
    """`what` left the portal in a file for this person, narrowed by these filters."""
    trail.record(by=by, verb="exported", of=by, changes={"what": [None, what], "filters": [None, filters]})
