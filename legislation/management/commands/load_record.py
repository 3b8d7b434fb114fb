"""`manage.py load_record PATH`: from an empty database to the real record, with one command.

Without a folder, `--download` brings the people whom three publishers list for anybody.
"""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from legislation.actions import load_record
from legislation.actions.load_record import Line, LoadReport
from legislation.models import Source
from legislation.sources import download
from legislation.sources.recognise import Kind

_MOST_NAMED = 20


class Command(BaseCommand):
    help = (
        "Load whatever known files lie under PATH: lists of divisions and districts, people of Congress, the states "
        "and Parliament, maps, and tables of postal codes. Running it again loads only what has changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="a folder, or one file; not with --download")
        parser.add_argument(
            "--download",
            action="store_true",
            help="fetch the people of Congress, the states and Parliament from their publishers",
        )
        parser.add_argument(
            "--only",
            nargs="+",
            choices=[kind.value for kind in Kind],
            default=(),
            help="load only these kinds",
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--force", action="store_true", help="believe a file that looks incomplete")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["path"]) == options["download"]:
            raise CommandError(_("Give either a PATH or --download."))
        if options["path"] and not options["path"].exists():
            raise CommandError(_("There is nothing at %(path)s.") % {"path": options["path"]})
        if Source.objects.are_invented():
            raise CommandError(
                _(
                    "This is the demo: invented contacts would stand beside real officials. Start clean first: "
                )
                + "python3 manage.py start_clean"
            )
        self._say(self._load(options), options)

    def _load(self, options: dict[str, Any]) -> LoadReport:
        now, on_line = timezone.now(), (lambda line: None) if options["json"] else self._print
        if options["path"]:
            return load_record.load(
                options["path"], now=now, only=options["only"], force=options["force"], on_line=on_line
            )
        with tempfile.TemporaryDirectory() as folder, download.client() as web:
            return load_record.load_published(Path(folder), web, now=now, on_line=on_line)

    def _say(self, report: LoadReport, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), indent=1, ensure_ascii=False))
        else:
            self._list(_("Older than what lies beside it, and passed over:"), report.passed_over)
            self._list(_("Not recognised:"), report.not_recognised)
        if report.refused:
            raise CommandError("\n".join(f"{line.name}: {line.why}" for line in report.refused))

    def _print(self, line: Line) -> None:
        self.stdout.write(f"{line.kind}: {line.name}: {line.status}, {line.rows} rows")
        if line.why:
            self.stdout.write(f"  {line.why}")
        self._some(line.notices)

    def _list(self, heading: str, names: list[str]) -> None:
        if names:
            self.stdout.write(heading)
            self._some(names)

    def _some(self, names: list[str]) -> None:
        for name in names[:_MOST_NAMED]:
            self.stdout.write(f"  {name}")
        if len(names) > _MOST_NAMED:
            self.stdout.write(_("  and %(count)d more") % {"count": len(names) - _MOST_NAMED})
