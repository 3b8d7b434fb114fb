"""Text as people search it: without accents, hyphens or case."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

# A zero byte too: PostgreSQL refuses it in any text.
_JOINERS = re.compile(r"[\s\x00\-‐-―'’`.,()/\"“”]+")
_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe"}
)


def fold(text: str) -> str:
    """`Élise O'Neil-Côté` becomes `elise o neil cote`: one space between words, no accents, lower case."""
    # Decomposing first: "ᴬ" only becomes a capital letter by it.
    lowered = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", lowered)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _JOINERS.sub(" ", bare.translate(_LETTERS_WITHOUT_DECOMPOSITION)).strip()


def terms(text: str, limit: int = 8) -> list[str]:
    """The folded words of a search, at most `limit` of them."""
    return fold(text).split()[:limit]


def keys_holding(text: str, rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """The key of each `(key, words, …)` whose words hold every word of `text`. For rows that are few enough to read."""
    wanted = terms(text)
    return [key for key, *words in rows if all(word in fold(" ".join(words)) for word in wanted)]
