"""What points at an official who has left, asked of higher rooms without this room knowing them.

An app registers one entry per kind of thing in its `leavers.py`, found at start-up as `panels.py` is.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db import models

from advocacy.accounts.models import User
from advocacy.kernel.registry import Registry


@dataclass(frozen=True)
class Pointer:
    """One row of a higher room that is addressed to somebody who left."""

    official_id: int
    model: str
    pk: int
    label: str


class PointsAtLeaver(Protocol):
    """One kind of thing that can point at an official: an open follow-up, a key contact."""

    def of(self, official_ids: list[int], day: date) -> list[Pointer]:
        """What points at these officials and still matters on `day`."""

    def decidable_by(self, user: Any, day: date) -> models.QuerySet[Any]:
        """The rows that still matter and whose fate this person may decide."""

    def seat_of(self, pk: int) -> int | None:
        """The seat it was meant for, where it remembers one."""

    def keep_for_person(self, pk: int, *, by: User, on: date) -> None:
        """It stays with whoever left, in whatever office they hold now."""

    def give_to_successor(self, pk: int, *, successor_id: int, by: User, on: date) -> bool:
        """Point it at whoever sits there now. False where it is over already."""

    def close(self, pk: int, *, by: User, on: date, reason: str) -> bool:
        """Bring it to its end, saying why. False where it is over already."""


points_at_leaver: Registry[PointsAtLeaver] = Registry()
