"""`manage.py import_measures SOURCE PATH`: load or update bills and other measures."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legislation.actions import load_measures
from legislation.actions.measure_report import Report
from legislation.sources.measures.catalogue import READERS
from legislation.sources.opening import FileRefused

_MOST_NAMED = 40


class Command(BaseCommand):
    help = (
        "Load measures from SOURCE at PATH: a file, a folder or an archive. Running it again changes only what the "
        "source has changed; no measure is ever deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", choices=sorted(READERS))
        parser.add_argument("path", type=Path, help="where the files are")
        parser.add_argument("--dry-run", action="store_true", help="report what would change")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.exists():
            raise CommandError(_("There is nothing at %(path)s.") % {"path": path})
        quiet = options["json"] or options["verbosity"] < 1
        try:
            reports = load_measures.run(
                source=options["source"],
                path=path,
                now=timezone.now(),
                dry_run=options["dry_run"],
                on_progress=(lambda report: None) if quiet else self._print_progress,
            )
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps([one.as_data() for one in reports], indent=1, ensure_ascii=False))
        else:
            for report in reports:
                self._print(report)
        if problems := [problem for report in reports for problem in report.failures]:
            raise CommandError("\n".join(problems))

    def _print_progress(self, report: Report) -> None:
        count = report.counts["measures"]
        text = ngettext("%(label)s: %(count)d measure read", "%(label)s: %(count)d measures read", count)
        self.stdout.write(text % {"label": report.label, "count": count})

    def _print(self, report: Report) -> None:
        verb = _("would change") if report.dry_run else _("changed")
        self.stdout.write(f"{report.source}, {report.label}: {report.changes} {verb}.")
        for what, number in sorted(report.all_counts().items()):
            self.stdout.write(f"  {what}: {number}")
        self._print_some("unmatched", [f"{name} ({times})" for name, times in report.unmatched.most_common()])
        self._print_some("refused", [f"{one.file} {one.record}: {one.why}" for one in report.refused])
        self._print_some("odd", [f"{one.file} {one.record}: {one.why}" for one in report.odd])
        self._print_some("note", report.notices)

    def _print_some(self, what: str, lines: list[str]) -> None:
        for line in lines[:_MOST_NAMED]:
            self.stdout.write(f"  {what}: {line}")
        if len(lines) > _MOST_NAMED:
            self.stdout.write(f"  {what}: {len(lines) - _MOST_NAMED} more")
