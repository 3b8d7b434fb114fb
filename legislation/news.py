"""What changed on the record is told upwards: rooms above register who wants to hear that there is news.

A listener is a bell and nothing more. It may be lost: the ledger of changes is what counts.
"""

from collections.abc import Callable

from django.db import connection, transaction

from advocacy.kernel.registry import Registry

listeners: Registry[Callable[[], None]] = Registry()


def ring() -> None:
    for listener in listeners:
        listener()


def ring_after_commit() -> None:
    """One bell for all that is noted in a transaction."""
    if not any(ring in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(ring, robust=True)
