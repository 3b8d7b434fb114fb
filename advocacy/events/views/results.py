"""What came of a day: for those who follow it, and for everybody who knows it once it is closed."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.audit import trail
from advocacy.events import survey_results
from advocacy.events.measures_of_a_day import parts_of, table_of
from advocacy.events.models import AdvocacyEvent
from advocacy.events.survey_results import Lessons
from advocacy.events.tabs import Sight, sight_of
from advocacy.events.views.events import framed, visible_event
from advocacy.kernel import downloads


@reading
def results(request: SignedInRequest, pk: int) -> HttpResponse:
    event, sight = _with_results(request, pk)
    context = framed(event, sight, "events:results", parts=parts_of(event), said=_said(event, sight))
    return render(request, "events/results.html", context)


@reading
def results_export(request: SignedInRequest, pk: int, file_format: str) -> HttpResponseBase:
    event, _sight = _with_results(request, pk)
    trail.record(by=request.user, verb="exported", of=event)
    return downloads.send([table_of(event)], slugify(event.name)[:60] or f"day-{pk}", file_format)


def _said(event: AdvocacyEvent, sight: Sight) -> Lessons | None:
    """What people wrote is for those who run the day."""
    return survey_results.lessons_of(event) if sight.runs else None


def _with_results(request: SignedInRequest, pk: int) -> tuple[AdvocacyEvent, Sight]:
    event = visible_event(request, pk)
    sight = sight_of(event, request.user)
    if not sight.reads_results:
        raise Http404
    return event, sight
