"""Who may still be read to from afar, asked of higher rooms: this one knows accounts, and no roles.

An app registers functions in its `feed_gates.py`; a feed answers only while every one of them lets its owner in.
"""

from collections.abc import Callable

from advocacy.accounts.models import User
from advocacy.kernel.registry import Registry

feed_gates: Registry[Callable[[User], bool]] = Registry()


def are_open_to(owner: User) -> bool:
    return all(lets_in(owner) for lets_in in feed_gates)
