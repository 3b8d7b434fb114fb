"""Measures: found by every word on record of them, always shown with their session."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from legislation import measure_listing, saved_searches
from legislation.forms.measures import MeasureFilters
from legislation.legislature import chambers
from legislation.measure_profile import MeasureProfile, Steps, Tally
from legislation.models import Measure, MeasureAction, RollCall, StageEvent, result_of
from legislation.models.measure import MeasureQuerySet
from legislation.profile_panels import measure_panels, panels_by_place
from legislation.progress_line import progress
from legislation.stage_order import out_of_order

ACTIONS_ON_A_PAGE = 50


@reading
def measure_list(request: SignedInRequest) -> HttpResponse:
    today = request.user.today(timezone.now())
    form = MeasureFilters(request.GET, user=request.user, day=today)
    visible = Measure.objects.visible_to(request.user)

    def with_what_a_row_shows(rows: MeasureQuerySet) -> MeasureQuerySet:
        return rows.select_related("session__jurisdiction").with_stage(today)

    page, count = measure_listing.page_and_count(form, visible, request.GET, fetch=with_what_a_row_shows)
    context = {
        "form": form,
        "page": page,
        "count_label": listing.count_label(count),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("legislation:measure_list"),
        "query": form.query,
        "searches": saved_searches.standings(request.user, today),
    }
    return render(request, "legislation/measure_list.html", context)


@reading
def measure_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    today = request.user.today(timezone.now())
    measures = Measure.objects.visible_to(request.user).select_related("session__jurisdiction")
    measure = get_object_or_404(measures.with_stage(today), pk=pk)
    steps = StageEvent.objects.visible_to(request.user).filter(measure=measure).select_related("source")
    happened = list(steps.until(today).oldest_first())
    actions = MeasureAction.objects.visible_to(request.user).filter(measure=measure)
    context = {
        "measure": measure,
        "today": today,
        "result": result_of(measure.stage or ""),
        "line": progress(measure, happened, chambers(measure.session.jurisdiction)),
        "steps": Steps.of(happened),
        "odd": [step.pk for step, is_odd in zip(happened, out_of_order(happened), strict=True) if is_odd],
        "ahead": list(steps.after(today).order_by("on", "order", "pk")),
        "profile": MeasureProfile(measure, request.user),
        "actions": listing.page(actions, request.GET, ("-on", "-order", "pk"), ACTIONS_ON_A_PAGE),
        "actions_in_all": actions.count(),
        "panels": panels_by_place(measure_panels, request, measure),
    }
    return render(request, "legislation/measure_detail.html", context)


@reading
def roll_call_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = RollCall.objects.visible_to(request.user)
    roll_call = get_object_or_404(rows.select_related("measure__session__jurisdiction", "source"), pk=pk)
    tally = Tally.of(roll_call, request.user)
    may_match = request.user.is_staff and tally.has_unmatched
    context = {
        "roll_call": roll_call,
        "measure": roll_call.measure,
        "tally": tally,
        "names_url": reverse("admin:legislation_namematch_changelist") if may_match else "",
    }
    return render(request, "legislation/roll_call_detail.html", context)
