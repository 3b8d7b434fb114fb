"""Forgetting a person wherever the portal knows them by their address (RELIABILITY.md §11), in one act.

Each app says in its `erasing.py` what it keeps of people beside their account, and how that loses the person: rows stay
where something is counted by them. The account itself is closed by staff.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.kernel.folding import fold
from advocacy.kernel.registry import Registry
from advocacy.outbox.actions import erasure
from members.access import reach_of


class MayNotForget(PermissionError):
    """Only staff forget somebody else everywhere; whoever runs a day forgets a registration."""


class Person(NamedTuple):
    """Whom to forget. `names` are those that stand beside the address, folded.

    A name proves nothing: only staff, who see what they do, reach what is kept by the name alone. Where the person asks
    by the link in a mail, there are none.
    """

    address: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Keeper:
    """What one app keeps of people: under which names, how much, in words, and how it is forgotten."""

    names: Callable[[str], Iterable[str]]
    count: Callable[[Person], int]
    words: Callable[[int], str]
    erase: Callable[[Person, User | None, datetime], None]


keepers: Registry[Keeper] = Registry()


def kept_of(address: str, *, by: User | None) -> list[str]:
    """What would be forgotten, each kind with its number, to be said before it is confirmed."""
    person = _person(address, by)
    counts = [(keeper, keeper.count(person)) for keeper in keepers]
    return [keeper.words(count) for keeper, count in counts if count]


@transaction.atomic
def forget(address: str, *, by: User | None, now: datetime) -> bool:
    """`by` is None where the person asks by the link in a mail to this address. False where nothing is kept.

    Raises MayNotForget.
    """
    if by is not None and not reach_of(by).is_staff:
        raise MayNotForget
    person = _person(address, by)
    holding = [keeper for keeper in keepers if keeper.count(person)]
    for keeper in holding:
        keeper.erase(person, by, now)
    if not User.objects.filter(email__iexact=address).exists():
        erasure.forget_address(person.address, instead=f"nobody@{erasure.NOBODYS_DOMAIN}", now=now)
    return bool(holding)


def _person(address: str, by: User | None) -> Person:
    if by is None:
        return Person(address.lower())
    names = {fold(name) for keeper in keepers for name in keeper.names(address)}
    return Person(address.lower(), frozenset(names - {""}))
