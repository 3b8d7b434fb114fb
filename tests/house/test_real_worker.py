"""A Celery worker process over a real Redis, with a real PostgreSQL below: long work as in production."""

import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.utils import timezone

from advocacy.jobs.actions import jobs
from advocacy.jobs.models import Job, State
from advocacy.jobs.progress import process_is_ending
from tests.house.processes import database_url, eventually, production, running

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def redis_url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The given Redis; this process, embedded as it is, rings there too."""
    url = os.environ["TEST_REDIS_URL"]
    with Celery("rings-at-redis", broker=url, set_as_current=False) as app:
        app.conf.broker_transport_options = settings.REDIS_TRANSPORT_OPTIONS
        monkeypatch.setattr("advocacy.jobs.bell.current_app", app)
        yield url
        app.control.purge()


class Worker:
    def __init__(self, folder: Path, redis_url: str) -> None:
        self.log = folder / "worker.log"
        self._env = production(folder, database_url=database_url(), redis_url=redis_url)

    def running(self) -> AbstractContextManager["Popen[bytes]"]:
        command = ["-m", "celery", "--app=advocacy", "worker", "--concurrency=2", "--loglevel=INFO"]
        return running(*command, env=self._env, log=self.log)

    def is_ready(self) -> bool:
        return " ready." in self.log.read_text()


@pytest.fixture
def worker(tmp_path: Path, redis_url: str) -> Worker:
    return Worker(tmp_path, redis_url)


def enqueue(**arguments: Any) -> Job:
    return jobs.enqueue("rehearsal.count", by=None, **arguments)


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_a_worker_over_redis_does_the_job_end_to_end(worker: Worker):
    with worker.running() as process:
        assert eventually(worker.is_ready), worker.log.read_text()

        job = enqueue(to=5)

        assert eventually(lambda: state(job) == State.DONE), worker.log.read_text()
        assert (job.result, job.progress_done, job.attempts) == ({"counted": 5}, 5, 1)

        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_what_a_killed_worker_had_in_hand_is_found_and_done_by_the_next(worker: Worker, tmp_path: Path):
    numbers = tmp_path / "numbers"
    with worker.running() as process:
        job = enqueue(to=30, pause=0.1, into=str(numbers))
        assert eventually(numbers.exists), worker.log.read_text()
        kill_with_children(process)

    assert state(job) == State.RUNNING
    later = timezone.now() + timedelta(minutes=3)
    jobs.sweep(now=later)
    assert state(job) == State.QUEUED

    with worker.running():
        jobs.sweep(now=later)
        assert eventually(lambda: state(job) == State.DONE), worker.log.read_text()
    assert (job.attempts, job.result) == (2, {"counted": 30})


def test_a_job_running_in_another_process_can_be_cancelled(worker: Worker):
    with worker.running():
        job = enqueue(to=600, pause=0.1)
        assert eventually(lambda: state(job) == State.RUNNING), worker.log.read_text()

        assert jobs.cancel(job, at=timezone.now())

        assert eventually(lambda: state(job) == State.CANCELLED), worker.log.read_text()
    assert not process_is_ending.is_set()


def kill_with_children(process: "Popen[bytes]") -> None:
    """As the kernel does when memory runs out: nobody gets to tidy up."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in [process.pid, *map(int, children)]:
        os.kill(pid, signal.SIGKILL)
