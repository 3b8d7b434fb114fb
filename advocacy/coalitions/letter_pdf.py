"""The letter on paper, set by typst: every language it has, each with its addressees and those who signed.

The same letter on the same day gives the same bytes.
"""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.coalitions.models import SignOnLetter
from advocacy.coalitions.signatories import signatories
from advocacy.kernel import pdf
from advocacy.kernel.two_clocks import by_the_clock
from members.models import Society

TEMPLATE = Path(__file__).with_name("letter.typ")


def written(letter: SignOnLetter) -> bytes:
    day = letter.sent_on or letter.received_on
    return pdf.written(TEMPLATE, "letter", _data(letter), moment=datetime.combine(day, time.min, tzinfo=UTC))


def _data(letter: SignOnLetter) -> dict[str, Any]:
    parts = [_part(letter, language, title, text) for language, title, text in letter.texts()]
    issuer = str(letter.lead or letter.chapter or Society.objects.first() or "")
    return {"title": parts[0]["title"], "issuer": issuer, "parts": parts}


def _part(letter: SignOnLetter, language: str, title: str, text: str) -> dict[str, Any]:
    """One language of the letter. Names of signatories are names, the same in both."""
    with translation.override(language):
        names = [one.name for one in signatories(letter)]
        count = ngettext("%(count)d organization signed", "%(count)d organizations signed", len(names))
        sent = formats.date_format(letter.sent_on, "DATE_FORMAT") if letter.sent_on else ""
        return {
            "language": language,
            "title": title,
            "day": sent,
            "to": _("To"),
            "addressees": letter.addressees(),
            "paragraphs": [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()],
            "signed": count % {"count": len(names)} if names else _("Nobody has signed yet"),
            "names": names,
            "note": _note(letter),
            "page": _("Page {page} of {pages}"),
        }


def _note(letter: SignOnLetter) -> str:
    """Below a partner's letter that we send back: who decided for us, and when."""
    if letter.is_led_by_us or not letter.decided_at:
        return ""
    words = {
        "who": str(letter.decided_by),
        "when": by_the_clock(letter.decided_at, letter.zone),
        "decision": letter.get_decision_display(),
    }
    return _("Our decision: %(decision)s. Approved by %(who)s, %(when)s.") % words
