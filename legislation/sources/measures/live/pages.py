"""What a fetcher hands over: pages of raw answers, each loaded in one transaction together with its marks."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from legislation.models import FeedMark, LegislativeSession
from legislation.sources.measures.live.asking import Asker, KeyRefused, Waits
from legislation.sources.opening import Document, FileRefused

logger = logging.getLogger(__name__)
# After so many in a row the publisher is in trouble, and not the one thing asked for.
_MOST_BROKEN_IN_A_ROW = 3


class Item(NamedTuple):
    """One thing of the publisher, most often a measure: what it calls this version, and what it says."""

    subject: str
    version: str
    documents: tuple[Document, ...]


@dataclass
class Page:
    """`beside` is read together with the items; `marks`, versions by subject, are kept once the page is in."""

    items: Sequence[Item] = ()
    beside: tuple[Document, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Visit:
    """A publisher is asked about one session.

    `marks` are those of earlier pages and visits. `problems` are things that could not be had: whoever moves a marker
    past them looks first. `shared` is what the sessions of one visit need to ask only once.
    """

    asker: Asker
    session: LegislativeSession
    now: datetime
    marks: dict[str, FeedMark]
    sessions_in_all: int = 1
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=dict)

    @property
    def jurisdiction(self) -> str:
        return self.session.jurisdiction.ocd_id

    @property
    def session_in_an_address(self) -> str:
        return quote(self.session.identifier, safe="")

    def has(self, subject: str, version: str, *, since: datetime | None = None) -> bool:
        """Whether this version was read, and not before that moment."""
        mark = self.marks.get(subject)
        return mark is not None and mark.stands_for(version, since=since)

    def version_of(self, subject: str) -> str:
        mark = self.marks.get(subject)
        return mark.version if mark else ""

    def look_for_news(self, what: str, row: Mapping[str, Any], known: Collection[str]) -> None:
        """Fields that the publisher did not have when this was written: nothing breaks, and somebody should look."""
        for name in sorted(set(row) - set(known)):
            notice = f"{what}: {name}"
            if notice not in self.notices:
                self.notices.append(notice)
                logger.warning("A field that is not known in an answer: %s", notice)


Wanted = tuple[str, str, Callable[[], Sequence[Document]]]


def in_pages(visit: Visit, wanted: Iterable[Wanted], *, size: int) -> Iterator[Page]:
    """Fetch each: subject, version, and how. One that cannot be had does not keep out the others.

    Where the visit has to end, what has come by then is handed over first.
    """
    items: list[Item] = []
    broken = 0
    try:
        for subject, version, fetch in wanted:
            try:
                items.append(Item(subject, version, tuple(fetch())))
                broken = 0
            except KeyRefused:
                raise
            except FileRefused as problem:
                broken += 1
                if broken == _MOST_BROKEN_IN_A_ROW:
                    raise
                visit.problems.append(f"{subject}: {problem}")
            if len(items) >= size:
                yield Page(items)
                items = []
    except (FileRefused, Waits):
        if items:
            yield Page(items)
        raise
    if items:
        yield Page(items)
