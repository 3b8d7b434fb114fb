"""Sessions as LegiScan names them, under the short names by which Open States knows them, where those can be told.

Every legislature has a habit: a year, two years, or the number of the legislature. Only with the same short name
does a bill of both sources become one measure. The habits are those of the session lists of Open States' own
scrapers (one file a legislature); where those say nothing, the session keeps LegiScan's title.
"""

import re
from typing import NamedTuple

from legislation.models.session import SessionKind
from legislation.sources.measures.legiscan_codes import jurisdiction_of
from legislation.sources.measures.records import SessionFact

_LONGEST = 40
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_ORDINAL = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)|({'|'.join(_ORDINALS)}))\b"
    r"(?=\s+(?:special|extraordinary|extra|called)\b)",
    re.IGNORECASE,
)
_IS_SPECIAL = re.compile(r"\b(special|extraordinary|extra|called)\b", re.IGNORECASE)
_FOLDER = re.compile(r"^(\d{4})-(\d{4})(?:[_ ](.+))?$")
_LETTERS = "ABCDEFGHIJ"  # A is the regular session
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class NamedSession(NamedTuple):
    """`years` are the first and the last; `title` is all that is said of it in words."""

    state: str
    years: tuple[int, int]
    title: str
    is_special: bool


# {number} and {nth} count legislatures: the one of the year, from which the others follow every second year.
_NUMBER_IN = {
    "us": (2025, 119),
    "ak": (2025, 34),
    "az": (2025, 57),
    "dc": (2025, 26),
    "de": (2025, 153),
    "il": (2025, 104),
    "ma": (2025, 194),
    "me": (2025, 132),
    "nd": (2025, 69),
    "ne": (2025, 109),
    "nj": (2024, 221),
    "nv": (2025, 83),
    "oh": (2025, 136),
    "tn": (2025, 114),
    "tx": (2025, 89),
}
_REGULAR = {
    **dict.fromkeys(("us", "ak", "dc", "de", "me", "nd", "ne", "nj", "nv", "oh", "tn", "tx"), "{number}"),
    **dict.fromkeys(("il", "ma"), "{nth}"),
    "al": "{start}rs",
    "az": "{nth}-{year_of_two}-regular",
    "ca": "{start}{end}",
    "co": "{start}A",
    "ga": "{start}_{short_end}",
    "hi": "{start} Regular Session",
    "ky": "{start}RS",
    "nc": "{start}",
    "or": "{start}R1",
    "wi": "{start}",
}
_SPECIAL = {
    "al": "{start}{initial}s",
    "az": "{nth}-{ordinal}-special",
    "co": "{start}{letter}",
    "ok": "{start}SS{which}",
    "tx": "{number}{which}",
    "va": "{start}special{roman}",
}
_ONE_YEAR, _SEVERAL_YEARS, _ANY_SPECIAL = "{start}", "{start}-{end}", "{start}S{which}"


def session_fact(session: NamedSession) -> SessionFact:
    """Raises KeyError where the state is none."""
    start, end = session.years
    name = session.title or (f"{start}" if start == end else f"{start}-{end}")
    return SessionFact(
        jurisdiction_of(session.state),
        _identifier(session)[:_LONGEST],
        name[:160],
        SessionKind.SPECIAL if session.is_special else SessionKind.REGULAR,
    )


def session_before(session: NamedSession) -> SessionFact | None:
    """The regular session of the year before: where bills are carried over from, in states that sit by the year."""
    start, end = session.years
    if session.is_special or start != end or session.state.lower() in _NUMBER_IN:
        return None
    years = (start - 1, start - 1)
    return session_fact(NamedSession(session.state, years, f"{start - 1} Regular Session", False))


def of_folder(state: str, folder: str) -> NamedSession | None:
    """From the name of a folder in a dataset: 2025-2026, 2025-2025_1st_Special_Session."""
    found = _FOLDER.match(folder)
    if found is None:
        return None
    title = (found[3] or "").replace("_", " ").strip()
    years = (int(found[1]), int(found[2]))
    return NamedSession(state, years, title, bool(_IS_SPECIAL.search(title)))


def _identifier(session: NamedSession) -> str:
    state = session.state.lower()
    start, end = session.years
    if session.is_special:
        which = _which(session.title)
        if which is None:
            # Two sessions of one year must not share a name: their numbers start again.
            return session.title or f"{start}S"
        return _SPECIAL.get(state, _ANY_SPECIAL).format(**_words(session, which))
    if state == "ar" and "fiscal" in session.title.lower():
        return f"{start}F"
    usual = _ONE_YEAR if start == end else _SEVERAL_YEARS
    return _REGULAR.get(state, usual).format(**_words(session, 1))


def _words(session: NamedSession, which: int) -> dict[str, str]:
    start, end = session.years
    year, number = _NUMBER_IN.get(session.state.lower(), (start, 0))
    number += (start - year) // 2
    return {
        "start": str(start),
        "end": str(end),
        "short_end": f"{end % 100:02d}",
        "number": str(number),
        "nth": _nth(number),
        "year_of_two": _nth((start - year) % 2 + 1),
        "which": str(which),
        "ordinal": _nth(which),
        "roman": _ROMAN[which] if which < len(_ROMAN) else str(which),
        "letter": _LETTERS[which] if which < len(_LETTERS) else str(which),
        "initial": _ORDINALS[which - 1][0] if which <= len(_ORDINALS) else str(which),
    }


def _which(title: str) -> int | None:
    found = _ORDINAL.search(title)
    if found is None:
        return None
    return int(found[1]) if found[1] else _ORDINALS.index(found[2].lower()) + 1


def _nth(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}" + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
