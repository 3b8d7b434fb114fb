"""What came of a campaign: the funnel, the people behind each number, and what offices answered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit.exporting import note as note_export
from advocacy.kernel import downloads, listing
from advocacy.kernel.filters import active_filters
from campaigns import funnel_rows, result_lists
from campaigns.funnel import Step
from campaigns.funnel_rows import MAILED, MEANING
from campaigns.models import Letter
from campaigns.progress import progress_of
from campaigns.reply_forms import ReplyForm
from campaigns.result_filters import CutForm
from campaigns.results import LETTER_STEPS, Sheet, tables
from campaigns.views import frame
from members.access import reach_of, today_for


def _reader_of_names(request: SignedInRequest) -> None:
    """Staff and advocates; to everybody else there are no rows. Raises Http404."""
    reach = reach_of(request.user)
    if not (reach.is_staff or reach.advocate_of):
        raise Http404


@reading
def campaign_results(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = frame.visible(request, pk)
    sheet = Sheet(campaign, reach_of(request.user))
    context = frame.frame(campaign, request, "campaign_results") | {
        "results": sheet.results(),
        "progress": progress_of(campaign),
        "subjects": funnel_rows.subjects(campaign, timezone.now()),
        "funnel_steps": list(Step),
        "letter_steps": [_("Letters"), *(step.label for step in LETTER_STEPS[1:])],
        "may_open": sheet.may_open,
    }
    return render(request, "campaigns/results.html", context)


@reading
def results_export(request: SignedInRequest, pk: int, file_format: str) -> HttpResponseBase:
    campaign = frame.visible(request, pk)
    found = Sheet(campaign, reach_of(request.user)).results(days=10_000)
    note_export(request.user, _("results"), [str(campaign)])
    return downloads.send(tables(found), f"results-{campaign.slug}", file_format)


@reading
def results_rows(request: SignedInRequest, pk: int) -> HttpResponse:
    _reader_of_names(request)
    campaign = frame.visible(request, pk)
    form = CutForm(request.GET, campaign=campaign, reach=reach_of(request.user))
    cut = form.cut
    mine = result_lists.readable(campaign, cut, request.user)
    page = listing.page(mine, request.GET, result_lists.ORDER)
    count, everybody = listing.counted(mine), listing.counted(result_lists.everybody(campaign, cut))
    context = {
        "campaign": campaign,
        "form": form,
        "active": active_filters(form, request.GET) if form.is_valid() else [],
        "reset_url": f"{reverse('campaigns:results_rows', args=[pk])}?step={cut.step}",
        "step": cut.step.label,
        "meaning": MEANING[cut.step],
        "is_mail": cut.step in MAILED,
        "page": page,
        "count_label": listing.count_label(count),
        "not_shown": max(everybody - count, 0),
        "query": request.GET.urlencode(),
    }
    return render(request, "campaigns/results_rows.html", context)


@reading
def rows_export(request: SignedInRequest, pk: int, file_format: str) -> HttpResponseBase:
    _reader_of_names(request)
    campaign = frame.visible(request, pk)
    form = CutForm(request.GET, campaign=campaign, reach=reach_of(request.user))
    cut = form.cut
    told = [str(campaign), str(cut.step.label), *(one.label for one in active_filters(form, request.GET))]
    note_export(request.user, _("people of a campaign"), told)
    table = result_lists.table_of(campaign, cut, request.user)
    return downloads.send([table], f"{cut.step}-{campaign.slug}", file_format)


@writing
def letter_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """One letter, and what came back: noted or corrected here by one of us."""
    parts = (
        "participation__campaign",
        "participation__contact",
        "participation__chapter",
        "target__official",
    )
    noted = ("reply_noted_by", "followup__owner")
    seen = Letter.objects.visible_to(request.user).counted().select_related(*parts, *noted)
    found = get_object_or_404(seen, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = ReplyForm(sent, letter=found, today=today_for(request.user))
    if sent is not None and form.note(by=request.user, now=timezone.now()):
        messages.success(request, _("The reply is noted."))
        return redirect("campaigns:letter_reply", pk=pk)
    context = {
        "letter": found,
        "campaign": found.participation.campaign,
        "form": form,
        "facts": _facts(found),
        "back": reverse("campaigns:campaign_results", args=[found.participation.campaign_id]),
    }
    return render(request, "campaigns/results_letter.html", context, status=400 if form.errors else 200)


def _facts(one: Letter) -> list[tuple[str, Any]]:
    person = one.participation
    return [
        (_("From"), person.signed_as or str(person.contact)),
        (_("Chapter"), person.chapter),
        (_("Written"), one.at),
        (_("Method"), one.get_method_display()),
        (_("Confirmation"), one.get_confirmation_display()),
        (_("Outcome of the call"), one.get_call_outcome_display() if one.call_outcome else ""),
    ]
