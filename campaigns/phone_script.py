"""What a supporter says on the phone: how to begin, the points, how to end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.readable import paragraphs

# Marks of a list, as people type them; "2." and "2)" count, "2.5 million" does not.
_POINT = re.compile(r"^\s*(?:[-–—•*·▪‣]+|\d{1,2}[.)])(?:\s+|$)")
# Marks of emphasis and links as mail programs write them, which nobody says aloud.
_UNSPOKEN = re.compile(r"[*_#`<>|~^\\]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class PhoneScript:
    """Each a paragraph to be read aloud: plain words on one line."""

    opening: tuple[str, ...]
    points: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    text: str
    is_point: bool


def script_of(body: str) -> PhoneScript:
    """The text of a call in its three parts.

    With a list, what stands before it opens and what stands after it closes. Without one, the first paragraph opens,
    the last closes, and those between are the points.
    """
    parts = [part for lines in paragraphs(body) for part in _parts(lines) if part.text]
    places = [place for place, part in enumerate(parts) if part.is_point]
    if places:
        first, after = places[0], places[-1] + 1
    else:
        first, after = 1, max(len(parts) - 1, 1)
    return PhoneScript(_texts(parts[:first]), _texts(parts[first:after]), _texts(parts[after:]))


def _texts(parts: Sequence[_Part]) -> tuple[str, ...]:
    return tuple(part.text for part in parts)


def _parts(lines: Sequence[str]) -> list[_Part]:
    """A line that begins with a mark is a point, indented lines go on with it; all others run together."""
    gathered: list[tuple[list[str], bool]] = []
    for line in lines:
        is_point, goes_on = bool(_POINT.match(line)), line[:1].isspace()
        if not gathered or is_point or (gathered[-1][1] and not goes_on):
            gathered.append(([], is_point))
        gathered[-1][0].append(_POINT.sub("", line) if is_point else line)
    return [_Part(_spoken(" ".join(texts)), is_point) for texts, is_point in gathered]


def _spoken(text: str) -> str:
    return _SPACES.sub(" ", _UNSPOKEN.sub("", text)).strip()
