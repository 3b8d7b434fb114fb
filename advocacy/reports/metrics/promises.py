"""Numbers of what was owed: follow-ups, answers, and commitments on both sides."""

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
from advocacy.reports.metrics.scope import Scope, Window

_RESTRICTED = Q(interaction__confidentiality=Confidentiality.RESTRICTED)


def followups_due(scope: Scope, window: Window) -> FollowUpQuerySet:
    """Those due in these days, without the cancelled ones and those of deleted records."""
    rows = FollowUpQuerySet(FollowUp).of_kept_records().filter(scope.own())
    return rows.filter(window.holds("due_on")).exclude(status=FollowUpStatus.CANCELLED)


def done_on_time(scope: Scope, window: Window) -> Figure:
    rows = followups_due(scope, window).order_by()
    done = Q(status=FollowUpStatus.DONE)
    sums = rows.aggregate(
        of=Count("pk"),
        value=Count("pk", filter=done & Q(done_on__lte=F("due_on"))),
        late=Count("pk", filter=done & Q(done_on__gt=F("due_on"))),
        restricted=Count("pk", filter=_RESTRICTED),
    )
    late_ones = sums.pop("late")
    parts = {"late": late_ones, "still_open": sums["of"] - sums["value"] - late_ones}
    return Figure(Unit.PERCENT, **sums, parts=parts)


def overdue(scope: Scope, window: Window) -> FollowUpQuerySet:
    """Open ones that were due before the end of these days."""
    rows = FollowUpQuerySet(FollowUp).of_kept_records().filter(scope.own())
    return rows.overdue(window.end)


def overdue_count(scope: Scope, window: Window) -> Figure:
    sums = (
        overdue(scope, window)
        .order_by()
        .aggregate(value=Count("pk"), restricted=Count("pk", filter=_RESTRICTED))
    )
    return Figure(Unit.COUNT, **sums)


def requests(scope: Scope, window: Window) -> MeetingRequestQuerySet:
    return MeetingRequestQuerySet(MeetingRequest).filter(scope.own()).filter(window.holds("requested_on"))


def their_response(scope: Scope, window: Window) -> Figure:
    return _response(response_times.theirs(requests(scope, window)))


def owed_answers(scope: Scope, window: Window) -> FollowUpQuerySet:
    """Done in these days, or still open of what was owed before their end."""
    rows = FollowUpQuerySet(FollowUp).of_kept_records().filter(scope.own())
    still_open = Q(status=FollowUpStatus.OPEN, interaction__occurred_on__lt=window.end)
    return rows.filter(Q(status=FollowUpStatus.DONE) & window.holds("done_on") | still_open)


def our_response(scope: Scope, window: Window) -> Figure:
    return _response(response_times.ours(owed_answers(scope, window)))


def _response(time: ResponseTime) -> Figure:
    parts = {"waiting": time.waiting, "unanswered": time.unanswered}
    return Figure(Unit.DAYS, time.days, of=time.answered, parts=parts)


def looked_at_again(scope: Scope, window: Window) -> InteractionQuerySet:
    """Contacts in which they promised something that was to be looked at again in these days."""
    theirs = Commitment.objects.filter(window.holds("check_back_on"), side=CommitmentSide.THEM)
    return scope.credited().logged().filter(pk__in=theirs.order_by().values("interaction"))


def commitments_kept(scope: Scope, window: Window) -> Figure:
    records = scope.credited().logged().order_by().values("pk")
    theirs = Commitment.objects.filter(
        window.holds("check_back_on"), side=CommitmentSide.THEM, interaction__in=records
    )
    sums = theirs.order_by().aggregate(
        value=Count("pk", filter=Q(outcome=Outcome.KEPT)),
        of=Count("pk"),
        not_kept=Count("pk", filter=Q(outcome=Outcome.NOT_KEPT)),
        pending=Count("pk", filter=Q(outcome=Outcome.PENDING)),
        restricted=Count("pk", filter=_RESTRICTED),
    )
    parts = {"not_kept": sums.pop("not_kept"), "pending": sums.pop("pending")}
    return Figure(Unit.PERCENT, **sums, parts=parts)
