"""Taking attendance and writing, publishing and correcting the minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User, UserQuerySet
from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.audit.models import Entry
from members.taskforce.actions import attendance as taking
from members.taskforce.actions import minutes
from members.taskforce.actions.attendance import Seen
from members.taskforce.forms import (
    ActionItemForm,
    AttendanceRowForm,
    CorrectionForm,
    DecisionForm,
    ItemMinutesForm,
    RestForm,
)
from members.taskforce.models import ActionItem, AgendaItem, Answer, Meeting, Presence, PublishedMinutes
from members.taskforce.roster import people_on
from members.taskforce.views.meetings import editable

# An answer says what the attendance most likely is: the note-taker changes what turned out otherwise.
_LIKELY = {Answer.NO: Presence.REGRETS, Answer.DELEGATE: Presence.DELEGATE}


@writing
def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody on one screen, one choice each."""
    meeting = editable(request.user, pk)
    data = request.POST if request.method == "POST" else None
    rows, rest = _rows(meeting, data), RestForm(data)
    if request.method == "POST" and rest.is_valid() and not any(row["form"].errors for row in rows):
        others = rest.cleaned_data["rest"]
        seen = [Seen(row["person"], **row["form"].said(others)) for row in rows]
        count = taking.take(
            meeting, [one for one in seen if one.presence], by=request.user, now=timezone.now()
        )
        text = ngettext("%(count)d person confirmed.", "%(count)d people confirmed.", count)
        messages.success(request, text % {"count": count})
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "rows": rows,
        "forms": [row["form"] for row in rows],
        "rest": rest,
        "has_begun": meeting.has_begun(timezone.now()),
    }
    return render(request, "taskforce/attendance.html", context)


def _rows(meeting: Meeting, data: Any) -> list[dict[str, Any]]:
    known = {row.person_id: row for row in meeting.attendance.all()}
    answers = {row.person_id: row for row in meeting.invitations.all()}
    people = _expected(meeting, {*known, *answers})
    in_a_row = taking.absences_in_a_row(people, meeting)
    rows = []
    for person in people:
        seen, asked = known.get(person.pk), answers.get(person.pk)
        initial = {
            "presence": seen.presence
            if seen
            else _LIKELY.get(Answer(asked.answer))
            if asked and asked.answer
            else "",
            "delegate_name": seen.delegate_name if seen else asked.delegate_name if asked else "",
            "minutes_present": seen.minutes_present if seen else None,
        }
        form = AttendanceRowForm(data, prefix=f"p{person.pk}", initial=initial)
        rows.append(
            {
                "person": person,
                "form": form,
                "answer": asked.get_answer_display() if asked else "",
                "checked_in_at": seen.checked_in_at if seen else None,
                "absences": in_a_row[person.pk],
            }
        )
    return rows


def _expected(meeting: Meeting, also: set[int]) -> list[User]:
    people = people_on(meeting.day) | UserQuerySet(User).filter(pk__in=also)
    return list(people.order_by("search_text", "pk"))


@writing
def item_minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was said of one item, what was decided, and who does what: three small forms, one at a time."""
    items = AgendaItem.objects.editable_by(request.user).select_related("meeting__host")
    item = get_object_or_404(items, pk=pk)
    act = request.POST.get("act", "")
    forms = _forms(request, item, act)
    if request.method == "POST":
        try:
            if act in forms and forms[act].is_valid():
                messages.success(request, _done(item, act, forms[act].cleaned_data, by=request.user))
                return redirect("taskforce:item_minutes", pk=pk)
        except minutes.AlreadyPublished as problem:
            messages.error(request, str(problem))
            return redirect(item.meeting)
        except minutes.ChangedMeanwhile:
            return _conflict(request, items.get(pk=pk), forms)
    return render(request, "taskforce/item_minutes.html", _item_context(request, item, forms))


def _item_context(request: SignedInRequest, item: AgendaItem, forms: dict[str, Any]) -> dict[str, Any]:
    today = request.user.today(timezone.now())
    return {
        "item": item,
        "meeting": item.meeting,
        "differing": [],
        "decisions": item.decisions.all(),
        "action_items": ActionItem.objects.filter(item=item).select_related("owner").with_overdue(today),
        "is_published": PublishedMinutes.objects.filter(meeting=item.meeting).exists(),
        **{f"{name}_form": form for name, form in forms.items()},
    }


def _conflict(request: SignedInRequest, theirs: AgendaItem, forms: dict[str, Any]) -> HttpResponse:
    """Both texts side by side; saving again, with the newer version in the form, is a decision."""
    form = forms["write"]
    differing = [
        {"label": form.fields[name].label, "theirs": getattr(theirs, name), "mine": mine}
        for name, mine in form.cleaned_data.items()
        if name != "version" and mine != getattr(theirs, name)
    ]
    shown = request.POST.copy()
    shown[form.add_prefix("version")] = str(theirs.version)
    form.data = shown
    last = Entry.objects.about(theirs).filter(verb="edited").select_related("actor").first()
    who = last.actor if last else ""
    context = _item_context(request, theirs, forms) | {"differing": differing, "who": who}
    return render(request, "taskforce/item_minutes.html", context, status=409)


def _forms(request: SignedInRequest, item: AgendaItem, act: str) -> dict[str, Any]:
    """The form whose button was pressed has what was sent; the others stand as they were."""

    def sent(name: str) -> Any:
        return request.POST if act == name else None

    written = {
        name: getattr(item, name)
        for name in ("version", "title", "order", "minutes_wanted", "summary", "outcome")
    }
    return {
        "write": ItemMinutesForm(sent("write"), prefix="write", initial=written),
        "decide": DecisionForm(sent("decide"), prefix="decide"),
        "assign": ActionItemForm(sent("assign"), prefix="assign", meeting=item.meeting, user=request.user),
    }


def _done(item: AgendaItem, act: str, values: dict[str, Any], *, by: User) -> str:
    if act == "write":
        minutes.write(item, by=by, **values)
        return _("Minutes saved.")
    if act == "decide":
        minutes.decide(item, by=by, **values)
        return _("Decision recorded.")
    minutes.assign(item.meeting, by=by, item=item, **values)
    return _("Action item added.")


@writing
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = editable(request.user, pk)
    if request.method == "POST":
        try:
            minutes.publish(meeting, by=request.user, now=timezone.now())
            messages.success(
                request, _("Minutes published. They are mailed on the second business day after the meeting.")
            )
        except minutes.AlreadyPublished as problem:
            messages.info(request, str(problem))
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "empty": [item for item in meeting.items.all() if not item.summary and not item.outcome],
        "is_published": PublishedMinutes.objects.filter(meeting=meeting).exists(),
        "has_begun": meeting.has_begun(timezone.now()),
    }
    return render(request, "taskforce/publish.html", context)


@writing
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = editable(request.user, pk)
    form = CorrectionForm(request.POST or None)
    published = PublishedMinutes.objects.filter(meeting=meeting).first()
    if published is None:
        return redirect(meeting)
    if request.method == "POST" and form.is_valid():
        minutes.correct(published, by=request.user, text=form.cleaned_data["text"], now=timezone.now())
        messages.success(request, _("Correction added beside the published minutes."))
        return redirect(meeting)
    return render(request, "taskforce/correct.html", {"meeting": meeting, "form": form})
