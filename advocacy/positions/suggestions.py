"""Type-ahead: of measures where people work with them, what they follow first; and of what is handed out."""

from datetime import date

from django.db.models import Q

from advocacy.accounts.models import User
from advocacy.kernel.folding import fold
from advocacy.positions.models import Material, Tier, Tracking
from legislation.suggestions import MOST, Suggestion
from members.access import reach_of


def followed_by(user: User, day: date) -> Q:
    """Measures that the person's chapters follow, or the society does, and that are not in the archive."""
    own = Tracking.objects.visible_to(user).filter(Q(chapter__in=reach_of(user).belongs_to) | Q(chapter=None))
    open_ones = own.with_tier(day).filter(~Q(tier=Tier.ARCHIVE) | Q(tier=None))
    return Q(pk__in=open_ones.order_by().values("measure"))


def materials(user: User, text: str) -> list[Suggestion]:
    """What may be handed out today, by the words of its title."""
    if not fold(text):
        return []
    found = Material.objects.visible_to(user).to_hand_out().search(text)[:MOST]
    return [describe_material(row) for row in found]


def describe_material(row: Material) -> Suggestion:
    return Suggestion(row.pk, str(row), row.get_kind_display())
