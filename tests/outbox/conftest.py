"""An installation that is armed, and a relay that can be told to misbehave."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from advocacy.outbox import arming
from tests.outbox.relay import Relay, listening


@pytest.fixture
def relay(settings: Any, tmp_path: Path, db: None) -> Iterator[Relay]:
    """The portal sends through this relay, and is armed to do so."""
    with listening(Relay()) as relay:
        settings.MAIL_TRANSPORT, settings.MAIL_CONNECTIONS = "smtp", 2
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.VAR_DIR = tmp_path
        arming.arm(by=None, now=timezone.now())
        yield relay
