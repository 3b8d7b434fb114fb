"""Recognitions: proclamations and awards, with the day by which each must be in hand."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.events.actions import recognitions
from advocacy.events.forms.recognitions import RecognitionFilters, RecognitionForm
from advocacy.events.models import Recognition
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from members.access import reach_of

_RELATED = ("chapter", "event", "official", "owner")


@reading
def recognition_list(request: SignedInRequest) -> HttpResponse:
    if reach_of(request.user).is_empty:
        raise Http404
    today = request.user.today(timezone.now())
    form = RecognitionFilters(request.GET, user=request.user)
    rows = form.narrow(Recognition.objects.visible_to(request.user), today)
    page = listing.page(rows.select_related(*_RELATED), request.GET, ("due_on", "pk"))
    editable = set(
        Recognition.objects.editable_by(request.user)
        .filter(pk__in=[row.pk for row in page.rows])
        .values_list("pk", flat=True)
    )
    context = {
        "form": form,
        "page": page,
        "rows": [(row, row.is_overdue(today), row.pk in editable) for row in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("events:recognition_list"),
        "may_add": reach_of(request.user).may_log,
    }
    return render(request, "events/recognition_list.html", context)


@writing
def recognition_new(request: SignedInRequest) -> HttpResponse:
    if not reach_of(request.user).may_log:
        raise Http404
    begun = {"event": request.GET["event"]} if request.GET.get("event", "").isdecimal() else {}
    form = RecognitionForm(request.POST or None, user=request.user, initial=begun)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        recognitions.add(by=request.user, **form.said())
        messages.success(request, _("Added."))
        return redirect("events:recognition_list")
    return _form_page(request, form, None)


@writing
def recognition_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Recognition.objects.visible_to(request.user) & Recognition.objects.editable_by(request.user)
    row = get_object_or_404(rows.select_related(*_RELATED), pk=pk)
    form = RecognitionForm(request.POST or None, user=request.user, row=row)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        recognitions.change(row, by=request.user, **form.said())
        messages.success(request, _("Saved."))
        return redirect("events:recognition_list")
    return _form_page(request, form, row)


def _form_page(request: SignedInRequest, form: RecognitionForm, row: Recognition | None) -> HttpResponse:
    context = {"form": form, "row": row, "back": reverse("events:recognition_list")}
    return render(request, "events/recognition_form.html", context, status=422 if form.errors else 200)
