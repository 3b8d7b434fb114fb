"""Leaks that somebody could make tomorrow, each a small patch. The matrix must notice every one of them."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from advocacy.accounts import requests
from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions import duplicates, exports
from advocacy.interactions.admin import InteractionAdmin
from advocacy.interactions.forms import filters
from advocacy.interactions.models import Interaction, visibility
from advocacy.interactions.models.followup import FollowUpQuerySet
from advocacy.interactions.models.impression import ImpressionQuerySet
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.interactions.views import followups, records
from advocacy.outbox.models import KeptMessageQuerySet
from advocacy.portal import errors
from advocacy.portal.home import Desk
from members import access, middleware
from members.models import Chapter, Invitation
from members.models.role import RoleAssignmentQuerySet
from members.permissions import RolesBackend
from members.views import chapters, invitations, people
from tests.access.world import World

Patch = Callable[[pytest.MonkeyPatch, World], None]


@dataclass(frozen=True)
class Leak:
    """What is broken (`plant`), and the slice of the matrix that must see it."""

    name: str
    plant: Patch
    pages: tuple[str, ...]
    actors: tuple[str, ...]
    methods: tuple[str, ...] = ("GET",)
    query: Callable[[World], str] | None = None
    data: Any = None


_leaks: list[Leak] = []


def leak(
    *pages: str,
    to: str | tuple[str, ...],
    by: str = "GET",
    query: Callable[[World], str] | None = None,
    data: Any = None,
) -> Callable[[Patch], Patch]:
    """Name where the leak shows and to whom; the function's name says what it is."""

    def register(plant: Patch) -> Patch:
        actors = (to,) if isinstance(to, str) else to
        name = plant.__name__.replace("_", " ")
        _leaks.append(Leak(name, plant, pages, actors, (by,), query, data))
        return plant

    return register


def everything(rows: Any, *args: Any) -> Any:
    return rows.all()


# --- The rule itself --------------------------------------------------------------------------------------------


@leak("interactions:interaction_detail", to="lead")
def the_lead_reads_restricted_records(patch: pytest.MonkeyPatch, world: World) -> None:
    rule = visibility.readable
    patch.setattr(visibility, "readable", lambda reach: rule(_as_staff(reach) if reach.is_lead else reach))


@leak("interactions:interaction_detail", to="vice chair")
def a_vice_chair_reads_as_an_advocate(patch: pytest.MonkeyPatch, world: World) -> None:
    rule = visibility.readable
    patch.setattr(
        visibility, "readable", lambda reach: rule(_with(reach, advocate_of=reach.advocate_of | reach.reads))
    )


@leak("interactions:interaction_list", to="volunteer A")
def a_volunteer_reads_restricted_records(patch: pytest.MonkeyPatch, world: World) -> None:
    rule = visibility.readable
    patch.setattr(visibility, "readable", lambda reach: rule(_with(reach, advocate_of=reach.logs_for)))


@leak("interactions:interaction_list", to="advocate B")
def chapter_records_are_shared_with_the_state(patch: pytest.MonkeyPatch, world: World) -> None:
    rule = visibility.readable
    patch.setattr(visibility, "readable", lambda reach: rule(reach) | ~_restricted())


@leak("interactions:interaction_list", to="member A")
def a_member_reads_the_whole_chapter(patch: pytest.MonkeyPatch, world: World) -> None:
    rule = visibility.readable
    patch.setattr(visibility, "readable", lambda reach: rule(_with(reach, reads=reach.belongs_to)))


