"""Who comes, for those who run the day: the list, one person, and the list as a file."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit import trail
from advocacy.events import attendance, links
from advocacy.events.actions import places, registrations
from advocacy.events.actions.registrations import Districts, Refused
from advocacy.events.forms.people import PeopleFilters
from advocacy.events.forms.registrations import ByHandForm
from advocacy.events.models import AdvocacyEvent, Registration
from advocacy.events.models.registration import RegistrationQuerySet
from advocacy.events.tabs import Sight
from advocacy.events.views.events import event_run, framed
from advocacy.kernel import downloads, listing
from advocacy.kernel.filters import active_filters
from members import erasing
from members.access import reach_of, society_today

_RUNS = Sight(runs=True, follows=True)


def _rows(request: SignedInRequest, event: AdvocacyEvent) -> RegistrationQuerySet:
    rows: RegistrationQuerySet = Registration.objects.all().managed_by(request.user).filter(event=event)
    return rows


@reading
def people(request: SignedInRequest, pk: int) -> HttpResponse:
    event = event_run(request, pk)
    form = PeopleFilters(request.GET, event=event)
    rows = form.narrow(_rows(request, event))
    fetched = rows.select_related("chapter", "place__team").prefetch_related("districts__division")
    context = framed(
        event,
        _RUNS,
        "events:people",
        form=form,
        summary=attendance.summary_of(event),
        page=listing.page(fetched, request.GET, form.sorting),
        count_label=listing.count_label(listing.counted(rows)),
        active=active_filters(form, request.GET),
        reset_url=reverse("events:people", args=[event.pk]),
        query=request.GET.urlencode(),
        public_url=request.build_absolute_uri(links.public_path_of(event, "en")) if event.is_public else "",
    )
    return render(request, "events/people.html", context)


@reading
def people_export(request: SignedInRequest, pk: int, file_format: str) -> HttpResponseBase:
    """Those that the filters of the list leave. It names people and their needs, so it leaves a trace."""
    event = event_run(request, pk)
    form = PeopleFilters(request.GET, event=event)
    trail.record(by=request.user, verb="exported", of=event)
    table = attendance.table_of(form.narrow(_rows(request, event)).order_by(*form.sorting))
    return downloads.send([table], f"{slugify(event.name)[:60] or event.pk}-people", file_format)


@writing
def person_add(request: SignedInRequest, pk: int) -> HttpResponse:
    event = event_run(request, pk)
    form = ByHandForm(request.POST or None, event=event, day=society_today())
    if request.method == "POST" and form.is_valid() and form.look_up(ask=False):
        said = form.said()
        try:
            added = registrations.add(
                event, by=request.user, now=timezone.now(), districts=form.districts or Districts(), **said
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("%(name)s is on the list.") if added.is_coming else _("%(name)s waits for a place.")
            messages.success(request, words % {"name": added})
            return redirect("events:people", event.pk)
    return _person_page(request, event, form, None)


@writing
def person_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Registration.objects.all().managed_by(request.user)
    row = get_object_or_404(rows.select_related("event", "place__team"), pk=pk)
    event = event_run(request, row.event_id)
    if request.method == "POST" and "act" in request.POST:
        _acted(request, row, request.POST["act"])
        return redirect("events:people", event.pk)
    form = ByHandForm(request.POST or None, event=event, day=society_today(), instance=row)
    if request.method == "POST" and form.is_valid() and form.look_up(ask=False):
        try:
            registrations.change(
                row, by=request.user, now=timezone.now(), districts=form.districts, **form.said()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("events:people", event.pk)
    return _person_page(request, event, form, row)


def _acted(request: SignedInRequest, row: Registration, act: str) -> None:
    user, now = request.user, timezone.now()
    if act == "move-up" and places.move_up(row, by=user, now=now):
        messages.success(request, _("%(name)s has a place now and gets a mail.") % {"name": row})
    elif act == "withdraw" and registrations.withdraw(row, by=user, now=now):
        messages.success(request, _("Withdrawn. Whoever waits longest has moved up."))
    elif act == "erase" and _forgotten(user, row, now):
        messages.success(request, _("Forgotten: the person is gone from the list, and still counted."))


def _forgotten(user: User, row: Registration, now: datetime) -> bool:
    """By staff wherever they are known; by others who run the day, their registration."""
    if reach_of(user).is_staff:
        return erasing.forget(row.email, by=user, now=now)
    return registrations.erase(row, by=user, now=now)


def _person_page(
    request: SignedInRequest, event: AdvocacyEvent, form: ByHandForm, row: Registration | None
) -> HttpResponse:
    user = request.user
    goes = erasing.kept_of(row.email, by=user) if row and reach_of(user).is_staff else []
    context: dict[str, Any] = {
        "goes": goes,
        "event": event,
        "form": form,
        "registration": row,
        "places_left": places.left(event),
    }
    return render(request, "events/person_form.html", context, status=422 if form.errors else 200)
