"""Merge fields: a closed list of plain strings, one pass, and nothing unknown gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.kernel.merge_fields import BrokenField, FieldProblem, FieldWithoutValue, UnknownField, fill

KNOWN = ("official", "chapter", "slot_2")
ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["{{ official }}", "{{official}}", "{% include 'x' %}", "{0.__class__}", "%s", r"\1\g<0>"]
    ),
).filter(bool)
PLAIN = st.text(max_size=30).filter(lambda text: "{" not in text and "}" not in text)


def test_fields_become_their_values():
    text = fill("Dear {{ official }} of {{chapter}}", {"official": "A", "chapter": "B"}, known=KNOWN)

    assert text == "Dear A of B"


@pytest.mark.parametrize(
    "name", ["user.password", "user", "official.__class__", "", "official|safe", "OFFICIAL", "x" * 5000]
)
def test_an_unknown_field_is_refused_by_its_name(name):
    with pytest.raises(UnknownField) as refusal:
        fill("Dear {{ " + name + " }}", {"official": "A"}, known=KNOWN)

    assert refusal.value.name == name[:40]


def test_a_value_outside_the_list_is_not_reached():
    with pytest.raises(UnknownField):
        fill("{{ secret }}", {"secret": "zebra"}, known=KNOWN)


@pytest.mark.parametrize("values", [{}, {"slot_2": ""}])
def test_a_field_without_a_value_is_named(values):
    with pytest.raises(FieldWithoutValue) as refusal:
        fill("or {{ slot_2 }}", values, known=KNOWN)

    assert refusal.value.name == "slot_2"


@pytest.mark.parametrize(
    "text", ["Dear {{ official", "Dear official }}", "{{{{ official }}}}", "{{ a { b }}"]
)
def test_braces_that_do_not_match_are_refused(text):
    with pytest.raises(BrokenField):
        fill(text, {"official": "A"}, known=KNOWN)


def test_instructions_of_other_languages_stay_plain_text():
    text = "{% include 'x' %} {x.__class__} %(official)s ${official} <b>"

    assert fill(text, {"official": "A"}, known=KNOWN) == text


@given(st.lists(st.tuples(PLAIN, st.sampled_from(KNOWN))), PLAIN, st.tuples(ODD, ODD, ODD))
def test_whatever_the_values_hold_they_are_put_in_once_and_never_read_again(parts, end, given_values):
    values = dict(zip(KNOWN, given_values, strict=True))
    text = "".join(f"{plain}{{{{ {name} }}}}" for plain, name in parts) + end

    assert fill(text, values, known=KNOWN) == "".join(plain + values[name] for plain, name in parts) + end


@given(st.text(alphabet="{} official_|.%\n", max_size=60))
def test_any_text_is_filled_or_refused(text):
    try:
        left = fill(text, {"official": "A"}, known=KNOWN)
    except FieldProblem as problem:
        left = problem.name

    assert "{{" not in left or len(left) <= 40
