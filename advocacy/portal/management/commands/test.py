"""`python3 manage.py test`: everything that can be checked on this machine."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.core.management.base import CommandParser

from advocacy.portal.checking.catalogues import check_catalogues
from advocacy.portal.checking.outcomes import Outcome, Verdict, failed, total
from advocacy.portal.checking.standing import run_checks
from advocacy.portal.checking.suites import Suites


class Command(BaseCommand):
    help = (
        "Check the code and run the tests: format, lint, types, floors, templates, migrations, translations, "
        "deployment, then pytest on SQLite and on whatever else this machine offers. With arguments: only "
        "pytest, with these arguments."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("arguments", nargs="*", help="arguments for pytest")

    def run_from_argv(self, argv: list[str]) -> None:
        """Whatever follows is pytest's, options too, except a request for help."""
        arguments = argv[2:]
        if arguments and arguments[0] in ("-h", "--help"):
            super().run_from_argv(argv)
        else:
            sys.exit(self.run_all_or(arguments))

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.run_all_or(options["arguments"]))

    def run_all_or(self, arguments: list[str]) -> int:
        base: Path = settings.BASE_DIR
        with tempfile.TemporaryDirectory(prefix="portal-test-") as folder:
            suites = Suites(base, Path(folder))
            if arguments:
                return suites.only(arguments)
            outcomes = []
            for outcome in steps(base, Path(folder), suites):
                self.tell(outcome)
                outcomes.append(outcome)
        self.sum_up(outcomes)
        return 1 if failed(outcomes) else 0

    def tell(self, outcome: Outcome) -> None:
        self.stdout.write(str(outcome))
        if outcome.verdict == Verdict.FAILED and outcome.output.strip():
            self.stdout.write(outcome.output.rstrip())
        self.stdout.flush()

    def sum_up(self, outcomes: list[Outcome]) -> None:
        self.stdout.write("\nWhat ran, and what was left out:")
        for outcome in outcomes:
            self.stdout.write(str(outcome))
        self.stdout.write(str(total(outcomes)))


def steps(base: Path, var_dir: Path, suites: Suites) -> Iterator[Outcome]:
    yield from run_checks(base, var_dir)
    yield check_catalogues(base, var_dir)
    with suites.migrated_once() as outcome:
        yield outcome
        yield suites.on_sqlite()
        yield suites.on_postgres()
        yield from suites.under_fire()
        yield suites.with_services()
        yield from suites.in_browser()
