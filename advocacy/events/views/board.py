"""The live board, the part of it that the page asks for again every few seconds, and saying how a meeting went."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.events import errors
from advocacy.events.actions import appointments
from advocacy.events.board import ASKS_AGAIN_AFTER, board_of, forget
from advocacy.events.changes import in_words
from advocacy.events.forms.board import HOW_IT_WENT, HowItWentForm
from advocacy.events.models import AdvocacyEvent, Appointment
from advocacy.events.tabs import sight_of
from advocacy.events.views.events import event_run, framed, visible_event
from advocacy.kernel.kept import Kept

_NO_CONTENT = 204
_SIGNER = signing.TimestampSigner(salt="events.board")
_TICKET_LASTS = timedelta(days=1)
_PART = "events/board.html#board"
# Whoever only watches sees the same in one language: it is drawn once for all of them.
kept_drawings: Kept[str] = Kept(most=100, lasting=timedelta(minutes=1))


@writing
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole page; asked by its own script, the part that changes."""
    if request.method == "POST":
        return _said(request, pk)
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        return _part(request, pk)
    event = visible_event(request, pk)
    sight = sight_of(event, request.user)
    if not sight.follows:
        raise Http404
    context = framed(event, sight, "events:board", **_shown(event, runs=sight.runs))
    return render(request, "events/board.html", context)


def _part(request: SignedInRequest, pk: int) -> HttpResponse:
    """All who watch ask for it when something has changed: one question what they may, and the board as it is kept."""
    runs = AdvocacyEvent.objects.all().run_by(request.user).filter(pk=OuterRef("pk")).order_by()
    rows = AdvocacyEvent.objects.all().followed_by(request.user).filter(pk=pk)
    event = rows.annotate(is_run=Exists(runs)).first()
    if event is None:
        raise Http404
    context = {"event": event, "is_part": True, **_shown(event, runs=getattr(event, "is_run"))}  # noqa: B009 (an annotation)
    if context["may_say"]:
        return render(request, _PART, context)
    drawn = kept_drawings.get(
        (pk, get_language(), context["board"].version),
        lambda: render_to_string(_PART, context),
        now=timezone.now(),
    )
    return HttpResponse(drawn.value)


@login_not_required
@never_cache
@reading
def board_watch(request: HttpRequest, token: str) -> HttpResponse:
    """Whether the board differs from the one `seen`, and nothing else of it.

    Two hundred pages ask again and again; so nobody is looked up for it. The ticket comes with the board, for a day.
    """
    try:
        board_now = board_of(_SIGNER.unsign_object(token, max_age=_TICKET_LASTS), timezone.now())
    except (signing.BadSignature, ValueError, AdvocacyEvent.DoesNotExist):
        raise Http404 from None
    response = HttpResponse(status=_NO_CONTENT)
    if request.GET.get("seen") != board_now.version:
        response.headers["HX-Trigger"] = "board-changed"
    return response


def _said(request: SignedInRequest, pk: int) -> HttpResponse:
    """One tap of whoever runs the day says how a meeting went, or at what time it will be."""
    event, form = event_run(request, pk), HowItWentForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose what happened; for a meeting that is moved, give its new time."))
        return redirect("events:board", pk=pk)
    rows = Appointment.objects.managed_by(request.user).filter(event=event)
    appointment = get_object_or_404(rows.with_office(), pk=form.cleaned_data["appointment"])
    try:
        appointments.change(
            appointment,
            by=request.user,
            now=timezone.now(),
            version=form.cleaned_data["version"],
            **form.said(),
        )
    except errors.ChangedMeanwhile:
        messages.warning(request, _("Somebody changed this meeting meanwhile. Look at it again."))
    except (errors.NotHeldYet, errors.WrongMoment):
        messages.warning(request, _("The day has not come yet."))
    forget()
    return redirect(f"{reverse('events:board', args=[pk])}#tile-{appointment.pk}")


def _shown(event: AdvocacyEvent, *, runs: bool) -> dict[str, Any]:
    now = timezone.now()
    found = board_of(event.pk, now)
    return {
        "board": found,
        "watch_url": reverse("events:board_watch", args=[_SIGNER.sign_object(event.pk)]),
        "changes": in_words(found.changes),
        "asks_again_after": ASKS_AGAIN_AFTER,
        "may_say": runs and event.has_begun(now),
        "answers": [(one.value, one.label) for one in HOW_IT_WENT],
    }
