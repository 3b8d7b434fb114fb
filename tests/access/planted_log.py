"""Leaks of the log that somebody could make tomorrow, each a small patch. The matrix must notice every one of them."""

from typing import Any

import pytest
from django.shortcuts import get_object_or_404

from advocacy.interactions import duplicates, exports
from advocacy.interactions.forms import filters
from advocacy.interactions.models import Interaction, visibility
from advocacy.interactions.models.followup import FollowUpQuerySet
from advocacy.interactions.models.impression import ImpressionQuerySet
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.interactions.models.meeting_request import MeetingRequestQuerySet
from advocacy.interactions.views import records
from advocacy.portal.home import Desk
from members import access
from tests.access.leak import everything, leak
from tests.access.world import World

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


# --- Meeting requests -------------------------------------------------------------------------------------------


@leak("interactions:request_list", to="advocate C")
def meeting_requests_of_every_chapter_are_listed(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(MeetingRequestQuerySet, "visible_to", everything)


@leak("interactions:request_detail", to="member A")
def a_member_reads_the_requests_of_the_chapter(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(
        MeetingRequestQuerySet,
        "visible_to",
        lambda rows, user: rows.filter(chapter__in=access.reach_of(user).belongs_to),
    )


@leak("interactions:request_detail", to="president A", by="POST")
def whoever_reads_a_request_may_move_it(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(MeetingRequestQuerySet, "editable_by", MeetingRequestQuerySet.visible_to)


@leak("legislation:official_detail", to="advocate D")
def a_profile_shows_the_requests_of_others(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(MeetingRequestQuerySet, "visible_to", everything)


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


def _as_staff(reach: access.Reach) -> access.Reach:
    return _with(reach, is_staff=True)


def _with(reach: access.Reach, **changes: Any) -> access.Reach:
    return access.Reach(**{**vars(reach), **changes})


def _restricted() -> Any:
    return visibility.Q(confidentiality="restricted")


def _a_likeness(world: World) -> str:
    official = next(world.of_kind("official")).pk
    chapter = world.places["B"].chapter.pk
    return f"officials={official}&occurred_on=2027-02-09&chapter={chapter}"
