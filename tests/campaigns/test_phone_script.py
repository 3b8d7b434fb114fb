"""The text of a call in its three parts."""

import pytest

from campaigns.phone_script import PhoneScript, script_of


def test_what_stands_before_a_list_opens_and_what_stands_after_it_closes():
    body = """Hello, my name is Luis Ortega and I live in Austin.
I am calling about House Bill 118.

- Patients read their records sooner.
* Small clinics have
  two years to prepare.
2) It costs 2.5 million.

May I count on your vote?

Thank you."""

    assert script_of(body) == PhoneScript(
        ("Hello, my name is Luis Ortega and I live in Austin. I am calling about House Bill 118.",),
        (
            "Patients read their records sooner.",
            "Small clinics have two years to prepare.",
            "It costs 2.5 million.",
        ),
        ("May I count on your vote?", "Thank you."),
    )


def test_without_a_list_the_paragraphs_between_the_first_and_the_last_are_the_points():
    body = "Bonjour.\n\nPremière raison.\n\nDeuxième raison.\n\nMerci beaucoup."

    assert script_of(body) == PhoneScript(
        ("Bonjour.",), ("Première raison.", "Deuxième raison."), ("Merci beaucoup.",)
    )


@pytest.mark.parametrize(
    ("body", "script"),
    [
        ("", PhoneScript((), (), ())),
        ("Hello.", PhoneScript(("Hello.",), (), ())),
        ("Hello.\n\nThank you.", PhoneScript(("Hello.",), (), ("Thank you.",))),
        ("- One\n- Two", PhoneScript((), ("One", "Two"), ())),
        ("Hello.\n- One\nThank you.", PhoneScript(("Hello.",), ("One",), ("Thank you.",))),
        ("- One\n\nand so:\n\n- Two", PhoneScript((), ("One", "and so:", "Two"), ())),
        ("-5 degrees is cold.", PhoneScript(("-5 degrees is cold.",), (), ())),
        ("- \n\n***", PhoneScript((), (), ())),
    ],
)
def test_a_short_text_has_the_parts_it_has(body: str, script: PhoneScript):
    assert script_of(body) == script


def test_nothing_is_left_that_nobody_says_aloud():
    body = "**Hello** _there_,\tI am\u202e Élise\u200b.\r\n\r\n# `Thanks`"

    assert script_of(body) == PhoneScript(("Hello there, I am Élise.",), (), ("Thanks",))
