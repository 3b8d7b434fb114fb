"""Meeting requests: the list with the response times, and the life of one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.interactions import response_times
from advocacy.interactions.actions import meeting_requests
from advocacy.interactions.forms.requests import CHAPTERS, MINE, TO_NUDGE, RequestFilters, StepForm
from advocacy.interactions.models import FollowUp, Interaction, MeetingRequest, RequestState, Step
from advocacy.interactions.models.followup import FollowUpQuerySet
from advocacy.interactions.models.meeting_request import MeetingRequestQuerySet
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from members.access import reach_of

NEWEST_FIRST = ("-requested_on", "-pk")


@reading
def request_list(request: SignedInRequest) -> HttpResponse:
    today = request.user.today(timezone.now())
    form = RequestFilters(request.GET)
    theirs = form.whose_requests(MeetingRequest.objects.visible_to(request.user), request.user)
    shown = theirs.with_shown_state(request.user)
    rows = form.narrow(shown, today)
    page = listing.page(
        rows.select_related("official", "chapter", "requested_by", "nudge"), request.GET, NEWEST_FIRST
    )
    nudged = set(
        theirs.to_nudge(today).filter(pk__in=[row.pk for row in page.rows]).values_list("pk", flat=True)
    )
    context = {
        "form": form,
        "page": page,
        "rows": [{"request": row, "is_due": row.pk in nudged} for row in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
        "states": _counts(shown),
        "to_nudge": theirs.to_nudge(today).count(),
        "nudge_url": _with_state(request, TO_NUDGE),
        "their_time": response_times.theirs(theirs),
        "our_time": response_times.ours(_followups(request.user, form)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("interactions:request_list"),
    }
    return render(request, "interactions/request_list.html", context)


def _with_state(request: SignedInRequest, state: str) -> str:
    """This list, narrowed to one state."""
    rest = request.GET.copy()
    for gone in (listing.AFTER, listing.BEFORE):
        rest.pop(gone, None)
    rest["state"] = state
    return f"?{rest.urlencode()}"


def _counts(shown: MeetingRequestQuerySet) -> list[tuple[str, int]]:
    """How many in each state, as the reader sees them; states without one are left out."""
    counts = shown.counted_by_shown_state()
    return [(str(state.label), counts[state]) for state in RequestState if state in counts]


def _followups(user: User, form: RequestFilters) -> FollowUpQuerySet:
    """The follow-ups of the same people or chapters as the requests on the page."""
    rows, reach, whose = FollowUp.objects.visible_to(user), reach_of(user), form.whose_of(user)
    if whose == MINE:
        return rows.owned_by(user)
    return rows.filter(chapter__in=reach.belongs_to | reach.reads) if whose == CHAPTERS else rows


@writing
def request_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request with what can happen next."""
    today = request.user.today(timezone.now())
    rows = MeetingRequest.objects.visible_to(request.user).with_shown_state(request.user)
    asked = get_object_or_404(
        rows.select_related("official", "seat", "chapter", "requested_by", "nudge"), pk=pk
    )
    may_edit = MeetingRequest.objects.editable_by(request.user).filter(pk=pk).exists()
    form = StepForm(request.POST or None, request=asked, today=today)
    if request.method == "POST":
        if not may_edit:
            raise Http404
        if request.POST.get("step") in set(Step.values) - set(asked.steps(today)):
            return _too_late(request, asked)
        if form.is_valid():
            return _take(request, asked, form)
    context: dict[str, Any] = {
        "asked": asked,
        "form": form,
        "may_edit": may_edit,
        "steps": asked.steps(today),
        "record": Interaction.objects.visible_to(request.user).filter(pk=asked.interaction_id or 0).first(),
        "may_log": may_edit and asked.is_loggable and reach_of(request.user).may_log,
        "is_due": MeetingRequest.objects.to_nudge(today).filter(pk=pk).exists(),
    }
    return render(request, "interactions/request_detail.html", context, status=422 if form.errors else 200)


def _too_late(request: SignedInRequest, asked: MeetingRequest) -> HttpResponse:
    """A second click, or a colleague's: this step does not start here any more."""
    messages.info(request, _("This was noted already. This is how it stands now."))
    return redirect(asked)


def _take(request: SignedInRequest, asked: MeetingRequest, form: StepForm) -> HttpResponse:
    outcome = form.outcome()
    if not meeting_requests.take(asked, outcome, by=request.user, now=timezone.now()):
        return _too_late(request, asked)
    messages.success(request, _("Noted."))
    if outcome.step == Step.HOLD and reach_of(request.user).may_log:
        return redirect(f"{reverse('interactions:interaction_log')}?request={asked.pk}")
    return redirect(asked)
