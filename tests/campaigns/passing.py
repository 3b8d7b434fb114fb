"""Coming through the gate of a public form as a person with a browser does, one minute after opening the page."""

from datetime import datetime, timedelta

from campaigns.gate import form_token, proof_of_work
from campaigns.gate.fields import Answers
from campaigns.gate.verdict import Submission, Verdict, judge
from tests.cast import NOW

CAMPAIGN = 7
MINUTE = timedelta(minutes=1)
OWN_WORDS = "My mother waits four months for a neurologist, two hours away by car."


def page(*, opened_at: datetime = NOW - MINUTE, campaign: int = CAMPAIGN) -> str:
    return form_token.issue(campaign, opened_at)


def puzzle_solved(*, at: datetime = NOW) -> str:
    return proof_of_work.answer_to(proof_of_work.challenge(now=at))


def sent(
    *,
    client: str = "203.0.113.7",
    email: str = "luis@example.org",
    own_words: str = OWN_WORDS,
    token: str | None = None,
    work: str | None = None,
    trap: str = "",
) -> Submission:
    answers = Answers(page() if token is None else token, puzzle_solved() if work is None else work, trap)
    return Submission(CAMPAIGN, client, email, own_words, answers)


def judged(submission: Submission, *, now: datetime = NOW) -> Verdict:
    return judge(submission, now=now)
