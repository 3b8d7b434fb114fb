"""What changed between two texts, word by word: for the eyes of a reviewer."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\S+\s*|\s+")


class Piece(NamedTuple):
    """Some words; `change` is "added", "removed", or empty where both texts have them."""

    text: str
    change: str


def pieces(before: str, after: str) -> list[Piece]:
    """Both texts at once, in reading order."""
    return list(_pieces(_WORD.findall(before), _WORD.findall(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, come = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if tag == "equal":
            yield Piece(come, "")
            continue
        if gone:
            yield Piece(gone, "removed")
        if come:
            yield Piece(come, "added")
