"""Mail by real processes: gunicorn, a Celery worker, schedulers, Redis, a mail server (RELIABILITY.md §5)."""

import os
import signal
import sys
import time
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.outbox.models import FINAL, MessageState, OutboundMessage
from campaigns.models import Occurrence
from tests.campaigns.reminding import promised
from tests.cast import NOW, furnish
from tests.faults.conftest import WORKER, House, Visitor
from tests.house.processes import eventually, running
from tests.outbox.posting import posted

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
SETTLED = [*FINAL, MessageState.UNCERTAIN]


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in OutboundMessage.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def all_settled() -> bool:
    return not OutboundMessage.objects.exclude(state__in=SETTLED).exists()


def queue(count: int) -> None:
    for number in range(count):
        posted(f"person{number}@d{number % 9}.example", now=timezone.now())


def children_of(process: "Popen[bytes]") -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def say(capsys: Any, words: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{words}\n")


def ask_for_a_new_password(web: Visitor, address: str) -> Any:
    assert web.get("/account/password/reset/").status == 200
    return web.post("/account/password/reset/", email=address)


def test_what_the_web_process_posts_is_sent_over_redis_and_by_the_sweep_when_redis_is_away(
    armed: House, web: Visitor, worker: Any, capsys: Any
):
    """Rows 6, 7 and 8: whoever submits sees success at once, whatever has become of the broker."""
    for name in ("dana", "luis", "noor"):
        User.objects.create_user(f"{name}@example.org", full_name=name.title())

    first = ask_for_a_new_password(web, "dana@example.org")
    assert eventually(lambda: armed.relay.recipients == ["dana@example.org"]), states()

    armed.to_redis.is_swallowing = True
    swallowed = ask_for_a_new_password(web, "luis@example.org")
    armed.redis.stop()
    armed.to_redis.hang_up()
    armed.to_redis.is_swallowing = False
    away = ask_for_a_new_password(web, "noor@example.org")
    pages = [web.get("/account/login/").status for _ in range(5)]
    waiting = states()

    armed.redis.start()
    back = time.monotonic()
    with running(
        "-m",
        "celery",
        "--app=advocacy",
        "beat",
        f"--schedule={armed.folder}/beat-1",
        env=armed.worker_env() | {"REHEARSAL_TICK_SECONDS": "1"},
        log=armed.folder / "beat.log",
    ):
        assert eventually(all_settled, within=60), (
            states(),
            (armed.folder / "worker.log").read_text()[-3000:],
        )
    seconds = time.monotonic() - back

    say(
        capsys,
        f"Redis silent: answered in {swallowed.seconds:.2f} s; away: {away.seconds:.2f} s; "
        f"back: mail went after {seconds:.1f} s",
    )
    assert [answer.status for answer in (first, swallowed, away)] == [302] * 3
    assert pages == [200] * 5
    assert waiting == {"sent": 1, "pending": 2}
    assert swallowed.seconds < 2
    assert away.seconds < 1.5
    assert seconds < 60
    assert sorted(armed.relay.recipients) == [f"{name}@example.org" for name in ("dana", "luis", "noor")]


def test_a_bell_that_rings_ten_times_at_once_sends_once(armed: House, worker: Any):
    armed.relay.seconds_to_answer = 0.01
    queue(60)

    armed.ring("deliver", times=10)

    assert eventually(all_settled), states()
    assert states() == {"sent": 60}
    assert set(armed.relay.copies.values()) == {1}


def test_an_emptied_redis_loses_bells_and_no_mail(armed: House, worker: Any):
    queue(20)
    for pid in children_of(worker):
        os.kill(pid, signal.SIGSTOP)
    armed.ring("deliver", times=5)

    armed.redis.flush()
    for pid in children_of(worker):
        os.kill(pid, signal.SIGCONT)
    armed.ring("sweep")

    assert eventually(all_settled), states()
    assert (states(), set(armed.relay.copies.values())) == ({"sent": 20}, {1})


def test_a_worker_that_loses_redis_with_bells_in_hand_goes_on(armed: House, worker: Any):
    """Row 7. Nothing is put back over a connection that is gone: kombu ends the worker over it."""
    armed.relay.seconds_to_answer = 0.05
    queue(100)
    armed.ring("deliver", times=4)
    assert eventually(lambda: len(armed.relay.arrived) > 10), states()

    assert armed.redis.kept("unacked*") == []
    armed.redis.stop()
    armed.redis.start()
    assert eventually(all_settled), states()
    posted("afterwards@example.org", now=timezone.now())
    armed.ring("deliver")

    assert eventually(all_settled), states()
    assert (states(), worker.poll()) == ({"sent": 101}, None)


def test_killing_the_processes_of_the_pool_loses_the_bell_and_no_mail(armed: House, worker: Any, capsys: Any):
    """Rows 1 and 2: as when memory is short. The broker forgets the task; the lease finds the messages."""
    armed.relay.seconds_to_answer = 0.05
    queue(100)
    armed.ring("deliver", times=2)
    assert eventually(lambda: len(armed.relay.arrived) > 10), states()

    for pid in children_of(worker):
        os.kill(pid, signal.SIGKILL)
    killed, began = states(), time.monotonic()
    while not all_settled() and time.monotonic() - began < 60:
        armed.ring("sweep")
        time.sleep(0.5)
    seconds = time.monotonic() - began

    say(capsys, f"pool killed with {killed}: settled after {seconds:.1f} s as {states()}")
    assert states().keys() <= {"sent", "uncertain"}
    assert states().get("uncertain", 0) <= 2 * 4
    assert set(armed.relay.copies.values()) == {1}
    assert set(OutboundMessage.objects.filter(state="sent").values_list("message_id", flat=True)) <= set(
        armed.relay.arrived
    )


def test_a_scheduler_beside_another_reminds_once(armed: House, tmp_path: Path):
    """Row 10, and the whole way of a reminder: two real schedulers, one of them restarted, and a worker."""
    with time_machine.travel(NOW, tick=False):
        dana = furnish().dana
        promised(dana, due_on=date(2027, 2, 12))
    morning = datetime(2027, 2, 11, 15, tzinfo=UTC).isoformat()
    # A queue of their own: the worker of the other tests lives in another year.
    env = armed.worker_env() | {"REHEARSAL_TICK_SECONDS": "1", "REDIS_URL": armed.redis.queue(1)}
    at = ["-m", "tests.house.at", morning]

    def scheduler(name: str) -> Any:
        beat = ["celery", "--app=advocacy", "beat", f"--schedule={tmp_path / name}"]
        return running(*at, *beat, env=env, log=tmp_path / f"{name}.log")

    log = tmp_path / "worker.log"
    with ExitStack() as stack:
        stack.enter_context(running(*at, *WORKER, env=env, log=log))
        assert eventually(lambda: " ready." in log.read_text(), within=60), log.read_text()[-3000:]
        stack.enter_context(scheduler("one"))
        with scheduler("two"):
            assert eventually(lambda: armed.relay.arrived != [], within=60), (
                list(Occurrence.objects.values_list("state", "reason", "due_at")),
                list(OutboundMessage.objects.values_list("state", "last_text", "not_before", "recipient")),
                [line for line in log.read_text().splitlines() if "plan_reminders" in line][-20:],
            )
        ticks = log.read_text().count("plan_reminders")
        stack.enter_context(scheduler("three"))
        assert eventually(lambda: log.read_text().count("plan_reminders") > ticks + 8, within=60)

    assert armed.relay.recipients == [dana.email]
    assert [row.state for row in Occurrence.objects.all()] == ["mailed"]
    assert OutboundMessage.objects.get().state == "sent"


def test_a_worker_told_to_stop_finishes_what_it_has_in_hand(armed: House, worker: Any, capsys: Any):
    """Row 3. The last test: the worker is gone after it."""
    armed.relay.seconds_to_answer = 0.05
    queue(1500)
    armed.ring("deliver", times=2)
    assert eventually(lambda: len(armed.relay.arrived) > 10), states()

    began = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    status = worker.wait(30)
    seconds = time.monotonic() - began

    say(capsys, f"told to stop: ended after {seconds:.1f} s with {states()}")
    assert status == 0
    assert states().keys() == {"sent", "pending"}
    assert states()["sent"] == len(armed.relay.arrived)
    assert set(armed.relay.copies.values()) == {1}
