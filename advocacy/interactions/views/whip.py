"""The whip count of a measure, its file, and what is entered from it: a stance, the votes needed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit.exporting import note as note_export
from advocacy.interactions.actions import stances
from advocacy.interactions.forms.whip import StanceForm, VotesNeededForm, WhipFilters
from advocacy.interactions.models import Stance
from advocacy.interactions.standings import standing, words_on
from advocacy.interactions.whip import WhipCount, grouped
from advocacy.interactions.whip_export import whip_table
from advocacy.kernel.downloads import send
from advocacy.kernel.filters import active_filters
from advocacy.kernel.listing import count_label
from legislation.legislature import sitting
from legislation.models import Measure, Official
from legislation.titles import titled
from legislation.voting_bodies import Bodies, Body
from members.access import reach_of


def _measure(request: SignedInRequest, pk: int) -> Measure:
    return get_object_or_404(
        Measure.objects.visible_to(request.user).select_related("session__jurisdiction"), pk=pk
    )


def _asked(request: SignedInRequest, measure: Measure) -> WhipFilters:
    today = request.user.today(timezone.now())
    return WhipFilters(request.GET, bodies=Bodies(measure, today), today=today)


@reading
def whip_count(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each member of the body before which the measure stands, or of another one, and where they stand."""
    measure = _measure(request, pk)
    form = _asked(request, measure)
    body = form.body_chosen
    context = {"measure": measure, "form": form, "body": body, "reset_url": request.path}
    if body is None:
        return render(request, "interactions/whip_count.html", context)
    count = WhipCount(measure, body, user=request.user, day=form.day)
    lines = count.found(form.cleaned_data.get("side") or "", form.cleaned_data.get("q") or "")
    context |= {
        "count": count,
        "groups": grouped(lines),
        "count_label": count_label(len(lines)),
        "moves": count.moves_since(form.earlier) if form.earlier else None,
        "active": active_filters(form, request.GET),
        "query": request.GET.urlencode(),
        "here": urlencode({"body": body.key}),
        "may_note": reach_of(request.user).may_log and form.day == form.today,
        "may_set_votes": stances.may_set_votes(request.user, measure),
        "is_another_day": form.day != form.today,
    }
    return render(request, "interactions/whip_count.html", context)


@reading
def whip_export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The members of the body as a file. Restricted records stay inside."""
    measure = _measure(request, pk)
    form = _asked(request, measure)
    body = form.body_chosen
    if body is None:
        raise Http404
    count = WhipCount(measure, body, user=request.user, day=form.day, to_export=True)
    filters = [one.label for one in active_filters(form, request.GET)]
    note_export(request.user, _("whip count"), [str(measure), str(body), *filters])
    return send([whip_table(count)], "whip-count", "csv")


@writing
def stance_note(request: SignedInRequest, pk: int, official_pk: int) -> HttpResponse:
    """Where one member stands: a button for each answer, so that it takes two taps from the count."""
    if not reach_of(request.user).may_log:
        raise Http404
    measure, today = _measure(request, pk), request.user.today(timezone.now())
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=official_pk)
    form = StanceForm(request.POST or None, user=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        row = stances.note(
            by=request.user, official=official, measure=measure, today=today, **form.cleaned_data
        )
        said = {"name": official, "stance": row.get_stance_display()}
        messages.success(request, _("Noted: %(name)s, %(stance)s.") % said)
        return redirect(_back(request, measure))
    person = sitting(today).get(pk=official.pk)
    words = words_on(measure, [official.pk], user=request.user).get(official.pk, [])
    context = {
        "measure": measure,
        "official": official,
        "name": titled(person, today, get_language()),
        "form": form,
        "stances": Stance.choices,
        "now": standing(words, today),
        "words": words,
        "back": _back(request, measure),
    }
    return render(request, "interactions/stance_note.html", context, status=422 if form.errors else 200)


@writing
def votes_needed(request: SignedInRequest, pk: int) -> HttpResponse:
    """For staff and whoever looks after the measure; to everybody else this page does not exist."""
    measure, today = _measure(request, pk), request.user.today(timezone.now())
    body = Bodies(measure, today).find(request.GET.get("body", ""))
    if body is None or not stances.may_set_votes(request.user, measure):
        raise Http404
    count = WhipCount(measure, body, user=request.user, day=today)
    known = {"votes": count.needed, "reason": count.set_needed.reason} if count.set_needed else None
    form = VotesNeededForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        stances.set_votes(by=request.user, measure=measure, body=body, on=today, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(_back(request, measure, body))
    context = {
        "measure": measure,
        "body": body,
        "count": count,
        "form": form,
        "back": _back(request, measure, body),
    }
    return render(request, "interactions/votes_needed.html", context, status=422 if form.errors else 200)


def _back(request: SignedInRequest, measure: Measure, body: Body | None = None) -> str:
    """The count that one came from."""
    address = reverse("interactions:whip_count", args=[measure.pk])
    key = body.key if body else request.GET.get("body", "")
    return f"{address}?{urlencode({'body': key})}" if key else address
