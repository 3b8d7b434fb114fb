"""Moving a campaign on: each move asks once more, says what it does, and says in words why it cannot be made."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, reading, writing
from campaigns import moves, review
from campaigns.actions import campaigns, trials
from campaigns.errors import (
    AudienceMoved,
    MayNotDecide,
    MayNotRun,
    NotReady,
    NotWhatWasApproved,
    SubmittedAnew,
    WrongStatus,
)
from campaigns.forms.moves import DecisionForm, LaunchForm, MoveForm, form_of
from campaigns.heads import heads_of
from campaigns.models import Campaign, Verdict
from campaigns.moves import Move
from campaigns.views import frame
from campaigns.views.frame import sent
from campaigns.views.pages import checks_of


@writing
def campaign_move(request: SignedInRequest, pk: int, move: str) -> HttpResponse:
    wanted = moves.BY_NAME.get(move)
    if wanted is None:
        raise Http404
    campaign = frame.run(request, pk)
    if not wanted.is_offered(campaign):
        return _somebody_was_faster(request, campaign)
    form = form_of(move)(sent(request), campaign=campaign)
    if request.method == "POST" and form.is_valid():
        return _make(request, campaign, wanted, form)
    return _ask(request, campaign, wanted, form)


def _make(request: SignedInRequest, campaign: Campaign, move: Move, form: MoveForm) -> HttpResponse:
    try:
        move.make(campaign, by=request.user, now=timezone.now(), **form.cleaned_data)
    except MayNotRun as refusal:
        raise Http404 from refusal
    except WrongStatus:
        return _somebody_was_faster(request, frame.run(request, campaign.pk))
    except (NotReady, NotWhatWasApproved) as refusal:
        return _ask(request, frame.run(request, campaign.pk), move, form, problems=refusal.problems)
    except AudienceMoved as moved:
        again = LaunchForm(campaign=campaign, initial={"expected": moved.now})
        return _ask(request, frame.run(request, campaign.pk), move, again, moved=moved)
    messages.success(request, str(move.done))
    return redirect(campaign)


def _somebody_was_faster(request: SignedInRequest, campaign: Campaign) -> HttpResponse:
    words = _("That is not possible now: the campaign is %(status)s. Perhaps somebody was faster.")
    messages.error(request, words % {"status": campaign.get_status_display()})
    return redirect(campaign)


def _ask(
    request: SignedInRequest,
    campaign: Campaign,
    move: Move,
    form: MoveForm,
    *,
    problems: Sequence[str] = (),
    moved: AudienceMoved | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "campaign": campaign,
        "move": move,
        "form": form,
        "problems": problems,
        "moved": moved,
        "heads": None,
        "approved_audience": None,
        "checks": [],
    }
    if move.name == "launch":
        context["heads"] = heads_of(campaign, timezone.now())
        context["approved_audience"] = campaign.revision.audience if campaign.revision else None
    if move.name == "submit":
        # Each line leads to where it is put right; the button comes once nothing is missing.
        context["checks"] = [line for line in checks_of(campaign) if not line["check"].is_passed]
        context["problems"] = [] if context["checks"] else problems
    status = 422 if form.errors or problems else 409 if moved else 200
    return render(request, "campaigns/campaign_move.html", context, status=status)


@require_POST
@writing
def campaign_test(request: SignedInRequest, pk: int) -> HttpResponse:
    """The mail and a letter as they stand now, to oneself and to the lists that are for tests."""
    campaign = frame.visible(request, pk)
    if not trials.may_test(request.user, campaign):
        raise Http404
    try:
        sent_to = trials.send(campaign, by=request.user, now=timezone.now())
    except NotReady as refusal:
        messages.error(request, " ".join(refusal.problems))
    else:
        words = ngettext("%(n)d test mail is on its way.", "%(n)d test mails are on their way.", len(sent_to))
        messages.success(request, words % {"n": len(sent_to)})
    return redirect("campaigns:campaign_review", campaign.pk)


@reading
def campaign_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changed since it was last approved, the checks, and the decision for whoever may take it."""
    return _review(request, frame.visible(request, pk))


def _review(
    request: SignedInRequest,
    campaign: Campaign,
    form: DecisionForm | None = None,
    problems: Sequence[str] = (),
) -> HttpResponse:
    waiting = review.waiting(campaign)
    decided = campaign.revisions.exclude(verdict="").select_related("submitted_by", "decided_by")
    may_decide = waiting is not None and campaigns.may_decide(request.user, campaign)
    form = form or DecisionForm(initial={"version": waiting.number if waiting else None})
    context = frame.frame(campaign, request, "campaign_review") | {
        "waiting": waiting,
        "decided": list(decided),
        "differences": review.changes(campaign, waiting),
        "last_approved": campaign.revisions.filter(verdict=Verdict.APPROVED).first(),
        "checks": checks_of(campaign),
        "may_decide": may_decide,
        "may_test": trials.may_test(request.user, campaign),
        "why_not": review.why_not_decide(campaign, waiting, request.user) if waiting else "",
        "form": form,
        "problems": problems,
    }
    return render(
        request, "campaigns/campaign_review.html", context, status=422 if form.errors or problems else 200
    )


@require_POST
@writing
def campaign_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = frame.visible(request, pk)
    if not campaigns.may_decide(request.user, campaign):
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review(request, campaign, form)
    said = form.cleaned_data
    try:
        if said["verdict"] == DecisionForm.APPROVE:
            campaigns.approve(
                campaign,
                by=request.user,
                now=timezone.now(),
                is_nonpartisan=said["is_nonpartisan"],
                note=said["note"],
                version=said["version"],
            )
        else:
            said_back = {"note": said["note"], "version": said["version"]}
            campaigns.return_(campaign, by=request.user, now=timezone.now(), **said_back)
    except MayNotDecide as refusal:
        raise Http404 from refusal
    except WrongStatus:
        return _somebody_was_faster(request, frame.visible(request, pk))
    except SubmittedAnew as refusal:
        return _review(request, frame.visible(request, pk), problems=refusal.problems)
    except (NotReady, NotWhatWasApproved) as refusal:
        return _review(request, frame.visible(request, pk), form, refusal.problems)
    messages.success(
        request, _("Decided. The campaign is %(status)s.") % {"status": campaign.get_status_display()}
    )
    return redirect(campaign)
