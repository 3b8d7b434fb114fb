"""Briefs on paper, set by typst: one page for each office, whatever stands on it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.events.brief_words import heading, sections
from advocacy.events.briefs import Brief
from advocacy.events.papers import Sheet
from advocacy.kernel import pdf

TEMPLATE = Path(__file__).with_name("brief.typ")


def written(briefs: Sequence[Brief], *, language: str, sheet: Sheet, moment: datetime) -> bytes:
    """In the language that is active, which is the one named: the words of the briefs were gathered in it."""
    event = briefs[0].appointment.event
    one_office = f" – {briefs[0].office}" if len(briefs) == 1 else ""
    data = {
        "title": f"{event.name_in(language)}{one_office}",
        "language": language,
        "sheet": str(sheet),
        "page": _("Page {page} of {pages}"),
        "foot": _("%(event)s, as of %(day)s. For our own people: do not leave it behind.")
        % {"event": event.name_in(language), "day": formats.date_format(moment, "DATE_FORMAT")},
        "briefs": [_page(one) for one in briefs],
    }
    return pdf.written(TEMPLATE, "briefs", data, moment=moment)


def _page(brief: Brief) -> dict[str, Any]:
    team = brief.appointment.team
    return {
        "office": brief.office,
        "team": str(team) if team else "",
        "heading": heading(brief),
        "note": brief.appointment.note,
        "sections": [
            {
                "title": section.title,
                "nothing": section.nothing,
                "lines": [{"main": line.main, "more": line.more} for line in section.lines],
            }
            for section in sections(brief)
            if section.lines or section.nothing
        ],
    }
