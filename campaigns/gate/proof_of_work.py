"""A puzzle that costs a browser a second and us a millisecond (altcha), each answer good for one form.

The browser tries numbers one after the other and finds the right one surely, within `_MOST` tries: a slow phone is
slow, and never unlucky. It begins when somebody begins to type (static/js/proof_of_work.js).
"""

import secrets
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, NamedTuple

import altcha
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from campaigns.models import SpentChallenge

VALID_FOR = timedelta(minutes=10)
_ALGORITHM, _ROUNDS = "PBKDF2/SHA-256", 2_000
_LEAST, _MOST = 150, 500
_LONGEST_ANSWER = 3_000
_LONG_AGO = datetime.fromtimestamp(0, UTC)


class Work(Enum):
    DONE = "done"
    MISSING = "missing"
    EXPIRED = "expired"
    WRONG = "wrong"


class Solved(NamedTuple):
    """`signature` names the puzzle; it is empty unless the answer is right."""

    work: Work
    signature: str = ""
    expires_at: datetime = _LONG_AGO


def challenge(*, now: datetime) -> dict[str, Any]:
    """A new puzzle, as the browser gets it. `most` is how many numbers there are to try."""
    return altcha.create_challenge(
        _ALGORITHM,
        _ROUNDS,
        counter=_LEAST + secrets.randbelow(_MOST - _LEAST),
        data={"most": _MOST},
        expires_at=now + VALID_FOR,
        hmac_secret=_key("puzzle"),
        hmac_key_secret=_key("answer"),
    ).to_dict()


def check(answer: str, *, now: datetime) -> Solved:
    """Whether this answers a puzzle of ours in time. It does not tell whether it was used before: `spend` does."""
    if not answer:
        return Solved(Work.MISSING)
    try:
        payload = altcha.Payload.from_base64(answer[:_LONGEST_ANSWER])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Solved(Work.WRONG)
    result = altcha.verify_solution(payload, _key("puzzle"), hmac_key_secret=_key("answer"))
    if result.expired:
        return Solved(Work.EXPIRED)
    if not result.verified:
        return Solved(Work.WRONG)
    expires_at = datetime.fromtimestamp(int(payload.challenge.parameters.expires_at or 0), UTC)
    if expires_at < now:
        return Solved(Work.EXPIRED)
    return Solved(Work.DONE, str(payload.challenge.signature), expires_at)


def spend(solved: Solved, *, form_key: str) -> bool:
    """Use the answer up, in the caller's transaction. False where another form used it.

    The same form may come twice: it is one submission, and its key finds what the first one did.
    """
    try:
        with transaction.atomic():
            SpentChallenge.objects.create(
                signature=solved.signature, form_key=form_key, expires_at=solved.expires_at
            )
    except IntegrityError:
        return SpentChallenge.objects.filter(signature=solved.signature, form_key=form_key).exists()
    return True


def answer_to(puzzle: dict[str, Any]) -> str:
    """What a browser would send, found here: for tests and benchmarks that act as one."""
    found = altcha.Challenge.from_dict(puzzle)
    solution = altcha.solve_challenge(found)
    if solution is None:
        raise ValueError("The puzzle has no answer.")
    return altcha.Payload(found, solution).to_base64()


def _key(of: str) -> bytes:
    """Made from the installation's secret, for this use alone."""
    return salted_hmac("campaigns.gate.proof_of_work", of, algorithm="sha256").digest()
