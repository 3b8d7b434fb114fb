"""Registering without an account, and the page behind the link of a registration.

Nobody is known here: no session, no cookie. `csrf_exempt`, because there is no session that a stranger's form could
use: the signed token of the form, or of the link, stands in its place. Looking changes nothing.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language
from advocacy.accounts.requests import asking, writing
from advocacy.events import links
from advocacy.events.actions import places, registrations
from advocacy.events.actions.registrations import Districts, Refused
from advocacy.events.forms.registrations import GuestForm
from advocacy.events.models import AdvocacyEvent, EventStatus, Registration
from advocacy.events.views.registering import with_seal
from advocacy.kernel import limits
from campaigns.gate import fields, verdict
from campaigns.gate.verdict import Submission
from campaigns.models import GateDecision
from members import erasing
from members.access import society_today
from members.views import quiet

LOOKUPS_AN_HOUR = 20


@csrf_exempt
@login_not_required
@never_cache
@writing
def public(request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    event = _public_event(key, language)
    with override(language):
        if request.method != "POST" or places.why_closed(event, timezone.now()):
            return _page(request, event, language, _form(event, language, None))
        form = _form(event, language, request.POST)
        if not form.is_valid() or not form.look_up(ask=False):
            return _page(request, event, language, form)
        return _weighed(request, event, language, form)


@csrf_exempt
@login_not_required
@never_cache
@asking
def public_find(request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    event = _public_event(key, language)
    if request.method != "POST":
        return HttpResponseRedirect(links.public_path_of(event, language))
    with override(language):
        form = _form(event, language, request.POST)
        form.is_valid()
        if form.query and form.look_up(ask=_may_ask(request)):
            form = _form(event, language, with_seal(request, form, event))
            form.is_judged = False
        return _page(request, event, language, form)


@csrf_exempt
@login_not_required
@never_cache
@writing
def my_place(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """One's own registration: confirmed, changed, given back or forgotten by a button."""
    if language not in Language.values:
        raise Http404
    with override(language):
        row = links.behind(token)
        if row is None or row.person_id:
            # Colleagues find their place in the portal.
            return quiet.page("events/public/gone.html", {}, status=410)
        form = GuestForm(
            request.POST if "save" in request.POST else None,
            event=row.event,
            day=society_today(),
            instance=row,
        )
        if request.method != "POST":
            return _mine(row, form, language)
        try:
            return _acted(request, row, form, language)
        except Refused as refusal:
            row.refresh_from_db()
            return _mine(row, form, language, problem=str(refusal), status=409)


def _acted(request: HttpRequest, row: Registration, form: GuestForm, language: str) -> HttpResponse:
    now, sent = timezone.now(), request.POST
    if "confirm" in sent:
        registrations.prove(row, now=now)
    elif "withdraw" in sent:
        registrations.withdraw(row, by=None, now=now)
    elif "forget" in sent:
        erasing.forget(row.email, by=None, now=now)
        return quiet.page("events/public/gone.html", {"is_forgotten": True})
    elif "save" in sent:
        # By the tables alone: no geocoder is waited for while the database waits for us.
        if row.is_unproven or not form.is_valid() or not form.look_up(ask=False):
            return _mine(row, form, language, status=422)
        registrations.change(row, by=None, now=now, districts=form.districts, **form.said())
    return HttpResponseRedirect(links.path_of(row, language), status=303)


def _public_event(key: UUID, language: str) -> AdvocacyEvent:
    """An idea is nobody's business yet, nor a day that only colleagues come to."""
    rows = AdvocacyEvent.objects.filter(public_key=key, is_public=True).exclude(status=EventStatus.IDEA)
    event = rows.select_related("jurisdiction", "coordinator").first()
    if event is None or language not in Language.values:
        raise Http404
    return event


def _form(event: AdvocacyEvent, language: str, data: Any) -> GuestForm:
    begun = {"language": language, "speaks_english": language == "en", "speaks_french": language == "fr"}
    return GuestForm(data, event=event, day=society_today(), initial=begun)


def _may_ask(request: HttpRequest) -> bool:
    client, hour = limits.client_address(request), timedelta(hours=1)
    return limits.take("events.find", client, most=LOOKUPS_AN_HOUR, per=hour, now=timezone.now()).is_allowed


def _gate_number(event: AdvocacyEvent) -> int:
    """The gate knows a form by a number: those of campaigns are positive."""
    return -event.pk


def _weighed(request: HttpRequest, event: AdvocacyEvent, language: str, form: GuestForm) -> HttpResponse:
    """Through the gate, and kept until the address is confirmed. A robot is thanked too, and nothing is kept."""
    now, said = timezone.now(), form.said()
    email = said.pop("email")
    submission = Submission(
        campaign_id=_gate_number(event),
        client=limits.client_address(request),
        email=email,
        own_words="",
        answers=fields.answers_in(request.POST),
    )
    judged = verdict.judge(submission, now=now)
    if judged.decision == GateDecision.REFUSE:
        form.add_error(None, judged.words(now))
        return _page(request, event, language, form, status=429 if judged.is_limit else 400)
    if judged.may_mail_proof:
        try:
            registrations.ask(event, now=now, email=email, districts=form.districts or Districts(), **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return _page(request, event, language, form, status=409)
    return quiet.page("events/public/look_in_your_mail.html", {"event": event})


def _page(
    request: HttpRequest, event: AdvocacyEvent, language: str, form: GuestForm, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    free = places.left(event)
    context = {
        "event": event,
        "asks": event.asks.all(),
        "form": form,
        "closed": places.why_closed(event, now),
        "is_full": free == 0,
        "gate": fields.fields_for(_gate_number(event), now=now, sent=request.POST),
        "find_url": reverse("events:public_find", args=[event.public_key, language]),
        "page_url": links.public_path_of(event, language),
        **_other(language, lambda code: links.public_path_of(event, code)),
    }
    return quiet.page(
        "events/public/page.html", context, status=422 if form.errors and status == 200 else status
    )


def _mine(
    row: Registration, form: GuestForm, language: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "event": row.event,
        "registration": row,
        "form": form,
        "problem": problem,
        "goes": erasing.kept_of(row.email, by=None),
        "survey_url": links.survey_path_of(row, language) if row.may_answer else "",
        "is_over": row.event.is_over or row.event.today(timezone.now()) > row.event.held_on,
        **_other(language, lambda code: links.path_of(row, code)),
    }
    return quiet.page("events/public/mine.html", context, status=status)


def _other(language: str, path: Any) -> dict[str, Any]:
    code = Language.FRENCH.value if language == Language.ENGLISH else Language.ENGLISH.value
    return {"other": {"code": code, "url": path(code), "name": "Français" if code == "fr" else "English"}}
