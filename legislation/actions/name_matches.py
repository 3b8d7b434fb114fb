"""Saying who a printed name is, where several members share it or nobody we know bears it.

What is said holds for the votes and sponsors on record at once, and for those that imports bring later.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.actions.measure_provenance import NOBODY, Mark
from legislation.changeset.held import chunks
from legislation.models import NameMatch, RecordKind, SourceRecord, Sponsorship, Vote
from legislation.models.name_match import key_of

_FIELDS = ("session", "chamber", "name", "official", "reason")


@transaction.atomic
def match(row: NameMatch, *, by: User) -> int:
    """From now on this name is this official there. Returns how many votes and sponsorships it settles.

    Where it was said of somebody else before, those are let go first. Raises ValidationError.
    """
    row.full_clean()
    stored = NameMatch.objects.filter(pk=row.pk).first()
    before = trail.snapshot(stored, _FIELDS) if stored else {}
    if stored:
        _release(stored)
    row.save()
    settled = _apply(row)
    after = trail.snapshot(row, _FIELDS)
    trail.record(by=by, verb="edited" if stored else "added", of=row, changes=trail.difference(before, after))
    return settled


@transaction.atomic
def unmatch(row: NameMatch, *, by: User) -> int:
    """It is not known after all: the name stands alone again. Returns how many votes and sponsorships it frees."""
    trail.record(by=by, verb="deleted", of=row)
    freed = _release(row)
    row.delete()
    return freed


def _apply(row: NameMatch) -> int:
    """Not where the official stands already, or where two voters bear the name: neither is certain then."""
    votes = _votes(row).filter(official=None)
    own = Vote.objects.filter(roll_call=OuterRef("roll_call"), official=row.official_id)
    twice = (
        votes.order_by()
        .values("roll_call")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .values("roll_call")
    )
    certain = votes.exclude(Exists(own)).exclude(roll_call__in=twice)
    settled = Vote.objects.filter(pk__in=list(certain.values_list("pk", flat=True))).update(
        official=row.official_id
    )
    names = _sponsorships(row).filter(official=None, committee=None)
    there = Sponsorship.objects.filter(measure=OuterRef("measure"), official=row.official_id)
    first: dict[int, int] = {}
    for pk, measure in names.exclude(Exists(there)).order_by("role", "pk").values_list("pk", "measure"):
        first.setdefault(measure, pk)
    return settled + Sponsorship.objects.filter(pk__in=first.values()).update(official=row.official_id)


def _release(row: NameMatch) -> int:
    """What bears this name is a name again, and what the source says of it is read once more."""
    votes = _votes(row).filter(official=row.official_id)
    names = _sponsorships(row).filter(official=row.official_id)
    measures = set(votes.values_list("roll_call__measure", flat=True)) | set(
        names.values_list("measure", flat=True)
    )
    _read_again(measures)
    return votes.update(official=None) + _free(names)


def _free(names: QuerySet[Sponsorship]) -> int:
    """A name stands on a measure once in each role: one that stands there already is enough."""
    alone = Sponsorship.objects.filter(
        measure=OuterRef("measure"), name=OuterRef("name"), role=OuterRef("role"), official=None
    )
    return names.exclude(Exists(alone)).update(official=None)


def _votes(row: NameMatch) -> QuerySet[Vote]:
    there = Vote.objects.filter(roll_call__measure__session=row.session_id, roll_call__chamber=row.chamber)
    return there.filter(name__in=_spellings(there.values_list("name", flat=True), row))


def _sponsorships(row: NameMatch) -> QuerySet[Sponsorship]:
    """Sponsors are names of the whole legislature."""
    if row.chamber:
        return Sponsorship.objects.none()
    there = Sponsorship.objects.filter(measure__session=row.session_id)
    return there.filter(name__in=_spellings(there.values_list("name", flat=True), row))


def _spellings(names: "QuerySet[Vote, str] | QuerySet[Sponsorship, str]", row: NameMatch) -> list[str]:
    return [name for name in names.order_by().distinct() if key_of(name) == row.name_key]


def _read_again(measures: Iterable[int]) -> None:
    """As if nobody had been known when these were read: their marks change, and what the source said does not."""
    kinds = (RecordKind.MEASURE, RecordKind.ROLL_CALL)
    for chunk in chunks(sorted(measures)):
        rows = SourceRecord.objects.filter(measure__in=chunk, kind__in=kinds).only("content_hash")
        for row in rows:
            row.content_hash = str(Mark.stored(row.content_hash)._replace(people=NOBODY))
        SourceRecord.objects.bulk_update(rows, ["content_hash"])
