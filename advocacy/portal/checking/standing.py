"""The checks that run no test: format, lint, types, floors, templates, containers, migrations, deployment."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from advocacy.portal.checking.outcomes import Outcome, Verdict
from advocacy.portal.checking.programs import beside_python, module, plain_environment, run

CODE = ("manage.py", "advocacy", "legislation", "members", "campaigns", "tests", "benchmarks")
# A production installation as Django's deployment check wants to see it. Nothing here is connected to.
DEPLOYED = {
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://portal:portal@127.0.0.1:1/portal",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "PORTAL_URL": "https://portal.example.org",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SUPPRESSION_SALT": "only-for-the-deployment-check",
    "SECRET_KEY": "only-for-the-deployment-check-0123456789-abcdefghijklmnopqrstuvwxyz",
}
NO_DATABASE = {"DATABASE_URL": "sqlite://:memory:"}


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    settings: dict[str, str] = field(default_factory=dict)


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


# The slowest first: two of them run at a time.
CHECKS = [
    Check("types", module("mypy")),
    Check("floors", [beside_python("lint-imports")]),
    Check("deployment", manage("check", "--deploy", "--fail-level", "WARNING"), DEPLOYED),
    Check("migrations", manage("makemigrations", "--check", "--dry-run"), NO_DATABASE),
    Check("templates", module("djlint", "templates", "--lint", "--quiet")),
    Check("format", module("ruff", "format", "--check", "--quiet", *CODE)),
    Check("lint", module("ruff", "check", "--quiet", *CODE)),
    Check("dockerfile", [beside_python("hadolint"), "Dockerfile"]),
    Check(
        "compose file",
        module("check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
    ),
]


def run_checks(base: Path, var_dir: Path) -> Iterator[Outcome]:
    """All of them, two at a time, in their order."""

    def outcome_of(check: Check) -> Outcome:
        ended = run(check.command, cwd=base, env=plain_environment(var_dir, **check.settings))
        verdict = Verdict.FAILED if ended.status else Verdict.OK
        return Outcome(check.name, verdict, seconds=ended.seconds, output=ended.output)

    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from pool.map(outcome_of, CHECKS)
