"""Checking a block of a profile, reporting that one is wrong, and one's own reports with their answers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from legislation.actions import fact_checks, fact_reports
from legislation.actions.fact_checks import FactsHaveChanged, MayNotCheck
from legislation.forms.reports import FactReportForm
from legislation.models import Block, FactReport, Official


@require_POST
@writing
def fact_check(request: SignedInRequest, official_pk: int) -> HttpResponse:
    """One press: I checked this today."""
    official, block = _block_of(request, official_pk)
    seen = request.POST.get("fingerprint", "")
    try:
        fact_checks.check(official, block, by=request.user, now=timezone.now(), seen=seen)
    except MayNotCheck as refusal:
        raise Http404 from refusal
    except FactsHaveChanged as refusal:
        messages.warning(request, str(refusal))
    else:
        text = _("Thank you. “%(part)s” counts as checked today.")
        messages.success(request, text % {"part": block.label})
    return redirect(_at(official, block))


@require_POST
@writing
def fact_check_withdraw(request: SignedInRequest, official_pk: int) -> HttpResponse:
    official, block = _block_of(request, official_pk)
    if fact_checks.withdraw(official, block, by=request.user, now=timezone.now()):
        messages.success(request, _("Your check was taken back."))
    else:
        messages.info(request, _("There is no check of today to take back."))
    return redirect(_at(official, block))


@writing
def report_new(request: SignedInRequest, official_pk: int) -> HttpResponse:
    """For everybody who may see the profile."""
    official = get_object_or_404(Official.objects.visible_to(request.user).with_seats(), pk=official_pk)
    asked = request.GET.get("block", "")
    initial = {"block": asked} if asked in Block.values else {}
    form = FactReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned()
        _report, is_new = fact_reports.report(official, by=request.user, now=timezone.now(), **said)
        thanks = _("Thank you. Staff will look at it, and the answer comes to you by mail.")
        messages.success(request, thanks if is_new else _("This report has been sent already."))
        return redirect(_at(official, said["block"]))
    context = {"form": form, "official": official}
    return render(request, "legislation/report_new.html", context, status=422 if form.errors else 200)


@reading
def report_list(request: SignedInRequest) -> HttpResponse:
    """One's own reports, the newest first, each with its answer."""
    mine = FactReport.objects.visible_to(request.user).filter(reported_by=request.user)
    page = listing.page(mine.select_related("official"), request.GET, ("-pk",))
    context = {
        "page": page,
        "count_label": listing.count_label(listing.counted(mine)),
        "waiting": FactReport.objects.open().count() if request.user.is_staff else 0,
    }
    return render(request, "legislation/report_list.html", context)


def _block_of(request: SignedInRequest, official_pk: int) -> tuple[Official, Block]:
    """The official and the block that a button speaks of; what does not exist looks missing."""
    block = request.POST.get("block", "")
    if block not in Block.values:
        raise Http404
    officials = Official.objects.visible_to(request.user).with_seats()
    return get_object_or_404(officials, pk=official_pk), Block(block)


def _at(official: Official, block: Block) -> str:
    return f"{official.get_absolute_url()}#{block.value}"
