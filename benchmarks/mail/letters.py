"""Personalised messages: no two have the same words, and each has two forms."""

from typing import NamedTuple

SENDER = "Society of Chapters <reminders@society.example>"
_ASKS = (
    "asks for a hearing",
    "co-sponsors the bill",
    "opposes the amendment",
    "has not decided",
    "wants figures",
)
_PARAGRAPH = (
    "{official} {ask}. The committee meets on day {day} of the session, and your chapter has {open} open follow-ups "
    "with this office; the last contact was {weeks} weeks ago. Whoever goes should read the summary of measure "
    "HB {measure} first, above all the part about line {line} of the budget."
)


class Words(NamedTuple):
    to: str
    subject: str
    text: str
    html: str


def letter(number: int) -> Words:
    name = f"Person {number}"
    paragraphs = [
        _PARAGRAPH.format(
            official=f"Rep. {number % 451 + part}",
            ask=_ASKS[(number + part) % len(_ASKS)],
            day=number % 60 + part,
            open=number % 7,
            weeks=number % 30 + part,
            measure=number * 4 + part,
            line=number + part,
        )
        for part in range(4)
    ]
    greeting = f"Dear {name},"
    html = "".join(f"<p>{paragraph}</p>" for paragraph in (greeting, *paragraphs))
    return Words(
        to=f"person{number}@d{number % 97}.example",
        subject=f"{name}: {number % 7} follow-ups in week {number % 52 + 1}",
        text="\n\n".join((greeting, *paragraphs)) + "\n",
        html=f"<html><body><h1>Your week</h1>{html}</body></html>",
    )
