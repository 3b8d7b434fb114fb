"""Whatever the broker does, a task that comes twice, or beside itself, leaves what it leaves when it comes once."""

import os
import re
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

from advocacy.outbox import arming
from tests.cast import NOW
from tests.chaos.due_work import TASKS, Task
from tests.outbox.relay import Relay, listening

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
OURS = ("advocacy.", "campaigns.", "legislation.", "members.")
# What is chance, or who came first: numbers, tokens, waits.
BY_CHANCE = {
    "message_id",
    "not_before",
    "next_run_at",
    "lease_owner",
    "epoch",
    "milliseconds",
    "password",
    "carrier",
    "fence",
}
# Days that are the whole effect of a task: they are compared as they are.
DAYS = {"last_action_on"}
_TOKEN, _NUMBER = re.compile(r"[\w:+=-]{24,}"), re.compile(r"\d+")


@pytest.fixture
def relay(settings: Any, tmp_path: Path) -> Iterator[Relay]:
    with listening(Relay()) as relay:
        settings.MAIL_TRANSPORT, settings.MAIL_CONNECTIONS = "smtp", 2
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
        settings.VAR_DIR = tmp_path
        settings.MAIL_REPORTS_URL = f"maildir:{tmp_path}/bounces"
        yield relay


def database() -> dict[str, Counter[str]]:
    """Every row of every table of ours, without what is chance."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith(OURS):
            continue
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not (field.primary_key or field.is_relation or field.name in BY_CHANCE)
        ]
        rows = model._base_manager.values(*names)
        found[model._meta.label] = Counter(_without_chance(row) for row in rows)
    return {label: rows for label, rows in found.items() if rows}


def _without_chance(row: dict[str, Any]) -> str:
    days = [str(row.pop(name)) for name in DAYS & row.keys()]
    return " ".join([_NUMBER.sub("#", _TOKEN.sub("~", str(tuple(row.values())))), *days])


def differences(one: dict[str, Counter[str]], other: dict[str, Counter[str]]) -> dict[str, Any]:
    """By table, the rows that only one of them has."""
    found = {}
    for label in one.keys() | other.keys():
        mine, theirs = one.get(label, Counter()), other.get(label, Counter())
        if mine != theirs:
            found[label] = {"only there": list(mine - theirs), "only here": list(theirs - mine)}
    return found


def sink(relay: Relay, folder: Path) -> tuple[list[str], int, str]:
    """Who got mail, how many copies there were at most, and what the job wrote."""
    numbers = folder / "numbers"
    copies = max(relay.copies.values(), default=0)
    return sorted(relay.recipients), copies, numbers.read_text() if numbers.exists() else ""


def start_afresh(relay: Relay, folder: Path) -> None:
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    relay.arrived.clear()
    relay.recipients.clear()
    for name in ("numbers", "bounces"):
        if (folder / name).exists():
            (folder / name).rename(folder / f"{name}-once")
    with time_machine.travel(NOW, tick=False):
        arming.arm(by=None, now=NOW)


def prepared(task: Task, folder: Path) -> list[Any]:
    with time_machine.travel(NOW, tick=False):
        return task.prepare(folder)


def ring(name: str, arguments: list[Any], *, at: Any, times: int) -> None:
    with time_machine.travel(at, tick=False):
        for _ in range(times):
            current_app.tasks[name](*arguments)


def ring_beside(name: str, arguments: list[Any], *, at: Any, log: Path) -> list[int]:
    """Three processes at once, each of which is rung for twice; how they ended."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    begin, wait = os.pipe()[::-1]
    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            os.close(begin)
            status = 1
            try:
                os.read(wait, 1)
                ring(name, arguments, at=at, times=2)
                connections.close_all()
                status = 0
            except BaseException:
                with log.open("a") as file:
                    traceback.print_exc(file=file)
            finally:
                os._exit(status)
        children.append(child)
    os.close(wait)
    os.close(begin)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def test_every_task_has_its_work():
    current_app.loader.import_default_modules()

    assert {name for name in current_app.tasks if name.startswith(OURS)} == TASKS.keys()


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_that_comes_again_or_beside_itself_changes_nothing_more(
    name: str, relay: Relay, tmp_path: Path
):
    current_app.loader.import_default_modules()
    task, log = TASKS[name], tmp_path / "log"
    start_afresh(relay, tmp_path)
    arguments = prepared(task, tmp_path)
    before = database()
    ring(name, arguments, at=task.at, times=1)
    once, sent_once = database(), sink(relay, tmp_path)

    ring(name, arguments, at=task.at, times=1)
    twice, sent_twice = database(), sink(relay, tmp_path)

    start_afresh(relay, tmp_path)
    arguments = prepared(task, tmp_path)
    ended = ring_beside(name, arguments, at=task.at, log=log)
    beside, sent_beside = database(), sink(relay, tmp_path)

    assert once != before, "there was nothing to do"
    assert (differences(once, twice), sent_twice) == ({}, sent_once)
    assert ended == [0, 0, 0], log.read_text()
    assert (differences(once, beside), sent_beside) == ({}, sent_once)
    assert sent_once[1] <= 1
