"""The door: who has come, on a phone or tablet in a volunteer's hand."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events.actions import check_in as checking_in
from advocacy.events.models import Registration
from advocacy.events.tabs import sight_of
from advocacy.events.views.events import event_run, framed

_MOST_SHOWN = 400


@writing
def check_in(request: SignedInRequest, pk: int) -> HttpResponse:
    event = event_run(request, pk)
    now, text = timezone.now(), request.GET.get("q", "").strip()[:100]
    rows = Registration.objects.managed_by(request.user).filter(event=event)
    if request.method == "POST":
        return _tapped(request, rows, text)
    people = rows.coming().select_related("chapter", "place__team")
    found = people.search(text) if text else people
    context = framed(
        event,
        sight_of(event, request.user),
        "events:check_in",
        people=[(one, one.place.team if hasattr(one, "place") else "") for one in found[:_MOST_SHOWN]],
        text=text,
        is_open=checking_in.door_is_open(event, now),
        expected=people.count(),
        came=people.checked_in().count(),
    )
    return render(request, "events/check_in.html", context)


def _tapped(request: SignedInRequest, rows: QuerySet[Registration], text: str) -> HttpResponse:
    """In or out: the button says which, so that a second tap, or a second volunteer, turns nothing round."""
    given, now = request.POST.get("person", ""), timezone.now()
    person = get_object_or_404(rows, pk=int(given) if given.isdecimal() and len(given) < 19 else 0)
    try:
        if request.POST.get("came") == "no":
            checking_in.take_back(person, by=request.user, now=now)
        else:
            checking_in.check_in(person, by=request.user, now=now)
    except checking_in.NotOnTheDay:
        messages.warning(request, _("People check in from the day itself until it is closed."))
    back = reverse("events:check_in", args=[person.event_id])
    query = f"?{urlencode({'q': text})}" if text else ""
    return redirect(f"{back}{query}#person-{person.pk}")
