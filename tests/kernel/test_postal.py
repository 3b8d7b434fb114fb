"""Postal: what people type, read into a code, a point or an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.kernel.postal import (
    LONGEST,
    Address,
    Fsa,
    NotUnderstood,
    Point,
    PostalCode,
    Query,
    Zip,
    parse,
    point,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("77004", Zip("77004")),
        (" 77004 ", Zip("77004")),
        ("７７００４", Zip("77004")),
        ("77004-1234", Zip("77004", "1234")),
        ("770041234", Zip("77004", "1234")),
        ("77004–1234", Zip("77004", "1234")),
        ("H2X 1Y4", PostalCode("H2X1Y4")),
        ("h2x1y4", PostalCode("H2X1Y4")),
        ("h2x-1y4", PostalCode("H2X1Y4")),
        ("h2x", Fsa("H2X")),
        ("29.72,-95.34", Point(29.72, -95.34)),
        ("29.72; -95.34", Point(29.72, -95.34)),
        ("29.72° N, 95.34° W", Point(29.72, -95.34)),
        ("4800 Calhoun Rd, Houston, TX 77004", Address("4800 Calhoun Rd, Houston, TX 77004", Zip("77004"))),
        ("12 Elm St, Austin TX 78701-0001 USA", Address("12 Elm St, Austin TX 78701-0001 USA", Zip("78701"))),
        (
            "111 rue Wellington, k1a0a9 Ottawa",
            Address("111 rue Wellington, k1a0a9 Ottawa", PostalCode("K1A0A9")),
        ),
        ("10500 Main Street", Address("10500 Main Street")),
        ("12345 Main Street, Houston", Address("12345 Main Street, Houston")),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(typed: str, read: Query):
    assert parse(typed) == read


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("", "Enter a ZIP code"),
        (" \t", "Enter a ZIP code"),
        ("7700", "five digits"),
        ("770041", "five digits"),
        ("O1A 0B1", "letter O"),
        ("K1O 0B1", "letter O"),
        ("W1A 0B1", "letter W"),
        ("Z1A", "letter Z"),
        ("D4B", "letter D"),
        ("H2X 1Y", "six characters"),
        ("SW1A 1AA", "no Canadian postal code"),
        ("???", "no Canadian postal code"),
        ("-95.34, 29.72", "Did you mean 29.72, -95.34?"),
        ("200, 200", "between -180 and 180"),
        ("12 Elm\0 Street", "a character that no address has"),
        ("Elm " * 1250, "street, city, state or province and code"),
    ],
)
def test_what_can_be_no_place_is_refused_with_what_to_do(typed: str, advice: str):
    with pytest.raises(NotUnderstood, match=advice.replace("?", r"\?")):
        parse(typed)


def test_a_number_that_is_none_is_no_point():
    with pytest.raises(NotUnderstood):
        point(float("nan"), 4.0)


def test_two_ways_of_typing_one_address_are_the_same():
    one, other = parse("12 Elm St., Austin,  TX 78701"), parse("12 elm st, AUSTIN TX 78701")

    assert isinstance(one, Address)
    assert isinstance(other, Address)
    assert one.normalised() == other.normalised()


@given(st.text(max_size=LONGEST + 5))
def test_whatever_is_typed_is_read_or_refused_in_words(typed: str):
    assert _outcome(typed) in {"refused", "zip", "zip4", "postal_code", "fsa", "point", "address"}


def _outcome(typed: str) -> str:
    try:
        return parse(typed).method
    except NotUnderstood as refusal:
        return "refused" if str(refusal) else "refused without a word"


_LETTERS, _FIRST = "ABCEGHJKLMNPRSTVWXYZ", "ABCEGHJKLMNPRSTVXY"


@given(st.from_regex(rf"\A[{_FIRST}][0-9][{_LETTERS}][ -]?[0-9][{_LETTERS}][0-9]\Z"), st.booleans())
def test_every_possible_postal_code_has_one_spelling(code: str, is_lower: bool):
    typed = code.lower() if is_lower else code

    assert parse(typed) == PostalCode(code.replace(" ", "").replace("-", ""))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_of_the_globe_is_a_point(latitude: float, longitude: float):
    typed = f"{latitude:.6f},{longitude:.6f}"

    assert parse(typed) == Point(float(f"{latitude:.6f}"), float(f"{longitude:.6f}"))
