"""Research activities: the list, one of them, and what is put on record about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from advocacy.research.actions import activities
from advocacy.research.forms.activities import ActivityForm
from advocacy.research.forms.filters import ActivityFilters
from advocacy.research.forms.parts import PART_FORMS, UseForm
from advocacy.research.heard import evidence_of, heard_in
from advocacy.research.models import Finding, FindingUse, Quote, ResearchActivity
from advocacy.research.views.tabs import tabs
from members.access import reach_of


@reading
def activity_list(request: SignedInRequest) -> HttpResponse:
    form = ActivityFilters(request.GET, user=request.user)
    rows = form.narrow(ResearchActivity.objects.visible_to(request.user))
    context = {
        "form": form,
        "tabs": tabs("research:activity_list"),
        "page": listing.page(rows.select_related("chapter"), request.GET, form.sorting),
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("research:activity_list"),
        "new_url": reverse("research:activity_new") if reach_of(request.user).may_log else "",
    }
    return render(request, "research/activity_list.html", context)


@reading
def activity_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = ResearchActivity.objects.visible_to(request.user).select_related("chapter", "partner", "kept_by")
    activity = get_object_or_404(rows, pk=pk)
    may_edit = ResearchActivity.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {
        "activity": activity,
        "heard": heard_in(activity, request.user),
        "jurisdictions": list(activity.jurisdictions.order_by("name", "pk")),
        "issues": list(activity.issues.all()),
        "is_late": activity.status == "held" and activity.summary_due_on < request.user.today(timezone.now()),
        "edit_url": reverse("research:activity_edit", args=[pk]) if may_edit else "",
        "parts": [*_parts_to_add(pk)] if may_edit else [],
        # Without their words: those are read in the form of each.
        "quotes_to_edit": list(Quote.objects.editable_by(request.user).filter(activity=pk))
        if may_edit
        else [],
        "groups_to_edit": list(activity.groups.all()) if may_edit else [],
    }
    return render(request, "research/activity_detail.html", context)


def _parts_to_add(pk: int) -> list[tuple[str, str]]:
    """Each with the address of its form."""
    labels = {
        "finding": _("Add a finding"),
        "theme": _("Add a theme"),
        "quote": _("Add a quote"),
        "group": _("Add a group of participants"),
    }
    return [(label, reverse("research:part_add", args=[pk, kind])) for kind, label in labels.items()]


@writing
def activity_new(request: SignedInRequest) -> HttpResponse:
    if not reach_of(request.user).may_log:
        raise Http404
    form = ActivityForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        activity = _kept(request, form)
        messages.success(request, _("The activity is on record."))
        return redirect(activity)
    context = {"form": form, "activity": None, "back": reverse("research:activity_list")}
    return render(request, "research/activity_form.html", context)


@writing
def activity_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(ResearchActivity.objects.editable_by(request.user), pk=pk)
    form = ActivityForm(request.POST or None, user=request.user, instance=activity)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(_kept(request, form))
    context = {"form": form, "activity": activity, "back": activity.get_absolute_url()}
    return render(request, "research/activity_form.html", context)


def _kept(request: SignedInRequest, form: ActivityForm) -> ResearchActivity:
    chosen = {name: form.cleaned_data.get(name) for name in ("jurisdictions", "issues")}
    return activities.keep(form.filled(), by=request.user, **chosen)


@writing
def part_add(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """A quote, a theme, a group of participants or a finding."""
    activity = get_object_or_404(ResearchActivity.objects.editable_by(request.user), pk=pk)
    form = PART_FORMS[kind](request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        activities.keep_part(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(activity)
    context = {"form": form, "activity": activity, "part": None}
    return render(request, "research/part_form.html", context)


@writing
def part_edit(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    model: Any = PART_FORMS[kind]._meta.model
    rows = model.objects.editable_by(request.user).select_related("activity")
    part = get_object_or_404(rows, pk=pk)
    activity = part.activity
    if request.method == "POST" and "remove" in request.POST:
        activities.remove_part(part, by=request.user)
        messages.success(request, _("Removed."))
        return redirect(activity)
    form = PART_FORMS[kind](request.POST or None, activity=activity, instance=part)
    if request.method == "POST" and form.is_valid():
        activities.keep_part(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(activity)
    context = {"form": form, "activity": activity, "part": part}
    return render(request, "research/part_form.html", context)


@writing
def finding_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A finding and its uses; whoever used it says so here."""
    rows = Finding.objects.visible_to(request.user).select_related("activity__chapter")
    finding = get_object_or_404(rows, pk=pk)
    may_record = activities.may_record_use(finding, request.user)
    form = UseForm(request.POST or None, user=request.user, finding=finding) if may_record else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            activities.use(form.save(commit=False), by=request.user)
            messages.success(request, _("The use is on record."))
            return redirect(finding)
    readable = ResearchActivity.objects.visible_to(request.user).filter(pk=finding.activity_id).exists()
    uses = FindingUse.objects.visible_to(request.user).filter(finding=finding)
    may_edit = Finding.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {
        "finding": finding,
        "activity": finding.activity if readable else None,
        "evidence": evidence_of(finding) if readable else "",
        "uses": list(
            uses.with_contacts(request.user).select_related(
                "material_on_file", "testimony__measure__session", "testimony__person", "interaction"
            )
        ),
        "form": form,
        "edit_url": reverse("research:part_edit", args=["finding", pk]) if may_edit else "",
    }
    return render(request, "research/finding_detail.html", context)
