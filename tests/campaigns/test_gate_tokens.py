"""The token in a public form: signed, dated, and of one campaign."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaigns.gate import form_token
from campaigns.gate.form_token import Age
from tests.cast import NOW

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def age_after(open_for: timedelta) -> Age:
    read = form_token.read(form_token.issue(7, NOW - open_for), 7, NOW)
    assert read is not None
    return read.age


@pytest.mark.parametrize(
    ("open_for", "age"),
    [
        (-SECOND, Age.TOO_FRESH),
        (SECOND / 5, Age.TOO_FRESH),
        (3 * SECOND - SECOND / 1000, Age.TOO_FRESH),
        (3 * SECOND, Age.FINE),
        (12 * HOUR, Age.FINE),
        (12 * HOUR + SECOND, Age.TOO_OLD),
        (1000 * HOUR, Age.TOO_OLD),
    ],
)
def test_a_page_opened_just_now_or_yesterday_is_told_apart(open_for: timedelta, age: Age):
    assert age_after(open_for) is age


def test_each_page_has_a_key_of_its_own_that_stays():
    first, second = form_token.issue(7, NOW), form_token.issue(7, NOW)

    keys = [form_token.read(token, 7, NOW) for token in (first, first, second)]

    assert keys[0] == keys[1]
    assert keys[0] != keys[2]


@given(campaign=st.integers(1, 2**40), other=st.integers(1, 2**40))
def test_a_token_is_good_for_its_campaign_alone(campaign: int, other: int):
    assume(campaign != other)
    token = form_token.issue(campaign, NOW)

    assert form_token.read(token, campaign, NOW) is not None
    assert form_token.read(token, other, NOW) is None


@given(st.text(max_size=200))
def test_what_we_did_not_sign_is_no_token(text: str):
    assert form_token.read(text, 7, NOW) is None


@given(st.data())
def test_a_token_with_one_sign_changed_is_no_token(data: st.DataObject):
    token = form_token.issue(7, NOW)
    place = data.draw(st.integers(0, len(token) - 1))
    sign = data.draw(st.characters())
    assume(sign != token[place])

    assert form_token.read(token[:place] + sign + token[place + 1 :], 7, NOW) is None
