"""What LegiScan writes in words: titles, addresses, and the number of a roll call inside its description."""

import re

from legislation.sources.shapes import one_line

_LONGEST_TITLE, _LONGEST_ADDRESS = 2_000, 500
_NUMBER = re.compile(r"(?:roll call|rcs?|vote)\s*(?:#|no\.?|number)\s*(\d{1,6})\b", re.IGNORECASE)


def titles(title: str, description: str) -> tuple[str, str]:
    """The title, and the long description where it says more."""
    short, long = one_line(title), one_line(description)
    if len(short) > _LONGEST_TITLE:
        return short[:_LONGEST_TITLE], long if len(long) > len(short) else short
    return (short, "") if short == long else (short or long[:_LONGEST_TITLE], long if short else "")


def address(*candidates: str) -> str:
    """The first that is an address of the web and not too long to be kept: the legislature's before LegiScan's."""
    for candidate in candidates:
        if candidate.startswith(("http://", "https://")) and len(candidate) <= _LONGEST_ADDRESS:
            return candidate
    return ""


def motion_number(description: str) -> int | None:
    """As the chamber counts its votes: "Senate Third Reading: Passed Roll Call # 68" is number 68."""
    found = _NUMBER.search(description)
    return int(found[1]) if found else None
