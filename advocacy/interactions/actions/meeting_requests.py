"""The life of a meeting request: `meeting_requests.record(by=dana, asked=asked, …)`, then one step after the other."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions import parties
from advocacy.interactions.actions import followups
from advocacy.interactions.errors import (
    BeforeTheRequest,
    InTheFuture,
    NotAllowedToAskHere,
    NotAllowedToChange,
)
from advocacy.interactions.models import (
    FollowUp,
    FollowUpKind,
    FollowUpStatus,
    Interaction,
    MeetingRequest,
    Occasion,
    RequestState,
    Step,
)
from advocacy.interactions.models.meeting_request import STEP_FROM, MeetingRequestQuerySet
from legislation.models import Official
from members.access import chapters_to_write_for
from members.calendars import workdays_in
from members.models import Chapter

# So many business days of the office without a word, and somebody should ask again (DOMAIN.md W2 step 7).
NUDGE_AFTER = 5
NUDGE = "no_reply"
_TRACED = ("state", "first_reply_on", "confirmed_on", "confirmed_time", "note")
_TO: dict[Step, RequestState] = {
    Step.CONFIRM: RequestState.CONFIRMED,
    Step.REPLY: RequestState.REQUESTED,
    Step.HOLD: RequestState.HELD,
    Step.DECLINE: RequestState.DECLINED,
    Step.GIVE_UP: RequestState.NO_REPLY,
    Step.WITHDRAW: RequestState.WITHDRAWN,
}
_ANSWERS = (Step.CONFIRM, Step.REPLY, Step.DECLINE)


@dataclass(frozen=True)
class Asked:
    """A request as it was handed over to the office: the composer's words, filled in, and how they got there."""

    official: Official
    chapter: Chapter
    purpose: str
    wording: str
    language: str
    zone: str
    channel: str
    requested_on: date
    occasion: str = Occasion.MEETING
    slot_1_on: date | None = None
    slot_1_time: time | None = None
    slot_2_on: date | None = None
    slot_2_time: time | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of it: the day of the office's word, and the day of the meeting where one is fixed."""

    step: Step
    on: date
    meets_on: date | None = None
    meets_time: time | None = None
    note: str = ""


def record(*, by: User, asked: Asked, form_key: UUID, now: datetime) -> tuple[MeetingRequest, bool]:
    """Put down that an office was asked. Returns the request, and whether this call made it.

    The same `form_key` again returns the first. Raises NotAllowedToAskHere, and InTheFuture for a day to come.
    """
    if not chapters_to_write_for(by).filter(pk=asked.chapter.pk).exists():
        raise NotAllowedToAskHere(asked.chapter.slug)
    if asked.requested_on > by.today(now):
        raise InTheFuture(asked.requested_on.isoformat())
    made = MeetingRequest.objects.filter(form_key=form_key, requested_by=by).first()
    if made is not None:
        return made, False
    try:
        with transaction.atomic():
            request = _create(by, asked, form_key)
            trail.record(by=by, verb="requested", of=request)
    except IntegrityError:
        made = MeetingRequest.objects.filter(form_key=form_key).first()
        if made is None:
            raise
        if made.requested_by_id != by.pk:  # the key of somebody else's form: it says nothing about this one
            return record(by=by, asked=asked, form_key=uuid4(), now=now)
        return made, False
    return request, True


def _create(by: User, asked: Asked, form_key: UUID) -> MeetingRequest:
    tenure = parties.seat_on(asked.official, asked.requested_on)
    place = tenure.seat.chamber.jurisdiction if tenure else None
    values = asdict(asked) | {"official": asked.official, "chapter": asked.chapter}
    nudge = FollowUp.objects.create(
        official=asked.official,
        chapter=asked.chapter,
        kind=FollowUpKind.SCHEDULE_MEETING,
        text=_("Ask again if there is no reply"),
        owner=by,
        due_on=workdays_in(place).after(asked.requested_on, NUDGE_AFTER),
        rule=NUDGE,
        created_by=by,
    )
    return MeetingRequest.objects.create(
        form_key=form_key,
        requested_by=by,
        seat=tenure.seat if tenure else None,
        jurisdiction=place,
        nudge=nudge,
        **values,
    )


