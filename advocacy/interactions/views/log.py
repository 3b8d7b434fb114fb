"""Logging a contact, correcting one, and noticing that a colleague logged it already."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.offline import is_draft, refused, takes_drafts
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.interactions import duplicates
from advocacy.interactions.actions import contacts, do_not_contact, meeting_requests
from advocacy.interactions.errors import AlreadyDeleted, ChangedMeanwhile
from advocacy.interactions.forms.report import SEPARATE, Report, initial_from, initial_from_request
from advocacy.interactions.guard import Guard, guard
from advocacy.interactions.models import FollowUp, Interaction, Kind, MeetingRequest, State
from legislation.models import Measure, Official
from members.access import reach_of


@takes_drafts
@writing
def interaction_log(request: SignedInRequest) -> HttpResponse:
    """The quick form. `?official=` and `?measure=` fill in what is known already."""
    if not reach_of(request.user).may_log:
        return render(request, "interactions/cannot_log.html", status=403)
    report = Report(
        request.POST if request.method == "POST" else None,
        user=request.user,
        now=timezone.now(),
        initial=_known_from(request),
    )
    if report.joins:
        return _join(request, report)
    alike: list[Interaction] = []
    if report.wants_saving and report.is_valid():
        alike = _unanswered_likeness(request, report)
        if not alike:
            return _save_new(request, report)
    return _form_page(request, report, alike=alike)


def _form_page(request: SignedInRequest, report: Report, **context: Any) -> HttpResponse:
    if is_draft(request):
        return refused(report.questions + [_like(one) for one in context.get("alike", ())])
    status = 422 if report.wants_saving else 200
    context = {"report": report, "guards": _guards(request, report), **context}
    return render(request, "interactions/log.html", context, status=status)


def _like(one: Interaction) -> str:
    return _("It looks like a contact that %(who)s has logged already. Say whether it is the same.") % {
        "who": one.logged_by
    }


def _guards(request: SignedInRequest, report: Report) -> list[Guard]:
    """The contact guard of each office chosen for a contact today or still to come."""
    today = request.user.today(timezone.now())
    guards = [guard(official, user=request.user, today=today) for official in report.offices_to_guard(today)]
    return [one for one in guards if one.warns]


def _known_from(request: SignedInRequest) -> dict[str, Any]:
    asked = _request_behind(request)
    known: dict[str, Any] = initial_from_request(asked, request.user) if asked else {}
    if (kind := request.GET.get("kind", "")) in Kind.values:
        known["kind"] = kind
    if (pk := request.GET.get("official", "")).isdecimal():
        known["officials"] = list(Official.objects.visible_to(request.user).filter(pk=pk))
    if (pk := request.GET.get("measure", "")).isdecimal():
        known["measures"] = list(Measure.objects.visible_to(request.user).filter(pk=pk))
    return known


def _request_behind(request: SignedInRequest) -> MeetingRequest | None:
    """The meeting request that `?request=` names: saving the contact logs it too."""
    pk = request.GET.get("request", "")
    if not pk.isdecimal():
        return None
    return MeetingRequest.objects.editable_by(request.user).loggable().filter(pk=pk).first()


def _resembling(request: SignedInRequest, report: Report) -> list[Interaction]:
    cleaned = report.contact.cleaned_data
    found = duplicates.resembling(
        user=request.user,
        officials=cleaned["officials"],
        occurred_on=cleaned["occurred_on"],
        people=cleaned["our_people"],
        chapter=cleaned["chapter"],
    ).exclude(form_key=cleaned["form_key"])
    return list(found[:3])


def _unanswered_likeness(request: SignedInRequest, report: Report) -> list[Interaction]:
    """Contacts that look the same, unless the person has said already what to do about them."""
    if report.target != State.LOGGED or report.answer:
        return []
    return _resembling(request, report)


def _save_new(request: SignedInRequest, report: Report) -> HttpResponse:
    save = {State.LOGGED: contacts.log, State.PLANNED: contacts.plan, State.DRAFT: contacts.save_draft}
    extra: dict[str, Any] = {}
    if report.target == State.LOGGED and report.answer == SEPARATE:
        extra["resembles"] = next(iter(_resembling(request, report)), None)
    if report.target == State.PLANNED and report.notes_in_the_way:
        reason = report.contact.cleaned_data["reason_to_go_on"]
        do_not_contact.go_on(report.notes_in_the_way, by=request.user, reason=reason)
    interaction, is_new = save[report.target](
        by=request.user,
        entry=report.entry(),
        form_key=report.contact.cleaned_data["form_key"],
        now=timezone.now(),
        request=_request_behind(request),
        **extra,
    )
    if not is_new:
        messages.info(request, _("This contact is in the log already; it was saved once."))
    return _saved(request, interaction)


def _saved(request: SignedInRequest, interaction: Interaction) -> HttpResponse:
    if interaction.is_draft:
        messages.success(request, _("Draft saved. Only you can see it."))
        return redirect("interactions:draft_list")
    if interaction.state == State.PLANNED:
        messages.success(request, _("Planned. Open it after the meeting to log what happened."))
        return redirect(interaction)
    due = FollowUp.objects.filter(interaction=interaction).open().count()
    note = ngettext("%(count)d follow-up is on your list.", "%(count)d follow-ups are on your list.", due)
    text = _("Interaction logged.") if not due else _("Interaction logged.") + " " + note % {"count": due}
    messages.success(request, text)
    return redirect(interaction)


def _meeting_joined(request: SignedInRequest, report: Report) -> Interaction:
    """The colleague's record that was chosen under "Looks like a meeting …"."""
    key = report.joins if report.joins.isdecimal() else None
    return get_object_or_404(Interaction.objects.visible_to(request.user).exportable(), pk=key)


