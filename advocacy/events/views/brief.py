"""Briefs: one office on the screen and on paper, and those of a team or of the whole day on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.events import brief_pdf
from advocacy.events import briefs as briefs_of
from advocacy.events.brief_words import heading, sections
from advocacy.events.models import Appointment
from advocacy.events.papers import language_wanted, sheet_wanted
from advocacy.events.tabs import sight_of
from advocacy.events.views.day import paper_answer
from advocacy.events.views.events import framed, visible_event


def visible_appointment(request: SignedInRequest, pk: int) -> Appointment:
    rows = Appointment.objects.visible_to(request.user).with_office()
    return get_object_or_404(rows.prefetch_related("event__hosts"), pk=pk)


@reading
def brief(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = visible_appointment(request, pk)
    event = appointment.event
    (found,) = briefs_of.to_read([appointment], request.user, request.user.today(timezone.now()))
    context = framed(
        event,
        sight_of(event, request.user),
        "",
        brief=found,
        appointment=appointment,
        heading=heading(found),
        sections=sections(found),
    )
    return render(request, "events/brief.html", context)


@reading
def brief_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = visible_appointment(request, pk)
    return _on_paper(request, [appointment], appointment.office)


@reading
def briefs(request: SignedInRequest, pk: int) -> HttpResponse:
    """Of all offices that are wanted, or of one team's: those that the reader may see, in the order of the day."""
    event = visible_event(request, pk)
    rows = Appointment.objects.visible_to(request.user).wanted().filter(event=event).with_office()
    team = request.GET.get("team", "")
    if team:
        rows = rows.filter(team__number=int(team)) if team.isdecimal() else rows.none()
    found = list(rows.order_by("team__number", "starts_at", "pk"))
    if not found:
        raise Http404
    return _on_paper(request, found, f"{event.name} briefs {team}")


def _on_paper(request: SignedInRequest, appointments: list[Appointment], name: str) -> HttpResponse:
    now, language = timezone.now(), language_wanted(request.GET)
    with translation.override(language):
        found = briefs_of.to_print(appointments, request.user, request.user.today(now))
        paper = brief_pdf.written(found, language=language, sheet=sheet_wanted(request.GET), moment=now)
    return paper_answer(paper, name)
