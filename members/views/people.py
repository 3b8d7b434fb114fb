"""The directory of colleagues, one's own profile, and the terms."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User, UserQuerySet
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from members.access import people_visible_to, reach_of, roles_visible_to, today_for
from members.actions import invitations, people, saved_places
from members.forms.invitations import TermsForm
from members.forms.people import PeopleFilterForm, ProfileForm
from members.models import RoleAssignment, TermsAcceptance
from members.terms import TERMS, TERMS_VERSION

MOST_SUGGESTIONS = 12


@reading
def person_list(request: SignedInRequest) -> HttpResponse:
    form = PeopleFilterForm(request.GET, user=request.user)
    form.is_valid()
    found = _narrowed(people_visible_to(request.user), form, user=request.user)
    page = listing.page(_with_roles(found, user=request.user), request.GET, ("search_text", "pk"))
    context = {
        "form": form,
        "active": active_filters(form, request.GET),
        "page": page,
        "count_label": listing.count_label(listing.counted(found)),
        "may_invite": bool(invitations.invitable_roles(request.user)),
    }
    return render(request, "members/person_list.html", context)


@reading
def person_suggest(request: SignedInRequest) -> JsonResponse:
    """People whose name holds what was typed, for pickers."""
    typed = request.GET.get("q", "")[:100]
    found = people_visible_to(request.user).active().search(typed)
    shown = _with_roles(found, user=request.user)[:MOST_SUGGESTIONS] if typed.strip() else []
    return JsonResponse({"results": [_suggestion(person) for person in shown]})


@reading
def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    today = today_for(request.user)
    roles = roles_visible_to(request.user).filter(person=person).select_related("chapter", "region")
    context = {
        "person": person,
        "roles_now": [role for role in roles if role.is_in_force(today)],
        "roles_ahead": [role for role in roles if role.starts_on > today],
        "roles_past": [role for role in roles if role.ends_on is not None and role.ends_on <= today],
        "is_oneself": person == request.user,
    }
    return render(request, "members/person_detail.html", context)


@writing
def profile(request: SignedInRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        people.update_profile(request.user, by=request.user, **form.cleaned_data)
        with translation.override(request.user.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("members:profile")
    context = {
        "form": form,
        "roles_now": RoleAssignment.objects.filter(person=request.user)
        .in_force(today_for(request.user))
        .select_related("chapter", "region"),
        "has_role": not reach_of(request.user).is_empty,
        "mine": saved_places.my_officials(request.user, today_for(request.user), translation.get_language()),
    }
    return render(request, "members/profile.html", context)


@writing
def terms(request: SignedInRequest) -> HttpResponse:
    form = TermsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitations.accept_terms(request.user, now=timezone.now())
        messages.success(request, _("Thank you. Your agreement is recorded."))
        return redirect("members:terms")
    accepted = TermsAcceptance.objects.filter(person=request.user, version=TERMS_VERSION).first()
    context = {"form": form, "terms": TERMS, "accepted": accepted, "version": TERMS_VERSION}
    return render(request, "members/terms.html", context)


def _suggestion(person: User) -> dict[str, Any]:
    roles: list[RoleAssignment] = person.roles_now  # type: ignore[attr-defined]  # prefetched by _with_roles
    return {"value": person.pk, "label": person.full_name, "hint": ", ".join(map(str, roles))}


def _narrowed(found: UserQuerySet, form: PeopleFilterForm, *, user: User) -> UserQuerySet:
    """A role and a chapter together mean that role in that chapter, in force today."""
    wanted = {name: form.cleaned_data[name] for name in ("role", "chapter") if form.cleaned_data.get(name)}
    if wanted:
        held = RoleAssignment.objects.in_force(today_for(user)).filter(**wanted)
        found = found.filter(pk__in=held.values("person"))
    return found.search(form.cleaned_data.get("q", ""))


def _with_roles(found: UserQuerySet, *, user: User) -> UserQuerySet:
    in_force = roles_visible_to(user).in_force(today_for(user)).select_related("chapter", "region")
    return found.prefetch_related(Prefetch("roles", queryset=in_force, to_attr="roles_now"))
