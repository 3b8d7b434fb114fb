"""The board of what is followed: one card per tracked measure, one column per tier, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.positions.models import Position, PositionStatus, Tier, Tracking, TrackingWatcher
from advocacy.positions.models.tracking import TrackingQuerySet
from legislation.models import Measure
from members.calendars import workdays_of_all

# A column shows no more; the file has them all, and filters find the others.
MOST_IN_A_COLUMN = 60
_NOBODY = Workdays()


@dataclass(frozen=True)
class Card:
    """One tracked measure as the board shows it to one reader."""

    tracking: Tracking
    measure: Measure
    positions: Sequence[Position]
    is_watched: bool
    # Only while it waits for its tier.
    days_without_triage: int | None = None
    is_late: bool = False

    @property
    def issues(self) -> str:
        return ", ".join(issue.title for issue in self.tracking.issues.all())


@dataclass(frozen=True)
class Column:
    """The cards of one tier, the last moved first; `tier` is None for those that wait for theirs."""

    tier: int | None
    cards: Sequence[Card]
    count: int

    @property
    def title(self) -> str | Promise:
        return Tier(self.tier).label if self.tier else _("To triage")

    @property
    def code(self) -> str:
        """What the filter of the board calls it."""
        return str(self.tier or 0)

    @property
    def hidden(self) -> int:
        return self.count - len(self.cards)


def columns(rows: TrackingQuerySet, *, user: User, today: date, tiers: Sequence[int | None]) -> list[Column]:
    """One column for each of `tiers`."""
    known = rows.with_tier(today).last_moved_first(today)
    found: dict[int | None, list[Tracking]] = {tier: [] for tier in tiers}
    counts: dict[int | None, int] = dict.fromkeys(tiers, 0)
    for tier in tiers:
        of_tier = known.filter(in_any([tier]))
        found[tier] = list(_with_parts(of_tier, user)[: MOST_IN_A_COLUMN + 1])
        counts[tier] = len(found[tier])
        if counts[tier] > MOST_IN_A_COLUMN:
            found[tier].pop()
            counts[tier] = of_tier.order_by().count()
    drawn = {
        card.tracking.pk: card
        for card in cards([row for some in found.values() for row in some], user, today)
    }
    return [Column(tier, [drawn[row.pk] for row in found[tier]], counts[tier]) for tier in tiers]


def in_any(tiers: Sequence[int | None]) -> Q:
    """In one of these columns, as a condition on rows of `with_tier`."""
    condition = Q(tier__in=[tier for tier in tiers if tier])
    return condition | Q(tier=None) if None in tiers else condition


def all_cards(rows: TrackingQuerySet, *, user: User, today: date) -> list[Card]:
    """Every one of them, by tier: what the file holds."""
    known = _with_parts(rows.with_tier(today).last_moved_first(today), user)
    by_tier = known.order_by(F("tier").asc(nulls_first=True), F("moved_on").desc(), "-pk")
    return cards(by_tier, user, today)


def _with_parts(rows: TrackingQuerySet, user: User) -> TrackingQuerySet:
    watching = TrackingWatcher.objects.filter(tracking=OuterRef("pk"), person=user)
    parts = rows.select_related("chapter", "owner", "added_by").prefetch_related("issues")
    return parts.annotate(is_watched=Exists(watching))


def cards(rows: Iterable[Tracking], user: User, today: date) -> list[Card]:
    """The cards of these rows, in their order, with what other tables say of them."""
    trackings = list(rows)
    measures = _measures(trackings, today)
    positions = _positions(trackings, user)
    waiting = [row for row in trackings if row.tier is None]
    people = {person.pk: person for row in waiting if (person := row.owner or row.added_by)}
    calendars = workdays_of_all(list(people.values()), today) if people else {}
    drawn = []
    for row in trackings:
        days, is_late = _waiting(row, calendars, today)
        ours = our_positions(row, positions.get(row.measure_id, []))
        drawn.append(
            Card(row, measures[row.measure_id], ours, row.is_watched, days, is_late)  # type: ignore[attr-defined]  # annotated
        )
    return drawn


def _waiting(row: Tracking, calendars: dict[int, Workdays], today: date) -> tuple[int | None, bool]:
    """Business days without a tier, and whether they are too many, in the calendar of whoever looks after it."""
    if row.tier is not None or row.added_on is None:
        return None, False
    person = row.owner_id or row.added_by_id or 0
    workdays = calendars.get(person, _NOBODY)
    due_on = row.triage_due_on(workdays)
    return workdays.between(row.added_on, today), due_on is not None and today > due_on


def _measures(trackings: Sequence[Tracking], today: date) -> dict[int, Measure]:
    keys = {row.measure_id for row in trackings}
    found = Measure.objects.filter(pk__in=keys).select_related("session__jurisdiction").with_stage(today)
    return {measure.pk: measure for measure in found}


def _positions(trackings: Sequence[Tracking], user: User) -> dict[int, list[Position]]:
    """What holds or is proposed on these measures, as far as the reader may know it."""
    keys = {row.measure_id for row in trackings}
    held = Position.objects.visible_to(user).filter(
        measure__in=keys, status__in=(PositionStatus.APPROVED, PositionStatus.PROPOSED), ends_on=None
    )
    found: dict[int, list[Position]] = {}
    for position in held.select_related("chapter").order_by("measure", "pk"):
        found.setdefault(position.measure_id, []).append(position)
    return found


def our_positions(tracking: Tracking, known: Iterable[Position]) -> list[Position]:
    """Those of whoever follows it, and the society's, since a chapter never speaks against it unawares."""
    return [one for one in known if one.chapter_id in (None, tracking.chapter_id)]
