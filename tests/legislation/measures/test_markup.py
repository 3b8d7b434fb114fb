"""Summaries come as HTML; the record keeps their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legislation.sources.measures.markup import words_of, words_on_one_line


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One\n  line.</p> <p class='x'>Two &amp; <b>three</b></p>", "One line.\nTwo & three"),
        ("a<br/>b", "a\nb"),
        ("<ul><li>First</li><li>Second</li></ul>", "• First\n• Second"),
        ("<script>alert(1)</script><style>p{}</style>Seen", "Seen"),
        ("Sante\u0301 &eacute;", "Santé é"),
        ("5 < 6", "5 < 6"),
        ("", ""),
    ],
)
def test_only_words_and_breaks_are_left(markup, words):
    assert words_of(markup) == words


def test_a_line_without_tags_keeps_its_signs():
    assert words_on_one_line("R & D  < 5 &sect; 2") == "R & D < 5 &sect; 2"
    assert words_on_one_line("<p>R &amp; D</p><p>5</p>") == "R & D 5"


@given(st.text(alphabet="<>/&;#x p li br script!-[]'\"\n", max_size=200))
def test_whatever_stands_there_comes_out_without_empty_lines(markup):
    words = words_of(markup)

    assert words == words.strip()
    assert "\n\n" not in words
