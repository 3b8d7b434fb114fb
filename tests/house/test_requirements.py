"""Whoever only uses the portal has what it needs: tools for its makers are not part of it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.apart
BASE = Path(__file__).resolve().parents[2]


def test_the_portal_needs_nothing_but_its_requirements():
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.without_tools"],
        cwd=BASE,
        env={"DJANGO_SETTINGS_MODULE": "advocacy.settings", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.stdout == "All of it is there.\n", done.stderr[-2000:]
