"""Advocacy Days: the list, and the overview of one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.events import overview
from advocacy.events.actions import days
from advocacy.events.forms.filters import EventFilters
from advocacy.events.handouts import handouts_of, in_words
from advocacy.events.models import AdvocacyEvent, Appointment
from advocacy.events.tabs import Sight, sight_of, tabs_of
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters


def visible_event(request: SignedInRequest, pk: int) -> AdvocacyEvent:
    rows = AdvocacyEvent.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("jurisdiction", "coordinator").prefetch_related("hosts"), pk=pk
    )


def event_run(request: SignedInRequest, pk: int) -> AdvocacyEvent:
    """One that the person prepares; who does not, finds nothing."""
    rows = AdvocacyEvent.objects.visible_to(request.user) & AdvocacyEvent.objects.all().run_by(request.user)
    return get_object_or_404(
        rows.select_related("jurisdiction", "coordinator").prefetch_related("hosts"), pk=pk
    )


def framed(event: AdvocacyEvent, sight: Sight, current: str, **context: Any) -> dict[str, Any]:
    """What every page of one event shows around its own part."""
    return {"event": event, "sight": sight, "tabs": tabs_of(event, sight, current), **context}


@reading
def event_list(request: SignedInRequest) -> HttpResponse:
    form = EventFilters(request.GET, user=request.user)
    rows = form.narrow(AdvocacyEvent.objects.visible_to(request.user), request.user.today(timezone.now()))
    context = {
        "form": form,
        "page": listing.page(rows.prefetch_related("hosts"), request.GET, form.sorting),
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("events:event_list"),
        "may_begin": days.may_begin(request.user),
    }
    return render(request, "events/event_list.html", context)


@reading
def event_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    sight = sight_of(event, request.user)
    has_begun = event.is_published and event.has_begun(timezone.now())
    mine = Appointment.objects.debriefable_by(request.user).filter(
        event=event, team__members__registration__person=request.user
    )
    wanted = event.appointments.all().wanting_debrief()
    context = framed(
        event,
        sight,
        "events:event_detail",
        asks=event.asks.select_related("measure__session", "issue"),
        handouts=in_words(handouts_of([pk])[pk], get_language() or "en"),
        my_meetings=list(mine.on_the_schedule().with_office()) if event.is_published else [],
        has_begun=has_begun,
        debriefs_wanted=wanted.count() if has_begun and sight.follows else 0,
        debriefs_filed=wanted.debriefed().count() if has_begun and sight.follows else 0,
        **overview.of(event, sight, request.user, timezone.now()),
    )
    return render(request, "events/event_detail.html", context)
