"""The first of a month in French: once taught, wherever a day is written."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import formats
from django.utils.translation import override

FIRST, SECOND = date(2027, 3, 1), date(2027, 3, 2)


@pytest.mark.parametrize(
    ("language", "day", "expected"),
    [
        ("fr", FIRST, "1er mars 2027"),
        ("fr", SECOND, "2 mars 2027"),
        ("fr", date(2027, 3, 21), "21 mars 2027"),
        ("en", FIRST, "March 1, 2027"),
    ],
)
def test_a_day_is_written_as_its_language_does(language: str, day: date, expected: str):
    with override(language):
        written = {
            formats.date_format(day),
            formats.localize(day),
            Template('{{ day|date:"DATE_FORMAT" }}').render(Context({"day": day})),
            Template("{{ day }}").render(Context({"day": day})),
        }

    assert written == {expected}


def test_a_moment_and_a_day_without_a_year_follow():
    with override("fr"):
        moment = formats.date_format(datetime(2027, 3, 1, 14, 30, tzinfo=UTC), "DATETIME_FORMAT")
        birthday = formats.date_format(FIRST, "MONTH_DAY_FORMAT")

    assert (moment, birthday) == ("1er mars 2027 14:30", "1er mars")


def test_english_keeps_its_own_endings():
    with override("en"):
        assert [formats.date_format(day, "jS") for day in (FIRST, SECOND)] == ["1st", "2nd"]
