"""Loading measures: any source's neutral records in, one measure for each session and number out.

A batch is a transaction: the measures of a session may be twenty thousand, and nobody else could write meanwhile.
Each record stands for itself and is the same when it comes again, so an import that broke off is simply run again.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from legislation import news
from legislation.actions import measure_writing
from legislation.actions.bulk import refresh_statistics, update_rows
from legislation.actions.measure_batch import Batch, Run
from legislation.actions.measure_relations import newest_in, write_relations
from legislation.actions.measure_report import Report
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks
from legislation.models import ImportRun, Source, SourceRecord
from legislation.sources.measures.catalogue import READERS, SOURCES
from legislation.sources.measures.records import MeasureFile, MeasureRecord, Reading, Refused
from legislation.sources.opening import FileRefused
from legislation.sources.records import Remark

_MOST_RECORDS, _MOST_FACTS = 250, 20_000
_MANY_ROWS = 5_000
_PAUSE = 0.02  # lets whoever waits for SQLite's one write lock have it between two batches


def run(
    *,
    source: str,
    path: Path,
    now: datetime,
    by: User | None = None,
    dry_run: bool = False,
    on_progress: Callable[[Report], None] = lambda report: None,
) -> list[Report]:
    """Load what the format `source` finds at `path`. Raises FileRefused where it finds nothing."""
    return [
        load(file, now=now, by=by, dry_run=dry_run, on_progress=on_progress) for file in READERS[source](path)
    ]


def load(
    file: MeasureFile,
    *,
    now: datetime,
    by: User | None = None,
    dry_run: bool = False,
    on_progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Bring the record up to date with what one source says.

    Running it again changes only what the source has changed. A dry run does everything and takes it back.
    `on_progress` hears of each batch.
    """
    report = Report(source=file.scheme, label=file.label[:200], dry_run=dry_run)
    with transaction.atomic() if dry_run else nullcontext():
        add(file, report, now=now, on_progress=on_progress)
        if dry_run:
            transaction.set_rollback(True)
    if report.counts["rows"] > _MANY_ROWS and not dry_run:
        refresh_statistics("legislation")
    keep(report, started_at=now, by=by)
    return report


def add(
    file: MeasureFile,
    report: Report,
    *,
    now: datetime,
    on_progress: Callable[[Report], None] = lambda report: None,
) -> None:
    """Load the file and add what came of it to a report: a feed brings one run in many small files."""
    started = Run(source_row(file.scheme), now)
    for readings in _batches(_unbroken(file, report)):
        _load_batch(started, readings, report)
        on_progress(report)
    _look_again(started, report)
    if started.news:
        news.ring_after_commit()
    report.notices += file.warnings
    for what, number in file.listed.items():
        report.counts[f"{what}_listed"] += number


def source_row(key: str) -> Source:
    """The source of this key, with its licence and what must be said of it."""
    return Source.objects.get_or_create(key=key, defaults=SOURCES[key]._asdict())[0]


def _unbroken(file: MeasureFile, report: Report) -> Iterator[Reading]:
    """The records up to where the file breaks off, if it does."""
    try:
        yield from file.records
    except FileRefused as refusal:
        report.failures.append(str(refusal))


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """As many records as one transaction writes, by their number and by what they hold."""
    batch: list[Reading] = []
    facts = 0
    for reading in readings:
        batch.append(reading)
        facts += _weight(reading)
        if len(batch) >= _MOST_RECORDS or facts >= _MOST_FACTS:
            yield batch
            batch, facts = [], 0
    if batch:
        yield batch


def _weight(reading: Reading) -> int:
    if isinstance(reading, Refused):
        return 0
    if isinstance(reading, MeasureRecord):
        votes = sum(len(call.votes or ()) for call in reading.roll_calls or ())
        return votes + len(reading.actions or ()) + len(reading.sponsors or ()) + len(reading.texts or ())
    return len(reading.roll_call.votes or ())


def _load_batch(started: Run, readings: Sequence[Reading], report: Report) -> None:
    """One record that the database refuses does not keep out those beside it."""
    try:
        with transaction.atomic():
            # One writer of a source at a time: a sync and a command do not cross.
            Source.objects.select_for_update().get(pk=started.source.pk)
            batch = Batch(started, readings)
            measure_writing.write(batch)
    except (DataError, IntegrityError) as problem:
        started.sessions.forget()
        if len(readings) > 1:
            for reading in readings:
                _load_batch(started, [reading], report)
        else:
            report.refused.append(_refusal(readings[0], problem))
        return
    batch.done()
    report.add(batch.tally)
    days = [*_days(readings, started.now.date()), *filter(None, [report.newest_fact])]
    report.newest_fact = max(days, default=None)
    if connection.vendor == "sqlite" and batch.tally.counts["rows"]:
        time.sleep(_PAUSE)


def _refusal(reading: Reading, problem: Exception) -> Remark:
    if isinstance(reading, Refused):
        return Remark(reading.where, "", reading.why)
    why = _("it holds something the record cannot keep: %(problem)s") % {"problem": problem}
    return Remark(reading.file, reading.key.number, why)


def _days(readings: Sequence[Reading], today: date) -> Iterator[date]:
    """The last day, not after today, of each history."""
    for reading in readings:
        if isinstance(reading, MeasureRecord):
            yield from (action.on for action in (reading.actions or ())[-1:] if action.on <= today)


def _look_again(started: Run, report: Report) -> None:
    """Measures that were not on record when another named them may have come later in the file.

    Where they did not, they are counted, and looked for when the jurisdiction has a newer measure than now.
    """
    newest = {one: newest_in(one) for one in {waiting.jurisdiction for waiting in started.waiting.values()}}
    for chunk in chunks(started.waiting.items()):
        with transaction.atomic():
            rows, unknown = write_relations([one.related for _key, one in chunk], started.sessions)
            marks = {
                key: one.mark._replace(
                    newest=newest[one.jurisdiction] if one.related.measure in unknown else ""
                )
                for key, one in chunk
            }
            update_rows(
                RowUpdate(SourceRecord, key, {"content_hash": str(mark)}) for key, mark in marks.items()
            )
        report.counts["rows"] += rows
        report.counts["unknown_related"] += sum(unknown.values())


def keep(report: Report, *, started_at: datetime, by: User | None, run: ImportRun | None = None) -> ImportRun:
    """The run as it stands in the record; `run` where it is there already and has grown."""
    data = report.as_data()
    run = run or ImportRun(source=source_row(report.source), label=report.label, by=by)
    run.upstream_date, run.dry_run = report.newest_fact, report.dry_run
    run.started_at, run.finished_at = started_at, max(started_at, timezone.now())
    run.counts, run.report = data["counts"], data
    run.save()
    return run
