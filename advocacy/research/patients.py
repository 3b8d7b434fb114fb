"""Text that looks as if it could identify a patient: a hint for whoever writes it, no more.

It finds what has a form: dates of birth, numbers of records and health cards, phone numbers, e-mail addresses, great
age. A name, a rare illness in a small town, or a story that neighbors know has none, and only a person sees it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Each looks only a little way ahead and begins only where a word does, so that a page of one letter takes no longer.
_FLAGS = re.IGNORECASE
_DAY = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\w+\.? \d{1,2},? \d{4}|\d{1,2}(?:er)? \w+ \d{4})"
_LOOKS_LIKE: tuple[tuple[str | Promise, re.Pattern[str]], ...] = (
    (
        _("a date of birth"),
        re.compile(
            rf"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?|née?(?: le)?|date de naissance)\b\W{{0,3}}{_DAY}"
            r"|\b(?:\d{1,2}[-/.]\d{1,2}[-/.]19\d{2}|19\d{2}[-/.]\d{1,2}[-/.]\d{1,2})\b",
            _FLAGS,
        ),
    ),
    (
        _("the number of a medical record"),
        re.compile(
            r"\b(?:mrn|medical record|chart|dossier(?: médical)?|patient)\W{0,3}"
            r"(?:(?:no|number|numéro|n[o°])\b\W{0,3})?#?\d{4,}",
            _FLAGS,
        ),
    ),
    (
        _("a health card or insurance number"),
        re.compile(
            r"\b\d{4}[- ]\d{3}[- ]\d{3}(?:[- ]?[a-z]{2})?\b|\b[a-z]{4}[- ]?\d{4}[- ]?\d{4}\b"
            r"|\b\d{3}[- ]\d{2}[- ]\d{4}\b|\b\d{3}[- ]\d{3}[- ]\d{3}\b"
            r"|\b(?:health card|medicare|medicaid|ohip|ramq|member id)\W{0,3}#?[\d-]{6,}",
            _FLAGS,
        ),
    ),
    (_("a phone number"), re.compile(r"(?<!\d)(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)")),
    (_("an e-mail address"), re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,24}")),
    (_("the age of somebody over 89"), re.compile(r"\b(?:9\d|1[01]\d)[- ](?:years?[- ]old|ans)\b", _FLAGS)),
)  # fmt: skip


class Hint(NamedTuple):
    """What a field seems to hold, and the words that look so."""

    field: str
    what: str | Promise
    words: str


def hints(texts: Mapping[str, str]) -> list[Hint]:
    return [hint for name, text in texts.items() for hint in _in(name, text)]


def _in(name: str, text: str) -> Iterable[Hint]:
    for what, pattern in _LOOKS_LIKE:
        if found := pattern.search(text or ""):
            yield Hint(name, what, found.group())
