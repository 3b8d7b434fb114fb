"""The whip count of a measure: each member of a body, where they stand as far as the reader may know, and who moved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language

from advocacy.accounts.models import User
from advocacy.interactions.models import VotesNeeded
from advocacy.interactions.standings import SIDES, Word, standing, words_on
from advocacy.kernel.folding import fold
from legislation.legislature import sitting
from legislation.models import Measure, Official
from legislation.titles import titled
from legislation.voting_bodies import Body, Member


@dataclass(frozen=True)
class Line:
    """One member and what is known of them; `word` is None where nothing is."""

    official: Official
    name: str
    seat: str
    word: Word | None
    is_old: bool

    @property
    def side(self) -> str:
        return self.word.side if self.word else "unknown"

    @property
    def says(self) -> str:
        return self.word.label if self.word else str(SIDES["unknown"][0])


@dataclass(frozen=True)
class Side:
    """One column of the count."""

    code: str
    label: str | Promise
    count: int


@dataclass(frozen=True)
class Move:
    """Somebody who stood elsewhere on the earlier day."""

    line: Line
    before: Word | None

    @property
    def was(self) -> str:
        return self.before.label if self.before else str(SIDES["unknown"][0])


class WhipCount:
    """The members of one body against one measure at the end of a day, for one reader. Party is not asked."""

    def __init__(
        self, measure: Measure, body: Body, *, user: User, day: date, to_export: bool = False
    ) -> None:
        self.measure, self.body, self.user, self.day = measure, body, user, day
        self.to_export = to_export

    @cached_property
    def members(self) -> list[Member]:
        return self.body.members(self.day)

    @cached_property
    def _words(self) -> dict[int, list[Word]]:
        keys = [one.official for one in self.members]
        return words_on(self.measure, keys, user=self.user, to_export=self.to_export) if keys else {}

    @cached_property
    def counts(self) -> Counter[str]:
        """How many stand on each side; it names nobody, so it is what a panel asks."""
        return Counter(
            word.side if (word := self._stands(one.official, self.day)) else "unknown" for one in self.members
        )

    @property
    def sides(self) -> list[Side]:
        return [Side(code, label, self.counts[code]) for code, (label, _stances) in SIDES.items()]

    @cached_property
    def lines(self) -> list[Line]:
        people = sitting(self.day).in_bulk([one.official for one in self.members])
        return [self._line(one, people[one.official]) for one in self.members]

    def _line(self, member: Member, official: Official) -> Line:
        word = self._stands(official.pk, self.day)
        name = titled(official, self.day, get_language())
        is_old = word is not None and word.is_old(self.day)
        return Line(official, name, str(member.seat or ""), word, is_old)

    def _stands(self, official: int, day: date) -> Word | None:
        return standing(self._words.get(official, ()), day)

    def found(self, side: str, text: str) -> list[Line]:
        """The lines of one side, or all, whose name or seat has every word of the text."""
        terms = fold(text).split()
        return [
            line
            for line in self.lines
            if (not side or line.side == side)
            and all(term in fold(f"{line.name} {line.seat}") for term in terms)
        ]

    def moves_since(self, earlier: date) -> list[Move]:
        """Members of today's body whose stance was another one at the end of the earlier day."""
        found = []
        for line in self.lines:
            before = self._stands(line.official.pk, earlier)
            if (before.stance if before else "") != (line.word.stance if line.word else ""):
                found.append(Move(line, before))
        return found

    @cached_property
    def votes_in_all(self) -> int:
        return self.body.votes_in_all(self.members)

    @cached_property
    def set_needed(self) -> VotesNeeded | None:
        """What somebody set for this body, with the reason."""
        rows = VotesNeeded.objects.visible_to(self.user).filter(measure=self.measure)
        return (
            rows.filter(chamber=self.body.chamber, committee=self.body.committee)
            .select_related("set_by")
            .first()
        )

    @property
    def majority(self) -> int:
        return self.votes_in_all // 2 + 1

    @property
    def needed(self) -> int:
        return self.set_needed.votes if self.set_needed else self.majority

    @property
    def missing(self) -> int:
        """How many sure votes are still wanting."""
        return max(self.needed - self.counts["yes"], 0)


def grouped(lines: Sequence[Line]) -> list[tuple[Side, list[Line]]]:
    """By side, those that nobody stands on left out."""
    found = []
    for code, (label, _stances) in SIDES.items():
        theirs = [line for line in lines if line.side == code]
        if theirs:
            found.append((Side(code, label, len(theirs)), theirs))
    return found
