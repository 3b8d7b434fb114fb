"""The rehearsal rules say nothing unless a test tells them to, and no public page is kept from one test to the next."""

from collections.abc import Iterator

import pytest

from campaigns.views import act
from tests.campaigns.reminding import Script, script
from tests.outbox.conftest import relay

__all__ = ["relay"]


@pytest.fixture(autouse=True)
def rehearsal() -> Iterator[Script]:
    yield script
    for part in (script.owed, script.urgent, script.silent):
        part.clear()


@pytest.fixture(autouse=True)
def no_page_kept() -> None:
    act.pages.clear()
