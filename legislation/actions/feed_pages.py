"""Loading what a feed of measures brings: a page of raw answers and its marks, together or not at all."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from advocacy.jobs.progress import Progress
from legislation.actions import load_measures
from legislation.actions.measure_report import Report
from legislation.models import Feed, FeedMark, FeedSession, ImportRun
from legislation.sources.measures.catalogue import READERS
from legislation.sources.measures.live.pages import Item, Page, Visit
from legislation.sources.opening import Document, FileRefused
from legislation.sources.records import content_hash


@dataclass
class Arrivals:
    """All that one visit brings. `rows` counts what was read, new or not."""

    feed: Feed
    format: str
    now: datetime
    progress: Progress
    pages: int = 0
    rows: int = 0
    run: ImportRun | None = None
    report: Report = field(init=False)

    def __post_init__(self) -> None:
        self.report = Report(source=self.feed.source.key, label=str(self.feed))

    def take(self, page: Page, visit: Visit, reading: FeedSession) -> None:
        """Load the items whose answer is another than the last one, and mark all of them as read."""
        hashes = {item.subject: content_hash(*(one.content for one in item.documents)) for item in page.items}
        changed = [item for item in page.items if not _is_as_it_was(item, hashes[item.subject], visit)]
        with transaction.atomic():
            refused = self._load([*_documents(changed), *page.beside], visit) if changed else set()
            read = [item for item in page.items if not _names(item) & refused]
            marks = [
                FeedMark(
                    reading=reading,
                    subject=subject,
                    version=version,
                    answer_hash=hashes.get(subject, ""),
                    seen_at=self.now,
                )
                for subject, version in [*((one.subject, one.version) for one in read), *page.marks.items()]
            ]
            _keep(marks)
        visit.marks |= {mark.subject: mark for mark in marks}
        self.pages += 1
        self.rows += len(page.items)

    def _load(self, documents: list[Document], visit: Visit) -> set[str]:
        """Through the reader of such answers; returns the names of those that it, or the record, refused."""
        here = Report(source=self.feed.source.key, label=str(self.feed), notices=list(visit.notices))
        visit.notices.clear()
        with tempfile.TemporaryDirectory(dir=_folder()) as folder:
            for document in documents:
                (Path(folder) / document.name).write_bytes(document.content)
            for file in READERS[self.format](Path(folder)):
                load_measures.add(file, here, now=self.now)
        if here.failures:
            raise FileRefused("\n".join(here.failures))
        total = Report(source=here.source, label=here.label, notices=[*self.report.notices, *here.notices])
        total.add(self.report)
        total.add(here)
        total.newest_fact = max(filter(None, (self.report.newest_fact, here.newest_fact)), default=None)
        self.run = load_measures.keep(total, started_at=self.now, by=self.progress.by, run=self.run)
        self.report = total
        return {remark.file.partition(":")[0] for remark in here.refused}


def _is_as_it_was(item: Item, answer_hash: str, visit: Visit) -> bool:
    mark = visit.marks.get(item.subject)
    return mark is not None and mark.answer_hash == answer_hash


def _documents(items: Iterable[Item]) -> list[Document]:
    """Each under its name; the same thing may stand twice on a page, and the later one counts."""
    return list({one.name: one for item in items for one in item.documents}.values())


def _names(item: Item) -> set[str]:
    return {one.name for one in item.documents}


def _keep(marks: list[FeedMark]) -> None:
    by_subject = {mark.subject: mark for mark in marks}
    FeedMark.objects.bulk_create(
        by_subject.values(),
        update_conflicts=True,
        update_fields=["version", "answer_hash", "seen_at"],
        unique_fields=["reading", "subject"],
        batch_size=500,
    )


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "feeds"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
