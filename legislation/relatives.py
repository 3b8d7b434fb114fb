"""What other measures are to one of them: its companion, the same idea in other sessions, what it replaces."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation.models import Measure, MeasureRelation, RelationKind


@dataclass(frozen=True)
class Relative:
    """A measure that belongs to another, and what it is to that one."""

    relation: MeasureRelation
    other: Measure
    what: str | Promise


# Seen from the measure that the relation names second.
_FROM_THE_OTHER_SIDE = {
    RelationKind.PRIOR_SESSION: _("Same idea in a later session"),
    RelationKind.REPLACES: _("Replaces this one"),
}


def relatives(measure: Measure, user: User) -> list[Relative]:
    """On whichever side of the relation they stand."""
    both = ("measure__session__jurisdiction", "other__session__jurisdiction")
    known = MeasureRelation.objects.visible_to(user).of(measure).select_related(*both)
    return [_seen_from(measure, relation) for relation in known.order_by("kind", "pk")]


def _seen_from(measure: Measure, relation: MeasureRelation) -> Relative:
    kind = RelationKind(relation.kind)
    if relation.measure_id == measure.pk:
        return Relative(relation, relation.other, kind.label)
    return Relative(relation, relation.measure, _FROM_THE_OTHER_SIDE.get(kind, kind.label))
