"""One's own schedule: the page, the calendar file and the paper; and everybody's on paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.events import calendar, schedule_pdf
from advocacy.events.actions import check_in
from advocacy.events.handouts import in_words
from advocacy.events.models import AdvocacyEvent, Registration
from advocacy.events.my_schedule import Book, Schedule, Stop, if_only_staff
from advocacy.events.papers import language_wanted, sheet_wanted
from advocacy.events.tabs import sight_of
from advocacy.events.views.events import event_run, framed, visible_event
from advocacy.kernel.two_clocks import own_time


@writing
def my_schedule(request: SignedInRequest, pk: int) -> HttpResponse:
    """On the day itself its button checks the reader in."""
    event, holder = _mine(request, pk)
    now = timezone.now()
    if request.method == "POST":
        try:
            check_in.check_in(holder, by=request.user, now=now)
        except check_in.NotOnTheDay:
            messages.warning(request, _("You can check in on the day itself."))
        else:
            messages.success(request, _("You are checked in. Welcome!"))
        return redirect("events:my_schedule", pk=pk)
    schedule = Book(event).of(holder)
    context = framed(
        event,
        sight_of(event, request.user),
        "events:my_schedule",
        may_check_in=holder.checked_in_at is None and check_in.may_check_in_oneself(holder, now),
        has_begun=event.has_begun(now),
        team_query=f"?team={schedule.team.number}&" if schedule.team else "",
        **shown(schedule, request.user.time_zone),
    )
    return render(request, "events/my_schedule.html", context)


@reading
def my_schedule_file(request: SignedInRequest, pk: int, file_format: str) -> HttpResponse:
    event, holder = _mine(request, pk)
    return schedule_file(request, Book(event).of(holder), file_format, language_wanted(request.GET))


@reading
def schedules(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody's, one after the other, or one for each team: for those who run the day."""
    event = event_run(request, pk)
    if not event.is_published:
        raise Http404
    book = Book(event)
    chosen = book.of_all_teams() if request.GET.get("by") == "team" else book.of_everybody()
    language, sheet = language_wanted(request.GET), sheet_wanted(request.GET)
    paper = schedule_pdf.written(chosen, event, language=language, sheet=sheet, moment=timezone.now())
    return paper_answer(paper, f"{event.name} schedules")


def _mine(request: SignedInRequest, pk: int) -> tuple[AdvocacyEvent, Registration]:
    """Whoever has no place, or looks before it is published, finds nothing."""
    event = visible_event(request, pk)
    rows = Registration.objects.visible_to(request.user).coming().filter(event=event, person=request.user)
    holder = get_object_or_404(rows)
    if not event.is_published:
        raise Http404
    holder.event = event
    return event, holder


def shown(schedule: Schedule, zone: str) -> dict[str, object]:
    """What page and guest page show of a schedule, by the clock of the event and, where it differs, the reader's."""
    return {
        "schedule": schedule,
        "stops": [_stop(one, zone, schedule.event.zone) for one in schedule.stops],
        "handouts": in_words(schedule.materials, get_language() or "en"),
        "advice": if_only_staff(),
    }


def _stop(stop: Stop, reader: str, place: str) -> dict[str, object]:
    return {
        "stop": stop,
        "appointment": stop.appointment,
        "own_time": own_time(stop.begins, reader, place) if stop.begins else "",
    }


def schedule_file(request: HttpRequest, schedule: Schedule, file_format: str, language: str) -> HttpResponse:
    now = timezone.now()
    if file_format == "ics":
        response = HttpResponse(
            calendar.written(schedule, now=now), content_type="text/calendar; charset=utf-8"
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{_name(schedule.event.name)}.ics"'
        return response
    paper = schedule_pdf.alone(schedule, language=language, sheet=sheet_wanted(request.GET), moment=now)
    return paper_answer(paper, schedule.event.name)


def paper_answer(paper: bytes, name: str) -> HttpResponse:
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(name)}.pdf"'
    return response


def _name(text: str) -> str:
    return slugify(text)[:60] or "advocacy-day"
