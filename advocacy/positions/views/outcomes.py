"""What came of our work: the outcomes that wait for somebody, and recording one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from advocacy.positions import outcomes
from advocacy.positions.actions import outcomes as recording
from advocacy.positions.forms.outcomes import OutcomeForm
from advocacy.positions.models import Outcome
from members.access import reach_of


@reading
def outcome_list(request: SignedInRequest) -> HttpResponse:
    """Measures of mine that have ended and of which nothing is recorded."""
    reach = reach_of(request.user)
    if not (reach.logs_for or reach.reads_every_shared_record):
        raise Http404
    today = request.user.today(timezone.now())
    rows = outcomes.to_record(request.user, today)
    parts = rows.select_related("measure__session__jurisdiction", "chapter", "owner")
    context = {
        "page": listing.page(parts, request.GET, ("pk",)),
        "count_label": listing.count_label(listing.counted(rows)),
    }
    return render(request, "positions/outcome_list.html", context)


@writing
def outcome_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """For whoever follows the measure, once it has ended; a second time to correct it."""
    today = request.user.today(timezone.now())
    rows = outcomes.recordable_by(request.user, today)
    tracking = get_object_or_404(rows.select_related("measure__session", "chapter"), pk=pk)
    known = Outcome.objects.filter(measure=tracking.measure, chapter=tracking.chapter).first()
    form = OutcomeForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        done = recording.record(tracking, form.said(), by=request.user, on=today)
        messages.success(request, _("The outcome is recorded.") if done else _("Nothing to change."))
        return redirect(tracking.measure)
    return render(request, "positions/outcome_record.html", {"form": form, "tracking": tracking})