def take(request: MeetingRequest, outcome: Outcome, *, by: User, now: datetime) -> bool:
    """Move the request on by one step. False when somebody was faster, or the step does not start here.

    Raises NotAllowedToChange, InTheFuture for a word or a meeting that has not happened, BeforeTheRequest.
    """
    if not MeetingRequest.objects.editable_by(by).filter(pk=request.pk).exists():
        raise NotAllowedToChange(request.pk)
    _check_days(request, outcome, by.today(now))
    before = trail.snapshot(request, _TRACED)
    with transaction.atomic():
        changed = _starting_points(outcome, by.today(now)).filter(pk=request.pk).update(**_values(outcome))
        if not changed:
            return False
        request.refresh_from_db()
        if changes := trail.difference(before, trail.snapshot(request, _TRACED)):
            trail.record(by=by, verb="edited", of=request, changes=changes, reason=outcome.note)
        _close_nudge(request, outcome.step, by=by, on=by.today(now))
    return True


def _check_days(request: MeetingRequest, outcome: Outcome, today: date) -> None:
    if outcome.step in _ANSWERS and outcome.on > today:
        raise InTheFuture(outcome.on.isoformat())
    if outcome.step in _ANSWERS and outcome.on < request.requested_on:
        raise BeforeTheRequest(outcome.on.isoformat())
    if outcome.meets_on is not None and outcome.meets_on < request.requested_on:
        raise BeforeTheRequest(outcome.meets_on.isoformat())


def _starting_points(outcome: Outcome, today: date) -> MeetingRequestQuerySet:
    """The requests from which this step can be taken: the condition of the one UPDATE."""
    rows = MeetingRequest.objects.filter(state__in=STEP_FROM[outcome.step])
    if outcome.step in (Step.REPLY, Step.GIVE_UP):
        return rows.filter(first_reply_on=None)
    return rows.filter(confirmed_on__lte=today) if outcome.step == Step.HOLD else rows


def _values(outcome: Outcome) -> dict[str, Any]:
    values: dict[str, Any] = {"state": _TO[outcome.step]}
    if outcome.note:
        values["note"] = outcome.note
    if outcome.step in _ANSWERS:
        # The first word stays the first, whatever comes later.
        values["first_reply_on"] = Coalesce(F("first_reply_on"), Value(outcome.on))
    if outcome.step == Step.CONFIRM:
        values |= {"confirmed_on": outcome.meets_on, "confirmed_time": outcome.meets_time}
    return values | ({"interaction": None} if outcome.step in (Step.DECLINE, Step.WITHDRAW) else {})


def _close_nudge(request: MeetingRequest, step: Step, *, by: User, on: date) -> None:
    """Nobody is told to ask again for what was answered or given up."""
    nudge = request.nudge
    if nudge is None or nudge.status != FollowUpStatus.OPEN:
        return
    if step in _ANSWERS:
        followups.complete(nudge, by=by, on=on)
    else:
        followups.cancel(nudge, by=by, on=on, reason=str(step.label))


def attach(request: MeetingRequest, interaction: Interaction, *, by: User) -> bool:
    """The contact that this request led to. A draft or plan holds its place until it is logged.

    False where the request is logged already, was given up, or is not theirs to log.
    """
    if MeetingRequest.objects.filter(interaction=interaction).exclude(pk=request.pk).exists():
        return False
    mine = MeetingRequest.objects.editable_by(by).filter(pk=request.pk).order_by().values("pk")
    return MeetingRequest.objects.loggable().filter(pk__in=mine).update(interaction=interaction) == 1


def settle(interaction: Interaction, *, by: User) -> bool:
    """The contact is in the log now, and so its request is logged.

    False when it came from no request, or turned out to be a contact with another office.
    """
    with_the_office = interaction.offices.exclude(official=None).order_by().values("official")
    rows = MeetingRequest.objects.loggable().filter(interaction=interaction, official__in=with_the_office)
    return _move(rows, RequestState.LOGGED, verb="logged", by=by)


def unsettle(interaction: Interaction, *, by: User) -> bool:
    """The contact was taken out of the log: the request is where it was, and can be logged again."""
    rows = MeetingRequest.objects.filter(interaction=interaction, state=RequestState.LOGGED)
    return _move(rows, RequestState.HELD, verb="edited", by=by)


def _move(rows: MeetingRequestQuerySet, state: RequestState, *, verb: str, by: User) -> bool:
    request = rows.first()
    if request is None:
        return False
    with transaction.atomic():
        changed = rows.filter(pk=request.pk).update(state=state)
        if changed:
            was = str(RequestState(request.state).label)
            trail.record(by=by, verb=verb, of=request, changes={"state": [was, str(state.label)]})
    return changed == 1
