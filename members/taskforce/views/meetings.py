"""The meetings of the task force: the list, one of them, and how it is planned."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from members.access import reach_of
from members.taskforce.actions import meetings, minutes
from members.taskforce.forms import AnswerForm, CancelForm, MeetingForm, ProposeForm
from members.taskforce.models import ActionItem, Answer, Meeting, MeetingSeries
from members.taskforce.roster import is_of_the_task_force, runs_meetings


@reading
def meeting_list(request: SignedInRequest) -> HttpResponse:
    require_task_force(request.user)
    now = timezone.now()
    rows = Meeting.objects.visible_to(request.user)
    page = listing.page(rows.select_related("host", "published"), request.GET, ("-starts_at", "-pk"))
    context = {
        "next": rows.upcoming(now).select_related("host").first(),
        "page": page,
        "count_label": listing.count_label(listing.counted(rows)),
        "may_plan": runs_meetings(reach_of(request.user)),
    }
    return render(request, "taskforce/meeting_list.html", context)


@reading
def meeting_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    user, now = request.user, timezone.now()
    found = Meeting.objects.visible_to(user).select_related("host", "series", "published__published_by")
    meeting = get_object_or_404(found, pk=pk)
    mine = meeting.invitations.filter(person=user).first()
    action_items = ActionItem.objects.visible_to(user).select_related("owner", "measure__session")
    carried = action_items.none() if meeting.is_cancelled else action_items.carried_into(meeting)
    today = user.today(now)
    may_edit = Meeting.objects.editable_by(user).filter(pk=pk).exists()
    guests = list(meeting.invitations.select_related("person"))
    attendance = list(meeting.attendance.confirmed().select_related("person"))
    context = {
        "meeting": meeting,
        "items": meeting.items.select_related("proposed_by").prefetch_related("decisions"),
        "mine": mine,
        "answers": Answer.choices,
        "may_edit": may_edit,
        "next_step": meeting.next_step(now) if may_edit else None,
        "has_begun": meeting.has_begun(now),
        "may_answer": meeting.is_planned and meeting.ends_at > now,
        "may_check_in": meeting.may_check_in(now),
        "here": meeting.attendance.filter(person=user).first(),
        "guests": guests,
        "answered": _counted(str(row.get_answer_display() or _("No answer yet")) for row in guests),
        "attendance": attendance,
        "seen": _counted(str(row.get_presence_display()) for row in attendance),
        "quorum_met": _quorum_met(meeting),
        "published": getattr(meeting, "published", None),
        "action_items": action_items.filter(meeting=meeting).with_overdue(today),
        "carried": carried.order_by("due_on", "pk").with_overdue(today),
        "form": AnswerForm(initial={"wants_last_reminder": bool(mine and mine.wants_last_reminder)}),
    }
    return render(request, "taskforce/meeting_detail.html", context)


def _counted(words: Iterable[str]) -> str:
    """“Yes: 12 · No: 3”, the most frequent first."""
    return " · ".join(f"{word}: {count}" for word, count in Counter(words).most_common())


@writing
def meeting_new(request: SignedInRequest) -> HttpResponse:
    """The next one of a series by its rule, or one of its own."""
    if not runs_meetings(reach_of(request.user)):
        raise Http404
    now = timezone.now()
    upcoming = [_next_of(series, now) for series in MeetingSeries.objects.order_by("name", "pk")]
    if request.method == "POST" and "series" in request.POST:
        return _plan_in_series(request)
    form = MeetingForm(request.POST or None, user=request.user, initial={"host": request.user})
    if request.method == "POST" and form.is_valid():
        meeting = meetings.plan(by=request.user, **form.values())
        messages.success(request, _("Meeting planned."))
        return redirect(meeting)
    return render(request, "taskforce/meeting_form.html", {"form": form, "upcoming": upcoming})


@writing
def meeting_change(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = editable(request.user, pk)
    form = MeetingForm(request.POST or None, user=request.user, initial=MeetingForm.initial_of(meeting))
    if request.method == "POST" and form.is_valid():
        try:
            changed = meetings.change(meeting, by=request.user, now=timezone.now(), **form.values())
        except meetings.NotPlanned as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("Meeting changed.") if changed else _("Nothing to change."))
        return redirect(meeting)
    return render(request, "taskforce/meeting_form.html", {"form": form, "meeting": meeting, "upcoming": []})


@writing
def meeting_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = editable(request.user, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.cancel(meeting, by=request.user, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Meeting cancelled. Everybody who was invited is told."))
        except meetings.NotPlanned as problem:
            messages.error(request, str(problem))
        return redirect(meeting)
    return render(request, "taskforce/meeting_cancel.html", {"form": form, "meeting": meeting})


@writing
def meeting_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = editable(request.user, pk)
    if request.method == "POST":
        try:
            count = meetings.invite(meeting, by=request.user, now=timezone.now())
        except meetings.NotPlanned as problem:
            messages.error(request, str(problem))
        else:
            text = ngettext("%(count)d person invited.", "%(count)d people invited.", count)
            messages.success(request, text % {"count": count})
        return redirect(meeting)
    return render(request, "taskforce/meeting_invite.html", {"meeting": meeting})


@writing
def item_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            minutes.propose(meeting, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your item is on the agenda."))
        except minutes.NoMoreItems as problem:
            messages.error(request, str(problem))
        return redirect(meeting)
    return render(request, "taskforce/item_propose.html", {"form": form, "meeting": meeting})


def editable(user: User, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.editable_by(user).select_related("host"), pk=pk)


def require_task_force(user: User) -> None:
    """To everybody else these pages do not exist."""
    if not is_of_the_task_force(user):
        raise Http404


def _next_of(series: MeetingSeries, now: Any) -> dict[str, Any]:
    month = meetings.next_month_of(series, now)
    return {"series": series, "month": str(month), "starts_at": series.starts_at(month)}


def _plan_in_series(request: SignedInRequest) -> HttpResponse:
    key = request.POST.get("series", "")
    series = get_object_or_404(MeetingSeries, pk=int(key) if key.isdecimal() and len(key) < 18 else 0)
    month = meetings.next_month_of(series, timezone.now())
    try:
        meeting = meetings.plan_in_series(series, month, by=request.user)
    except (meetings.PlannedAlready, ValidationError) as problem:
        messages.error(request, str(problem))
        return redirect("taskforce:meeting_new")
    messages.success(request, _("Meeting planned."))
    return redirect(meeting)


def _quorum_met(meeting: Meeting) -> bool | None:
    """None where there is no rule, or nobody was counted."""
    there = [row for row in meeting.attendance.confirmed() if row.counts_for_quorum]
    return None if meeting.quorum is None or not meeting.is_held else len(there) >= meeting.quorum
