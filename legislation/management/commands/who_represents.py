"""`manage.py who_represents TEXT… | --point LAT,LON… | --stdin`: who represents a place, one JSON line each."""

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.kernel.postal import NotUnderstood, Point, Query, parse
from legislation.lookup import answering
from legislation.lookup.geocoders.choosing import geocoder_for
from legislation.lookup.geocoders.interface import Geocoder
from legislation.lookup.record import Record


class Command(BaseCommand):
    help = (
        "Say who represents a place: a ZIP or postal code, a point, or a street address. Prints one JSON line per "
        "query. Nothing is stored. Addresses are asked of a geocoder where one is switched on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="*", help="codes or addresses; quote what contains spaces")
        # So that -33.9,18.4 is read as a point and not as an option.
        parser._negative_number_matcher = re.compile(r"-[0-9.].*")
        parser.add_argument(
            "--point", nargs="+", default=[], metavar="LAT,LON", help="points, latitude first"
        )
        parser.add_argument("--stdin", action="store_true", help="read one query per line")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="on this day, not today")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["text"] or options["point"] or options["stdin"]):
            raise CommandError(_("Give a code or an address, --point LAT,LON, or --stdin."))
        record = Record(options["on"] or timezone.localdate(), get_language())
        for typed, is_point in _queries(options):
            self.stdout.write(json.dumps(_answer(typed, record, is_point=is_point), ensure_ascii=False))


def _queries(options: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    yield from ((typed, False) for typed in options["text"])
    yield from ((typed, True) for typed in options["point"])
    if options["stdin"]:
        yield from ((line.rstrip("\r\n"), False) for line in sys.stdin if line.strip())


def _answer(typed: str, record: Record, *, is_point: bool) -> dict[str, Any]:
    try:
        query = parse(typed)
        if is_point and not isinstance(query, Point):
            raise NotUnderstood(_("A point is written as latitude, comma, longitude: 29.72,-95.34."))
    except NotUnderstood as refusal:
        return _nothing(typed, str(refusal))
    answer = answering.represent(query, day=record.day, geocoder=_asked_about(query), record=record)
    return {**answer.as_data(), "query": typed}


def _asked_about(query: Query) -> Geocoder | None:
    """Codes and points are answered by what is loaded, thousands a minute; only an address needs somebody else."""
    return geocoder_for(query) if query.method == "address" else None


def _nothing(typed: str, note: str) -> dict[str, Any]:
    return {
        "query": typed,
        "country": "",
        "method": "",
        "editions": [],
        "ambiguous": False,
        "likely": False,
        "divisions": [],
        "officials": [],
        "note": note,
    }
