"""When a fact is stale: one rule, for the profile, for the mark in the directory and for its filter.

A fact has two dates: when we last fetched it from its source (or somebody of ours entered it), and when a person
last verified it. The newer one counts. It is stale when that is longer ago than the days below, when nobody can
say how old it is, and when its source has stopped listing the person since. History does not age: a term that is
over stays what it was.

The days follow from how quickly facts change and how we hear of it. Sources are fetched daily or weekly, so that
more than six weeks without one about a seat means that a feed stands still; names change rarely; what people
entered by hand nobody fetches again, so it has half a year until somebody looks.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from advocacy.audit.models import Entry
from legislation.models import Block, FactCheck, Official, Source, SourceRecord, Tenure
from legislation.models.official import OfficialQuerySet
from legislation.models.seat import TenureQuerySet
from legislation.profile_facts import ProfileFacts

IMPORTED: dict[str, int] = {
    Block.IDENTITY: 180,
    Block.TERM: 45,
    Block.CONTACT: 90,
    Block.COMMITTEES: 90,
    Block.STAFF: 90,
}
BY_HAND: dict[str, int] = {
    Block.IDENTITY: 365,
    Block.TERM: 180,
    Block.CONTACT: 180,
    Block.COMMITTEES: 180,
    Block.STAFF: 180,
}


def days_for(block: str, *, by_hand: bool) -> int:
    """How many days a fact of this block may go without being fetched or verified."""
    return (BY_HAND if by_hand else IMPORTED)[block]


def is_stale(
    block: str,
    *,
    by_hand: bool,
    dated_on: date | None,
    verified_on: date | None,
    missing_since: date | None,
    day: date,
) -> bool:
    if missing_since is not None and (verified_on is None or verified_on < missing_since):
        return True
    newest = max(filter(None, (dated_on, verified_on)), default=None)
    return newest is None or (day - newest).days > days_for(block, by_hand=by_hand)


def stale(officials: OfficialQuerySet, day: date) -> OfficialQuerySet:
    """Those of whom it is not sure any more that they sit where the record says: what a list shows of them."""
    undated = _undated_tenures(day).filter(official=OuterRef("pk"))
    return officials.filter(Exists(undated)).exclude(pk__in=_vouched_for(day))


def _undated_tenures(day: date) -> TenureQuerySet:
    """Tenures in force whose source was fetched too long ago: the rule above without what people verified."""
    own = Q(source=None) | Q(source__key=Source.OWN)
    fetched = SourceRecord.objects.filter(
        official=OuterRef("official"),
        source=OuterRef("source"),
        missing_since=None,
        last_seen_at__gte=_earliest(day, by_hand=False),
    )
    entered = Entry.objects.filter(
        model=Official._meta.label_lower,
        object_id=Cast(OuterRef("official_id"), CharField()),
        at__gte=_earliest(day, by_hand=True),
    )
    return Tenure.objects.in_force(day).filter((own & ~Exists(entered)) | (~own & ~Exists(fetched)))


def _earliest(day: date, *, by_hand: bool) -> datetime:
    first = day - timedelta(days=days_for(Block.TERM, by_hand=by_hand))
    return datetime.combine(first, time.min, tzinfo=UTC)


def _vouched_for(day: date) -> list[int]:
    """Officials whose source is too old, but whose term somebody has checked since and it still says the same."""
    longest = max(IMPORTED[Block.TERM], BY_HAND[Block.TERM])
    undated = _undated_tenures(day)
    checks = FactCheck.objects.standing().since(day, days=longest).filter(block=Block.TERM)
    checked: dict[int, list[FactCheck]] = {}
    for check in checks.filter(Exists(undated.filter(official=OuterRef("official")))):
        checked.setdefault(check.official_id, []).append(check)
    verified = _verified_on(checked, day)
    record = SourceRecord.objects.filter(official=OuterRef("official"), source=OuterRef("source"))
    rows = undated.filter(official__in=verified).annotate(
        gone_since=Subquery(record.order_by("-last_seen_at", "pk").values("missing_since")[:1])
    )
    doubted = {
        official_id
        for official_id, key, gone in rows.values_list("official_id", "source__key", "gone_since")
        if is_stale(
            Block.TERM,
            by_hand=key in (None, Source.OWN),
            dated_on=None,
            verified_on=verified[official_id],
            missing_since=gone.date() if gone else None,
            day=day,
        )
    }
    return sorted(verified.keys() - doubted)


def _verified_on(checked: dict[int, list[FactCheck]], day: date) -> dict[int, date]:
    """When the term of these officials was last checked, as far as it still says what was checked."""
    found: dict[int, date] = {}
    for official in Official.objects.filter(pk__in=checked).with_seats() if checked else ():
        mark = ProfileFacts(official, day).fingerprint(Block.TERM)
        days = [check.checked_on for check in checked[official.pk] if check.fingerprint == mark]
        if days:
            found[official.pk] = max(days)
    return found
