"""Summaries come as HTML; the record keeps their words."""

import re
from html.parser import HTMLParser

from legislation.sources.shapes import nfc, one_line

_BLOCKS = frozenset(
    ("p", "div", "br", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
)
_UNSEEN = frozenset(("script", "style", "head", "template"))
_TAG = re.compile(r"<[a-zA-Z/]")
# White space of the markup is a space; only its blocks break lines.
_ANY_SPACE = re.compile(r"\s+")
_SPACE = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[\n ]*")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def parse_html_declaration(self, i: int) -> int:
        """Sections such as `<![if` are no HTML; Python's parser takes some of them for an error of its own."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n• ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(self._unseen - (tag in _UNSEEN), 0)
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(_ANY_SPACE.sub(" ", data))


def words_of(markup: str) -> str:
    """The text of an HTML fragment, a paragraph to a line, items of lists with a bullet."""
    reader = _Words()
    reader.feed(markup)
    reader.close()
    return _BREAKS.sub("\n", _SPACE.sub(" ", nfc("".join(reader.parts)))).strip()


def words_on_one_line(markup: str) -> str:
    """The same without breaks; text without a tag is left as it is, with its < and its &."""
    return one_line(words_of(markup)) if _TAG.search(markup) else one_line(markup)
