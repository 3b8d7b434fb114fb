"""`manage.py annual_report --year 2026-27 --format pdf --out impact.pdf`"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advocacy.reports import editions
from advocacy.reports.fiscal_year import FiscalYear
from advocacy.reports.management import files
from members.models import Society


class Command(BaseCommand):
    help = (
        "Write the annual impact report of a fiscal year, 1 July to 30 June, as the record has it now. Stories only "
        "with consent to publish; restricted records are never included."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--year", required=True, metavar="YYYY-YY", help="the fiscal year, for example 2026-27"
        )
        files.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = FiscalYear.parse(options["year"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        society, now = Society.objects.first(), timezone.now()
        if society is None:
            raise CommandError(files.NO_SOCIETY)
        out = files.writable(options["out"], options["format"])
        edition = editions.of_year(year, language=options["language"], now=now)
        for path in files.write(edition, options["format"], out):
            self.stdout.write(f"Wrote {path}")
        if society.today(now) < year.end:
            self.stdout.write(f"{year} is not over: this is a draft, and its numbers will change.")
