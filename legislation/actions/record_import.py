"""Importing the public record: read, compare, check, write; one jurisdiction after the other."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from legislation.actions import change_sets, leavers, record_writing
from legislation.actions.bulk import refresh_statistics
from legislation.changeset import review as rule
from legislation.changeset.compare import compare
from legislation.changeset.findings import HAPPENINGS, ChangeSet
from legislation.changeset.held import known_fingerprints
from legislation.changeset.scope import in_scope, vacancies
from legislation.models import ImportChangeSet, ImportRun, Jurisdiction, Source, Tenure
from legislation.sources import catalogue
from legislation.sources.opening import FileRefused
from legislation.sources.records import Remark, Snapshot, newest_start

APPLIED, UNCHANGED, OLDER, REFUSED, WAITING = "applied", "unchanged", "older", "refused", "waiting"
_MANY_CHANGES = 1_000
_PAUSE = 0.02  # lets whoever waits for SQLite's one write lock have it between two jurisdictions


@dataclass
class Outcome:
    """What became of one jurisdiction, or of one file that was refused.

    `waiting`: how many lines wait for a person; `change_sets`: the sets this left, by number.
    """

    name: str
    status: str
    changes: int = 0
    waiting: int = 0
    change_sets: list[int] = field(default_factory=list)
    why: str = ""
    read: dict[str, int] = field(default_factory=dict)
    in_office: dict[str, int] = field(default_factory=dict)
    unconfirmed: int = 0
    unchanged: int = 0
    happenings: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    vacancies: list[str] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)


@dataclass
class Report:
    """What one run did, jurisdiction by jurisdiction."""

    source: str
    label: str
    dry_run: bool
    outcomes: list[Outcome] = field(default_factory=list)
    newest_fact: date | None = None

    @property
    def changes(self) -> int:
        return sum(outcome.changes for outcome in self.outcomes)

    def counts(self) -> dict[str, int]:
        total: Counter[str] = Counter()
        for outcome in self.outcomes:
            total.update(outcome.read)
            total.update({kind: len(found) for kind, found in outcome.happenings.items()})
            total.update(
                changes=outcome.changes,
                unchanged=outcome.unchanged,
                vacancies=len(outcome.vacancies),
                unconfirmed=outcome.unconfirmed,
                refused=len(outcome.refused),
                in_office=sum(outcome.in_office.values()),
            )
        return dict(total)

    def as_data(self) -> dict[str, Any]:
        """The report for machines."""
        return {
            "source": self.source,
            "label": self.label,
            "dry_run": self.dry_run,
            "newest_fact": self.newest_fact.isoformat() if self.newest_fact else None,
            "changes": self.changes,
            "counts": self.counts(),
            "jurisdictions": [_outcome_data(outcome) for outcome in self.outcomes],
        }


def run(
    *,
    source: str,
    path: Path,
    now: datetime,
    by: User | None = None,
    dry_run: bool = False,
    force: bool = False,
    review: bool = False,
    districts: Path | None = None,
    divisions: Path | None = None,
    on_progress: Callable[[Outcome], None] = lambda outcome: None,
) -> Report:
    """Bring the record up to date with what `source` says at `path`.

    With `review`, what the rule allows is applied and the rest waits as a change set; without, whoever runs
    it has approved all of it. A dry run does everything and takes it back. Raises FileRefused where nothing at
    `path` can be used.
    """
    origin = _source(source)
    report = Report(source, path.name[:200], dry_run)
    known = known_fingerprints(origin)
    for entry in catalogue.entries(source, path, districts=districts, divisions=divisions):
        outcome = _import_one(entry, known, origin, now, report, dry_run=dry_run, force=force, review=review)
        report.outcomes.append(outcome)
        on_progress(outcome)
    _keep(report, origin, now, by)
    return report


def _import_one(
    entry: catalogue.Entry,
    known: dict[str, tuple[str, str]],
    origin: Source,
    now: datetime,
    report: Report,
    *,
    dry_run: bool,
    force: bool,
    review: bool,
) -> Outcome:
    try:
        snapshot = entry.read(known)
    except FileRefused as refusal:
        return Outcome(entry.label, REFUSED, why=str(refusal))
    newest = newest_start(snapshot.people, now.date())
    report.newest_fact = max(filter(None, (report.newest_fact, newest)), default=None)
    try:
        with transaction.atomic():
            # One writer of a source at a time: an approval and a sync do not cross.
            Source.objects.select_for_update().get(pk=origin.pk)
            outcome = _apply(snapshot, origin, now, force=force, review=review)
            transaction.set_rollback(dry_run)
    except rule.TooManyLeaving as refusal:
        return Outcome(snapshot.scope.name, REFUSED, why=str(refusal), refused=snapshot.refused)
    if connection.vendor == "sqlite" and outcome.changes:
        time.sleep(_PAUSE)
    return outcome


def _apply(snapshot: Snapshot, origin: Source, now: datetime, *, force: bool, review: bool) -> Outcome:
    changes = compare(snapshot, source=origin, day=now.date(), force=force)
    outcome = Outcome(snapshot.scope.name, APPLIED, read=dict(snapshot.read), unchanged=changes.unchanged)
    outcome.refused = snapshot.refused
    outcome.notices = [*snapshot.notices, *changes.notices]
    if changes.why_older:
        outcome.status = OLDER
        outcome.why = _(
            "This looks like an older file than the last one: %(why)s. Nothing was changed. If it is "
            "right all the same, run it again with --force."
        ) % {"why": changes.why_older}
        return outcome
    if not force:
        rule.refuse_half_a_file(changes)
    if review:
        _bring_in(outcome, changes, origin, now, force=force)
    else:
        _write_all(outcome, changes, origin, now)
    if outcome.changes > _MANY_CHANGES:
        refresh_statistics("legislation")
    outcome.happenings = {
        kind: [one._asdict() for one in changes.happenings if one.kind == kind] for kind in HAPPENINGS
    }
    _describe(outcome, snapshot, now.date())
    return outcome


def _write_all(outcome: Outcome, changes: ChangeSet, origin: Source, now: datetime) -> None:
    outcome.changes = record_writing.write(changes, source=origin, now=now)
    outcome.status = APPLIED if outcome.changes else UNCHANGED
    leavers.list_for_decision(None, changes.gone_from_a_seat(), day=changes.day)
    scope = Jurisdiction.objects.filter(ocd_id=changes.snapshot.scope.ocd_id).first()
    ImportChangeSet.objects.about(origin, scope).overtake(now)


def _bring_in(outcome: Outcome, changes: ChangeSet, origin: Source, now: datetime, *, force: bool) -> None:
    done = change_sets.bring_in(changes, source=origin, now=now, force=force)
    outcome.changes, outcome.waiting, outcome.why = done.written, done.waiting, done.why
    outcome.change_sets = [one.pk for one in done.sets]
    outcome.status = WAITING if done.waiting else APPLIED if done.written else UNCHANGED


def _describe(outcome: Outcome, snapshot: Snapshot, day: date) -> None:
    """How the jurisdiction stands after the run: who is in office, what is vacant, what is unconfirmed."""
    scope = snapshot.scope.ocd_id
    tenures = Tenure.objects.filter(in_scope(scope, "seat__chamber__jurisdiction")).order_by()
    outcome.in_office = dict(
        tenures.in_force(day)
        .values_list("seat__chamber__code")
        .annotate(number=Count("official", distinct=True))
    )
    outcome.unconfirmed = tenures.unconfirmed(day).count()
    for label, free in vacancies(scope, day).items():
        outcome.vacancies.extend([label] * free)


def _source(key: str) -> Source:
    about = catalogue.SOURCES[key]
    values = {
        "name": about.name,
        "url": about.url,
        "licence": about.licence,
        "attribution": about.attribution,
    }
    return Source.objects.get_or_create(key=key, defaults=values)[0]


def _keep(report: Report, origin: Source, started_at: datetime, by: User | None) -> None:
    data = report.as_data()
    run = ImportRun.objects.create(
        source=origin,
        label=report.label,
        upstream_date=report.newest_fact,
        started_at=started_at,
        finished_at=max(started_at, timezone.now()),
        by=by,
        counts=data["counts"],
        report=data,
        dry_run=report.dry_run,
    )
    made = [pk for outcome in report.outcomes for pk in outcome.change_sets]
    ImportChangeSet.objects.filter(pk__in=made, run=None).update(run=run)


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    data = {**vars(outcome)}
    for name in ("refused", "notices"):
        data[name] = [remark._asdict() for remark in data[name]]
    return data


def failures(report: Report) -> Iterator[str]:
    """What was refused whole."""
    for outcome in report.outcomes:
        if outcome.status == REFUSED:
            yield f"{outcome.name}: {outcome.why}"
