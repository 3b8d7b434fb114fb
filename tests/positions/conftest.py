"""Alerts leave by a real relay."""

from tests.outbox.conftest import relay

__all__ = ["relay"]
