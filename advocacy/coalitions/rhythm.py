"""Who is due for a touch: grasstops contacts with whom we are behind the rhythm we meant to keep."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from advocacy.accounts.models import User
from advocacy.coalitions.models import MEETINGS, Grasstops, Touch
from advocacy.coalitions.models.grasstops import GrasstopsQuerySet


class Rhythm(NamedTuple):
    """One contact: the newest touch and the newest meeting that the reader may know of, and how late the next is."""

    grasstops: Grasstops
    last_touch_on: date | None
    last_meeting_on: date | None
    days_late: int

    @property
    def is_due(self) -> bool:
        return self.days_late > 0


def rhythms(rows: Iterable[Grasstops], *, user: User, today: date) -> list[Rhythm]:
    """In the order of `rows`, from one look at the touches that `user` may read.

    What happened after a contact had been put on record counts; a touch still to come does not.
    """
    found = list(rows)
    touches = Touch.objects.visible_to(user).filter(
        grasstops__in=[row.pk for row in found], occurred_on__lte=today
    )
    newest: dict[int, date] = {}
    met: dict[int, date] = {}
    days = touches.order_by("occurred_on", "pk").values_list("grasstops", "occurred_on", "kind")
    for pk, day, kind in days:
        if pk is not None:
            newest[pk] = day
            if kind in MEETINGS:
                met[pk] = day
    return [_rhythm(row, newest.get(row.pk), met.get(row.pk), today) for row in found]


def _rhythm(row: Grasstops, last: date | None, met: date | None, today: date) -> Rhythm:
    late = 0 if row.ends_on and row.ends_on <= today else row.days_late(today, last, met)
    return Rhythm(row, last, met, late)


def due(rows: GrasstopsQuerySet, *, user: User, today: date) -> list[Rhythm]:
    """Those who are due, the longest overdue first."""
    current = rows.in_force(today).select_related("contact__organisation", "chapter").order_by("pk")
    late = [one for one in rhythms(current, user=user, today=today) if one.is_due]
    return sorted(late, key=lambda one: (-one.days_late, one.grasstops.pk))
