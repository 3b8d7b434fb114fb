"""Which outcomes a person may record, and which still wait for them."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from advocacy.accounts.models import User
from advocacy.positions.models import Outcome, Tier, Tracking
from advocacy.positions.models.tracking import TrackingQuerySet
from legislation.models import Measure
from legislation.models.measure import MeasureQuerySet
from members.access import reach_of


def recordable_by(user: User, day: date) -> TrackingQuerySet:
    """Followed measures that have ended: for their owner, the advocates of the chapter, and staff."""
    reach = reach_of(user)
    rows = TrackingQuerySet(Tracking).visible_to(user).with_tier(day)
    rows = rows.filter(Q(tier=None) | ~Q(tier=Tier.ARCHIVE))
    if not reach.is_staff:
        rows = rows.filter(Q(owner=user) | Q(chapter__in=reach.advocate_of))
    ended = MeasureQuerySet(Measure).filter(pk=OuterRef("measure")).ended(day)
    return rows.filter(Exists(ended))


def without_outcome(rows: TrackingQuerySet) -> TrackingQuerySet:
    """Those whose holder has recorded nothing yet."""
    recorded = Outcome.objects.filter(measure=OuterRef("measure"))
    ours = recorded.filter(chapter=OuterRef("chapter"))
    return rows.exclude(Exists(ours)).exclude(Q(chapter=None) & Exists(recorded.filter(chapter=None)))


def to_record(user: User, day: date) -> TrackingQuerySet:
    """What waits for this person: what they own, or what nobody of their chapter does; for staff the society's."""
    reach = reach_of(user)
    theirs = Q(owner=user) | Q(owner=None, chapter__in=reach.advocate_of)
    if reach.is_staff:
        theirs |= Q(owner=None, chapter=None)
    return without_outcome(recordable_by(user, day)).filter(theirs)
