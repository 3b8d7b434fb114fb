"""Long work as rows: asked for once, done once, found again when lost, stopped when somebody says so."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.jobs import tasks
from advocacy.jobs.actions import jobs
from advocacy.jobs.kinds import job as kind
from advocacy.jobs.kinds import kinds
from advocacy.jobs.models import Job, State
from advocacy.jobs.progress import Progress, process_is_ending

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana() -> User:
    return User.objects.create_user("dana@example.org", full_name="Dana Whitfield")


def a_job(**fields: Any) -> Job:
    return Job.objects.create(
        **{"kind": "rehearsal.count", "arguments": {"to": 3}, "queued_at": NOON} | fields
    )


def running(**fields: Any) -> dict[str, Any]:
    return {"state": State.RUNNING, "started_at": NOON, "heartbeat_at": NOON, "attempts": 1} | fields


def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The jobs the broker is told about, instead of a broker."""
    bells: list[int] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args, **_: bells.append(args[0]))
    return bells


def test_a_job_runs_and_keeps_its_progress_and_result(dana: User):
    job = jobs.enqueue("rehearsal.count", by=dana, to=4)

    tasks.run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (State.DONE, {"counted": 4}, 1)
    assert (job.progress_done, job.progress_total, job.percent, job.message) == (4, 4, 100, "at 4")
    assert job.is_finished


def test_a_bell_that_rings_twice_does_the_work_once(dana: User, tmp_path):
    job = jobs.enqueue("rehearsal.count", by=dana, to=2, into=str(tmp_path / "numbers"))

    tasks.run_job(job.pk)
    tasks.run_job(job.pk)

    assert (tmp_path / "numbers").read_text() == "1\n2\n"
    assert Job.objects.get().attempts == 1


def test_the_bell_rings_only_after_the_commit(dana, monkeypatch, django_capture_on_commit_callbacks):
    bells = rung(monkeypatch)

    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("rehearsal.count", by=dana, to=1)
        assert bells == []

    assert bells == [job.pk]


def test_a_dead_broker_costs_neither_the_job_nor_the_persons_time(
    dana, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    # Port 1 refuses; the options are those of a production installation.
    nobody_there = Celery("nobody-there", broker="redis://127.0.0.1:1/0", set_as_current=False)
    nobody_there.conf.broker_transport_options = settings.REDIS_TRANSPORT_OPTIONS
    monkeypatch.setattr("advocacy.jobs.bell.current_app", nobody_there)
    began = time.monotonic()

    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("rehearsal.count", by=dana, to=1)

    assert list(Job.objects.queued()) == [job]
    assert f"job {job.pk} waits for the next sweep" in caplog.text
    assert time.monotonic() - began < 1.5


def test_an_unknown_kind_is_refused_when_it_is_asked_for(dana: User):
    with pytest.raises(jobs.UnknownKind):
        jobs.enqueue("nobody.offers.this", by=dana)

    assert not Job.objects.exists()


def test_work_that_fails_says_what_went_wrong(caplog: pytest.LogCaptureFixture):
    job = a_job(kind="rehearsal.fail", arguments={})

    tasks.run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "ValueError: The third column is missing.")
    assert "failed" in caplog.text


def test_a_waiting_job_is_cancelled_at_once():
    job = a_job()

    assert jobs.cancel(job, at=NOON)

    tasks.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.finished_at, job.attempts) == (State.CANCELLED, NOON, 0)


def test_a_running_job_stops_after_its_present_chunk(tmp_path):
    @kind("rehearsal.cancelled-by-somebody")
    def work(progress: Progress) -> None:
        progress.step(1, of=3)
        assert jobs.cancel(Job.objects.get(), at=NOON)
        progress.step(2, of=3)
        raise AssertionError("This chunk must not begin.")

    job = a_job(kind="rehearsal.cancelled-by-somebody", arguments={})

    tasks.run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.progress_done, job.cancel_requested_at) == (State.CANCELLED, 2, NOON)


def test_a_finished_job_cannot_be_cancelled():
    job = a_job(state=State.DONE, finished_at=NOON)

    assert not jobs.cancel(job, at=NOON)


def test_the_sweep_rings_again_for_a_job_nobody_picked_up(monkeypatch: pytest.MonkeyPatch):
    waiting = a_job(queued_at=NOON - timedelta(seconds=31))
    a_job(queued_at=NOON - timedelta(seconds=29))
    bells = rung(monkeypatch)

    jobs.sweep(now=NOON)

    assert bells == [waiting.pk]


