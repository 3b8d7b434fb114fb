"""What was asked or promised in the log, settled by the public record: `proofs.settle(now=now)`.

It asks only of what is still open, so it may come after every import and as often as one likes: what is found once is
not found again, and nothing that is newer than the last look can be missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.errors import NotAllowedToChange
from advocacy.interactions.models import (
    Ask,
    AskKind,
    AskResponse,
    Commitment,
    CommitmentSide,
    Outcome,
    Proof,
    ProofState,
    State,
)
from advocacy.interactions.models.ask import PROVABLE
from advocacy.interactions.models.proof import ANSWERED
from legislation.changeset.held import chunks
from legislation.models import SponsorRole, Sponsorship, Vote, VoteOption
from legislation.passage import is_on_passage

Promised = Ask | Commitment
Row = TypeVar("Row", Ask, Commitment)
_WANTED = {AskKind.VOTE_YES: VoteOption.YES, AskKind.VOTE_NO: VoteOption.NO}
_ROLES: dict[str, tuple[str, ...]] = {
    AskKind.SPONSOR: (SponsorRole.SPONSOR,),
    # Who put it forward has joined it too.
    AskKind.COSPONSOR: (SponsorRole.COSPONSOR, SponsorRole.SPONSOR),
}


@dataclass(frozen=True)
class _Shown:
    """What the record answers."""

    state: ProofState
    on: date | None
    sponsorship: Sponsorship | None = None
    vote: Vote | None = None


def settle(*, now: datetime) -> int:
    """Close what the public record shows as done, and mark a contrary vote for a person; returns how many it found."""
    found = 0
    for keys in chunks(_open_asks().values_list("pk", flat=True)):
        rows = Ask.objects.filter(pk__in=keys).select_related("interaction").order_by("pk")
        found += _settle(list(rows), now)
    for keys in chunks(_open_commitments().values_list("pk", flat=True)):
        promises = Commitment.objects.filter(pk__in=keys).select_related("interaction").order_by("pk")
        found += _settle(list(promises), now)
    return found


def _open_asks() -> QuerySet[Ask]:
    return _provable(Ask.objects.exclude(response__in=(AskResponse.NOT_MADE, AskResponse.DECLINED)), "ask")


def _open_commitments() -> QuerySet[Commitment]:
    theirs = Commitment.objects.filter(side=CommitmentSide.THEM, outcome=Outcome.PENDING)
    return _provable(theirs, "commitment")


def _provable(rows: QuerySet[Row], name: str) -> QuerySet[Row]:
    """Those in the log, about an official and a measure, that the record answers and has not answered yet."""
    answered = Proof.objects.answered().filter(**{name: OuterRef("pk")})
    about = {"measure": OuterRef("measure"), "official": OuterRef("official")}
    names = Sponsorship.objects.standing().filter(**about)
    votes = Vote.objects.filter(
        roll_call__measure=OuterRef("measure"),
        official=OuterRef("official"),
        roll_call__on__gte=OuterRef("interaction__occurred_on"),
    )
    shown = Q(Exists(names), kind__in=_ROLES) | Q(Exists(votes), kind__in=_WANTED)
    in_the_log = rows.filter(interaction__state=State.LOGGED, interaction__deleted_at=None, kind__in=PROVABLE)
    about_both = in_the_log.filter(measure__isnull=False, official__isnull=False)
    return about_both.filter(~Exists(answered), shown).order_by("pk")


def _settle(rows: Sequence[Promised], now: datetime) -> int:
    record = _Record(rows)
    found = 0
    for row in rows:
        if shown := record.answer(row):
            found += _close(row, shown, now)
    return found


class _Record:
    """The names and votes that may answer these rows, in three queries."""

    def __init__(self, rows: Sequence[Promised]) -> None:
        measures, officials = {row.measure_id for row in rows}, {row.official_id for row in rows}
        names = Sponsorship.objects.standing().filter(measure__in=measures, official__in=officials)
        self._names = {(one.measure_id, one.official_id): one for one in names.order_by("pk")}
        votes = Vote.objects.filter(roll_call__measure__in=measures, official__in=officials)
        self._votes: dict[tuple[int, int | None], list[Vote]] = {}
        for vote in votes.select_related("roll_call").order_by("roll_call__on", "roll_call", "pk"):
            self._votes.setdefault((vote.roll_call.measure_id, vote.official_id), []).append(vote)
        name = "ask" if rows and isinstance(rows[0], Ask) else "commitment"
        mine = Proof.objects.filter(**{f"{name}__in": [row.pk for row in rows]}).order_by("pk")
        self._judged = set(mine.values_list(name, "sponsorship", "vote"))

    def answer(self, row: Promised) -> _Shown | None:
        """What the record shows of it; what a person has opened again is not shown a second time."""
        return self._name(row) if row.kind in _ROLES else self._vote(row)

    def _name(self, row: Promised) -> _Shown | None:
        name = self._names.get((row.measure_id or 0, row.official_id))
        if name is None or name.role not in _ROLES[row.kind] or (row.pk, name.pk, None) in self._judged:
            return None
        return _Shown(ProofState.KEPT, name.on, sponsorship=name)

    def _vote(self, row: Promised) -> _Shown | None:
        """The first vote on passage from that day on: a vote before it was asked for answers nothing."""
        wanted = _WANTED[AskKind(row.kind)]
        for vote in self._votes.get((row.measure_id or 0, row.official_id), ()):
            is_later = vote.roll_call.on >= row.interaction.occurred_on
            if not is_later or not is_on_passage(vote.roll_call) or (row.pk, None, vote.pk) in self._judged:
                continue
            if vote.option == wanted:
                return _Shown(ProofState.KEPT, vote.roll_call.on, vote=vote)
            if vote.option in _WANTED.values() and _was_promised(row):
                return _Shown(ProofState.CONTRARY, vote.roll_call.on, vote=vote)
        return None


def _was_promised(row: Promised) -> bool:
    """A vote against what we merely asked for breaks no word."""
    return isinstance(row, Commitment) or row.response == AskResponse.AGREED


@transaction.atomic
def _close(row: Promised, shown: _Shown, now: datetime) -> bool:
    """False when somebody was faster."""
    of = {"ask": row} if isinstance(row, Ask) else {"commitment": row}
    proof, is_new = Proof.objects.get_or_create(
        **of,
        sponsorship=shown.sponsorship,
        vote=shown.vote,
        defaults={"state": shown.state, "shown_on": shown.on, "found_at": now},
    )
    if is_new:
        if shown.state == ProofState.KEPT:
            _set_outcome(proof, Outcome.KEPT, shown.on or now.date())
        _record(proof, "settled", None)
    return is_new


def confirm(proof: Proof, *, by: User, on: date) -> bool:
    """The word was broken: a person says so, for a vote may have had its reasons. False when it is decided already."""
    changed = _decide(proof, ProofState.NOT_KEPT, by=by, on=on, among=(ProofState.CONTRARY,))
    if changed:
        _set_outcome(proof, Outcome.NOT_KEPT, on)
    return changed


def reopen(proof: Proof, *, by: User, on: date) -> bool:
    """It is open again, and this evidence will not close it a second time. False when it is open already."""
    changed = _decide(proof, ProofState.REOPENED, by=by, on=on, among=ANSWERED)
    if changed and proof.commitment:
        Commitment.objects.filter(pk=proof.commitment.pk).update(outcome=Outcome.PENDING, settled_on=None)
    return changed


@transaction.atomic
def _decide(proof: Proof, state: ProofState, *, by: User, on: date, among: Sequence[ProofState]) -> bool:
    if not Proof.objects.editable_by(by).filter(pk=proof.pk).exists():
        raise NotAllowedToChange(proof.pk)
    rows = Proof.objects.filter(pk=proof.pk, state__in=among)
    changed = rows.update(state=state, decided_by=by, decided_on=on) == 1
    if changed:
        proof.state = state
        _record(proof, "decided", by)
    return changed


def _set_outcome(proof: Proof, outcome: Outcome, on: date) -> None:
    """Of a commitment; what became of an ask is what its proof says."""
    if proof.commitment:
        pending = Commitment.objects.filter(pk=proof.commitment.pk, outcome=Outcome.PENDING)
        pending.update(outcome=outcome, settled_on=on)


def _record(proof: Proof, verb: str, by: User | None) -> None:
    """In the history of the record of the log: whoever reads that may read this, and nobody else."""
    row = proof.promise
    side = "asks" if proof.ask else "commitments"
    label = f"{row}: {ProofState(proof.state).label}"
    if proof.evidence:
        label = f"{label} ({proof.evidence})"
    trail.record(by=by, verb=verb, of=row.interaction, changes={side: [None, label]})
