"""Who represents a point: by the shapes in force; at sea, abroad and with swapped numbers nobody is guessed."""

from datetime import date

import pytest

from advocacy.kernel.postal import parse
from legislation.lookup.answer import Answer, Why
from legislation.lookup.answering import represent
from tests.factories.maps import houston, ottawa

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def ask(typed: str) -> Answer:
    return represent(parse(typed), day=TODAY)


def test_a_point_lies_in_the_districts_around_it():
    here = houston()

    answer = ask("29.72,-95.34")

    assert answer.divisions == [here.tx18, here.lower_131]
    assert (answer.method, answer.country, answer.is_ambiguous) == ("point", "US", False)


def test_a_point_on_a_line_shows_both_sides():
    here = houston()

    assert set(ask("29.72,-95.4").divisions) == {here.tx18, here.tx7, here.lower_131, here.lower_147}


@pytest.mark.parametrize("point", ["20,-90", "0,0", "48.85,2.35", "90,180", "-90,-180"])
def test_a_point_in_no_district_shows_nobody(point: str):
    houston()

    answer = ask(point)

    assert answer.groups == []
    assert [note.why for note in answer.notes] == [Why.NOWHERE]


def test_swapped_numbers_are_pointed_out_and_not_guessed():
    ottawa()

    answer = ask("-75.7, 45.42")

    assert answer.groups == []
    assert [note.why for note in answer.notes] == [Why.SWAPPED]
    assert "45.42, -75.7" in answer.notes[0].text


def test_without_shapes_a_point_is_said_to_be_unanswerable():
    answer = ask("29.72,-95.34")

    assert [note.why for note in answer.notes] == [Why.NO_LINES]
