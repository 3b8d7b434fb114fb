"""The type-ahead of measures where people work with them: what they follow stands first."""

from datetime import date

from django.db.models import Q

from advocacy.accounts.models import User
from advocacy.positions.models import Tier, Tracking
from members.access import reach_of


def followed_by(user: User, day: date) -> Q:
    """Measures that the person's chapters follow, or the society does, and that are not in the archive."""
    own = Tracking.objects.visible_to(user).filter(Q(chapter__in=reach_of(user).belongs_to) | Q(chapter=None))
    open_ones = own.with_tier(day).filter(~Q(tier=Tier.ARCHIVE) | Q(tier=None))
    return Q(pk__in=open_ones.order_by().values("measure"))
