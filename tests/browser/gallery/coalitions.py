"""Sign-on letters and partners."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.coalitions import links as sign_on_links
from advocacy.coalitions.models import (
    Coalition,
    Grasstops,
    Organisation,
    Presence,
    SignOnInvitation,
    SignOnLetter,
    Touch,
)
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


def _with_partners(user: User) -> int:
    """A contact of the log at which a partner was named."""
    return Presence.objects.visible_to(user).order_by("pk").values_list("interaction", flat=True).first()


_PARTNERS = [
    Exhibit("coalitions:coalition_list"),
    Exhibit("coalitions:coalition_detail", find=first(Coalition)),
    Exhibit("coalitions:coalition_detail", "elise", find=first(Coalition, chapter=None), note="in French"),
    Exhibit("coalitions:coalition_new"),
    Exhibit("coalitions:coalition_edit", find=first(Coalition)),
    Exhibit("coalitions:coalition_members", find=first(Coalition)),
    Exhibit(
        "coalitions:position_add",
        find=lambda user: ("coalitions", Coalition.objects.order_by("pk").first().pk),
    ),
    Exhibit("coalitions:grasstops_list"),
    Exhibit("coalitions:grasstops_detail", find=first(Grasstops)),
    Exhibit("coalitions:grasstops_new"),
    Exhibit("coalitions:grasstops_edit", find=first(Grasstops)),
    Exhibit("coalitions:grasstops_reach", find=first(Grasstops)),
    Exhibit("coalitions:touch_log"),
    Exhibit("coalitions:touch_edit", find=first(Touch)),
    Exhibit("coalitions:presences", find=_with_partners),
    Exhibit("interactions:interaction_detail", find=_with_partners, note="with partners"),
]
COALITIONS = [
    *_PARTNERS,
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
