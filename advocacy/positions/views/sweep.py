"""The sweep at the end of a session: the list of sessions, one of them, confirming and taking back."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from advocacy.positions import sweep
from advocacy.positions.forms.sweep import SweepFilters, SweepForm
from advocacy.positions.sweep import Sweep
from legislation.actions import session_sweep
from legislation.models import LegislativeSession, Measure
from legislation.session_sweep import ends
from members.access import reach_of

_SESSIONS_ON_A_PAGE = 10


@reading
def sweep_list(request: SignedInRequest) -> HttpResponse:
    """Sessions that are over, the last one first, with what waits in each."""
    reach = reach_of(request.user)
    if not (reach.logs_for or reach.reads_every_shared_record):
        raise Http404
    today = request.user.today(timezone.now())
    rows = LegislativeSession.objects.visible_to(request.user).over(today)
    if not reach.reads_every_shared_record:
        theirs = Measure.objects.filter(sweep.disposes_of(request.user, today))
        rows = rows.filter(pk__in=theirs.order_by().values("session"))
    page = listing.page(rows.last_over_first(), request.GET, ("-over_since", "-pk"), _SESSIONS_ON_A_PAGE)
    context = {"page": page, "waiting": sweep.waiting_in(page.rows, request.user, today)}
    return render(request, "positions/sweep_list.html", context)


@reading
def sweep_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What waits with its proposal, what we follow first; or what was confirmed, with the way back."""
    one = _found(request, pk)
    shows_confirmed = request.GET.get("show") == "confirmed"
    form = SweepFilters(request.GET)
    context = {
        "sweep": one,
        "end": one.end,
        "session": one.end.session,
        "form": form,
        "active": active_filters(form, request.GET) if form.is_valid() else [],
        "reset_url": reverse("tracking:sweep", args=[pk]) + ("?show=confirmed" if shows_confirmed else ""),
        "tabs": _tabs(one, shows_confirmed=shows_confirmed),
        "query": _filters_of(request),
        "is_staff": reach_of(request.user).is_staff,
    }
    shown = _confirmed(request, one, form) if shows_confirmed else _waiting(request, one, form)
    return render(request, "positions/sweep.html", context | shown)


def _found(request: SignedInRequest, pk: int) -> Sweep:
    """Whoever may say nothing about the session finds none."""
    today = request.user.today(timezone.now())
    found = ends(LegislativeSession.objects.visible_to(request.user).over(today).filter(pk=pk))
    if not found:
        raise Http404
    one = Sweep(found[0], user=request.user, day=today)
    if not one.is_somebodys:
        raise Http404
    return one


def _waiting(request: SignedInRequest, one: Sweep, form: SweepFilters) -> dict[str, object]:
    keys = one.chosen(**form.chosen)
    page = listing.page(one.rows(keys), request.GET, sweep.ORDER)
    return {
        "page": page,
        "lines": one.lines(page.rows),
        "count": len(keys),
        "count_label": listing.count_label(len(keys)),
        "kinds": SweepForm()["kind"],
    }


def _confirmed(request: SignedInRequest, one: Sweep, form: SweepFilters) -> dict[str, object]:
    rows = one.confirmed(kind=form.chosen["kind"])
    count = listing.counted(rows)
    parts = rows.select_related("measure__session", "confirmed_by")
    return {
        "shows_confirmed": True,
        "page": listing.page(parts, request.GET, ("-confirmed_at", "pk")),
        "count": count,
        "count_label": listing.count_label(count),
    }


def _tabs(one: Sweep, *, shows_confirmed: bool) -> list[dict[str, object]]:
    confirmed = one.confirmed().count()
    return [
        {"label": _("To confirm"), "url": "?", "is_current": not shows_confirmed, "count": len(one.waiting)},
        {
            "label": _("Confirmed"),
            "url": "?show=confirmed",
            "is_current": shows_confirmed,
            "count": confirmed,
        },
    ]


