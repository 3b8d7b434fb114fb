"""Starting the portal's own processes, watching them, and being sure that they end."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

BASE = Path(__file__).resolve().parents[2]
SETTINGS_VARIABLES = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "PORTAL_URL", "ALLOWED_HOSTS")


def environment(var_dir: Path, **variables: str) -> dict[str, str]:
    """None of the surrounding settings but these; with the rehearsal's kinds of work."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS_VARIABLES}
    chosen = {"VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "tests.house.settings"}
    return kept | chosen | variables


def production(var_dir: Path, *, database_url: str, redis_url: str) -> dict[str, str]:
    """The settings of an installation of several processes, as docker-compose.yml gives them."""
    return environment(
        var_dir,
        ALLOWED_HOSTS="portal.example.org",
        DATABASE_URL=database_url,
        PORTAL_URL="https://portal.example.org",
        REDIS_URL=redis_url,
        SECRET_KEY="only-for-this-test-" * 3,
        SUPPRESSION_SALT="grains-of-sea-salt",
    )


@contextmanager
def running(*arguments: str, env: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A Python process from the checkout, its output in `log`; killed at the end if it is still there."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=BASE, env=env, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def manage(*arguments: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=BASE, env=env, capture_output=True, text=True, timeout=120)


def database_url() -> str:
    """The test database, as another process names it."""
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(connection.settings_dict)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(happened: Callable[[], bool], *, within: float = 30.0) -> bool:
    """True as soon as it happened; False when the time is over."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.05)
    return happened()
