"""Servers that belong to one test, which may therefore restart, empty and cut them off."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
import redis

from tests.house.processes import eventually, free_port


@dataclass
class OwnRedis:
    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return self.queue(0)

    def queue(self, number: int) -> str:
        """The address of one of its sixteen databases, where nobody hears the bells of another."""
        return f"redis://127.0.0.1:{self.port}/{number}"

    def start(self) -> None:
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", "."],
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        assert eventually(self._answers)

    def stop(self) -> None:
        """At once, and without writing anything down: what it knew is gone."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as server:
            server.flushall()

    def kept(self, pattern: str) -> list[bytes]:
        """The keys that look like this."""
        with redis.Redis.from_url(self.url) as server:
            return list(server.scan_iter(pattern))

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=1) as server:
                return bool(server.ping())
        except redis.RedisError:
            return False


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed: it is started and killed here")
    server = OwnRedis(folder, free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class OwnPostgres:
    """A cluster of its own, with durable commits, in a folder that is thrown away."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://portal@127.0.0.1:{self.port}/portal"

    def make(self) -> None:
        # It refuses to run as root: then its files and processes belong to `nobody`.
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody", "nogroup")
        self._as_owner("initdb", "--username=portal", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self._control("start")
        with psycopg.connect(self.url.rpartition("/")[0] + "/postgres", autocommit=True) as server:
            server.execute("CREATE DATABASE portal")

    def copy_from(self, url: str) -> None:
        """The tables of this database, and what stands in them."""
        dumped = subprocess.run(
            [self.programs / "pg_dump", "--no-owner", f"--dbname={url}"],
            check=True,
            capture_output=True,
            timeout=60,
        )
        subprocess.run(
            [self.programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={self.url}"],
            input=dumped.stdout,
            check=True,
            capture_output=True,
            timeout=60,
        )

    def restart_immediately(self) -> None:
        """As after a power cut: nobody is waited for, and the server recovers from its log."""
        self._control("restart")

    def stop(self) -> None:
        self._control("stop")

    def _control(self, what: str) -> None:
        listens = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        log = self.folder / "log"
        arguments = ["--wait", "--silent", f"--log={log}", f"--options={listens}"]
        mode = [] if what == "start" else ["--mode=immediate"]
        self._as_owner("pg_ctl", *(arguments if what != "stop" else ["--silent"]), *mode, what)

    def _as_owner(self, program: str, *arguments: str) -> None:
        drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        command = [*drop, str(self.programs / program), f"--pgdata={self.folder / 'data'}", *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, command


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3])
    if not found:
        pytest.skip("PostgreSQL's programs are not installed: a cluster is made and restarted here")
    # Not below pytest's folder, which only its owner may enter.
    with TemporaryDirectory(prefix="portal-cluster-") as folder:
        cluster = OwnPostgres(found[-1].parent, Path(folder), free_port())
        cluster.make()
        try:
            yield cluster
        finally:
            cluster.stop()
