"""A publisher for each test, and no file of one test left for the next."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.legislation.live.publishers import Publisher, publishing


@pytest.fixture(scope="session")
def _server() -> Iterator[Publisher]:
    with publishing() as publisher:
        yield publisher


@pytest.fixture
def publisher(_server: Publisher, settings: Any, tmp_path: Path) -> Publisher:
    _server.answer = Publisher().answer
    _server.trouble, _server.asked = [], []
    settings.VAR_DIR = tmp_path
    for name in ("OPENSTATES", "LEGISCAN", "CONGRESS_GOV", "GOVINFO", "SENATE", "LEGISINFO"):
        setattr(settings, f"{name}_URL", _server.url)
    for name in ("OPENSTATES", "LEGISCAN", "CONGRESS_GOV"):
        setattr(settings, f"{name}_API_KEY", "k3y")
    return _server
