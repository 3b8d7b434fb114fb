"""Who decides about a measure: the chambers of its legislature and its committees, and before which it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum
from django.utils.functional import cached_property

from legislation.legislature import by_district, chambers
from legislation.models import (
    Chamber,
    ChamberCode,
    Committee,
    CommitteeMembership,
    Hearing,
    Measure,
    MeasureKind,
    Seat,
    Stage,
    StageEvent,
    Tenure,
)

_VOTING = (ChamberCode.UPPER, ChamberCode.LOWER, ChamberCode.LEGISLATURE, ChamberCode.LOCAL)
# An agency, the executive or the voters decide about these; no member has a vote.
_DECIDED_ELSEWHERE = frozenset(
    {
        MeasureKind.REGULATION,
        MeasureKind.EXECUTIVE_ORDER,
        MeasureKind.CONSULTATION,
        MeasureKind.BALLOT_MEASURE,
        MeasureKind.STUDY,
    }
)
_OTHER: dict[str, str] = {ChamberCode.UPPER: ChamberCode.LOWER, ChamberCode.LOWER: ChamberCode.UPPER}
_IN_COMMITTEE = frozenset(
    {Stage.COMMITTEE_1, Stage.HEARING_1, Stage.COMMITTEE_STUDY, Stage.COMMITTEE_2, Stage.HEARING_2}
)
_IN_THE_SECOND = frozenset({Stage.COMMITTEE_2, Stage.HEARING_2, Stage.REPORTED_2, Stage.PASSED_2})


@dataclass(frozen=True)
class Member:
    """Somebody with a vote in a body, and for which seat, where it is one of seats."""

    official: int
    seat: Seat | None = None


@dataclass(frozen=True)
class Body:
    """A chamber, or a committee of one."""

    chamber: Chamber | None = None
    committee: Committee | None = None

    @property
    def key(self) -> str:
        """What addresses call it."""
        return f"committee-{self.committee.pk}" if self.committee else str(self.chamber and self.chamber.code)

    def __str__(self) -> str:
        return str(self.committee or self.chamber)

    def members(self, day: date) -> list[Member]:
        """Whoever sits there on that day, in the order of districts, or of rank; nobody twice."""
        found = self._on_the_committee(day) if self.committee else self._in_the_chamber(day)
        return list({one.official: one for one in found}.values())

    def _on_the_committee(self, day: date) -> list[Member]:
        rows = CommitteeMembership.objects.in_force(day).filter(committee=self.committee)
        return [Member(pk) for pk in rows.order_by("rank", "pk").values_list("official", flat=True)]

    def _in_the_chamber(self, day: date) -> list[Member]:
        rows = Tenure.objects.in_force(day).filter(seat__chamber=self.chamber, seat__is_current=True)
        held = rows.select_related("seat").order_by("pk")
        in_order = sorted(held, key=lambda tenure: (by_district(tenure.seat), tenure.pk))
        return [Member(tenure.official_id, tenure.seat) for tenure in in_order]

    def votes_in_all(self, members: Sequence[Member]) -> int:
        """How many votes there can be: the seats, vacant ones too, or the members of a committee."""
        if self.committee:
            return len(members)
        seats = Seat.objects.current().filter(chamber=self.chamber).aggregate(number=Sum("places"))
        return max(seats["number"] or 0, len(members))


class Bodies:
    """The bodies that may vote on one measure; `at` is the one before which it stands."""

    def __init__(self, measure: Measure, day: date) -> None:
        self.measure, self.day = measure, day

    @cached_property
    def all(self) -> list[Body]:
        if self.measure.kind in _DECIDED_ELSEWHERE:
            return []
        return [
            *(Body(chamber=one) for one in self._chambers),
            *(Body(committee=one) for one in self._committees),
        ]

    def find(self, key: str) -> Body | None:
        """The one of this name; the one where the measure stands for no name, or a name that nobody has."""
        return next((one for one in self.all if one.key == key), self.at)

    @cached_property
    def at(self) -> Body | None:
        """Where it stands: the committee that heard it last while it is in committee, else the chamber."""
        chamber = next((one for one in self.all if one.chamber and one.key == self._code), None)
        chamber = chamber or next((one for one in self.all if one.chamber), None)
        if self._stage in _IN_COMMITTEE and chamber and (committee := self._heard_last_in(chamber)):
            return committee
        return chamber or next(iter(self.all), None)

    def _heard_last_in(self, chamber: Body) -> Body | None:
        for one in self._committees:
            if one.chamber_id in (None, chamber.chamber.pk if chamber.chamber else None):
                return Body(committee=one)
        return None

    @cached_property
    def _chambers(self) -> list[Chamber]:
        return [one for one in chambers(self.measure.session.jurisdiction) if one.code in _VOTING]

    @cached_property
    def _committees(self) -> list[Committee]:
        """Those of its hearings, the one that heard it last first."""
        heard = Hearing.objects.standing().filter(measures=self.measure, committee__isnull=False)
        rows = heard.select_related("committee").order_by("-starts_at", "-pk")
        return list({one.committee_id: one.committee for one in rows if one.committee}.values())

    @cached_property
    def _events(self) -> list[StageEvent]:
        rows: QuerySet[StageEvent] = (
            StageEvent.objects.filter(measure=self.measure).until(self.day).oldest_first()
        )
        return list(rows)

    @property
    def _stage(self) -> str:
        return self._events[-1].stage if self._events else ""

    @cached_property
    def _code(self) -> str:
        """The chamber it stands before: after the first has passed it, the other one."""
        named = [one for one in self._events if one.chamber in (*_OTHER, ChamberCode.LEGISLATURE)]
        if not named:
            return _by_its_number(self.measure.number_key)
        last = named[-1]
        if self._stage == Stage.PASSED_1 and last.stage == Stage.PASSED_1:
            return _OTHER.get(last.chamber, last.chamber)
        if self._stage in _IN_THE_SECOND and last.stage not in _IN_THE_SECOND:
            return _OTHER.get(named[0].chamber, named[0].chamber)
        return last.chamber


def _by_its_number(number: str) -> str:
    """Before its first step a bill stands where its number says it was filed: SB in the senate."""
    return ChamberCode.UPPER if number.startswith("S") else ChamberCode.LOWER
