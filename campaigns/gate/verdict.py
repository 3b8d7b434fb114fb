"""The verdict about one submission of a public form: let through, held for a look, or refused with words."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.gate import form_token, proof_of_work, rates, texts
from campaigns.gate.fields import Answers
from campaigns.gate.form_token import Age
from campaigns.gate.proof_of_work import Work
from campaigns.models import Doubt, GateDecision
from legislation.models import ContactPoint

LIMITS = frozenset({Doubt.MANY_FROM_CLIENT, Doubt.MANY_FROM_ADDRESS})
REFUSED = LIMITS | {Doubt.NO_PAGE, Doubt.PAGE_TOO_OLD, Doubt.PUZZLE_WRONG, Doubt.PUZZLE_USED}
# Without JavaScript there is no puzzle: whoever then opens the link in the mail has shown enough.
SETTLED_BY_PROOF = frozenset({Doubt.NO_PUZZLE, Doubt.PUZZLE_EXPIRED})
# Somebody may have typed the address of a stranger: nothing is mailed there on the word of a robot.
NO_MAIL = frozenset({Doubt.HIDDEN_FIELD, Doubt.TOO_FAST, Doubt.SAME_TEXT, Doubt.OFFICIALS_ADDRESS})
_WORK = {
    Work.MISSING: Doubt.NO_PUZZLE,
    Work.EXPIRED: Doubt.PUZZLE_EXPIRED,
    Work.WRONG: Doubt.PUZZLE_WRONG,
}


@dataclass(frozen=True)
class Submission:
    """What the gate looks at. `client` is `limits.client_address`; `own_words` is the personal text alone."""

    campaign_id: int
    client: str
    email: str
    own_words: str
    answers: Answers


@dataclass(frozen=True)
class Verdict:
    """`key` is the submission's own (empty where it came from no page of ours); `doubts` are kept with the act."""

    decision: GateDecision
    doubts: tuple[Doubt, ...] = ()
    key: str = ""
    again_at: datetime | None = None

    @property
    def is_settled_by_proof(self) -> bool:
        """Held only until the address is proven; nobody need look."""
        return self.decision == GateDecision.HOLD and SETTLED_BY_PROOF.issuperset(self.doubts)

    @property
    def may_mail_proof(self) -> bool:
        """Whether the link that proves the address may be mailed before somebody has looked.

        In a flood of forms without a puzzle it would go to thousands of strangers.
        """
        is_flood = Doubt.MANY_IN_CAMPAIGN in self.doubts and bool(SETTLED_BY_PROOF.intersection(self.doubts))
        may = self.decision != GateDecision.REFUSE and not NO_MAIL.intersection(self.doubts)
        return may and not is_flood

    @property
    def is_limit(self) -> bool:
        """Too many, rather than wrong: the answer is 429."""
        return self.again_at is not None

    def seconds_to_wait(self, now: datetime) -> int:
        """For the header Retry-After."""
        return max(math.ceil((self.again_at - now).total_seconds()), 1) if self.again_at else 0

    def words(self, now: datetime) -> str:
        """What a refused sender is told, and can do. Nothing for the others: who is held is thanked like any other."""
        if self.decision != GateDecision.REFUSE:
            return ""
        if Doubt.MANY_FROM_CLIENT in self.doubts:
            return f"{_('Too many messages came from your internet connection.')} {_come_again(self, now)}"
        if Doubt.MANY_FROM_ADDRESS in self.doubts:
            return f"{_('Too many messages came with this e-mail address.')} {_come_again(self, now)}"
        if Doubt.PAGE_TOO_OLD in self.doubts:
            return _(
                "This page was open for more than twelve hours. Look through your text and send it again."
            )
        return _("The form did not arrive whole. Your text is still here: please send it again.")


def judge(submission: Submission, *, now: datetime) -> Verdict:
    """Weigh one submission, in the transaction that will keep the act: its puzzle is used up here.

    Call it once for a form that is valid otherwise, after looking for an act with the same key.
    """
    token = form_token.read(submission.answers.token, submission.campaign_id, now)
    key = token.key if token else ""
    if full := rates.by_client(submission.client, now=now):
        return Verdict(GateDecision.REFUSE, (Doubt.MANY_FROM_CLIENT,), key, full.again_at)
    if token is None:
        return Verdict(GateDecision.REFUSE, (Doubt.NO_PAGE,))
    if token.age is Age.TOO_OLD:
        return Verdict(GateDecision.REFUSE, (Doubt.PAGE_TOO_OLD,), key)
    if full := rates.by_address(submission.email, now=now):
        return Verdict(GateDecision.REFUSE, (Doubt.MANY_FROM_ADDRESS,), key, full.again_at)
    doubts = (*_about_work(submission, key, now), *_about_sender(submission, token, now))
    if REFUSED.intersection(doubts):
        return Verdict(GateDecision.REFUSE, doubts, key)
    if SETTLED_BY_PROOF.issuperset(doubts) and _is_flooded(submission, doubts, now):
        doubts = (*doubts, Doubt.MANY_IN_CAMPAIGN)
    return Verdict(GateDecision.HOLD if doubts else GateDecision.PASS, doubts, key)


def _is_flooded(submission: Submission, doubts: tuple[Doubt, ...], now: datetime) -> bool:
    """Held, not refused: whoever floods a campaign must not be able to close it to everybody else.

    Robots that are held anyway are not counted, and those that solve no puzzle only among themselves: they would have
    people held with them.
    """
    among = "no puzzle" if doubts else ""
    return rates.in_campaign(submission.campaign_id, among=among, now=now) is not None


def _about_work(submission: Submission, key: str, now: datetime) -> Iterator[Doubt]:
    solved = proof_of_work.check(submission.answers.work, now=now)
    if solved.work is not Work.DONE:
        yield _WORK[solved.work]
    elif not proof_of_work.spend(solved, form_key=key):
        yield Doubt.PUZZLE_USED


def _about_sender(submission: Submission, token: form_token.FormToken, now: datetime) -> Iterator[Doubt]:
    if submission.answers.trap:
        yield Doubt.HIDDEN_FIELD
    if token.age is Age.TOO_FRESH:
        yield Doubt.TOO_FAST
    if rates.of_text(submission.campaign_id, submission.own_words, now=now):
        yield Doubt.SAME_TEXT
    if texts.has_links(submission.own_words):
        yield Doubt.LINKS
    if ContactPoint.objects.at(submission.email).exists():
        yield Doubt.OFFICIALS_ADDRESS


def _come_again(verdict: Verdict, now: datetime) -> str:
    minutes = math.ceil(verdict.seconds_to_wait(now) / 60)
    if minutes < 120:
        words = ngettext("Come again in %(count)d minute.", "Come again in %(count)d minutes.", minutes)
        return words % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("Come again in %(count)d hour.", "Come again in %(count)d hours.", hours) % {
        "count": hours
    }
