"""`manage.py who_represents`: one JSON line per query, whatever is asked."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories.maps import houston, ottawa
from tests.legislation.lookup.upstream import Upstream, census, match

pytestmark = pytest.mark.django_db


def run(*words: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("who_represents", *words, "--on", "2026-11-21", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_holds_the_whole_answer():
    houston()

    (line,) = run("77004")

    assert list(line) == [
        "query",
        "country",
        "method",
        "editions",
        "ambiguous",
        "likely",
        "divisions",
        "officials",
        "note",
    ]
    assert line["query"] == "77004"
    assert line["country"] == "US"
    assert line["ambiguous"] is True
    assert line["editions"][0] == {"key": "cd119", "name": "Districts of the 119th Congress"}
    assert line["divisions"] == [
        "ocd-division/country:us/state:tx/cd:18",
        "ocd-division/country:us/state:tx/sldl:131",
        "ocd-division/country:us/state:tx/sldl:147",
    ]
    assert [one["seat"] for one in line["officials"]] == [
        "U.S. Senate Texas",
        "U.S. Senate Texas",
        "U.S. House TX-18",
        "Texas House 131",
        "Texas House 147",
        "Governor of Texas",
    ]


def test_codes_and_points_come_together_and_in_order():
    houston()
    ottawa()

    lines = run("77004", "K1A 0A9", "--point", "29.72,-95.34", "-75.7,45.42", "-95.34,29.72")

    assert [line["query"] for line in lines] == [
        "77004",
        "K1A 0A9",
        "29.72,-95.34",
        "-75.7,45.42",
        "-95.34,29.72",
    ]
    assert [len(line["divisions"]) for line in lines] == [3, 1, 2, 0, 0]
    assert "45.42, -75.7" in lines[3]["note"]
    assert "29.72, -95.34" in lines[4]["note"]


def test_lines_of_standard_input_are_answered_one_by_one(monkeypatch: pytest.MonkeyPatch):
    houston()
    monkeypatch.setattr(
        "sys.stdin", io.StringIO("77004\n\n99999\nO1A 0B1\n" + "Elm " * 1250 + "\n77004-1234\n")
    )

    lines = run("--stdin")

    assert [(line["method"], len(line["divisions"])) for line in lines] == [
        ("zip", 3),
        ("zip", 0),
        ("", 0),
        ("", 0),
        ("zip4", 3),
    ]
    assert all(line["note"] for line in lines)


def test_what_is_no_point_is_refused_after_point():
    (line,) = run("--point", "Houston")

    assert "latitude, comma, longitude" in line["note"]


def test_an_address_is_asked_of_the_geocoder(upstream: Upstream):
    houston()
    upstream.answer = census(match())

    (line,) = run("4800 Calhoun Rd, Houston, TX 77004")

    assert line["method"] == "address"
    assert "ocd-division/country:us/state:tx/sldu:13" in line["divisions"]


def test_nothing_asked_is_an_error():
    with pytest.raises(CommandError):
        call_command("who_represents")
