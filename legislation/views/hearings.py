"""The calendar of hearings, by day, and the page of each."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from legislation import hearing_files
from legislation.forms.hearings import HearingFilters, When
from legislation.models import CommentPeriod, Hearing, Jurisdiction, Measure
from legislation.models.hearing import HearingQuerySet

_MOST_CLOSING = 12


@reading
def hearing_list(request: SignedInRequest) -> HttpResponse:
    """From the reader's today on, soonest first; or before it, latest first."""
    form = HearingFilters(request.GET, user=request.user)
    form.is_valid()
    chosen = form.cleaned_data
    rows = Hearing.objects.visible_to(request.user)
    for name in ("jurisdiction", "committee"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    is_earlier = chosen.get("when") == When.EARLIER
    rows = rows.before(midnight) if is_earlier else rows.from_now(midnight)
    order = ("-starts_at", "-pk") if is_earlier else ("starts_at", "pk")
    page = listing.page(_with_measures(rows), request.GET, order)
    context = {
        "form": form,
        "page": page,
        "days": _by_day(page.rows),
        "periods": [] if is_earlier else _comments_that_close(request.user, chosen.get("jurisdiction")),
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("legislation:hearing_list"),
        "today": timezone.localdate(),
    }
    return render(request, "legislation/hearing_list.html", context)


@reading
def hearing_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    hearing = _shown(request, pk)
    now = timezone.now()
    context = {
        "hearing": hearing,
        "changes": hearing.changes(),
        "deadlines": _deadlines(hearing, now),
        "is_ahead": hearing.starts_at > now,
    }
    return render(request, "legislation/hearing_detail.html", context)


@reading
def hearing_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """For calendar programs: opened again after a move, it changes the entry it made before."""
    hearing = _shown(request, pk)
    content = hearing_files.calendar_file(hearing, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="hearing-{hearing.pk}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _shown(request: SignedInRequest, pk: int) -> Hearing:
    rows = _with_measures(Hearing.objects.visible_to(request.user)).select_related("source")
    return get_object_or_404(rows.prefetch_related("moves"), pk=pk)


def _with_measures(rows: HearingQuerySet) -> HearingQuerySet:
    measures = Measure.objects.select_related("session__jurisdiction").order_by("number_key", "pk")
    return rows.select_related("jurisdiction", "committee").prefetch_related(
        Prefetch("measures", queryset=measures)
    )


def _comments_that_close(user: User, place: Jurisdiction | None) -> list[CommentPeriod]:
    """The next ones, whatever page of hearings is shown: there are few of them."""
    rows = CommentPeriod.objects.visible_to(user).open(timezone.now())
    if place:
        rows = rows.filter(measure__session__jurisdiction=place)
    return list(rows.select_related("measure__session__jurisdiction").soonest_first()[:_MOST_CLOSING])


def _by_day(rows: Iterable[Hearing]) -> list[dict[str, Any]]:
    """Days are the reader's: what is at 22:00 in Vancouver is tomorrow in St. John's."""
    return [
        {"day": day, "hearings": list(group)}
        for day, group in groupby(rows, key=lambda hearing: timezone.localdate(hearing.starts_at))
    ]


def _deadlines(hearing: Hearing, now: datetime) -> list[dict[str, Any]]:
    """What must be done before, soonest first; `is_near` in the last two days."""
    found = [
        {"kind": kind, "at": at, "is_over": at <= now, "is_near": now < at <= now + timedelta(days=2)}
        for kind, at in (("sign_up", hearing.sign_up_by), ("written", hearing.written_by))
        if at
    ]
    return sorted(found, key=lambda one: one["at"])
