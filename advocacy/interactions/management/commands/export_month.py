"""`manage.py export_month --period 2027-02 --format xlsx --out february.xlsx`"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from advocacy.interactions import exports
from advocacy.kernel.exports import write_csv, write_xlsx
from advocacy.kernel.periods import Month
from members.access import TASKFORCE_LEAD
from members.models import Chapter


class Command(BaseCommand):
    help = (
        "Write one month of the log as a task-force lead reads it: contacts, officials reached, follow-ups due. "
        "A workbook has a sheet for each; CSV has the contacts in FILE and the others beside it, "
        "FILE-officials.csv and FILE-follow-ups.csv. Restricted and chapter-only records are never included."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--period", required=True, metavar="YYYY-MM", help="the month, for example 2027-02"
        )
        parser.add_argument("--chapter", metavar="SLUG", help="only what is credited to this chapter")
        parser.add_argument("--format", required=True, choices=["csv", "xlsx"])
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            month = Month.parse(options["period"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        tables = exports.month_tables(month, TASKFORCE_LEAD, _chapter(options["chapter"]))
        out: Path = options["out"]
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}: make it first, or write elsewhere.")
        if options["format"] == "xlsx":
            write_xlsx(out, tables)
            self.stdout.write(f"Wrote {out}")
            return
        beside = [out, out.with_stem(f"{out.stem}-officials"), out.with_stem(f"{out.stem}-follow-ups")]
        for path, table in zip(beside, tables, strict=True):
            write_csv(path, table)
            self.stdout.write(f"Wrote {path}")


def _chapter(slug: str | None) -> Chapter | None:
    if slug is None:
        return None
    chapter = Chapter.objects.filter(slug=slug).first()
    if chapter is None:
        known = ", ".join(Chapter.objects.values_list("slug", flat=True))
        raise CommandError(f"No chapter is called {slug!r}. Chapters: {known or 'none yet'}.")
    return chapter
