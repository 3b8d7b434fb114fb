"""The report in a few lines of plain text, as it goes out by mail: the headline, the notes, and where the rest is."""

import textwrap
from collections.abc import Iterator

from django.utils.translation import gettext as _

from advocacy.reports.national.document import Block, Document, Drawing
from advocacy.reports.writers import wording

WIDTH = 78
NOTES = "notes"


def written(document: Document, link: str = "") -> bytes:
    return text_of(document, link).encode()


def text_of(document: Document, link: str = "") -> str:
    """At most 78 columns wide, but for a link, which no mail program should break."""
    with wording.in_language_of(document):
        return "\n".join(_lines(document, link)) + "\n"


def _lines(document: Document, link: str) -> Iterator[str]:
    yield from _wrapped(document.title.upper())
    yield from _wrapped(f"{document.subtitle} · {document.status}")
    yield from _wrapped(wording.as_of(document))
    for block in document.blocks:
        if block.drawing == Drawing.TILES:
            yield from _heading(block.title)
            yield from _tiles(block)
    for block in document.blocks:
        if block.code == NOTES and block.rows:
            yield from _heading(block.title)
            for row in block.rows:
                yield from _wrapped(" ".join(map(wording.cell_text, row)), "- ")
    if link:
        yield ""
        yield from _wrapped(_("The whole report:"))
        yield link


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield from _wrapped(title)
    yield "-" * min(len(title), WIDTH)


def _tiles(block: Block) -> Iterator[str]:
    """“Unique officials: 612”, and below it how that changed."""
    changes = [column.title for column in block.columns[2:]]
    for title, value, *moved in block.rows:
        yield from _wrapped(
            _("%(title)s: %(value)s") % _pair(wording.cell_text(title), wording.cell_text(value))
        )
        said = [
            _("%(title)s: %(value)s") % _pair(name, wording.cell_text(change))
            for name, change in zip(changes, moved, strict=True)
        ]
        if said:
            yield from _wrapped("; ".join(said), "  ")


def _pair(title: str, value: str) -> dict[str, str]:
    return {"title": title, "value": value}


def _wrapped(text: str, first: str = "") -> list[str]:
    """Lines of the text as one paragraph; `first` stands before it, and room for it before the others."""
    clean = " ".join(text.split(" "))
    lines = textwrap.wrap(clean, WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
    return lines or [first.rstrip()]
