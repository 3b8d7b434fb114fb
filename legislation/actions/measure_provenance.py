"""What each source last said of a measure, and whose word goes first where several speak of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from legislation.changeset.held import chunks
from legislation.models import RecordKind, Source, SourceRecord
from legislation.sources.measures.catalogue import rank_of

_HASH = 40
# In place of who was known: whoever is known now, the record is read again.
NOBODY = "0"


class Mark(NamedTuple):
    """What the source said, and what we could not make of it then.

    Where a name found nobody, `people` says who was known; where a related measure was missing, `newest` says which
    measure was the last one. As soon as more is known, the record is read again although it has not changed.
    """

    said: str
    people: str = ""
    newest: str = ""

    @classmethod
    def of(cls, content_hash: str, people: str = "", newest: str = "") -> Self:
        return cls(content_hash[:_HASH], people[:10], newest[:11])

    @classmethod
    def stored(cls, text: str) -> Self:
        return cls(*text.split("~", 2))

    def __str__(self) -> str:
        return "~".join(self).rstrip("~")


class Known(NamedTuple):
    """One record of one source, as we last saw it."""

    pk: int
    source: int
    scheme: str
    kind: str
    external_id: str
    measure: int | None
    mark: Mark
    gives: frozenset[str]
    is_missing: bool


_COLUMNS = (
    "pk",
    "source",
    "source__key",
    "kind",
    "external_id",
    "measure",
    "content_hash",
    "gives",
    "missing_since",
)


def known_as(source: Source, kind: RecordKind, ids: Iterable[str]) -> dict[str, Known]:
    """The records of this source with these ids."""
    found: dict[str, Known] = {}
    for chunk in chunks(ids):
        rows = SourceRecord.objects.filter(source=source, kind=kind, external_id__in=chunk).order_by()
        found |= {one.external_id: one for one in map(_known, rows.values_list(*_COLUMNS))}
    return found


def speaking_of(measures: Iterable[int]) -> dict[int, list[Known]]:
    """Whatever any source says of these measures."""
    found: dict[int, list[Known]] = {}
    for chunk in chunks(measures):
        rows = SourceRecord.objects.filter(measure__in=chunk, kind=RecordKind.MEASURE).order_by("pk")
        for one in map(_known, rows.values_list(*_COLUMNS)):
            found.setdefault(one.measure or 0, []).append(one)
    return found


def _known(row: tuple[int, int, str, str, str, int | None, str, str, datetime | None]) -> Known:
    pk, source, scheme, kind, external_id, measure, content_hash, gives, missing_since = row
    mark, lists = Mark.stored(content_hash), frozenset(gives.split())
    return Known(pk, source, scheme, kind, external_id, measure, mark, lists, missing_since is not None)


def better_than(scheme: str, known: Collection[Known]) -> list[Known]:
    """What better sources say of a measure, as far as they still list it."""
    rank = rank_of(scheme)
    return [one for one in known if rank_of(one.scheme) < rank and not one.is_missing]


@dataclass
class Saying:
    """A record to be kept: what the source says now."""

    kind: RecordKind
    external_id: str
    jurisdiction: int
    measure: int
    mark: Mark
    gives: frozenset[str] = frozenset()
    known: Known | None = None


def keep(source: Source, sayings: Iterable[Saying], *, now: datetime) -> dict[str, int]:
    """Write what the source says; returns the keys of the rows by external id."""
    rows = [
        SourceRecord(
            source=source,
            kind=one.kind,
            external_id=one.external_id,
            jurisdiction_id=one.jurisdiction,
            measure_id=one.measure,
            content_hash=str(one.mark),
            gives=" ".join(sorted(one.gives)),
            first_seen_at=now,
            last_seen_at=now,
        )
        for one in sayings
    ]
    columns = ["jurisdiction", "measure", "content_hash", "gives", "last_seen_at", "missing_since"]
    kept: dict[str, int] = {}
    for chunk in chunks(rows):
        SourceRecord.objects.bulk_create(
            chunk,
            update_conflicts=True,
            update_fields=columns,
            unique_fields=["source", "kind", "external_id"],
        )
        kept |= {row.external_id: row.pk for row in chunk}
    return kept


def seen_again(records: Collection[Known], *, now: datetime) -> None:
    """They are as they were."""
    for chunk in chunks(records):
        rows = SourceRecord.objects.filter(pk__in=[one.pk for one in chunk])
        rows.update(last_seen_at=now, missing_since=None)


def no_longer_called(records: Collection[Known], *, now: datetime) -> None:
    """The source knows these measures under other ids now."""
    for chunk in chunks(records):
        rows = SourceRecord.objects.filter(pk__in=[one.pk for one in chunk], missing_since=None)
        rows.update(missing_since=now)
