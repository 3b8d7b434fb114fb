"""The rehearsal rules say nothing unless a test tells them to."""

from collections.abc import Iterator

import pytest

from tests.campaigns.reminding import Script, script
from tests.outbox.conftest import relay

__all__ = ["relay"]


@pytest.fixture(autouse=True)
def rehearsal() -> Iterator[Script]:
    yield script
    for part in (script.owed, script.urgent, script.silent):
        part.clear()
