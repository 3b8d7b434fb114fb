"""The kinds of mail that tests send, in the processes they start too."""

from tests.outbox import posting

__all__ = ["posting"]
