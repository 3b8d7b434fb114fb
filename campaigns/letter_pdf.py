"""A supporter's letter to an office, to print, sign and post: one PDF, each letter on a page of its own.

The time in the file is the day of the letters: the same letters give the same bytes.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from advocacy.accounts.models import Language
from advocacy.interactions.letters import day_in_words
from advocacy.kernel import pdf
from campaigns.readable import paragraphs, readable
from legislation import titles
from legislation.models import ChamberCode, ContactKind, OfficeKind, Official

TEMPLATE = Path(__file__).with_name("letter.typ")

_BEFORE_FRENCH_SIGNS = re.compile(r"[ \u202f]+(?=[:;?!»])|(?<=«)[ \u202f]+")
_ADDRESS_LINES = re.compile(r"\s*[;\n]\s*")
_CITY_AND_ZIP = re.compile(r",\s*([^,;\n]+,\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?)\s*$")
# Post goes to the mailing address, else to the capitol; to the district only where nothing else is known.
_OFFICES = [OfficeKind.MAILING, OfficeKind.CAPITOL, OfficeKind.DISTRICT, OfficeKind.OTHER]

# In the language of the letter, whatever language the portal speaks; so not in the catalogues.
_TITLE = {
    Language.ENGLISH: ("Letter to {}", "{} letters"),
    Language.FRENCH: ("Lettre à {}", "{} lettres"),
}
_SUBJECT = {Language.ENGLISH: "Re: {}", Language.FRENCH: "Objet : {}"}
_CLOSING = {
    Language.ENGLISH: "Sincerely,",
    Language.FRENCH: "Veuillez agréer l’expression de mes sentiments distingués.",
}


@dataclass(frozen=True)
class Addressee:
    """To whom: the lines of the envelope, and the greeting without its comma."""

    lines: tuple[str, ...]
    greeting: str


@dataclass(frozen=True)
class LetterToPrint:
    """What stands on the paper, in the language of the letter.

    `sender` are the lines of the writer's address without the name; empty for somebody who gave none. A body that
    opens with a greeting gets none of ours, and one that `closes_itself`, with a name below, no closing.
    """

    language: str
    day: date
    name: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    subject: str
    body: str
    greeting: str = ""
    closes_itself: bool = False


def addressee_of(official: Official, day: date, language: str) -> Addressee:
    """Name with form of address, chamber, and where post arrives. No query after `with_seats()` and a prefetch of
    offices and contact points.
    """
    named = titles.address(official, day, language)
    return Addressee((named.line, *_chamber(official, day, language), *_where(official)), named.greeting)


def _chamber(official: Official, day: date, language: str) -> list[str]:
    tenure = titles.seat_held(official, day)
    if tenure is None or tenure.seat.chamber.code == ChamberCode.EXECUTIVE:
        return []
    return [tenure.seat.chamber.name_in(language)]


def _where(official: Official) -> list[str]:
    offices = [office for office in official.offices.all() if office.address and office.ended_on is None]
    if offices:
        offices.sort(key=lambda office: (_OFFICES.index(OfficeKind(office.kind)), office.pk))
        return address_lines(offices[0].address)
    points = [
        point.value
        for point in official.contact_points.all()
        if point.kind == ContactKind.ADDRESS and point.ended_on is None
    ]
    return address_lines(points[0]) if points else []


def address_lines(address: str) -> list[str]:
    """`State Capitol; Room 5; Juneau, AK 99801` as lines, as the public record parts them."""
    parted = _CITY_AND_ZIP.sub(r"\n\1", address)
    return [line for line in _ADDRESS_LINES.split(parted.strip()) if line]


def written(letters: Sequence[LetterToPrint]) -> bytes:
    """A page or more for each letter, in the order given."""
    if not letters:
        raise ValueError("There is no letter to print.")
    moment = datetime.combine(letters[0].day, time(12), UTC)
    return pdf.written(TEMPLATE, "letters", _data(letters), moment=moment)


def _data(letters: Sequence[LetterToPrint]) -> dict[str, Any]:
    first = letters[0]
    one, several = _TITLE[Language(first.language)]
    title = one.format(first.addressee[0]) if len(letters) == 1 else several.format(len(letters))
    return {
        "title": readable(title),
        "author": readable(first.name),
        "language": first.language,
        "letters": [_letter(letter) for letter in letters],
    }


def _letter(letter: LetterToPrint) -> dict[str, Any]:
    language = Language(letter.language)

    def said(text: str) -> str:
        return _typeset(readable(text), language)

    return {
        "language": str(language),
        "sender": _lines(said, [letter.name, *letter.sender]),
        "day": day_in_words(letter.day, language),
        "addressee": _lines(said, letter.addressee),
        "subject": said(_SUBJECT[language].format(letter.subject)) if letter.subject else "",
        "greeting": said(f"{letter.greeting},") if letter.greeting else "",
        "body": [_lines(said, part) for part in paragraphs(letter.body)],
        "closing": "" if letter.closes_itself else _CLOSING[language],
        "signature": "" if letter.closes_itself else said(letter.name),
    }


def _lines(said: Callable[[str], str], lines: Iterable[str]) -> list[str]:
    return [line for line in map(said, lines) if line]


def _typeset(text: str, language: Language) -> str:
    """In French the space before `:` does not break; where somebody wrote none, none is added."""
    return _BEFORE_FRENCH_SIGNS.sub("\u00a0", text) if language == Language.FRENCH else text
