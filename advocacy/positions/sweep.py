"""The sweep of a session that is over, for one person: what waits to be confirmed, what we follow of it first (W10)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.functional import Promise

from advocacy.accounts.models import User
from advocacy.positions.models import Tier, Tracking
from advocacy.positions.models.tracking import TrackingQuerySet
from legislation.models import Disposition, DispositionKind, LegislativeSession, Measure
from legislation.models.disposition import DispositionQuerySet
from legislation.models.measure import MeasureQuerySet
from legislation.session_sweep import Proposal, SessionEnd, ends, pending
from members.access import reach_of

ORDER = ("followed", "number_key", "pk")


def disposes_of(user: User, day: date) -> Q:
    """The measures of which this person says what became of them.

    Staff and leads: of all. Others: of what they look after, and of what the chapters of an advocate follow.
    """
    reach = reach_of(user)
    if reach.reads_every_shared_record:
        return Q()
    theirs = followed_by(user, day).filter(Q(owner=user) | Q(chapter__in=reach.advocate_of))
    return Q(pk__in=theirs.order_by().values("measure"))


def followed_by(user: User, day: date) -> TrackingQuerySet:
    """What the person may know to be followed, but for the archive."""
    rows = TrackingQuerySet(Tracking).visible_to(user).with_tier(day)
    return rows.filter(Q(tier=None) | ~Q(tier=Tier.ARCHIVE))


@dataclass(frozen=True)
class Line:
    """One measure of the sweep with what is proposed, and who follows it."""

    measure: Measure
    proposal: Proposal
    trackings: Sequence[Tracking]


class Sweep:
    """One session that is over, as one person sweeps it."""

    def __init__(self, end: SessionEnd, *, user: User, day: date) -> None:
        self.end, self.user, self.day = end, user, day
        self._theirs = disposes_of(user, day)

    @property
    def is_somebodys(self) -> bool:
        """Whether the person says what became of any measure of this session."""
        if reach_of(self.user).reads_every_shared_record:
            return True
        return Measure.objects.filter(self._theirs, session=self.end.session).exists()

    @cached_property
    def waiting(self) -> dict[int, Proposal]:
        return pending([self.end], self.day, self._theirs)[self.end.session.pk]

    @cached_property
    def followed(self) -> dict[int, list[Tracking]]:
        """Of what waits, who follows it."""
        rows = followed_by(self.user, self.day).filter(measure__session=self.end.session)
        found: dict[int, list[Tracking]] = {}
        for row in rows.select_related("chapter", "owner").order_by(
            F("tier").asc(nulls_last=True), "chapter__name", "pk"
        ):
            if row.measure_id in self.waiting:
                found.setdefault(row.measure_id, []).append(row)
        return found

    def counts(self) -> list[tuple[str | Promise, int]]:
        """How many of each disposition are proposed."""
        found = Counter(proposal.kind for proposal in self.waiting.values())
        return [(kind.label, found[kind]) for kind in DispositionKind if found[kind]]

    def chosen(self, *, kind: str = "", followed: bool = False) -> set[int]:
        """The measures that wait, narrowed by what is proposed and to those that we follow."""
        return {
            pk
            for pk, proposal in self.waiting.items()
            if (not kind or proposal.kind == kind) and (not followed or pk in self.followed)
        }

    def rows(self, keys: Collection[int]) -> MeasureQuerySet:
        """In `ORDER`: what we follow comes first."""
        first = Case(
            When(pk__in=list(self.followed), then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        rows = MeasureQuerySet(Measure).visible_to(self.user).filter(pk__in=list(keys))
        return rows.select_related("session").with_stage(self.day).annotate(followed=first)

    def lines(self, measures: Iterable[Measure]) -> list[Line]:
        return [Line(one, self.waiting[one.pk], self.followed.get(one.pk, [])) for one in measures]

    def confirmed(self, *, kind: str = "") -> DispositionQuerySet:
        """What was said of this person's measures at this adjournment, also what an import has overruled."""
        measures = Measure.objects.filter(self._theirs, session=self.end.session)
        rows = DispositionQuerySet(Disposition).visible_to(self.user).filter(
            adjourned_on=self.end.adjourned_on, measure__in=measures.order_by().values("pk")
        )  # fmt: skip
        return rows.filter(kind=kind) if kind else rows


@dataclass(frozen=True)
class Waiting:
    """A session that is over, with how many measures wait, and how many of them are followed."""

    end: SessionEnd
    count: int
    followed: int


def waiting_in(sessions: "Iterable[LegislativeSession]", user: User, day: date) -> list[Waiting]:
    """For these sessions, which are of `over`; three queries for any number of them."""
    rows = LegislativeSession.objects.with_closing().filter(pk__in=[one.pk for one in sessions])
    found = ends(rows.last_over_first())
    known = pending(found, day, disposes_of(user, day))
    keys = [end.session.pk for end in found]
    mine = followed_by(user, day).filter(measure__session__in=keys)
    followed = set(mine.order_by().values_list("measure", flat=True))
    return [
        Waiting(end, len(known[end.session.pk]), len(known[end.session.pk].keys() & followed))
        for end in found
    ]
