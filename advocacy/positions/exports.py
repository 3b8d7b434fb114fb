"""What is followed, as a table: what the board shows. Notes of any level stay inside (DOMAIN.md §4.8)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.exports import Table
from advocacy.positions import board
from advocacy.positions.board import Card
from advocacy.positions.models import Tier
from advocacy.positions.models.tracking import TrackingQuerySet


def board_table(rows: TrackingQuerySet, *, user: User, today: date) -> Table:
    """One row per followed measure, those without a tier first."""
    columns = _columns()
    cells = (
        [value(card) for _title, value in columns] for card in board.all_cards(rows, user=user, today=today)
    )
    return Table(name=_("Followed measures"), columns=[title for title, _value in columns], rows=cells)


def _columns() -> list[tuple[str, Callable[[Card], Any]]]:
    return [
        (
            _("Tier"),
            lambda card: str(Tier(card.tracking.tier).label) if card.tracking.tier else _("To triage"),
        ),
        (_("Since"), lambda card: card.tracking.tier_since or card.tracking.added_on),
        (_("Number"), lambda card: card.measure.number),
        (_("Session"), lambda card: str(card.measure.session)),
        (_("Title"), lambda card: card.measure.title),
        (_("Short name"), lambda card: card.measure.short_name),
        (_("Stage"), lambda card: card.measure.stage_name),
        (_("Last change"), lambda card: card.tracking.last_change_on),
        (_("Followed for"), lambda card: card.tracking.holder),
        (_("Owner"), lambda card: str(card.tracking.owner or "")),
        (_("Our position"), lambda card: "; ".join(f"{one.holder}: {one.label}" for one in card.positions)),
        (_("Issues"), lambda card: card.issues),
        (_("Effect on us"), lambda card: card.tracking.get_effect_display()),
        (_("Likelihood"), lambda card: card.tracking.get_likelihood_display()),
        (_("Why it matters"), lambda card: card.tracking.why),
        (_("Official page"), lambda card: card.measure.url),
    ]
