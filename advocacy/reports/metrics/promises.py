"""Numbers of what was owed: follow-ups, answers, and commitments on both sides."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q

from advocacy.interactions import response_times
from advocacy.interactions.models import (
    Commitment,
    CommitmentSide,
    Confidentiality,
    FollowUp,
    FollowUpStatus,
    MeetingRequest,
    Outcome,
)
from advocacy.interactions.models.followup import FollowUpQuerySet
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.interactions.models.meeting_request import MeetingRequestQuerySet
from advocacy.interactions.response_times import ResponseTime
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import TOGETHER, By, Grouped, Scope, Window, by_group

_RESTRICTED = Q(interaction__confidentiality=Confidentiality.RESTRICTED)


def followups_due(scope: Scope, window: Window) -> FollowUpQuerySet:
    """Those due in these days, without the cancelled ones and those of deleted records."""
    rows = FollowUpQuerySet(FollowUp).of_kept_records().filter(scope.own())
    return rows.filter(window.holds("due_on")).exclude(status=FollowUpStatus.CANCELLED)


def gather_followups(scope: Scope, window: Window, by: By) -> Grouped:
    """Sums: how many were due, done on time, done late, and how many are restricted."""
    done = Q(status=FollowUpStatus.DONE)
    rows = scope.grouped(followups_due(scope, window), by, "chapter").values("group")
    sums = rows.annotate(
        due=Count("pk"),
        on_time=Count("pk", filter=done & Q(done_on__lte=F("due_on"))),
        late=Count("pk", filter=done & Q(done_on__gt=F("due_on"))),
        restricted=Count("pk", filter=_RESTRICTED),
    )
    return by_group(sums.values_list("group", "due", "on_time", "late", "restricted"))


def done_on_time(sums: Sequence[Any]) -> Figure:
    due, on_time, late, restricted = sums[0] if sums else (0, 0, 0, 0)
    parts = {"late": late, "still_open": due - on_time - late}
    return Figure(Unit.PERCENT, on_time, of=due, restricted=restricted, parts=parts)


def overdue(scope: Scope, window: Window) -> FollowUpQuerySet:
    """Open ones that were due before the end of these days."""
    rows = FollowUpQuerySet(FollowUp).of_kept_records().filter(scope.own())
    return rows.overdue(window.end)


def gather_overdue(scope: Scope, window: Window, by: By) -> Grouped:
    rows = scope.grouped(overdue(scope, window), by, "chapter").values("group")
    sums = rows.annotate(number=Count("pk"), restricted=Count("pk", filter=_RESTRICTED))
    return by_group(sums.values_list("group", "number", "restricted"))


def overdue_count(sums: Sequence[Any]) -> Figure:
    value, restricted = sums[0] if sums else (0, 0)
    return Figure(Unit.COUNT, value, restricted=restricted)


def requests(scope: Scope, window: Window) -> MeetingRequestQuerySet:
    return MeetingRequestQuerySet(MeetingRequest).filter(scope.own()).filter(window.holds("requested_on"))


def gather_requests(scope: Scope, window: Window, by: By) -> Grouped:
    rows = scope.grouped(requests(scope, window), by, "chapter")
    return by_group((row.group, row) for row in rows.only("requested_on", "first_reply_on", "state"))


def their_response(rows: Sequence[Any]) -> Figure:
    return _response(response_times.of_requests([request for (request,) in rows]))


def owed_answers(scope: Scope, window: Window) -> FollowUpQuerySet:
    """Done in these days, or still open of what was owed before their end."""
    rows = FollowUpQuerySet(FollowUp).of_kept_records().filter(scope.own())
    still_open = Q(status=FollowUpStatus.OPEN, interaction__occurred_on__lt=window.end)
    return rows.filter(Q(status=FollowUpStatus.DONE) & window.holds("done_on") | still_open)


def gather_answers(scope: Scope, window: Window, by: By) -> Grouped:
    """Business days until each answer; None for what still waits for one."""
    days = response_times.days_until_done(owed_answers(scope, window))
    return by_group((chapter if by is By.CHAPTER else TOGETHER, taken) for chapter, taken in days)


def our_response(rows: Sequence[Any]) -> Figure:
    return _response(response_times.of_days([taken for (taken,) in rows]))


def _response(time: ResponseTime) -> Figure:
    parts = {"waiting": time.waiting, "unanswered": time.unanswered}
    return Figure(Unit.DAYS, time.days, of=time.answered, parts=parts)


def looked_at_again(scope: Scope, window: Window) -> InteractionQuerySet:
    """Contacts in which they promised something that was to be looked at again in these days."""
    theirs = Commitment.objects.filter(window.holds("check_back_on"), side=CommitmentSide.THEM)
    return scope.credited().logged().filter(pk__in=theirs.order_by().values("interaction"))


def gather_commitments(scope: Scope, window: Window, by: By) -> Grouped:
    """Sums: kept, all of them, not kept, pending, restricted."""
    records = scope.among(by).credited().logged().order_by().values("pk")
    theirs = Commitment.objects.filter(
        window.holds("check_back_on"), side=CommitmentSide.THEM, interaction__in=records
    )
    rows = scope.grouped(theirs, by, "interaction__credits__chapter").values("group")
    sums = rows.annotate(
        kept=Count("pk", filter=Q(outcome=Outcome.KEPT)),
        number=Count("pk"),
        not_kept=Count("pk", filter=Q(outcome=Outcome.NOT_KEPT)),
        pending=Count("pk", filter=Q(outcome=Outcome.PENDING)),
        restricted=Count("pk", filter=_RESTRICTED),
    )
    return by_group(sums.values_list("group", "kept", "number", "not_kept", "pending", "restricted"))


def commitments_kept(sums: Sequence[Any]) -> Figure:
    kept, number, not_kept, pending, restricted = sums[0] if sums else (0, 0, 0, 0, 0)
    parts = {"not_kept": not_kept, "pending": pending}
    return Figure(Unit.PERCENT, kept, of=number, restricted=restricted, parts=parts)
