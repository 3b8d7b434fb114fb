"""`manage.py import_officials SOURCE PATH`: load or update the public record."""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from legislation.actions import record_import
from legislation.actions.record_import import Outcome, Report
from legislation.changeset.findings import HAPPENINGS
from legislation.sources import catalogue, download
from legislation.sources.opening import FileRefused

_MOST_NAMED = 40


class Command(BaseCommand):
    help = (
        "Load the public record of officials from SOURCE at PATH: a folder, an archive, a folder of archives "
        "or a checkout. Running it again changes only what upstream changed; nobody is ever deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", choices=sorted(catalogue.SOURCES))
        parser.add_argument("path", nargs="?", type=Path, help="where the files are; not with --download")
        parser.add_argument("--dry-run", action="store_true", help="report what would change")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--download", action="store_true", help="fetch the files from their publisher")
        parser.add_argument(
            "--force",
            action="store_true",
            help="believe a file that looks older or incomplete",
        )
        parser.add_argument(
            "--review",
            action="store_true",
            help="apply small safe changes only; whatever ends a tenure waits in the admin as a change set",
        )
        parser.add_argument("--districts", type=Path, help="districts.csv of openstates-metadata")
        parser.add_argument("--divisions", type=Path, help="country-ca.csv of the Open Civic Data divisions")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["path"]) == options["download"]:
            raise CommandError(_("Give either a PATH or --download."))
        try:
            if options["download"]:
                with tempfile.TemporaryDirectory() as folder, download.client() as web:
                    report = self._run(download.fetch(options["source"], Path(folder), web), options)
            else:
                report = self._run(options["path"], options)
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), indent=1, ensure_ascii=False))
        else:
            self._print(report)
        if problems := list(record_import.failures(report)):
            raise CommandError("\n".join(problems))

    def _run(self, path: Path, options: dict[str, Any]) -> Report:
        if not path.exists():
            raise CommandError(_("There is nothing at %(path)s.") % {"path": path})
        quiet = options["json"] or options["verbosity"] < 1
        return record_import.run(
            source=options["source"],
            path=path,
            now=timezone.now(),
            dry_run=options["dry_run"],
            force=options["force"],
            review=options["review"],
            districts=options["districts"],
            divisions=options["divisions"],
            on_progress=(lambda outcome: None) if quiet else self._print_outcome,
        )

    def _print_outcome(self, outcome: Outcome) -> None:
        summary = ", ".join(f"{number} {what}" for what, number in outcome.read.items())
        self.stdout.write(f"{outcome.name}: {outcome.status}, {outcome.changes} changes. {summary}")
        if outcome.waiting:
            self.stdout.write(_("  %(count)d changes wait for a decision.") % {"count": outcome.waiting})
        if outcome.why:
            self.stdout.write(f"  {outcome.why}")
        for kind in HAPPENINGS:
            self._print_some(kind, [self._line(one) for one in outcome.happenings.get(kind, ())])
        self._print_some("vacant", outcome.vacancies)
        self._print_some("refused", [f"{one.file} {one.record}: {one.why}" for one in outcome.refused])
        self._print_some("note", [f"{one.file} {one.record}: {one.why}" for one in outcome.notices])

    def _line(self, happening: dict[str, str]) -> str:
        return f"{happening['name']}: {happening['detail']}" if happening["detail"] else happening["name"]

    def _print_some(self, what: str, lines: list[str]) -> None:
        for line in lines[:_MOST_NAMED]:
            self.stdout.write(f"  {what}: {line}")
        if len(lines) > _MOST_NAMED:
            self.stdout.write(f"  {what}: {len(lines) - _MOST_NAMED} more, all in the import run's report")

    def _print(self, report: Report) -> None:
        verb = _("would change") if report.dry_run else _("changed")
        self.stdout.write(f"{report.source}: {report.changes} rows {verb}.")
        for what, number in sorted(report.counts().items()):
            self.stdout.write(f"  {what}: {number}")
