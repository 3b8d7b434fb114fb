"""Whom do you know?: `surveys.add(by=sam, official=reyes, …)`, sent once, reviewed answer by answer."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.actions import key_contacts
from advocacy.interactions.models import (
    AnswerState,
    Basis,
    KeyContact,
    RelationshipScore,
    Survey,
    SurveyAnswer,
    year_of,
)
from legislation.models import Official, Staffer
from members.models import Chapter

# Whom somebody knows: an official, and the staffer through whom, where it is one of their staff.
Known = tuple[Official, Staffer | None]


@transaction.atomic
def add(
    *,
    by: User,
    chapter: Chapter,
    known: Iterable[Known],
    basis: Basis,
    strength: int,
    calls_within_a_day: bool,
    on: date,
) -> int:
    """Put these on one's list of the year, as drafts. Whoever stands there already stays as they are."""
    survey, is_new = Survey.objects.get_or_create(person=by, year=year_of(on), defaults={"chapter": chapter})
    if is_new:
        trail.record(by=by, verb="added", of=survey)
    added = 0
    for official, staffer in known:
        answer = SurveyAnswer(
            survey=survey,
            official=official,
            staffer=staffer,
            basis=basis,
            strength=strength,
            calls_within_a_day=calls_within_a_day,
            answered_on=on,
        )
        added += _is_saved(answer)
    return added


def _is_saved(answer: SurveyAnswer) -> bool:
    try:
        with transaction.atomic():
            answer.save()
    except IntegrityError:
        return False
    return True


def remove(answer: SurveyAnswer) -> bool:
    """Take a draft off one's list. False once it was sent."""
    gone, _rows = SurveyAnswer.objects.filter(pk=answer.pk, state=AnswerState.DRAFT).delete()
    return gone == 1


def send(*, by: User, on: date) -> int:
    """All drafts of the year go to review. More can be added and sent later. Returns how many went."""
    drafts = SurveyAnswer.objects.filter(survey__person=by, survey__year=year_of(on), state=AnswerState.DRAFT)
    with transaction.atomic():
        sent = drafts.update(state=AnswerState.SENT, answered_on=on)
        if sent:
            survey = Survey.objects.get(person=by, year=year_of(on))
            trail.record(by=by, verb="sent", of=survey, changes={"answers": [None, sent]})
    return sent


@transaction.atomic
def accept(answer: SurveyAnswer, *, by: User, on: date, as_key_contact: bool = False) -> bool:
    """It becomes a relationship record, said by whoever answered, on the day they did.

    `as_key_contact`: they keep in touch from now on as well. Where they do already, the record is merged with that
    tie. False when somebody was faster.
    """
    survey = answer.survey
    open_ties = KeyContact.objects.open().filter(person=survey.person, official=answer.official)
    tie = open_ties.first()
    state = AnswerState.MERGED if tie else AnswerState.ACCEPTED
    score, _is_new = RelationshipScore.objects.update_or_create(
        official=answer.official,
        staffer=answer.staffer,
        person=survey.person,
        said_on=answer.answered_on,
        defaults={
            "chapter": survey.chapter,
            "strength": answer.strength,
            "basis": answer.basis,
            "calls_within_a_day": answer.calls_within_a_day,
            "said_by": survey.person,
        },
    )
    if tie is None and as_key_contact:
        tie = key_contacts.assign(
            by=by,
            person=survey.person,
            official=answer.official,
            chapter=survey.chapter,
            rank=key_contacts.rank_for_newcomer(survey.person, answer.official, survey.chapter),
            on=on,
        )
    if not _decided(answer, state, by=by, on=on, score=score, tie=tie):
        transaction.set_rollback(True)
        return False
    trail.record(by=by, verb="approved", of=answer, changes={"state": ["", str(state.label)]})
    return True


def reject(answer: SurveyAnswer, *, by: User, on: date, reason: str) -> bool:
    """It does not become a record; who answered reads why. False when somebody was faster."""
    with transaction.atomic():
        is_done = _decided(answer, AnswerState.REJECTED, by=by, on=on, reason=reason)
        if is_done:
            trail.record(by=by, verb="rejected", of=answer, reason=reason)
    return is_done


def _decided(
    answer: SurveyAnswer,
    state: AnswerState,
    *,
    by: User,
    on: date,
    score: RelationshipScore | None = None,
    tie: KeyContact | None = None,
    reason: str = "",
) -> bool:
    waiting = SurveyAnswer.objects.filter(pk=answer.pk, state=AnswerState.SENT)
    changed = waiting.update(
        state=state, decided_by=by, decided_on=on, score=score, tie=tie, reason=reason[:200]
    )
    return changed == 1
