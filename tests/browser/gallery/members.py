"""Chapters, people, invitations, and the meetings of the task force."""

from collections.abc import Callable

from advocacy.accounts.models import User
from members.actions.invitations import token_of
from members.models import Invitation, JurisdictionTeam
from members.taskforce import links
from members.taskforce.models import ActionItem, AgendaItem, Meeting, MeetingInvitation
from tests.browser.gallery.exhibit import VISITOR, Exhibit, first


def _meeting(status: str) -> Callable[[User], int]:
    return first(Meeting, status=status)


def _action_item(user: User) -> int:
    return ActionItem.objects.owned_by(user).unfinished().order_by("pk").first().pk


def _answer_token(user: User) -> str:
    invitation = MeetingInvitation.objects.silent().select_related("meeting", "person").order_by("pk").first()
    return links.token_of(invitation.meeting, invitation.person)


MEMBERS = [
    Exhibit("members:representatives"),
    Exhibit("members:representatives", query="?q=77004", note="a code nobody loaded"),
    Exhibit("members:representatives", query="?q=O1A", note="a code that cannot be"),
    Exhibit("members:chapter_list"),
    Exhibit("members:chapter_detail", "jordan", find=lambda user: "saint-laurent", note="for staff"),
    Exhibit("members:team_detail", find=first(JurisdictionTeam)),
    Exhibit("members:person_list", "jordan"),
    Exhibit("members:person_detail", "jordan", find=first(User, email__startswith="luis")),
    Exhibit("members:profile"),
    Exhibit("members:terms"),
    Exhibit("members:invitation_list", "jordan"),
    Exhibit("members:invitation_create", "jordan"),
    Exhibit(
        "members:invitation_accept", VISITOR, find=lambda user: token_of(Invitation.objects.latest("pk"))
    ),
    Exhibit("members:invitation_accept", VISITOR, find=lambda user: "not-a-token", note="a broken link"),
    Exhibit("taskforce:meeting_list"),
    Exhibit("taskforce:meeting_list", "elise", note="in French"),
    Exhibit("taskforce:meeting_new", "angela"),
    Exhibit("taskforce:meeting_detail", find=_meeting("planned"), note="ahead"),
    Exhibit("taskforce:meeting_detail", "angela", find=_meeting("held"), note="with minutes"),
    Exhibit("taskforce:meeting_change", "angela", find=_meeting("planned")),
    Exhibit("taskforce:meeting_cancel", "angela", find=_meeting("planned")),
    Exhibit("taskforce:meeting_invite", "angela", find=_meeting("planned")),
    Exhibit("taskforce:item_propose", find=_meeting("planned")),
    Exhibit("taskforce:attendance", "angela", find=_meeting("held")),
    Exhibit("taskforce:item_minutes", "angela", find=first(AgendaItem, meeting__status="planned")),
    Exhibit("taskforce:publish", "angela", find=_meeting("planned")),
    Exhibit("taskforce:correct", "angela", find=_meeting("held")),
    Exhibit("taskforce:action_list"),
    Exhibit("taskforce:action_list", "sam", note="nothing to do"),
    Exhibit("taskforce:action_detail", find=_action_item),
    Exhibit("taskforce:answer", VISITOR, find=_answer_token),
    Exhibit("taskforce:answer", VISITOR, find=lambda user: "not-a-token", note="a broken link"),
    Exhibit("taskforce:calendar_list"),
]
