"""Where officials stand, and how we know: what colleagues noted, beside what the public record shows.

Both are read alike: the newest word holds, and on one day a vote says more than a name on the measure, and that more
than what somebody said. What a reader may not read does not count for them, so no sum gives away what it hides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.models import OfficialStance, Stance, StanceEvidence
from advocacy.interactions.models.interaction import TRAILING_YEAR
from advocacy.interactions.models.stance import OfficialStanceQuerySet
from advocacy.positions.models import Issue
from legislation.models import Measure, Sponsorship, Vote, VoteOption
from legislation.models.roll_call import VoteQuerySet
from legislation.passage import is_on_passage

_SAYS = {VoteOption.YES: Stance.YES, VoteOption.NO: Stance.NO}
# The sides of a whip count. Who was not asked, or of whom we know that we do not know, stands with nobody.
SIDES: dict[str, tuple[str | Promise, tuple[Stance, ...]]] = {
    "yes": (_("Yes"), (Stance.YES, Stance.CHAMPION)),
    "lean_yes": (_("Lean yes"), (Stance.LEAN_YES,)),
    "undecided": (_("Undecided"), (Stance.UNDECIDED,)),
    "lean_no": (_("Lean no"), (Stance.LEAN_NO,)),
    "no": (_("No"), (Stance.NO,)),
    "unknown": (_("Unknown"), (Stance.UNKNOWN, Stance.NOT_RAISED)),
}
_SIDE_OF = {stance: side for side, (_label, stances) in SIDES.items() for stance in stances}


def side_of(stance: str) -> str:
    """The side of a whip count that this stance belongs to."""
    return _SIDE_OF[Stance(stance)]


@dataclass(frozen=True)
class Word:
    """One piece of evidence: who stood where on what, since which day; `on` is None where the record names none.

    Exactly one of `noted`, `sponsorship` and `vote` is what says so.
    """

    official: int
    stance: str
    on: date | None
    noted: OfficialStance | None = None
    sponsorship: Sponsorship | None = None
    vote: Vote | None = None

    @property
    def label(self) -> str:
        return str(Stance(self.stance).label)

    @property
    def side(self) -> str:
        return side_of(self.stance)

    @property
    def topic(self) -> Measure | Issue | None:
        if self.noted:
            return self.noted.measure or self.noted.issue
        if self.sponsorship:
            return self.sponsorship.measure
        return self.vote.roll_call.measure if self.vote else None

    @property
    def is_public(self) -> bool:
        """On the public record, and not a word of ours."""
        return self.noted is None

    @property
    def evidence(self) -> str:
        """How we know, in a few words."""
        if self.noted:
            return str(self.noted.get_evidence_display())
        if self.sponsorship:
            return str(self.sponsorship.get_role_display())
        return str(StanceEvidence.PUBLIC_VOTE.label)

    @property
    def url(self) -> str:
        """Where it can be read; nowhere for what was noted alone."""
        if self.vote:
            return self.vote.roll_call.get_absolute_url()
        if self.sponsorship:
            return self.sponsorship.measure.get_absolute_url()
        return self.noted.ask.interaction.get_absolute_url() if self.noted and self.noted.ask else ""

    @property
    def details(self) -> str:
        """The question of the vote, or where a colleague has it from."""
        if self.vote:
            return str(self.vote.roll_call)
        return self.noted.source if self.noted else ""

    def is_old(self, day: date) -> bool:
        """More than twelve months old by then; a vote and a name that stands do not grow old."""
        return self.noted is not None and self.noted.as_of <= day - TRAILING_YEAR

    def stood_on(self, day: date) -> bool:
        gone = self.sponsorship.withdrawn_on if self.sponsorship else None
        return (self.on is None or self.on <= day) and (gone is None or gone > day)

    @property
    def weight(self) -> tuple[date, int, int]:
        """The newest word is the heaviest."""
        kind = 2 if self.vote else 1 if self.sponsorship else 0
        row = self.noted or self.sponsorship or self.vote
        return self.on or date.min, kind, row.pk if row else 0


def words_on(
    measure: Measure, officials: Collection[int], *, user: User, to_export: bool = False
) -> dict[int, list[Word]]:
    """All evidence about these officials and this measure, by official, the newest first; three queries."""
    noted = OfficialStance.objects.visible_to(user)
    return _words(measure, officials, noted.exportable() if to_export else noted)


def words_known_to_all(measure: Measure, officials: Collection[int]) -> dict[int, list[Word]]:
    """The same for nobody in particular: the public record, and what every chapter may know."""
    return _words(measure, officials, OfficialStance.objects.known_to_all())


def _words(
    measure: Measure, officials: Collection[int], noted: OfficialStanceQuerySet
) -> dict[int, list[Word]]:
    about = Q(official__in=officials)
    names = Sponsorship.objects.filter(about, measure=measure).select_related("measure__session")
    votes = Vote.objects.filter(about, roll_call__measure=measure)
    found: dict[int, list[Word]] = defaultdict(list)
    for word in (*_noted(noted.filter(about, measure=measure)), *_sponsored(names), *_voted(votes)):
        found[word.official].append(word)
    return {pk: _newest_first(words) for pk, words in found.items()}


def history_of(official: int, *, user: User, topics: Collection[int]) -> list[Word]:
    """How one official stood on everything that colleagues noted, and by the record on the measures of `topics`."""
    noted = OfficialStance.objects.visible_to(user)
    return histories_of([official], noted, user=user, topics=topics).get(official, [])


def histories_of(
    officials: Collection[int], noted: OfficialStanceQuerySet, *, user: User, topics: Collection[int]
) -> dict[int, list[Word]]:
    """The same for many, by official, of what is `noted`; three queries."""
    about = Q(official__in=officials)
    words = list(_noted(noted.filter(about)))
    measures = {*topics, *(word.noted.measure_id for word in words if word.noted and word.noted.measure_id)}
    names = Sponsorship.objects.visible_to(user).filter(about, measure__in=measures)
    votes = Vote.objects.visible_to(user).filter(about, roll_call__measure__in=measures)
    found: dict[int, list[Word]] = defaultdict(list)
    for word in (*words, *_sponsored(names.select_related("measure__session")), *_voted(votes)):
        found[word.official].append(word)
    return {pk: _newest_first(said) for pk, said in found.items()}


def standing(words: Iterable[Word], day: date) -> Word | None:
    """What holds on that day: of the words that stood by then, in the order of `words_on`, the first.

    That the matter did not come up in a later talk takes back nothing that was said before.
    """
    stood = [word for word in words if word.stood_on(day)]
    return next((word for word in stood if word.stance != Stance.NOT_RAISED), next(iter(stood), None))


def _newest_first(words: Iterable[Word]) -> list[Word]:
    return sorted(words, key=lambda word: word.weight, reverse=True)


def _noted(rows: OfficialStanceQuerySet) -> Iterator[Word]:
    parts = rows.heard().select_related(
        "measure__session", "issue", "ask__interaction", "noted_by", "chapter"
    )
    for row in parts.order_by("-as_of", "-pk"):
        yield Word(row.official_id, row.stance, row.as_of, noted=row)


def _sponsored(rows: Iterable[Sponsorship]) -> Iterator[Word]:
    for row in rows:
        if row.official_id:
            yield Word(row.official_id, Stance.YES, row.on, sponsorship=row)


def _voted(rows: VoteQuerySet) -> Iterator[Word]:
    decisive = rows.filter(option__in=_SAYS).select_related("roll_call__measure__session")
    for row in decisive.order_by("pk"):
        if row.official_id and is_on_passage(row.roll_call):
            yield Word(row.official_id, _SAYS[VoteOption(row.option)], row.roll_call.on, vote=row)
