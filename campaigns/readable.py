"""Somebody's words made fit for paper or for reading aloud: nothing in them but what can be seen."""

import re
from unicodedata import normalize

# Control signs, joiners, and signs that turn the direction of writing and so make a name or an address read otherwise
# than it is.
_WITHOUT_PICTURE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\u0085")
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


def readable(text: str) -> str:
    """One way to write each accent and each line's end, no sign without a picture."""
    spaced = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _WITHOUT_PICTURE.sub("", normalize("NFC", spaced)).strip()


def paragraphs(text: str) -> list[list[str]]:
    """The lines of each paragraph; a blank line parts two. Lines keep what they are indented by."""
    parted = _BETWEEN_PARAGRAPHS.split(readable(text))
    return [[line.rstrip() for line in part.split("\n") if line.strip()] for part in parted if part.strip()]
