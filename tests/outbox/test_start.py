"""What must be right before an installation of several processes starts."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import checks

from advocacy.outbox.checks import salt_hides_addresses
from tests.house.processes import environment, manage

SECRET = "only-for-this-test-" * 3


@pytest.mark.parametrize(
    ("salt", "is_refused"),
    [
        ("", True),
        ("short", True),
        ("a" * 40, True),
        (SECRET, True),
        ("grains-of-sea-salt", False),
    ],
)
def test_several_processes_need_a_salt_that_nobody_guesses(settings, salt: str, is_refused: bool):
    settings.EMBEDDED, settings.SUPPRESSION_SALT, settings.SECRET_KEY = False, salt, SECRET

    assert [problem.id for problem in salt_hides_addresses()] == (["outbox.E001"] if is_refused else [])


def test_the_embedded_portal_needs_none():
    assert settings.EMBEDDED
    assert not [problem for problem in checks.run_checks() if problem.id == "outbox.E001"]


@pytest.mark.apart
def test_without_it_an_installation_does_not_even_migrate(tmp_path: Path):
    env = environment(tmp_path, REDIS_URL="redis://127.0.0.1:1/0", SECRET_KEY=SECRET, SUPPRESSION_SALT="")

    run = manage("migrate", "--plan", env=env)

    assert run.returncode == 1
    assert "outbox.E001" in run.stderr
