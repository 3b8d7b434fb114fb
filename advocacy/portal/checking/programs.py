"""Starting the programs that check: each in a process and an environment of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# What settings.py reads. A check must not depend on, or touch, the installation it was started from.
SETTINGS_VARIABLES = {
    "ALLOWED_HOSTS",
    "DATABASE_POOL",
    "DATABASE_URL",
    "DEFAULT_FROM_EMAIL",
    "DEMO_SIGN_IN",
    "DJANGO_SETTINGS_MODULE",
    "EMAIL_URL",
    "LOG_LEVEL",
    "PORTAL_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SSL_REDIRECT",
    "TRUSTED_PROXIES",
    "VAR_DIR",
}


@dataclass(frozen=True)
class Ended:
    status: int
    output: str
    seconds: float


def plain_environment(var_dir: Path, **variables: str) -> dict[str, str]:
    """The present environment with none of the portal's settings but the given ones, and its own `var`."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS_VARIABLES}
    return kept | {"VAR_DIR": str(var_dir)} | variables


def module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def beside_python(name: str) -> str:
    """A program that a package of the development set brought along."""
    return str(Path(sys.executable).parent / name)


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str], shown: bool = False) -> Ended:
    """Run to the end. The output is kept for later, or `shown` as it comes."""
    began = time.monotonic()
    # The commands are our own, from this package; nothing a user typed but arguments for pytest.
    ended = subprocess.run(  # noqa: S603
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
        text=True,
    )
    return Ended(ended.returncode, ended.stdout or "", time.monotonic() - began)
