"""Partner organisations: the list, one of them, and putting them on record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.coalitions.actions import organisations
from advocacy.coalitions.agreement import beside_ours
from advocacy.coalitions.forms.partners import ContactForm, OrganisationFilters, OrganisationForm
from advocacy.coalitions.models import (
    CoalitionMember,
    Grasstops,
    Organisation,
    OrganisationContact,
    PartnerPosition,
    SignOnInvitation,
    SignOnLetter,
)
from advocacy.coalitions.models.coalition import CoalitionMemberQuerySet
from advocacy.coalitions.models.visibility import works_with_partners
from advocacy.coalitions.touches_shown import touches_with
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from members.access import reach_of

_LETTERS_SHOWN = 20


@reading
def organisation_list(request: SignedInRequest) -> HttpResponse:
    if not works_with_partners(reach_of(request.user)):
        raise Http404
    form = OrganisationFilters(request.GET)
    rows = form.narrow(Organisation.objects.visible_to(request.user))
    context = {
        "form": form,
        "page": listing.page(rows.select_related("owner"), request.GET, form.sorting),
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("coalitions:organisation_list"),
        "new_url": reverse("coalitions:organisation_new") if organisations.may_add(request.user) else "",
    }
    return render(request, "coalitions/organisation_list.html", context)


@reading
def organisation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Organisation.objects.visible_to(request.user).select_related("owner")
    organisation = get_object_or_404(rows, pk=pk)
    led = SignOnLetter.objects.visible_to(request.user).filter(lead=organisation)
    asked = SignOnInvitation.objects.visible_to(request.user).filter(organisation=organisation)
    said = PartnerPosition.objects.visible_to(request.user)
    now = timezone.now()
    may_edit = Organisation.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {
        "organisation": organisation,
        "jurisdictions": list(organisation.jurisdictions.order_by("name", "pk")),
        "contacts": _people_at(request, organisation),
        "memberships": list(_memberships(request, organisation)),
        "positions": beside_ours(said.filter(organisation=pk).newest_of_each(), user=request.user),
        "touches": touches_with(request.user, organisation=organisation),
        "led": [{"letter": one, "status": one.status_label(now)} for one in led[:_LETTERS_SHOWN]],
        "asked": list(asked.select_related("letter").order_by("-invited_at", "-pk")[:_LETTERS_SHOWN]),
        "edit_url": reverse("coalitions:organisation_edit", args=[pk]) if may_edit else "",
        "add_url": reverse("coalitions:contact_add", args=[pk]) if may_edit else "",
        "position_url": reverse("coalitions:position_add", args=["organizations", pk]) if may_edit else "",
        "may_log": reach_of(request.user).may_log,
    }
    return render(request, "coalitions/organisation_detail.html", context)


def _people_at(request: SignedInRequest, organisation: Organisation) -> list[dict[str, Any]]:
    """Each contact person with the chapters for which they are a grasstops contact, as far as the reader may know."""
    people = list(OrganisationContact.objects.visible_to(request.user).filter(organisation=organisation))
    today = request.user.today(timezone.now())
    rows = Grasstops.objects.visible_to(request.user).in_force(today).filter(contact__in=people)
    known: dict[int, list[Grasstops]] = {}
    for row in rows.select_related("chapter").order_by("chapter__name", "pk"):
        known.setdefault(row.contact_id, []).append(row)
    return [{"person": person, "known_as": known.get(person.pk, [])} for person in people]


def _memberships(request: SignedInRequest, organisation: Organisation) -> CoalitionMemberQuerySet:
    rows = CoalitionMember.objects.visible_to(request.user).filter(organisation=organisation)
    today = request.user.today(timezone.now())
    return rows.in_force(today).select_related("coalition").order_by("coalition__search_text", "pk")


@writing
def organisation_new(request: SignedInRequest) -> HttpResponse:
    if not organisations.may_add(request.user):
        raise Http404
    form = OrganisationForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("The organization is on record. Add somebody we can write to."))
        return redirect(_kept(request, form))
    back = reverse("coalitions:organisation_list")
    context = {"form": form, "organisation": None, "back": back}
    return render(request, "coalitions/organisation_form.html", context)


@writing
def organisation_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), pk=pk)
    form = OrganisationForm(request.POST or None, user=request.user, instance=organisation)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(_kept(request, form))
    context = {"form": form, "organisation": organisation, "back": organisation.get_absolute_url()}
    return render(request, "coalitions/organisation_form.html", context)


def _kept(request: SignedInRequest, form: OrganisationForm) -> Organisation:
    row: Organisation = form.save(commit=False)
    return organisations.keep(row, by=request.user, jurisdictions=form.cleaned_data.get("jurisdictions"))


@writing
def contact_add(request: SignedInRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), pk=pk)
    form = ContactForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        organisations.add_contact(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(organisation)
    return render(request, "coalitions/contact_form.html", {"form": form, "organisation": organisation})