@leak("interactions:interaction_detail", to="advocate B")
def impressions_follow_the_record_alone(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(ImpressionQuerySet, "visible_to", everything)


@leak("interactions:interaction_history", to="president A")
def the_history_of_impressions_is_open(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(ImpressionQuerySet, "visible_to", everything)


@leak("interactions:interaction_detail", to="president A")
def a_deleted_record_opens_by_its_number(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionQuerySet, "kept", everything)


@leak("interactions:interaction_edit", to="advocate A, colleague")
def a_draft_opens_by_its_number(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionQuerySet, "drafts_of", lambda rows, user: rows.filter(state="draft"))


@leak("interactions:draft_list", to="advocate A, colleague")
def drafts_of_the_chapter_stand_on_one_list(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(
        InteractionQuerySet,
        "drafts_of",
        lambda rows, user: rows.filter(state="draft", chapter__in=access.reach_of(user).logs_for),
    )


@leak("interactions:deleted_list", to="president A")
def the_list_of_the_deleted_is_open(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(
        InteractionQuerySet,
        "deleted_and_restorable_by",
        lambda rows, user: rows.filter(deleted_at__isnull=False).filter(
            visibility.readable(access.reach_of(user))
        ),
    )


@leak("interactions:interaction_edit", to="president A")
def whoever_reads_may_edit(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionQuerySet, "editable_by", InteractionQuerySet.visible_to)


@leak("interactions:interaction_delete", to="advocate B", by="POST")
def whoever_reads_may_delete(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionQuerySet, "editable_by", InteractionQuerySet.visible_to)


@leak("interactions:interaction_join", to="advocate B")
def the_door_to_join_is_open(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionQuerySet, "joinable_by", lambda rows, user: rows.logged())


# --- One page that forgets the rule -----------------------------------------------------------------------------


@leak("interactions:interaction_list", to="advocate B")
def the_list_starts_from_the_bare_manager(patch: pytest.MonkeyPatch, world: World) -> None:
    form = filters.LogFilters
    patch.setattr(
        records,
        "filtered",
        lambda request: (
            (bound := form(request.GET, user=request.user)),
            bound.narrow(Interaction.objects.logged()),
        ),
    )


@leak("interactions:interaction_history", to="advocate B")
def the_history_has_no_door(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(records, "get_object_or_404", lambda rows, **key: get_object_or_404(Interaction, **key))


@leak("interactions:interaction_list", to="advocate B")
def the_number_of_results_counts_hidden_records(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(records, "_counts", lambda rows: (Interaction.objects.logged().count(), 0))


@leak("legislation:official_detail", to="advocate D")
def the_timeline_of_an_official_forgets_the_rule(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(
        InteractionQuerySet,
        "with_official",
        lambda rows, official: Interaction.objects.logged().filter(offices__official=official).distinct(),
    )


@leak("members:chapter_detail", to="advocate B")
def the_feed_of_a_chapter_forgets_the_rule(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(
        InteractionQuerySet,
        "credited_to",
        lambda rows, chapter: Interaction.objects.logged().filter(credits__chapter=chapter),
    )


@leak("portal:home", to="member A")
def recent_activity_at_home_forgets_the_rule(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(Desk, "_near", lambda desk: Interaction.objects.logged())


@leak("portal:search", to="advocate D", query=lambda world: "q=canary")
def search_forgets_the_rule(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionQuerySet, "visible_to", lambda rows, user: rows.logged())


@leak("interactions:similar", to="advocate B", query=lambda world: _a_likeness(world))
def the_duplicate_notice_names_hidden_records(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(
        duplicates,
        "resembling",
        lambda **about: (
            Interaction.objects.filter(offices__official__in=about["officials"], deleted_at=None)
            .exclude(confidentiality="shared")
            .distinct()
        ),
    )


@leak("interactions:followup_list", to="president A")
def follow_ups_of_restricted_records_are_listed(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(FollowUpQuerySet, "within", lambda rows, reach: rows.filter(chapter__in=reach.reads))


@leak("interactions:followup_detail", to="advocate C")
def a_follow_up_opens_by_its_number(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(FollowUpQuerySet, "visible_to", everything)


@leak("interactions:followup_complete", to="president A", by="POST")
def whoever_sees_a_follow_up_may_close_it(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(FollowUpQuerySet, "editable_by", FollowUpQuerySet.visible_to)


# --- Files ------------------------------------------------------------------------------------------------------


@leak("interactions:interaction_export", to="advocate A, author")
def the_export_takes_restricted_records_along(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionQuerySet, "exportable", everything)


@leak("interactions:month_file", to="advocate D")
def the_month_takes_every_chapter_along(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(InteractionQuerySet, "within", lambda rows, reach: rows.kept())


@leak("interactions:interaction_export", to="staff")
def the_export_has_a_column_of_impressions(patch: pytest.MonkeyPatch, world: World) -> None:
    columns = exports.log_columns
    patch.setattr(
        exports,
        "log_columns",
        lambda: [
            *columns(),
            ("Impressions", lambda row: getattr(getattr(row, "impression", None), "text", "")),
        ],
    )


@leak("interactions:month_file", to="staff", query=lambda world: "period=2027-02&part=2")
def the_follow_ups_of_the_month_name_restricted_records(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(FollowUpQuerySet, "exportable", everything)


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


LEAKS = tuple(_leaks)


def _as_staff(reach: access.Reach) -> access.Reach:
    return _with(reach, is_staff=True)


def _with(reach: access.Reach, **changes: Any) -> access.Reach:
    return access.Reach(**{**vars(reach), **changes})


def _restricted() -> Any:
    return visibility.Q(confidentiality="restricted")


def _summary_behind(request: Any) -> str:
    key = (request.resolver_match.kwargs if request.resolver_match else {}).get("pk")
    record = Interaction.objects.filter(pk=key).first()
    return record.summary if record else ""


def _stranger(world: World) -> int:
    return world.one("person", "Advocacy volunteer C").pk


def _a_likeness(world: World) -> str:
    official = next(world.of_kind("official")).pk
    chapter = world.places["B"].chapter.pk
    return f"officials={official}&occurred_on=2027-02-09&chapter={chapter}"
