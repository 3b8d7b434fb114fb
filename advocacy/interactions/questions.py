"""What a change of holder asks about our ties: keep them for whoever sits there now, for the person, or close them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from advocacy.accounts.models import User
from advocacy.interactions.models import KeyContact
from legislation.models import Official
from legislation.succession import successors
from legislation.titles import called


@dataclass(frozen=True)
class Question:
    """A tie made for a seat whose holder has left it.

    `successor`: who sits there now in their place; None while nobody does, or where it cannot be told who came after.
    """

    tie: KeyContact
    successor: Official | None
    # The successor as one speaks of them: Sen. Holt.
    name: str
    may_answer: bool

    @property
    def successor_id(self) -> int | None:
        return self.successor.pk if self.successor else None


def questions_about(asking: Sequence[KeyContact], *, user: User, today: date) -> list[Question]:
    """One for each of these ties that ask; three queries at most, and none where nothing asks."""
    if not asking:
        return []
    decidable = KeyContact.objects.decidable_by(user).filter(pk__in=[tie.pk for tie in asking])
    may_answer = set(decidable.values_list("pk", flat=True))
    came_after = successors([(tie.official_id, tie.seat_id or 0) for tie in asking], today)
    # The seats that give a title are fetched for all at once.
    named = Official.objects.with_seats().in_bulk([one.pk for one in came_after.values()])
    found = []
    for tie in asking:
        after = came_after.get((tie.official_id, tie.seat_id or 0))
        successor = named[after.pk] if after else None
        name = called(successor, today, get_language()) if successor else ""
        found.append(Question(tie, successor, name, tie.pk in may_answer))
    return found
