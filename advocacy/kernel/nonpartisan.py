"""Words that have no place in a letter of ours: parties, candidates, elections (DOMAIN.md W4, 4; §9, trap 13).

The list only points; a person decides, because “liberal rules” and “a party to the contract” are no campaigning.
"""

import re
from collections.abc import Iterable

from advocacy.kernel.folding import fold

_WORDS = (
    r"republicans?|democrats?|gop|maga|libertarians?|green party",
    r"(?:democratic|republican|liberal|conservative) party|partisan\w*|party line",
    r"liberals|conservatives|new democrats?|ndp|npd|bloc quebecois|bloquistes?|parti \w+|caquistes?",
    r"liberaux|conservateurs|neo democrates?",
    r"re ?elect\w*|candidat\w*|election\w*|ballot box|vote (?:for|against|out)|votez|reelire|campaign donation\w*",
)
_FOUND = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


def words_to_look_at(texts: Iterable[str]) -> list[str]:
    """The words of these texts that speak of parties, candidates or elections, each once, without accents."""
    found = (match.group() for text in texts for match in _FOUND.finditer(fold(text)))
    return list(dict.fromkeys(found))
