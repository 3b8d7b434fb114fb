"""Leaks about people, walls and refusals that somebody could make tomorrow. The matrix must notice every one."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from advocacy.accounts import requests
from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.admin import InteractionAdmin
from advocacy.interactions.forms import filters
from advocacy.interactions.models import Interaction
from advocacy.interactions.views import followups, records
from advocacy.outbox.models import KeptMessageQuerySet, OutboundMessageQuerySet
from advocacy.portal import errors
from members import access, middleware
from members.models import Chapter, Invitation
from members.models.role import RoleAssignmentQuerySet
from members.permissions import RolesBackend
from members.views import chapters, invitations, people
from tests.access.leak import everything, leak
from tests.access.world import World

# --- People -----------------------------------------------------------------------------------------------------


@leak("members:person_suggest", to="member A")
def the_type_ahead_offers_everybody(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(people, "people_visible_to", lambda user: User.objects.all())


@leak("members:person_detail", to="member A")
def a_profile_opens_by_its_number(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(people, "people_visible_to", lambda user: User.objects.all())


@leak("interactions:interaction_list", to="member A", query=lambda world: f"person={_stranger(world)}")
def a_filter_names_a_hidden_person(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(filters, "people_visible_to", lambda user: User.objects.all())


@leak("members:invitation_list", to="advocate B")
def invitations_of_every_chapter_are_listed(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(invitations, "invitations_visible_to", lambda user: Invitation.objects.all())


@leak("members:chapter_detail", to="advocate D")
def legal_facts_of_a_chapter_are_shown_to_all(patch: pytest.MonkeyPatch, world: World) -> None:
    render = chapters.render
    patch.setattr(
        chapters,
        "render",
        lambda request, page, context: render(request, page, context | {"shows_legal_facts": True}),
    )


@leak("outbox:list", to="advocate B")
def the_mailbox_shows_mail_to_others(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(KeptMessageQuerySet, "visible_to", everything)


@leak("outbox:mine_list", to="staff")
def mail_to_others_is_listed_as_ones_own(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(OutboundMessageQuerySet, "sent_to", everything)


# --- The walls --------------------------------------------------------------------------------------------------


@leak("interactions:interaction_list", to="former advocate A")
def roles_never_end(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(RoleAssignmentQuerySet, "in_force", everything)


@leak("legislation:official_list", to="without a role")
def nobody_asks_for_a_role(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(middleware.RoleInForceMiddleware, "process_view", lambda *args: None)


@leak("interactions:interaction_list", to="staff without a second step")
def nobody_asks_for_the_second_step(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(middleware.SecondFactorMiddleware, "process_view", lambda *args: None)


@leak("members:chapter_list", to=("anonymous", "expired session", "deactivated"))
def nobody_asks_to_sign_in(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(LoginRequiredMiddleware, "process_view", lambda *args: None)


@leak("interactions:interaction_list", to=("president A", "member A"))
def the_reach_of_one_person_is_kept_for_the_next(patch: pytest.MonkeyPatch, world: World) -> None:
    kept: dict[str, Any] = {}

    def first_come(user: User) -> Any:
        user.reach_in_this_request = kept.setdefault("reach", access.compute_reach(user))  # type: ignore[attr-defined]

    patch.setattr(middleware, "keep_reach", first_come)


@leak("interactions:interaction_list", to=("staff", "member A"))
def a_page_is_cached_without_its_reader(patch: pytest.MonkeyPatch, world: World) -> None:
    kept: dict[str, Any] = {}
    draw = records.render
    patch.setattr(
        records, "render", lambda request, *rest: kept.setdefault(request.path, draw(request, *rest))
    )


@leak("admin:interactions_interaction_changelist", to="advocate A, author")
def the_admin_lets_advocates_in(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(RolesBackend, "has_perm", lambda *args, **kwargs: True)
    patch.setattr(RolesBackend, "has_module_perms", lambda *args, **kwargs: True)


@leak("admin:interactions_interaction_changelist", to="staff")
def the_admin_lists_drafts_of_others(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionAdmin, "get_queryset", lambda self, request: Interaction.objects.all())


# --- Denied must look like missing, and change nothing ----------------------------------------------------------


@leak("interactions:interaction_detail", to="advocate B")
def a_hidden_record_is_forbidden_instead_of_missing(patch: pytest.MonkeyPatch, world: World) -> None:
    def forbid(rows: Any, pk: int) -> Any:
        if Interaction.objects.filter(pk=pk).exists() and not rows.filter(pk=pk).exists():
            raise PermissionDenied
        return get_object_or_404(rows, pk=pk)

    patch.setattr(records, "get_object_or_404", forbid)


@leak("interactions:interaction_detail", to="advocate B")
def the_missing_page_quotes_the_record(patch: pytest.MonkeyPatch, world: World) -> None:
    page = errors._page

    def quoting(request: Any, status: int, *rest: Any) -> Any:
        response = page(request, status, *rest)
        response.content += _summary_behind(request).encode()
        return response

    patch.setattr(errors, "_page", quoting)


@leak("interactions:interaction_detail", to="advocate B")
def a_header_quotes_the_record(patch: pytest.MonkeyPatch, world: World) -> None:
    page = errors._page

    def quoting(request: Any, status: int, *rest: Any) -> Any:
        response = page(request, status, *rest)
        response.headers["ETag"] = _summary_behind(request) or "none"
        return response

    patch.setattr(errors, "_page", quoting)


@leak("interactions:interaction_delete", to="advocate B", by="POST")
def a_refusal_leaves_something_behind(patch: pytest.MonkeyPatch, world: World) -> None:
    def noting(rows: Any, pk: int) -> Any:
        if record := Interaction.objects.filter(pk=pk).first():
            trail.record(by=None, verb="looked for", of=record)
        return get_object_or_404(rows, pk=pk)

    patch.setattr(records, "get_object_or_404", noting)


@leak("members:chapter_list", to="advocate B")
def a_look_writes(patch: pytest.MonkeyPatch, world: World) -> None:
    form = chapters.ChapterFilterForm

    def writing_form(*args: Any) -> Any:
        Chapter.objects.filter(slug="gulf-prairie").update(name="Seen")
        return form(*args)

    patch.setattr(requests, "read_only", nullcontext)
    patch.setattr(chapters, "ChapterFilterForm", writing_form)


@leak(
    "interactions:followup_complete",
    to="advocate A, author",
    by="POST",
    data={"next": "https://evil.example/"},
)
def a_button_leads_out_of_the_portal(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(followups, "url_has_allowed_host_and_scheme", lambda *args, **kwargs: True)


def _summary_behind(request: Any) -> str:
    key = (request.resolver_match.kwargs if request.resolver_match else {}).get("pk")
    record = Interaction.objects.filter(pk=key).first()
    return record.summary if record else ""


def _stranger(world: World) -> int:
    return world.one("person", "Advocacy volunteer C").pk
