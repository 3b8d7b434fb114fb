"""How reminders of measures say why somebody is told."""

from collections.abc import Iterable

from advocacy.accounts.models import User
from legislation import feed_health
from legislation.models import Source


def why(reasons: Iterable[str], sources: Iterable[Source | None], person: User) -> str:
    """Why this reader is told and, of what a feed told us, when that feed was last good."""
    return " ".join([*dict.fromkeys(reasons), *feed_health.known_from(sources, person.time_zone)])