def _join(request: SignedInRequest, report: Report) -> HttpResponse:
    """Join the colleague's record; notes typed here are kept as a draft rather than dropped."""
    meeting = _meeting_joined(request, report)
    if not report.is_valid():
        return _form_page(request, report, alike=[meeting])
    cleaned = report.contact.cleaned_data
    if keeps_notes := bool(cleaned["summary"] or cleaned["impressions"]):
        contacts.save_draft(
            by=request.user, entry=report.entry(), form_key=cleaned["form_key"], now=timezone.now()
        )
    return _joined(request, report, meeting, keeps_notes=keeps_notes)


def _joined(
    request: SignedInRequest, report: Report, meeting: Interaction, *, keeps_notes: bool
) -> HttpResponse:
    chapter = report.contact.cleaned_data["chapter"]
    is_new = contacts.join(by=request.user, interaction=meeting, chapter=chapter)
    if (asked := _request_behind(request)) and meeting_requests.attach(asked, meeting, by=request.user):
        meeting_requests.settle(meeting, by=request.user)
    text = _("You joined this interaction.") if is_new else _("You are part of this interaction already.")
    if keeps_notes:
        text += " " + _("Your own notes are kept among your drafts.")
    messages.success(request, text)
    return redirect(meeting)


@reading
def similar(request: SignedInRequest) -> HttpResponse:
    """The notice "Looks like the meeting logged by …", asked for while the form is being filled."""
    report = Report(request.GET, user=request.user, now=timezone.now())
    report.contact.is_valid()
    cleaned = report.contact.cleaned_data
    alike: list[Interaction] = []
    if cleaned.get("officials") and cleaned.get("occurred_on") and cleaned.get("chapter"):
        found = duplicates.resembling(
            user=request.user,
            officials=cleaned["officials"],
            occurred_on=cleaned["occurred_on"],
            people=cleaned.get("our_people") or [request.user],
            chapter=cleaned["chapter"],
        )
        alike = list(found[:3])
    context = {"report": report, "alike": alike, "guards": _guards(request, report)}
    return render(request, "interactions/log.html#similar", context)


@writing
def interaction_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a record, finish a draft, or log what was planned."""
    records = Interaction.objects.editable_by(request.user) | Interaction.objects.drafts_of(request.user)
    interaction = get_object_or_404(records, pk=pk)
    was_logged = interaction.state == State.LOGGED
    report = Report(
        request.POST if request.method == "POST" else None,
        user=request.user,
        now=timezone.now(),
        initial=initial_from(interaction),
        may_join=interaction.is_draft,
    )
    context: dict[str, Any] = {"interaction": interaction, "version": interaction.version}
    if request.method == "POST":
        context["version"] = request.POST.get("version", "0")
    if report.wants_saving and report.is_valid():
        if interaction.is_draft and (alike := _unanswered_likeness(request, report)):
            return _form_page(request, report, alike=alike, **context)
        meeting = _meeting_joined(request, report) if report.joins else None
        try:
            contacts.edit(
                by=request.user,
                interaction=interaction,
                entry=report.entry(),
                version=report.contact.cleaned_data["version"] or 0,
                now=timezone.now(),
                state=State.LOGGED if was_logged else report.target,
            )
        except ChangedMeanwhile:
            interaction.refresh_from_db()
            context |= {"changed_meanwhile": True, "version": interaction.version}
        except AlreadyDeleted:
            context["deleted_meanwhile"] = True
        else:
            if meeting is not None:
                return _joined(request, report, meeting, keeps_notes=True)
            if was_logged:
                messages.success(request, _("Changes saved."))
                return redirect(interaction)
            return _saved(request, interaction)
    return _form_page(request, report, **context)
