"""Each rule of stances, votes needed, promises and their proofs, broken once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from advocacy.interactions.entry import Promise
from advocacy.interactions.models import Commitment, OfficialStance, Proof, VotesNeeded
from advocacy.interactions.models.proof import ProofState
from legislation.models import Chamber, Committee, Measure
from tests.cast import NOW, TODAY, Cast
from tests.factories.log import alma_reyes, hb_210, interoperability, logged
from tests.factories.stances import asked, noted, sponsored, voted

Broken = Callable[[Cast], models.Model]


def _with(row: models.Model, **fields: Any) -> models.Model:
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def _stance(cast: Cast) -> OfficialStance:
    return noted(cast.dana, hb_210(), alma_reyes(), "yes")


def _of_an_ask(cast: Cast) -> OfficialStance:
    return asked(cast.dana, hb_210(), alma_reyes(), stance="yes").asks.get().stance_after


def _commitment(cast: Cast) -> Commitment:
    return logged(cast.dana, [alma_reyes()], promises=[Promise("them", "So.", TODAY)]).commitments.get()


def _needed(cast: Cast, **fields: Any) -> VotesNeeded:
    bill = Measure.objects.first() or hb_210()
    chamber, _ = Chamber.objects.get_or_create(
        jurisdiction=bill.session.jurisdiction, code="lower", defaults={"name": "Texas House"}
    )
    known = {"measure": bill, "chamber": chamber, "votes": 3, "reason": "So.", "set_by": cast.dana}
    return VotesNeeded(**(known | {"set_on": TODAY} | fields))


def _committee(cast: Cast) -> Committee:
    texas = (Measure.objects.first() or hb_210()).session.jurisdiction
    return Committee.objects.get_or_create(jurisdiction=texas, name="Health", external_id="1")[0]


def _proof(cast: Cast, **fields: Any) -> Proof:
    bill, reyes = hb_210(), alma_reyes()
    ask = asked(cast.dana, bill, reyes).asks.get()
    known = {"ask": ask, "sponsorship": sponsored(bill, reyes), "state": ProofState.KEPT, "found_at": NOW}
    return Proof(**(known | fields))


def _by_both(cast: Cast) -> models.Model:
    row = _proof(cast)
    return _with(row, vote=voted(row.ask.measure, row.ask.official, "yes"))


def _of_both(cast: Cast) -> models.Model:
    row = _proof(cast)
    promises = [Promise("them", "So.", TODAY)]
    record = logged(cast.dana, [row.ask.official], promises=promises)
    return _with(row, commitment=record.commitments.get())


RULES: list[tuple[Broken, str]] = [
    (lambda cast: _with(_stance(cast), issue=interoperability()), "exactly one"),
    (lambda cast: _with(_stance(cast), chapter=None), "a chapter noted it"),
    (lambda cast: _with(_of_an_ask(cast), chapter=cast.gulf_prairie), "a chapter noted it"),
    (lambda cast: _with(_of_an_ask(cast), confidentiality="chapter"), "what its record says"),
    (lambda cast: _with(_commitment(cast), kind="cosponsor"), "which official will do what"),
    (lambda cast: _with(_commitment(cast), settled_on=TODAY), "says when"),
    (lambda cast: _needed(cast, committee=_committee(cast)), "exactly one"),
    (lambda cast: _needed(cast, votes=0), "At least one vote"),
    (lambda cast: _needed(cast, reason=""), "Say why"),
    (_of_both, "exactly one"),
    (_by_both, "not both"),
    (lambda cast: _proof(cast, state="odd"), "kept, or the contrary"),
    (lambda cast: _proof(cast, decided_on=TODAY), "who and when"),
    (lambda cast: _proof(cast, state=ProofState.REOPENED), "who and when"),
]


@pytest.mark.parametrize(("broken", "sentence"), RULES)
def test_a_broken_rule_is_said_in_words_and_refused_by_the_database(
    cast: Cast, broken: Broken, sentence: str
):
    row = broken(cast)

    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def _twice(cast: Cast, settles: str, shows: str) -> tuple[models.Model, models.Model]:
    """Two proofs of one promise by one piece of evidence."""
    row = _of_both(cast) if settles == "commitment" else _proof(cast)
    assert isinstance(row, Proof)
    if shows == "vote":
        row.vote, row.sponsorship = voted(row.ask.measure, row.ask.official, "yes"), None
    if settles == "commitment":
        row.ask = None
    return row, _with(
        Proof(state=row.state, found_at=NOW),
        ask=row.ask, commitment=row.commitment, sponsorship=row.sponsorship, vote=row.vote,
    )  # fmt: skip


@pytest.mark.parametrize("settles", ["ask", "commitment"])
@pytest.mark.parametrize("shows", ["sponsorship", "vote"])
def test_one_piece_of_evidence_settles_a_promise_once(cast: Cast, settles: str, shows: str):
    first, second = _twice(cast, settles, shows)
    first.save()

    with pytest.raises(ValidationError, match="on record already"):
        second.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.parametrize("place", ["chamber", "committee"])
def test_the_votes_needed_are_set_once_for_each_body(cast: Cast, place: str):
    where = {"chamber": None, "committee": _committee(cast)} if place == "committee" else {}
    _needed(cast, **where).save()

    with pytest.raises(ValidationError, match="are set already"):
        _needed(cast, **where).validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        _needed(cast, **where).save()


def test_every_constraint_stands_in_this_list(cast: Cast):
    models_here = (OfficialStance, Commitment, VotesNeeded, Proof)
    names = {
        rule.name
        for model in models_here
        for rule in model._meta.constraints
        if isinstance(rule, models.CheckConstraint)
    }
    broken = set()
    for make, _sentence in RULES:
        with transaction.atomic():
            row = make(cast)
            for rule in row._meta.constraints:
                try:
                    rule.validate(type(row), row)
                except ValidationError:
                    broken.add(rule.name)
            transaction.set_rollback(True)

    assert broken == names
