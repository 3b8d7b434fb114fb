"""The log: contacts, follow-ups, requests to meet, key contacts."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.interactions.models import (
    DoNotContact,
    FollowUp,
    Interaction,
    KeyContact,
    MeetingRequest,
    State,
    SurveyAnswer,
)
from members.models import JurisdictionTeam
from tests.browser.gallery.exhibit import Exhibit, first
from tests.browser.gallery.record import official


def record(**conditions: Any) -> Callable[[User], Any]:
    """The newest record of this kind that the person may correct: with asks, follow-ups and impressions."""
    rows = Interaction.objects.editable_by
    return lambda user: rows(user).filter(state=State.LOGGED, **conditions).order_by("-pk").first().pk


def _draft(user: User) -> int:
    return Interaction.objects.drafts_of(user).order_by("pk").first().pk


def _deleted(user: User) -> int:
    return Interaction.objects.deleted_and_restorable_by(user).order_by("pk").first().pk


def _followup(status: str) -> Callable[[User], int]:
    rows = FollowUp.objects.editable_by
    return lambda user: rows(user).filter(status=status).order_by("pk").first().pk


def _colleagues_record(user: User) -> int:
    """A shared record in which this person did not take part."""
    rows = Interaction.objects.visible_to(user).filter(state=State.LOGGED, confidentiality="shared")
    return rows.exclude(participants__person=user).order_by("-pk").first().pk


def _request(state: str) -> Callable[[User], int]:
    rows = MeetingRequest.objects.visible_to
    return lambda user: rows(user).filter(state=state).order_by("pk").first().pk


def _left_alone(user: User) -> int:
    return DoNotContact.objects.order_by("pk").first().official_id


def _answer(user: User) -> int:
    return SurveyAnswer.objects.reviewable_by(user).order_by("pk").first().pk


def _tie(user: User) -> int:
    return KeyContact.objects.filter(person=user, ends_on=None).order_by("pk").first().pk


def _asking_tie(user: User) -> int:
    today = timezone.localdate()
    return KeyContact.objects.decidable_by(user).asking(today).order_by("pk").first().pk


LOG = [
    Exhibit("interactions:interaction_list", query="?q=health&kind=phone_call", note="filtered"),
    Exhibit("interactions:interaction_list", query="?q=qqqq", note="nothing found"),
    Exhibit("interactions:interaction_list", query="?since=tomorrow", note="a filter nobody can read"),
    Exhibit("interactions:interaction_log", "elise", note="in French"),
    Exhibit("interactions:interaction_log", "sam", note="who does not log"),
    Exhibit("interactions:draft_list"),
    Exhibit("interactions:draft_discard", find=_draft),
    Exhibit("interactions:deleted_list", "jordan"),
    Exhibit("interactions:month_export"),
    Exhibit("interactions:chapter_coverage", find=lambda user: "gulf-prairie"),
    Exhibit(
        "interactions:chapter_coverage",
        find=lambda user: "gulf-prairie",
        query="?standing=strong",
        note="filtered",
    ),
    Exhibit(
        "interactions:chapter_coverage",
        find=lambda user: "gulf-prairie",
        query="?map=lower&sort=-seat",
        note="another layer of the map",
    ),
    Exhibit("interactions:chapter_coverage", "elise", find=lambda user: "saint-laurent", note="in French"),
    Exhibit("interactions:team_coverage", find=first(JurisdictionTeam)),
    Exhibit("interactions:interaction_edit", find=record(asks__isnull=False, impression__isnull=False)),
    Exhibit("interactions:interaction_edit", find=_draft, note="a draft"),
    Exhibit("interactions:interaction_join", find=_colleagues_record),
    Exhibit("interactions:interaction_history", find=record()),
    Exhibit("interactions:interaction_delete", find=record()),
    Exhibit("interactions:interaction_restore", "jordan", find=_deleted),
    Exhibit("interactions:followup_list", query="?show=done&whose=all", note="done"),
    Exhibit("interactions:followup_detail", find=_followup("open")),
    Exhibit("interactions:followup_detail", find=_followup("done"), note="done"),
    Exhibit("interactions:followup_complete", find=_followup("open")),
    Exhibit("interactions:followup_cancel", find=_followup("open")),
    Exhibit("interactions:followup_reopen", find=_followup("done")),
    Exhibit("interactions:request_list", query="?whose=chapters"),
    Exhibit("interactions:request_list", "elise", note="in French"),
    Exhibit("interactions:request_list", query="?state=withdrawn", note="nothing found"),
    Exhibit("interactions:request_detail", find=_request("confirmed")),
    Exhibit("interactions:request_detail", find=_request("no_reply"), note="given up"),
    Exhibit("interactions:write", find=official, query="?what=meeting"),
    Exhibit("interactions:write", "elise", find=official, query="?what=site_visit", note="in French"),
    Exhibit("interactions:write", "sam", find=official, query="?what=call", note="a script"),
    Exhibit("interactions:write", find=_left_alone, note="to be left alone"),
    Exhibit("interactions:do_not_contact_ask", find=official),
    Exhibit("interactions:do_not_contact_lift", "jordan", find=first(DoNotContact)),
    Exhibit("interactions:keep_in_touch", find=official),
    Exhibit("interactions:let_go", find=official),
    Exhibit("interactions:seat_contacts", find=lambda user: ("gulf-prairie", official(user))),
    Exhibit("interactions:key_contact_end", find=_tie),
    Exhibit("interactions:survey"),
    Exhibit("interactions:survey", "sam"),
    Exhibit("interactions:survey_review"),
    Exhibit("interactions:survey_answer_decide", find=_answer),
    Exhibit("interactions:chapter_hand_over", find=lambda user: "gulf-prairie"),
    Exhibit("interactions:key_contact_answer", find=_asking_tie),
]
