"""Registering oneself: one page, filled in beforehand with what the portal knows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, asking, writing
from advocacy.events import constituency
from advocacy.events.actions import places, registrations
from advocacy.events.actions.registrations import Refused
from advocacy.events.forms.registrations import TYPED, RegistrationForm
from advocacy.events.models import AdvocacyEvent, Registration
from advocacy.events.tabs import sight_of
from advocacy.events.views.events import framed, visible_event
from members.access import reach_of, today_for


@writing
def register(request: SignedInRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    row = registrations.own(event, request.user)
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdrawn(request, event, row)
    form = _form(request, event, row, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or not form.look_up(ask=False):
        return _page(request, event, row, form)
    try:
        saved = registrations.register(
            event, by=request.user, now=timezone.now(), districts=form.districts, **form.said()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, event, row, form, status=409)
    messages.success(request, _saved_words(saved))
    return redirect("events:register", event.pk)


@asking
def register_find(request: SignedInRequest, pk: int) -> HttpResponse:
    """Looks up what was typed, at a geocoder too, and shows the districts in the form. Nothing is kept."""
    event = visible_event(request, pk)
    if request.method != "POST":
        return redirect("events:register", event.pk)
    row = registrations.own(event, request.user)
    form = _form(request, event, row, request.POST)
    form.is_valid()
    if form.query and form.look_up(ask=True):
        form = _form(request, event, row, with_seal(request, form, event))
        form.is_judged = False
    return _page(request, event, row, form)


def with_seal(request: HttpRequest, form: RegistrationForm, event: AdvocacyEvent) -> Any:
    """What was sent, with the districts instead of the place they were found by."""
    data = request.POST.copy()
    if form.districts is not None:
        data["seal"] = constituency.sealed(form.districts, event)
    data["place"], data["whereabouts"] = "", TYPED
    return data


def _form(
    request: SignedInRequest, event: AdvocacyEvent, row: Registration | None, data: Any
) -> RegistrationForm:
    user = request.user
    begun: dict[str, Any] = {}
    if row is None:
        is_french = user.language == "fr"
        begun = {
            "language": user.language,
            "speaks_english": not is_french,
            "speaks_french": is_french,
            "chapter": reach_of(user).primary_chapter_id,
        }
    return RegistrationForm(data, event=event, day=today_for(user), user=user, instance=row, initial=begun)


def _saved_words(row: Registration) -> str:
    if row.is_waiting:
        return _("All places are taken: you are on the waiting list, and get a mail when one is free.")
    return _("You are registered. A mail with the day for your calendar is on its way.")


def _withdrawn(request: SignedInRequest, event: AdvocacyEvent, row: Registration | None) -> HttpResponse:
    if row and registrations.withdraw(row, by=request.user, now=timezone.now()):
        messages.success(
            request, _("You have withdrawn. Thank you for saying so: somebody else gets the place.")
        )
    return redirect("events:register", event.pk)


def _page(
    request: SignedInRequest,
    event: AdvocacyEvent,
    row: Registration | None,
    form: RegistrationForm,
    *,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    is_on_the_list = row is not None and (row.is_coming or row.is_waiting) and not row.is_unproven
    closed = "" if is_on_the_list else places.why_closed(event, now)
    context = framed(
        event,
        sight_of(event, request.user),
        "events:register",
        form=form,
        registration=row,
        is_on_the_list=is_on_the_list,
        closed=closed,
        places_left=places.left(event),
        find_url=reverse("events:register_find", args=[event.pk]),
    )
    return render(
        request, "events/register.html", context, status=422 if form.errors and status == 200 else status
    )
