"""The pytest runs: on SQLite, on PostgreSQL, against real services, in a real browser."""

import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from advocacy.portal.checking import services
from advocacy.portal.checking.migrated import Migrated
from advocacy.portal.checking.outcomes import Count, Outcome, Verdict, left_out
from advocacy.portal.checking.programs import Ended, module, plain_environment, run

NOTHING_COLLECTED = 5
ON_SQLITE = "not browser and not services and not chaos"
ON_POSTGRES = f"{ON_SQLITE} and not apart"
# Below this, starting two more interpreters costs more than they save.
TESTS_WORTH_TWO_PROCESSES = 200
NO_POSTGRES = "no PostgreSQL answers: set TEST_DATABASE_URL"
NO_REDIS = "no Redis answers: set TEST_REDIS_URL"
NO_BROWSER = "no Chromium found: set CHROMIUM"


class Suites:
    """Every pytest run of one check, in one place and environment."""

    def __init__(self, base: Path, var_dir: Path) -> None:
        self._base = base
        self._var_dir = var_dir
        self._migrated: Migrated | None = None
        self._required = set(os.environ.get("PORTAL_TESTS_REQUIRE", "").split())

    @contextmanager
    def migrated_once(self) -> Iterator[Outcome]:
        """Until the end each run copies a migrated database, instead of migrating its own."""
        migrated = Migrated(self._base, self._var_dir, services.postgres())
        with migrated.kept() as outcome:
            self._migrated = migrated if outcome.verdict == Verdict.OK else None
            yield outcome

    def on_sqlite(self) -> Outcome:
        outcome = self._pytest("tests on SQLite", ON_SQLITE, processes=self._processes())
        ran = outcome.count.passed + outcome.count.failed
        minimum = int((self._base / "tests" / "minimum").read_text())
        if ran >= minimum:
            return outcome
        note = f"only {ran} tests ran; tests/minimum expects {minimum}"
        return Outcome(outcome.name, Verdict.FAILED, note, outcome.seconds, outcome.output, outcome.count)

    def on_postgres(self) -> Outcome:
        name = "tests on PostgreSQL"
        required = "postgres" in self._required
        url = services.postgres()
        if url is None:
            return left_out(name, NO_POSTGRES, required=required)
        return self._pytest(
            name,
            ON_POSTGRES,
            settings={"DATABASE_URL": url},
            processes=self._processes(),
            required=required,
        )

    def with_services(self) -> Outcome:
        name = "tests with real services"
        required = "redis" in self._required
        redis_url, database_url = services.redis_server(), services.postgres()
        if redis_url is None:
            return left_out(name, NO_REDIS, required=required)
        if database_url is None:
            return left_out(name, NO_POSTGRES, required=required)
        settings = {"DATABASE_URL": database_url, "TEST_REDIS_URL": redis_url}
        return self._pytest(name, "services", settings=settings, required=required)

    def under_fire(self) -> list[Outcome]:
        """Workers killed while they send mail; CHAOS_MESSAGES and CHAOS_KILLS say how much.

        Both databases at a time, for each run waits much for what it killed; what they print arrives mixed.
        """
        on_sqlite, on_postgres = "chaos on SQLite", "chaos on PostgreSQL"
        url = services.postgres()
        if url is None:
            without = left_out(on_postgres, NO_POSTGRES, required="postgres" in self._required)
            return [self._pytest(on_sqlite, "chaos"), without]
        with ThreadPoolExecutor(max_workers=2) as pool:
            first = pool.submit(self._pytest, on_sqlite, "chaos")
            second = pool.submit(self._pytest, on_postgres, "chaos", settings={"DATABASE_URL": url})
        return [first.result(), second.result()]

    def in_browser(self) -> list[Outcome]:
        """Every page on SQLite, and the acceptance stories on PostgreSQL too.

        There on the phone alone: how wide a screen is makes no difference to a database.
        """
        name, on_postgres = "tests in Chromium", "stories in Chromium on PostgreSQL"
        required = "browser" in self._required
        path, url = services.browser(), services.postgres()
        if path is None:
            return [left_out(each, NO_BROWSER, required=required) for each in (name, on_postgres)]
        processes = self._processes()
        settings = {"CHROMIUM": path}
        found = [self._pytest(name, "browser", settings=settings, processes=processes, required=required)]
        if url is None:
            return [*found, left_out(on_postgres, NO_POSTGRES, required="postgres" in self._required)]
        settings = {"CHROMIUM": path, "DATABASE_URL": url}
        stories = self._pytest(
            on_postgres,
            "story",
            "-k",
            "not laptop",
            settings=settings,
            processes=processes,
            required=required,
        )
        return [*found, stories]

    def only(self, arguments: list[str]) -> int:
        """Just pytest, with these arguments, in the environment as it is."""
        return run(module("pytest", *arguments), cwd=self._base, env=os.environ, shown=True).status

    def _processes(self) -> int:
        tests = sum(
            len(re.findall(r"^\s*def test_", path.read_text(encoding="utf-8"), re.MULTILINE))
            for path in (self._base / "tests").rglob("test_*.py")
        )
        return 2 if tests >= TESTS_WORTH_TWO_PROCESSES else 0

    def _pytest(
        self,
        name: str,
        marked: str,
        *chosen: str,
        settings: Mapping[str, str] | None = None,
        processes: int = 0,
        required: bool = False,
    ) -> Outcome:
        record = self._var_dir / f"{name}.xml"
        options = ["-q", "--no-header", f"--junitxml={record}", "-m", marked, *chosen]
        options += ["-n", str(processes), "--dist", "worksteal"] if processes else []
        settings = dict(settings or {})
        if self._migrated:
            settings |= self._migrated.variables(on_postgres="DATABASE_URL" in settings)
        environment = plain_environment(self._var_dir, **settings)
        ended = run(module("pytest", *options), cwd=self._base, env=environment, shown=True)
        if ended.status == NOTHING_COLLECTED:
            return left_out(name, "there are no such tests", required=required)
        return _outcome(name, ended, _count(record))


def _outcome(name: str, ended: Ended, count: Count) -> Outcome:
    verdict = Verdict.FAILED if ended.status else Verdict.OK
    return Outcome(name, verdict, note=str(count), seconds=ended.seconds, count=count)


def _count(record: Path) -> Count:
    if not record.exists():
        return Count()
    # We have just had pytest write this file.
    suites = ElementTree.parse(record).getroot().iter("testsuite")  # noqa: S314
    counts = [{name: int(suite.get(name, 0)) for name in _NAMES} for suite in suites]
    tests, failures, errors, skipped = (sum(count[name] for count in counts) for name in _NAMES)
    failed = failures + errors
    return Count(passed=max(tests - failed - skipped, 0), failed=failed, skipped=skipped)


_NAMES = ("tests", "failures", "errors", "skipped")
