"""A link that opens the supporter's own mail program with the letter in it (RFC 6068)."""

from urllib.parse import quote

# Windows hands a program no longer line than this; beyond it the text is offered for copying.
LONGEST = 2_000


def link(to: str, subject: str, body: str) -> str:
    """Empty where the letter is too long for a link."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    found = f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
    return found if len(found) <= LONGEST else ""
