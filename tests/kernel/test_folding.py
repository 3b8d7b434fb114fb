import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.kernel.folding import fold, terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élise O'Neil-Côté", "elise o neil cote"),
        ("Jesús G. “Chuy” García", "jesus g chuy garcia"),
        ("Ottawa West—Nepean", "ottawa west nepean"),
        ("Nguyễn", "nguyen"),
        ("  MIXED   case ", "mixed case"),
    ],
)
def test_text_is_searched_without_accents_hyphens_or_case(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_a_search_has_at_most_eight_words():
    assert len(terms("one two three four five six seven eight nine ten")) == 8