def _filters_of(request: SignedInRequest) -> str:
    """The filters as they stand in an address, without the page of the list."""
    params = request.GET.copy()
    for name in (listing.AFTER, listing.BEFORE):
        params.pop(name, None)
    return params.urlencode()


class _Asked(NamedTuple):
    """What the page asks before it touches all of a filter."""

    question: str
    button: str
    to: str


@require_POST
@writing
def sweep_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those ticked at once; all of a filter once somebody has read how many they are."""
    one, form, filters = _found(request, pk), SweepForm(request.POST), SweepFilters(request.GET)
    if not form.is_valid():
        raise Http404
    chosen = one.chosen(**filters.chosen)
    keys = chosen if form.takes_all else chosen & form.keys("measure")
    if form.takes_all and keys and not form.cleaned_data["sure"]:
        return _ask(request, one, form, _question(len(keys), pk))
    now = timezone.now()
    done = session_sweep.confirm(
        one.end, keys, by=request.user, now=now, day=one.day, kind=form.kind_said
    )  # fmt: skip
    _say(request, done)
    return _back(request, pk)


def _question(count: int, pk: int) -> _Asked:
    text = ngettext("Confirm %(count)d measure?", "Confirm %(count)d measures?", count)
    button = ngettext("Confirm %(count)d measure", "Confirm %(count)d measures", count)
    where = reverse("tracking:sweep_confirm", args=[pk])
    return _Asked(text % {"count": count}, button % {"count": count}, where)


def _ask(request: SignedInRequest, one: Sweep, form: SweepForm, asked: _Asked) -> HttpResponse:
    filters = SweepFilters(request.GET)
    context = {
        "asked": asked,
        "session": one.end.session,
        "kind": form.kind_said,
        "active": active_filters(filters, request.GET) if filters.is_valid() else [],
        "query": _filters_of(request),
        "back": f"{reverse('tracking:sweep', args=[one.end.session.pk])}?{_filters_of(request)}",
    }
    return render(request, "positions/sweep_sure.html", context)


def _say(request: SignedInRequest, done: session_sweep.Swept) -> None:
    if done.confirmed:
        text = ngettext(
            "%(count)d measure is confirmed.", "%(count)d measures are confirmed.", done.confirmed
        )
        messages.success(request, text % {"count": done.confirmed})
    elif not done.may_be_signed:
        messages.info(request, _("Nothing to confirm: tick a measure, or somebody was faster."))
    if done.may_be_signed:
        text = ngettext(
            "%(count)d measure may still be signed, and stays open.",
            "%(count)d measures may still be signed, and stay open.",
            done.may_be_signed,
        )
        messages.warning(request, text % {"count": done.may_be_signed})


@require_POST
@writing
def sweep_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The measures are open again; all of a filter once somebody has read how many they are."""
    one, form, filters = _found(request, pk), SweepForm(request.POST), SweepFilters(request.GET)
    if not form.is_valid():
        raise Http404
    rows = one.confirmed(kind=filters.chosen["kind"])
    if not form.takes_all:
        rows = rows.filter(pk__in=form.keys("disposition"))
    count = rows.count() if form.takes_all and not form.cleaned_data["sure"] else 0
    if count:
        return _ask(request, one, form, _question_back(count, pk))
    done = session_sweep.take_back(rows, by=request.user)
    text = ngettext("%(count)d measure is open again.", "%(count)d measures are open again.", done)
    if done:
        messages.success(request, text % {"count": done})
    else:
        messages.info(request, _("Nothing to take back: tick a measure, or somebody was faster."))
    return _back(request, pk)


def _question_back(count: int, pk: int) -> _Asked:
    text = ngettext("Take %(count)d confirmation back?", "Take %(count)d confirmations back?", count)
    button = ngettext("Take %(count)d back", "Take %(count)d back", count)
    where = reverse("tracking:sweep_take_back", args=[pk])
    return _Asked(text % {"count": count}, button % {"count": count}, where)


def _back(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the page it came from."""
    query = _filters_of(request)
    return redirect(f"{reverse('tracking:sweep', args=[pk])}{'?' if query else ''}{query}")
