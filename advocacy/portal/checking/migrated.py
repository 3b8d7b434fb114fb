"""A database migrated once, which each pytest run copies: from nothing, all migrations take half a minute."""

import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from advocacy.portal.checking.outcomes import Outcome, Verdict
from advocacy.portal.checking.programs import Ended, plain_environment, run

# Read by tests/conftest.py: a file, or the name of a database on the server of DATABASE_URL.
VARIABLE = "TEST_MIGRATED_DATABASE"
_ON_SERVER = "portal_check_migrated"


class Migrated:
    """What a run on SQLite, or on the PostgreSQL server at `url`, is told in its environment."""

    def __init__(self, base: Path, var_dir: Path, url: str | None) -> None:
        self._base = base
        self._var_dir = var_dir
        self._file = var_dir / "migrated.sqlite3"
        self._url = url

    @contextmanager
    def kept(self) -> Iterator[Outcome]:
        """Migrate on each engine at a time; the copy on the server is dropped in the end."""
        with ThreadPoolExecutor(max_workers=2) as pool:
            ended = list(pool.map(lambda migrate: migrate(), (self._on_sqlite, self._on_postgres)))
        wrong = [each for each in ended if each and each.status]
        try:
            yield Outcome(
                "migrations from nothing",
                Verdict.FAILED if wrong else Verdict.OK,
                seconds=max(each.seconds for each in ended if each),
                output="\n".join(each.output for each in wrong),
            )
        finally:
            self._drop()

    def variables(self, *, on_postgres: bool) -> dict[str, str]:
        return {VARIABLE: _ON_SERVER if on_postgres else str(self._file)}

    def _on_sqlite(self) -> Ended:
        ended = self._migrate(f"sqlite:///{self._file}")
        with closing(sqlite3.connect(self._file)) as database:
            # A database in memory cannot be a copy of one with a journal beside it.
            database.execute("PRAGMA journal_mode=DELETE")
        return ended

    def _on_postgres(self) -> Ended | None:
        if self._url is None:
            return None
        self._drop()
        self._say(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_ON_SERVER)))
        return self._migrate(f"{self._server()}/{_ON_SERVER}")

    def _migrate(self, url: str) -> Ended:
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        return run(command, cwd=self._base, env=plain_environment(self._var_dir, DATABASE_URL=url))

    def _drop(self) -> None:
        if self._url is not None:
            self._say(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_ON_SERVER)))

    def _server(self) -> str:
        return (self._url or "").rsplit("/", 1)[0]

    def _say(self, statement: sql.Composed) -> None:
        with psycopg.connect(f"{self._server()}/postgres", autocommit=True) as server:
            server.execute(statement)
