"""What can be told from a personal text alone: whether it came before, and whether it advertises."""

import hashlib
import re
import unicodedata

# A short sentence may well come from many people; the same paragraph does not.
SHORTEST_COMPARED = 40
_LINK = re.compile(
    r"https?:|www\.|\[url|<a\s|(?<![@\w.-])[a-z0-9-]+\.(?:com|net|org|info|biz|ru|cn|xyz|top|site|online|shop|link)\b",
    re.IGNORECASE,
)


def digest_of(text: str) -> str:
    """The same for every spelling of a text: case, spaces and signs aside. Empty where it is too short to tell."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(sign for sign in folded if sign.isalnum())
    return hashlib.sha256(words.encode()).hexdigest() if len(words) >= SHORTEST_COMPARED else ""


def has_links(text: str) -> bool:
    return bool(_LINK.search(unicodedata.normalize("NFKC", text)))
