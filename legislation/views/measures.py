"""Measures: found by number or title, always shown with their session."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from legislation.forms.measures import MeasureFilters
from legislation.models import Measure, StageEvent, result_of
from legislation.profile_panels import measure_panels, panels_by_place


@reading
def measure_list(request: SignedInRequest) -> HttpResponse:
    form = MeasureFilters(request.GET, user=request.user)
    form.is_valid()
    measures = Measure.objects.visible_to(request.user).search(form.cleaned_data.get("q", ""))
    if session := form.cleaned_data.get("session"):
        measures = measures.filter(session=session)
    rows = measures.select_related("session__jurisdiction").with_stage(request.user.today(timezone.now()))
    page = listing.page(rows, request.GET, ("number_key", "pk"))
    context = {
        "form": form,
        "page": page,
        "count_label": listing.count_label(listing.counted(measures)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("legislation:measure_list"),
    }
    return render(request, "legislation/measure_list.html", context)


@reading
def measure_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    today = request.user.today(timezone.now())
    measures = Measure.objects.visible_to(request.user).select_related("session__jurisdiction")
    measure = get_object_or_404(measures.with_stage(today), pk=pk)
    steps = StageEvent.objects.visible_to(request.user).filter(measure=measure).select_related("source")
    context = {
        "measure": measure,
        "result": result_of(measure.stage or ""),
        "steps": list(steps.until(today)),
        "ahead": list(steps.after(today).order_by("on", "order", "pk")),
        "panels": panels_by_place(measure_panels, request, measure),
    }
    return render(request, "legislation/measure_detail.html", context)
