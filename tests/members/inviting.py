"""Ada is invited, and what she fills in to accept."""

from typing import Any

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from members.actions import invitations
from members.models import Invitation, Role, RoleAssignment, TermsAcceptance
from members.terms import TERM_KEYS
from tests.cast import TODAY, Cast

NEWCOMER = {
    "full_name": "Ada New",
    "language": "en",
    "time_zone": "America/Chicago",
    "password": "a quiet heron, wading",
    "password_again": "a quiet heron, wading",
}
SAME_AS_NAME = dict.fromkeys(("full_name", "password", "password_again"), "Adelaide Newcombe")
TICKED = dict.fromkeys(TERM_KEYS, "on")


def invite(cast: Cast, **fields: Any) -> Invitation:
    """Chris, president of Gulf Prairie, nominates ada@example.org as its advocate."""
    nomination = {
        "by": cast.chris,
        "email": "ada@example.org",
        "full_name": "Ada New",
        "role": Role.ADVOCATE,
        "chapter": cast.gulf_prairie,
        "starts_on": TODAY,
        "now": timezone.now(),
    }
    return invitations.invite(**(nomination | fields))


def link(invitation: Invitation) -> str:
    return reverse("members:invitation_accept", args=[invitations.token_of(invitation)])


def everything() -> list[int]:
    tables = (User, EmailAddress, Invitation, RoleAssignment, TermsAcceptance, Entry)
    return [table.objects.count() for table in tables]
