"""`manage.py monthly_report --period 2027-02 --format pdf --out february.pdf`"""

from argparse import ArgumentParser
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advocacy.kernel.periods import Month
from advocacy.reports import editions
from advocacy.reports.management import files
from members.models import Chapter, Society


class Command(BaseCommand):
    help = (
        "Write the report of a month: the national one, or that of a chapter. A locked month is written as it was "
        "issued, the same to the byte each time; a month that is not over is written as a draft. Restricted records "
        "are never included."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--period", required=True, metavar="YYYY-MM", help="the month, for example 2027-02"
        )
        parser.add_argument("--chapter", metavar="SLUG", help="the report of this chapter alone")
        files.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            month = Month.parse(options["period"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        if not Society.objects.exists():
            raise CommandError(files.NO_SOCIETY)
        chapter, now = _chapter(options["chapter"]), timezone.now()
        out = files.writable(options["out"], options["format"])
        edition = editions.of_month(month, chapter=chapter, language=options["language"], now=now)
        for path in files.write(edition, options["format"], out):
            self.stdout.write(f"Wrote {path}")
        if editions.is_draft(month, chapter, now):
            self.stdout.write(f"{month} is not over: this is a draft, and its numbers will change.")


def _chapter(slug: str | None) -> Chapter | None:
    if slug is None:
        return None
    chapter = Chapter.objects.filter(slug=slug).first()
    if chapter is None:
        known = list(Chapter.objects.order_by("slug").values_list("slug", flat=True))
        near = get_close_matches(slug, known, n=3, cutoff=0.5)
        hint = (
            f"Did you mean {' or '.join(near)}?" if near else f"Chapters: {', '.join(known) or 'none yet'}."
        )
        raise CommandError(f"No chapter is called {slug!r}. {hint}")
    return chapter
