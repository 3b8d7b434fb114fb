"""A production installation of real processes: web server, worker, Redis, mail server, with wires that can be cut."""

import http.client
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from advocacy.outbox import arming
from tests.house.processes import database_url, eventually, free_port, manage, production, running
from tests.house.proxy import Wire, wire_to
from tests.house.servers import OwnRedis, own_redis
from tests.outbox.relay import Relay, listening

EPOCH = "5d1c2a7e-3a55-4f0f-9a53-3d0d2f1c0b11"


@dataclass
class House:
    """What all these processes share. `to_redis` and `to_database` are the web server's own wires."""

    folder: Path
    relay: Relay
    redis: OwnRedis
    to_redis: Wire
    to_database: Wire
    env: dict[str, str] = field(default_factory=dict)

    def ring(self, task: str, times: int = 1) -> None:
        with Celery("rings", broker=self.redis.url, set_as_current=False) as app:
            for _ in range(times):
                app.send_task(f"advocacy.outbox.tasks.{task}", ignore_result=True)

    def worker_env(self) -> dict[str, str]:
        return self.env | {"REDIS_URL": self.redis.url, "DATABASE_URL": database_url()}


def through(wire: Wire, url: str) -> str:
    """This address, by way of the wire."""
    return re.sub(r"@[^/]+/", f"@127.0.0.1:{wire.port}/", url)


@pytest.fixture(scope="session")
def house(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with ExitStack() as stack:
        relay = stack.enter_context(listening(Relay()))
        redis = stack.enter_context(own_redis(folder))
        to_redis = stack.enter_context(wire_to(redis.port))
        to_database = stack.enter_context(wire_to(int(connection.settings_dict["PORT"] or 5432)))
        house = House(folder, relay, redis, to_redis, to_database)
        house.env = production(
            folder,
            database_url=through(to_database, database_url()),
            redis_url=f"redis://127.0.0.1:{to_redis.port}/0",
        ) | {
            "EMAIL_URL": f"smtp://127.0.0.1:{relay.port}",
            "INSTALLATION_EPOCH": EPOCH,
            "MAIL_STEP_SECONDS": "0.05",
            "MAIL_LEASE_SECONDS": "1",
            "MAIL_LEASE_ON_WIRE_SECONDS": "2",
        }
        yield house


@pytest.fixture
def armed(house: House, settings: Any, transactional_db: None) -> House:
    """The same installation in the database, as its processes know it; nothing has arrived yet."""
    settings.INSTALLATION_EPOCH = EPOCH
    relay = house.relay
    relay.misbehave, relay.seconds_to_answer = (lambda phase, to: None), 0.0
    for kept in (relay.arrived, relay.recipients, relay.senders):
        kept.clear()
    relay.texts.clear()
    # The bells of an earlier test would be heard in this one.
    house.redis.flush()
    arming.arm(by=None, now=timezone.now())
    return house


@dataclass
class Answer:
    status: int
    seconds: float
    headers: Any
    body: str


@dataclass
class Visitor:
    """Somebody's browser, as the proxy in front of the portal passes it on."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        token = self.cookies["__Host-csrf"]
        return self._ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": token}))

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        began = time.monotonic()
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Host": "portal.example.org",
            "X-Forwarded-Proto": "https",
            "Referer": "https://portal.example.org/",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        try:
            web.request(method, path, body or None, headers)
            answer = web.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            web.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, time.monotonic() - began, answer.headers, text)


@pytest.fixture(scope="session")
def web(house: House) -> Iterator[Visitor]:
    """gunicorn with two processes."""
    env = house.env | {"PORT": str(free_port()), "WEB_PROCESSES": "2"}
    collected = manage("collectstatic", "--noinput", "--verbosity=0", env=env)
    assert collected.returncode == 0, collected.stderr
    log, visitor = house.folder / "web.log", Visitor(int(env["PORT"]))
    command = ["-m", "gunicorn", "advocacy.wsgi:application", "--config", "deploy/gunicorn.conf.py"]

    def answers() -> bool:
        try:
            return visitor.get("/account/login/").status == 200
        except OSError:
            return False

    with running(*command, env=env, log=log):
        assert eventually(answers, within=60), log.read_text()
        yield visitor


WORKER = ["celery", "--app=advocacy", "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip"]


@pytest.fixture(scope="session")
def worker(house: House) -> Iterator[Any]:
    """A Celery worker with two processes below it."""
    log = house.folder / "worker.log"
    with running("-m", *WORKER, env=house.worker_env(), log=log) as process:
        assert eventually(lambda: " ready." in log.read_text(), within=60), log.read_text()
        yield process
