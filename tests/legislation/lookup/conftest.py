from collections.abc import Iterator

import pytest
import stamina

from tests.legislation.lookup.upstream import Upstream, serving


@pytest.fixture
def upstream(settings) -> Iterator[Upstream]:
    """Both geocoders switched on, and standing on this machine."""
    with serving() as server:
        settings.GEOCODER_US = settings.GEOCODER_CA = True
        settings.GEOCODER_US_URL = settings.GEOCODER_CA_URL = server.url
        yield server


@pytest.fixture(autouse=True)
def no_waiting_between_attempts() -> Iterator[None]:
    """As many attempts as in real life, without the pauses."""
    with stamina.set_testing(True, attempts=2):
        yield
