"""The other processes of a production installation, and whether their health checks tell the truth."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.processes import BASE, database_url, eventually, free_port, manage, production, running

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    settings = production(tmp_path, database_url=database_url(), redis_url=os.environ["TEST_REDIS_URL"])
    return settings | {"PORT": str(free_port())}


def is_healthy(script: str, *arguments: str, env: dict[str, str]) -> bool:
    command = [sys.executable, f"deploy/{script}", *arguments]
    return subprocess.run(command, cwd=BASE, env=env, capture_output=True, timeout=20).returncode == 0


def test_gunicorn_serves_the_portal_and_its_health_check_notices_when_it_does_not(
    tmp_path: Path, env: dict[str, str]
):
    log = tmp_path / "web.log"
    collected = manage("collectstatic", "--noinput", "--verbosity=0", env=env)
    assert collected.returncode == 0, collected.stderr
    command = ["-m", "gunicorn", "advocacy.wsgi:application", "--config", "deploy/gunicorn.conf.py"]

    with running(*command, env=env, log=log) as web:
        assert eventually(lambda: is_healthy("answers.py", env=env), within=60), log.read_text()

        stranger = env | {"ALLOWED_HOSTS": "somewhere-else.example.org"}
        assert not is_healthy("answers.py", env=stranger)

        web.send_signal(signal.SIGTERM)
        assert web.wait(40) == 0
    assert not is_healthy("answers.py", env=env)


def test_the_scheduler_writes_its_schedule_and_its_health_check_notices_when_it_stops(
    tmp_path: Path, env: dict[str, str]
):
    log, schedule = tmp_path / "beat.log", tmp_path / "clock" / "schedule"
    schedule.parent.mkdir()
    assert not is_healthy("ticks.py", str(schedule), env=env)
    command = ["-m", "celery", "--app=advocacy", "beat", "--schedule", str(schedule)]

    with running(*command, env=env, log=log) as beat:
        assert eventually(lambda: is_healthy("ticks.py", str(schedule), env=env)), log.read_text()
        beat.send_signal(signal.SIGTERM)
        assert beat.wait(20) == 0

    for file in schedule.parent.iterdir():
        os.utime(file, (time.time() - 3600,) * 2)
    assert not is_healthy("ticks.py", str(schedule), env=env)
