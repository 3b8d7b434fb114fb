"""The parts of a measure's page that its record holds: sponsors, votes, texts, relatives, and who says so."""

from dataclasses import dataclass
from functools import cached_property

from advocacy.accounts.models import User
from legislation.models import (
    Measure,
    RollCall,
    SourceRecord,
    Sponsorship,
    StageEvent,
    TextVersion,
    Vote,
    VoteOption,
)
from legislation.relatives import Relative, relatives

SHOWN_AT_ONCE = 12
STEPS_SHOWN = 3


@dataclass(frozen=True)
class Sponsors:
    """The first names, and the rest, which a long list hides until asked."""

    first: list[Sponsorship]
    rest: list[Sponsorship]

    @property
    def in_all(self) -> int:
        return len(self.first) + len(self.rest)


@dataclass(frozen=True)
class Steps:
    """The steps behind a measure, the newest first; the earlier ones are hidden until asked for."""

    newest: list[StageEvent]
    earlier: list[StageEvent]

    @classmethod
    def of(cls, happened: list[StageEvent]) -> "Steps":
        """`happened` comes the oldest first."""
        backwards = happened[::-1]
        return cls(backwards[:STEPS_SHOWN], backwards[STEPS_SHOWN:])


class MeasureProfile:
    """What is on record of one measure, as its reader may see it; each part is fetched when it is shown."""

    def __init__(self, measure: Measure, user: User) -> None:
        self.measure, self.user = measure, user

    @cached_property
    def sponsors(self) -> Sponsors:
        rows = Sponsorship.objects.visible_to(self.user).filter(measure=self.measure)
        found = list(rows.select_related("official", "committee"))
        return Sponsors(found[:SHOWN_AT_ONCE], found[SHOWN_AT_ONCE:])

    @cached_property
    def roll_calls(self) -> list[RollCall]:
        rows = RollCall.objects.visible_to(self.user).filter(measure=self.measure)
        return list(rows.select_related("source").order_by("-on", "-pk"))

    @cached_property
    def texts(self) -> list[TextVersion]:
        return list(TextVersion.objects.visible_to(self.user).filter(measure=self.measure))

    @cached_property
    def relatives(self) -> list[Relative]:
        return relatives(self.measure, self.user)

    @cached_property
    def source_records(self) -> list[SourceRecord]:
        """Every source that has it, the one that leads first."""
        rows = list(
            SourceRecord.objects.visible_to(self.user).filter(measure=self.measure).select_related("source")
        )
        return sorted(
            rows, key=lambda row: (row.source_id != self.measure.source_id, str(row.source), row.pk)
        )


@dataclass(frozen=True)
class Voters:
    """Everybody who voted in one way."""

    option: VoteOption
    votes: list[Vote]


@dataclass(frozen=True)
class Tally:
    """The votes of a roll call, name by name. The count of the source stands beside it, and may differ."""

    roll_call: RollCall
    ways: list[Voters]

    @classmethod
    def of(cls, roll_call: RollCall, user: User) -> "Tally":
        votes = Vote.objects.visible_to(user).filter(roll_call=roll_call).select_related("official")
        named = list(votes.order_by("order", "pk"))
        ways = [Voters(option, [vote for vote in named if vote.option == option]) for option in VoteOption]
        return cls(roll_call, [way for way in ways if way.votes])

    def counted(self, option: VoteOption) -> int:
        return sum(len(way.votes) for way in self.ways if way.option == option)

    @property
    def has_unmatched(self) -> bool:
        return any(vote.official is None for way in self.ways for vote in way.votes)

    @property
    def differs(self) -> bool:
        """Whether the names do not add up to the count that the source states."""
        stated = {VoteOption.YES: self.roll_call.yes, VoteOption.NO: self.roll_call.no}
        return bool(self.ways) and any(
            count is not None and count != self.counted(option) for option, count in stated.items()
        )
