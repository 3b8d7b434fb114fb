"""What the commands that write reports have in common: their arguments, and where files may go."""

import os
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

from advocacy.accounts.models import Language
from advocacy.reports.editions import Edition
from advocacy.reports.writers.formats import FORMATS, put

NO_SOCIETY = "There is no society yet: found it first with `manage.py found_society`."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--format", required=True, choices=list(FORMATS))
    parser.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="PATH",
        help="the file to write; with --format csv a folder for one file per table, or a .zip file of them",
    )
    parser.add_argument("--language", choices=Language.values, default=Language.ENGLISH)


def writable(out: Path, form: str) -> Path:
    """Raises CommandError before anything is computed for a place that cannot be written to."""
    if not out.parent.is_dir():
        raise CommandError(f"There is no folder {out.parent}: make it first, or write elsewhere.")
    is_folder = form == "csv" and out.suffix.lower() != ".zip"
    if out.is_dir() and not is_folder:
        raise CommandError(f"{out} is a folder: name the file to write.")
    if is_folder and out.exists() and not out.is_dir():
        raise CommandError(f"{out} is a file: name a folder for the tables, or a file that ends with .zip.")
    into = out if out.is_dir() else out.parent
    if not os.access(into, os.W_OK | os.X_OK):
        raise CommandError(f"The folder {into} cannot be written to.")
    return out


def write(edition: Edition, form: str, out: Path) -> list[Path]:
    try:
        return put(edition.document, edition.link, form, out)
    except OSError as error:
        raise CommandError(f"{out} could not be written: {error.strerror or error}.") from error
