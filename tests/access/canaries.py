"""Words that exist once in the world, each in one field of one object: whoever meets one knows what leaked."""

import re
from collections.abc import Iterable
from itertools import count
from random import Random

_WORD = re.compile(r"cx[0-9a-f]{12}")
_numbers = count(1)
_random = Random(2027)


class Nest:
    """The canaries of one object; `label` says in a failing test where they sit."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.fields: dict[str, str] = {}

    def word(self, field: str) -> str:
        """A word alone, for names and addresses."""
        word = f"cx{next(_numbers):04x}{_random.getrandbits(32):08x}"
        self.fields[word] = f"CANARY-{self.label}-{field}"
        return word

    def text(self, field: str) -> str:
        """A sentence that begins with its word, so that a page which cuts it short still shows the word."""
        word = self.word(field)
        return f"{word} {self.fields[word]}"

    def address(self, field: str) -> str:
        return f"{self.word(field)}@example.org"

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.fields)


def words_in(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.lower())}
