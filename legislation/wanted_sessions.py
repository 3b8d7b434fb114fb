"""Which sessions somebody follows, asked of higher rooms: this one knows measures, and not who tracks them.

An app registers functions in its `wanted_sessions.py`: given a day, the keys of the sessions that matter to its
people then. Feeds ask publishers for those, and for what staff chose besides.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db.models import Q

from advocacy.kernel.registry import Registry
from legislation.models import LegislativeSession

wanted_sessions: Registry[Callable[[date], Iterable[int]]] = Registry()
# Long enough for the last signatures, corrections and printed acts.
_AFTER_THE_END = timedelta(days=180)


def followed_on(day: date) -> set[int]:
    """Sessions that somebody follows, as long as anything can still happen in them."""
    keys = {key for of_an_app in wanted_sessions for key in of_an_app(day)}
    alive = Q(ends_on=None) | Q(ends_on__gt=day - _AFTER_THE_END)
    return set(LegislativeSession.objects.filter(alive, pk__in=keys).values_list("pk", flat=True))
