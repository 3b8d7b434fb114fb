"""Sign-on letters and partner organisations."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.coalitions import links as sign_on_links
from advocacy.coalitions.models import Organisation, SignOnInvitation, SignOnLetter
from tests.browser.gallery.exhibit import VISITOR, Exhibit, first


def _letter_of_ours(user: User) -> int:
    """Open, signed by us, with answers."""
    rows = SignOnLetter.objects.editable_by(user).filter(lead=None).running(timezone.now())
    return rows.order_by("pk").first().pk


def _letter_to_decide(user: User) -> int:
    return SignOnLetter.objects.decidable_by(user).undecided().order_by("pk").first().pk


def _letter_over(user: User) -> int:
    rows = SignOnLetter.objects.editable_by(user).shown_as("locked", timezone.now())
    return rows.order_by("pk").first().pk


def _late_invitation(user: User) -> int:
    over = SignOnLetter.objects.shown_as("locked", timezone.now())
    return SignOnInvitation.objects.silent().filter(letter__in=over).order_by("pk").first().pk


def _partner_link(answer: str, status: str) -> Callable[[User], Any]:
    def find(user: User) -> tuple[str, str]:
        rows = SignOnInvitation.objects.filter(answer=answer, letter__status=status)
        invitation = rows.select_related("contact").order_by("pk").first()
        return invitation.contact.language, sign_on_links.token_of(invitation)

    return find


COALITIONS = [
    Exhibit("coalitions:letter_list"),
    Exhibit("coalitions:letter_list", "elise", note="in French"),
    Exhibit("coalitions:letter_detail", find=_letter_of_ours),
    Exhibit("coalitions:letter_detail", "jordan", find=_letter_to_decide, note="waiting"),
    Exhibit("coalitions:letter_detail", "elise", find=first(SignOnLetter, status="sent"), note="sent"),
    Exhibit("coalitions:letter_new"),
    Exhibit("coalitions:letter_edit", find=_letter_of_ours),
    Exhibit("coalitions:letter_decide", "jordan", find=_letter_to_decide),
    Exhibit("coalitions:letter_invite", find=_letter_of_ours),
    Exhibit("coalitions:letter_step", "luis", find=lambda user: (_letter_over(user), "send")),
    Exhibit("coalitions:invitation_late", "jordan", find=_late_invitation),
    Exhibit("coalitions:organisation_list"),
    Exhibit("coalitions:organisation_new"),
    Exhibit("coalitions:organisation_detail", find=first(Organisation)),
    Exhibit("coalitions:organisation_edit", find=first(Organisation)),
    Exhibit("coalitions:contact_add", find=first(Organisation)),
    Exhibit("coalitions:partner", VISITOR, find=_partner_link("", "open")),
    Exhibit("coalitions:partner", VISITOR, find=_partner_link("sign", "sent"), note="sent, in French"),
    Exhibit("coalitions:partner", VISITOR, find=lambda user: ("en", "no-such-token"), note="no link"),
]
