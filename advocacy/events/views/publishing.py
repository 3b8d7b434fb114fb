"""Proposals, warnings that may stand, and publishing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events import errors
from advocacy.events.actions import notices, proposals, publishing
from advocacy.events.findings import findings_of, in_the_way
from advocacy.events.forms.schedule import ProposeForm, ReasonForm
from advocacy.events.grid import grid_of
from advocacy.events.models import AdvocacyEvent
from advocacy.events.proposal_words import told
from advocacy.events.views.schedule import back_to, schedulable
from advocacy.jobs.models import FINISHED, Job, State


@require_POST
@writing
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    event = schedulable(request, pk)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a number of teams between 1 and 200, or leave it empty."))
        return back_to(event)
    proposals.ask(event, by=request.user, team_count=form.cleaned_data["team_count"])
    return redirect("events:proposal", event.pk)


@writing
def proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the newest proposal is, what it says, and the button that makes it the schedule."""
    event = schedulable(request, pk)
    job = proposals.of_event(event).first()
    if job is None:
        raise Http404
    if request.method == "POST":
        _take_over(request, event, job)
        return back_to(event)
    context = {"event": event, "job": job, "is_running": job.state not in FINISHED}
    if job.state == State.DONE:
        grid = grid_of(event)
        context |= {
            "told": told(job, grid),
            "is_outdated": "seen" in job.result and proposals.is_outdated(job, grid),
        }
    return render(request, "events/proposal.html", context)


def _take_over(request: SignedInRequest, event: AdvocacyEvent, job: Job) -> None:
    if job.state != State.DONE or "proposal" not in job.result:
        messages.error(request, _("There is no proposal to take over yet."))
        return
    try:
        proposals.take_over(event, job, by=request.user, now=timezone.now())
    except errors.ChangedMeanwhile:
        messages.error(request, _("Somebody came, left or moved since. Have it proposed anew."))
    else:
        messages.success(request, _("The proposal is the schedule now. Move whatever you know better."))


@writing
def warning_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """`?key=` names the warning; accepted with a reason, or taken back where it was."""
    event = schedulable(request, pk)
    key = request.POST.get("key") or request.GET.get("key", "")
    finding = next((one for one in findings_of(event) if one.key == key and not one.blocks), None)
    if finding is None:
        messages.info(request, _("This warning is gone: something changed meanwhile."))
        return back_to(event, "#findings")
    if request.method == "POST" and finding.accepted and "take-back" in request.POST:
        publishing.take_back(finding.accepted, by=request.user)
        return back_to(event, "#findings")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        publishing.accept(event, by=request.user, key=key, reason=reason, now=timezone.now())
        return back_to(event, "#findings")
    return render(request, "events/warning_accept.html", {"event": event, "finding": finding, "form": form})


@writing
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asked once more, with whom it reaches; refused with all that stands in the way."""
    event = schedulable(request, pk)
    if event.status not in publishing.PUBLISHABLE:
        raise Http404
    problems = [one.text for one in in_the_way(findings_of(event))]
    if request.method == "POST" and not problems:
        try:
            count = publishing.publish(event, by=request.user, now=timezone.now())
        except errors.NotReady as refused:
            problems = refused.problems
        except errors.WrongMoment:
            messages.error(request, _("Somebody else published it at the same moment. Look again."))
            return back_to(event)
        else:
            text = ngettext(
                "Published. %(count)d person is told.", "Published. %(count)d people are told.", count
            )
            messages.success(request, text % {"count": count})
            return back_to(event)
    context = {"event": event, "problems": problems, "waiting": notices.waiting(event)}
    return render(request, "events/publish.html", context, status=422 if request.method == "POST" else 200)