def test_the_sweep_puts_the_job_of_a_silent_worker_back(monkeypatch: pytest.MonkeyPatch):
    silent = a_job(**running(heartbeat_at=NOON - timedelta(minutes=3)))
    alive = a_job(**running(heartbeat_at=NOON - timedelta(minutes=1)))
    bells = rung(monkeypatch)

    jobs.sweep(now=NOON)

    silent.refresh_from_db()
    alive.refresh_from_db()
    assert (silent.state, alive.state, bells) == (State.QUEUED, State.RUNNING, [])

    silent.queued_at = NOON - timedelta(minutes=5)
    silent.save()
    jobs.sweep(now=NOON)
    assert bells == [silent.pk]


def test_a_job_that_kills_its_worker_three_times_is_given_up():
    job = a_job(**running(heartbeat_at=NOON - timedelta(minutes=3), attempts=3))

    jobs.sweep(now=NOON)

    job.refresh_from_db()
    assert (job.state, job.finished_at) == (State.FAILED, NOON)
    assert job.error == "The worker stopped in the middle of this job 3 times."


def test_a_lost_job_that_was_to_be_cancelled_is_not_begun_again():
    job = a_job(**running(heartbeat_at=NOON - timedelta(minutes=3), cancel_requested_at=NOON))

    jobs.sweep(now=NOON)

    job.refresh_from_db()
    assert (job.state, job.finished_at) == (State.CANCELLED, NOON)


def test_a_worker_that_was_given_up_too_early_notices_and_stops():
    @kind("rehearsal.overtaken")
    def work(progress: Progress) -> None:
        Job.objects.update(attempts=2)  # a sweep put it back and another worker took it
        progress.step(1)
        raise AssertionError("This worker must not go on.")

    job = a_job(kind="rehearsal.overtaken", arguments={})

    tasks.run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.progress_done) == (State.RUNNING, 2, 0)


def test_when_the_process_ends_its_job_goes_back_and_is_done_by_the_next(monkeypatch: pytest.MonkeyPatch):
    job = a_job()

    process_is_ending.set()
    try:
        tasks.run_job(job.pk)
    finally:
        process_is_ending.clear()

    job.refresh_from_db()
    assert (job.state, job.attempts, job.heartbeat_at) == (State.QUEUED, 0, None)

    bells = rung(monkeypatch)
    jobs.take_over(now=NOON)
    assert bells == [job.pk]
    tasks.run_job(job.pk)
    assert Job.objects.get().state == State.DONE


def test_the_only_process_takes_over_what_its_killed_predecessor_had_in_hand(monkeypatch: pytest.MonkeyPatch):
    job = a_job(**running(heartbeat_at=timezone.now()))
    bells = rung(monkeypatch)

    jobs.take_over(now=timezone.now())

    assert bells == [job.pk]
    assert Job.objects.get().state == State.QUEUED


def test_people_see_their_own_jobs_and_staff_see_all(dana: User):
    luis = User.objects.create_user("luis@example.org", full_name="Luis Ortega")
    hana = User.objects.create_superuser("hana@example.org", full_name="Hana Sato")
    danas, clocks = a_job(created_by=dana), a_job()

    assert list(Job.objects.visible_to(dana)) == [danas]
    assert list(Job.objects.visible_to(luis)) == []
    assert set(Job.objects.visible_to(hana)) == {danas, clocks}
    assert list(Job.objects.visible_to(AnonymousUser())) == []


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("jobs_job_running_and_heartbeat_go_together", {"state": State.RUNNING}),
        ("jobs_job_running_and_heartbeat_go_together", {"heartbeat_at": NOON}),
        ("jobs_job_finished_at_is_set_when_it_is_over", {"state": State.DONE}),
        ("jobs_job_finished_at_is_set_when_it_is_over", {"finished_at": NOON}),
        ("jobs_job_failed_and_error_go_together", {"state": State.FAILED, "finished_at": NOON}),
        ("jobs_job_failed_and_error_go_together", {"error": "Something."}),
        ("jobs_job_done_is_within_total", {"progress_done": 4, "progress_total": 3}),
    ],
)
def test_rows_that_contradict_themselves_are_refused(constraint: str, fields: dict[str, Any]):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        a_job(**fields)


@pytest.fixture(autouse=True)
def kinds_of_this_test_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kinds, "_entries", dict(kinds._entries))
