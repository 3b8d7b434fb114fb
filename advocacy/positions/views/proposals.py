"""Positions on their way: the list of what waits, one position, proposing, deciding, taking back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.positions import approval
from advocacy.positions.actions import decisions, proposals
from advocacy.positions.errors import WaitsAlready
from advocacy.positions.forms.proposals import DecisionForm, ProposalForm
from advocacy.positions.holders import may_propose_at_all
from advocacy.positions.models import APPROVING, Position
from advocacy.positions.models.position import PositionQuerySet
from advocacy.positions.use import contradictions
from legislation.models import Measure
from members.access import today_for

_COPIED = ("position", "rationale", "requested_amendments", "requested_by")


def _rows(request: SignedInRequest) -> PositionQuerySet:
    visible = Position.objects.visible_to(request.user).select_related(
        "measure__session__jurisdiction", "chapter", "proposed_by", "approved_by", "text_version", "hearing"
    )
    return visible.with_newest_text()


@reading
def position_list(request: SignedInRequest) -> HttpResponse:
    """What waits for my decision, then what waits for somebody else's."""
    today = today_for(request.user)
    rows = list(_rows(request).proposed().order_by("proposed_on", "pk"))
    found = sorted(approval.courses(rows, today).values(), key=lambda one: (one.due_on, one.position.pk))
    lines = [
        (one.waits_for(request.user), {"course": one, "is_overdue": one.is_overdue(today)}) for one in found
    ]
    context = {
        "mine": [line for is_mine, line in lines if is_mine],
        "others": [line for is_mine, line in lines if not is_mine],
    }
    return render(request, "positions/position_list.html", context)


@reading
def position_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    today = today_for(request.user)
    row = get_object_or_404(_rows(request), pk=pk)
    course = approval.course_of(row, today)
    context = {
        "position": row,
        "course": course,
        "steps": _stepper(course),
        "decisions": list(course.decisions.values()),
        "principles": row.principles.all(),
        "is_overdue": course.is_overdue(today),
        "is_mine": course.waits_for(request.user),
        "contradictions": _contradictions(request, row),
        "may_withdraw": Position.objects.withdrawable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "positions/position_detail.html", context)


def _stepper(course: approval.Course) -> list[dict[str, Any]]:
    def state(step: str) -> str:
        if step in course.decisions:
            return "done" if course.decisions[step].ruling in APPROVING else "current"
        return "current" if step == course.next_step else "todo"

    return [{"label": step.label, "state": state(step)} for step in course.steps]


def _contradictions(request: SignedInRequest, row: Position) -> list[Position]:
    others = Position.objects.visible_to(request.user).filter(measure=row.measure_id).exclude(pk=row.pk)
    return contradictions(row, list(others.select_related("chapter", "measure__session")))


@writing
def position_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """`like` in the address fills the form from another position, for example that of the session before."""
    measures = Measure.objects.visible_to(request.user).select_related("session__jurisdiction")
    measure = get_object_or_404(measures, pk=pk)
    if not may_propose_at_all(request.user):
        raise Http404
    today = request.user.today(timezone.now())
    form = ProposalForm(
        request.POST or None, user=request.user, measure=measure, today=today, initial=_copied(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = proposals.propose(by=request.user, on=today, measure=measure, **form.said())
        except WaitsAlready:
            form.add_error(None, _("A proposal on this measure waits already: withdraw that one first."))
        else:
            messages.success(request, _("Proposed. Those who decide see it among what waits for them."))
            return redirect(row)
    context = {"measure": measure, "form": form}
    return render(request, "positions/propose.html", context, status=422 if form.errors else 200)


def _copied(request: SignedInRequest) -> dict[str, Any]:
    like = request.GET.get("like", "")
    if not like.isdecimal() or len(like) > 18:
        return {}
    row = get_object_or_404(Position.objects.visible_to(request.user), pk=int(like))
    return {name: getattr(row, name) for name in _COPIED} | {"principles": row.principles.all()}


@writing
def position_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """For those whose step it is; to everybody else this page does not exist."""
    row = get_object_or_404(_rows(request), pk=pk)
    course = approval.course_of(row, today_for(request.user))
    if not course.waits_for(request.user):
        raise Http404
    form = DecisionForm(request.POST or None, initial={"step": course.next_step})
    if request.method == "POST" and form.is_valid():
        on = request.user.today(timezone.now())
        made = decisions.decide(row, by=request.user, on=on, **form.cleaned_data)
        if made is None:
            messages.info(request, _("Somebody decided this already."))
        else:
            messages.success(request, _("Decided: %(what)s.") % {"what": made})
        return redirect(row)
    context = {
        "position": row,
        "course": course,
        "form": form,
        "decisions": list(course.decisions.values()),
        "contradictions": _contradictions(request, row),
    }
    return render(request, "positions/decide.html", context, status=422 if form.errors else 200)


@writing
def position_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(
        Position.objects.withdrawable_by(request.user).select_related("measure__session", "chapter"), pk=pk
    )
    if request.method == "POST":
        on = request.user.today(timezone.now())
        decisions.withdraw(row, by=request.user, on=on)
        messages.success(request, _("Taken back."))
        return redirect(row.measure)
    return render(request, "positions/withdraw.html", {"position": row})
