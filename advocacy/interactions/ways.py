"""How a letter gets from our person to the office: their own mail program, the office's web form, its phone.

The portal hands the text over and sends nothing. A mail link is made for real e-mail addresses only: members of
Congress publish none (SOURCES.md, trap 4).
"""

from dataclasses import dataclass
from urllib.parse import quote

from legislation.models import ContactKind, Official

# Longer links are cut short or ignored by some mail programs.
LONGEST_LINK = 1900


@dataclass(frozen=True)
class MailLink:
    address: str
    link: str
    has_text: bool


@dataclass(frozen=True)
class Ways:
    mail: list[MailLink]
    forms: list[str]
    phones: list[str]


def mail_link(address: str, subject: str, text: str) -> MailLink:
    """A `mailto:` link; where the text would make it too long, the subject alone."""
    start = f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}"
    whole = f"{start}&body={quote(text.replace(chr(10), chr(13) + chr(10)), safe='')}"
    has_text = len(whole) <= LONGEST_LINK
    return MailLink(address, whole if has_text else start, has_text)


def ways_to(official: Official, *, subject: str, text: str) -> Ways:
    """Every way to reach this office that holds today."""
    points = official.contact_points.current().order_by("pk")
    by_kind: dict[str, list[str]] = {}
    for point in points:
        by_kind.setdefault(point.kind, []).append(point.value)
    numbers = [office.phone for office in official.offices.current().order_by("kind", "pk") if office.phone]
    return Ways(
        mail=[mail_link(address, subject, text) for address in by_kind.get(ContactKind.EMAIL, [])],
        forms=by_kind.get(ContactKind.WEBFORM, []),
        phones=list(dict.fromkeys([*numbers, *by_kind.get(ContactKind.PHONE, [])])),
    )
