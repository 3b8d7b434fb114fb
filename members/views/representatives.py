"""Who represents me: a code may stand in the address of the page, a street address or a point never does."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, asking, writing
from advocacy.kernel.postal import Address, Fsa, PostalCode, Query, Zip
from legislation.lookup import by_hand
from legislation.lookup.answer import Answer
from legislation.lookup.answering import represent
from legislation.lookup.geocoders.choosing import geocoder_for, is_worth_asking, of_country
from legislation.lookup.record import Record
from legislation.models import Country
from members.access import today_for
from members.actions import saved_places
from members.forms.representatives import AddressForm, ByHandForm, PlaceForm, RememberForm

_CODES = (Zip, PostalCode, Fsa)


@asking
def representatives(request: SignedInRequest) -> HttpResponse:
    """What the loaded record knows, at once; what only a geocoder knows follows on a request of its own."""
    if request.method == "POST":
        form = PlaceForm(request.POST)
        if form.is_valid() and isinstance(form.query, _CODES):
            return redirect(f"{reverse('members:representatives')}?{urlencode({'q': str(form.query)})}")
        return _answered(request, form) if form.is_valid() else _page(request, form)
    if "place" in request.GET:
        return _by_hand(request)
    if "q" not in request.GET:
        return _page(request, PlaceForm())
    form = PlaceForm({"text": request.GET["q"]})
    if form.is_valid() and not isinstance(form.query, _CODES):
        form.add_error("text", _("An address is not looked up from a link. Press Find to look it up."))
    return _answered(request, form) if form.is_valid() else _page(request, form)


@asking
def representatives_ask(request: SignedInRequest) -> HttpResponse:
    """The geocoder's part of the answer: into the page, or as a page of its own where nothing is swapped."""
    if request.method != "POST":
        return redirect("members:representatives")
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    record = _record(request)
    loaded = represent(form.query, day=record.day, record=record)
    geocoder = geocoder_for(form.query, loaded.country)
    answer = represent(form.query, day=record.day, geocoder=geocoder, record=record) if geocoder else loaded
    return _page(request, form, answer, query=form.query)


@require_POST
@writing
def place_remember(request: SignedInRequest) -> HttpResponse:
    form = RememberForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tick Remember to have the districts remembered. Nothing was stored."))
        return redirect("members:representatives")
    try:
        saved_places.remember(
            form.cleaned_data["ticket"],
            by=request.user,
            basis=form.cleaned_data["basis"],
            now=timezone.now(),
            street_address=form.street_address_to_keep,
        )
    except saved_places.CannotRemember as problem:
        messages.error(request, str(problem))
        return redirect("members:representatives")
    messages.success(request, _("Your districts are remembered. You can have them forgotten at any time."))
    return redirect(reverse("members:profile") + "#my-officials")


@require_POST
@writing
def place_forget(request: SignedInRequest) -> HttpResponse:
    if saved_places.forget(by=request.user):
        messages.success(request, _("Your place is forgotten."))
    return redirect("members:profile")


def _record(request: SignedInRequest) -> Record:
    return Record(today_for(request.user), get_language())


def _answered(request: SignedInRequest, form: PlaceForm) -> HttpResponse:
    record = _record(request)
    answer = represent(form.query, day=record.day, record=record)
    return _page(request, form, answer, query=form.query, may_ask=is_worth_asking(form.query, answer))


def _by_hand(request: SignedInRequest) -> HttpResponse:
    form = ByHandForm(request.GET, user=request.user)
    answer = (
        by_hand.chosen(form.state, form.seats, _record(request)) if form.is_valid() and form.state else None
    )
    return _page(request, PlaceForm(), answer, hand=form)


def _page(
    request: SignedInRequest,
    form: PlaceForm,
    answer: Answer | None = None,
    *,
    query: Query | None = None,
    may_ask: bool = False,
    hand: ByHandForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "hand": hand or ByHandForm(user=request.user),
        "geocoders": [geocoder.name for country in Country.values if (geocoder := of_country(country))],
        "answer": answer,
        "asked": PlaceForm(initial={"text": str(query)}, auto_id="ask_%s") if may_ask else None,
        "narrow": _narrow(query, answer),
        "remember": _remember(request, query, answer),
    }
    template = "members/representatives.html"
    if request.htmx and answer is not None:  # type: ignore[attr-defined]  # set by the middleware of django-htmx
        template += "#answer"
    return render(request, template, context)


def _narrow(query: Query | None, answer: Answer | None) -> AddressForm | None:
    """The field for the street address, where a code leaves several districts open."""
    if answer is None or not answer.is_ambiguous or query is None:
        return None
    code = query.code if isinstance(query, Address) else query
    return AddressForm(initial={"near": str(code) if isinstance(code, Zip | PostalCode) else ""})


def _remember(request: SignedInRequest, query: Query | None, answer: Answer | None) -> RememberForm | None:
    ticket = saved_places.ticket(answer, by=request.user) if answer else ""
    if not ticket or answer is None:
        return None
    address = str(query) if isinstance(query, Address) and answer.method == query.method else ""
    return RememberForm(initial={"ticket": ticket, "street_address": address})
