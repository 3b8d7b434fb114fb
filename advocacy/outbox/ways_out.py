"""Ways to give up a duty, offered by the apps that know duties: each gives label and address for a person."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from advocacy.accounts.models import User
from advocacy.kernel.registry import Registry


class WayOut(NamedTuple):
    label: str
    url: str


ways_out: Registry[Callable[[User], Iterable[WayOut]]] = Registry()


def ways_out_of(user: User) -> list[WayOut]:
    return [way for offer in ways_out for way in offer(user)]
