"""What partners think of measures beside what we think, and whether that agrees."""

from collections.abc import Collection
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.coalitions.models import PartnerPosition
from advocacy.positions.models import AGAINST, IN_FAVOUR, Position
from advocacy.positions.models.standpoint import are_opposite
from members.access import reach_of


class Agreement(models.TextChoices):
    AGREES = "agrees", _("Agrees with us")
    DISAGREES = "disagrees", _("Disagrees with us")
    NEITHER = "", ""


def agreement(ours: str, theirs: str) -> Agreement:
    """Two on one side agree, two on opposite sides disagree; who is neutral or undecided does neither."""
    if are_opposite(ours, theirs):
        return Agreement.DISAGREES
    sides = (IN_FAVOUR, AGAINST)
    is_same = any(ours in side and theirs in side for side in sides)
    return Agreement.AGREES if is_same else Agreement.NEITHER


class Beside(NamedTuple):
    """One partner's position, ours on the same measure where there is one, and what the two come to."""

    said: PartnerPosition
    ours: Position | None
    agreement: Agreement


def beside_ours(said: Collection[PartnerPosition], *, user: User) -> list[Beside]:
    """Ours: what the reader's chapter may act under, else what the society may."""
    chapter = reach_of(user).primary_chapter_id
    usable = Position.objects.visible_to(user).usable().filter(measure__in={row.measure_id for row in said})
    held = {(row.measure_id, row.chapter_id): row for row in usable.select_related("chapter").order_by("pk")}
    found = []
    for row in said:
        ours = held.get((row.measure_id, chapter)) or held.get((row.measure_id, None))
        mark = agreement(ours.position, row.position) if ours else Agreement.NEITHER
        found.append(Beside(row, ours, mark))
    return found
