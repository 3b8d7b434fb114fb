"""The mail to partners: at most once each, and not at all where it has become pointless meanwhile."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.coalitions import mail
from advocacy.coalitions.models import Decision, SignOnInvitation
from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream

_GONE, _OVER = "The invitation was taken back.", "We are not collecting signatures any more."
_ANSWERED, _MOVED = "The partner has answered.", "The deadline moved."


def _in_force(invitation: SignOnInvitation | None) -> str:
    if invitation is None:
        return _GONE
    letter = invitation.letter
    is_asking = letter.decision == Decision.SIGN and not letter.is_locked(timezone.now())
    return "" if is_asking else _OVER


def _invitations(keys: Collection[int]) -> dict[int, SignOnInvitation]:
    return SignOnInvitation.objects.select_related("letter").in_bulk(keys)


def _pointless_invitations(messages: Collection[OutboundMessage]) -> dict[int, str]:
    meant = {message.pk: int(message.key.rsplit(":", 2)[1]) for message in messages}
    found = _invitations(set(meant.values()))
    reasons = {pk: _in_force(found.get(key)) for pk, key in meant.items()}
    return {pk: reason for pk, reason in reasons.items() if reason}


def _pointless_reminders(messages: Collection[OutboundMessage]) -> dict[int, str]:
    meant = {message.pk: mail.Reminded.parse(message.key) for message in messages}
    found = _invitations({one.invitation for one in meant.values()})
    reasons = {}
    for pk, one in meant.items():
        invitation = found.get(one.invitation)
        reason = _in_force(invitation)
        if invitation and not reason and invitation.answer:
            reason = _ANSWERED
        elif invitation and not reason and one != mail.Reminded.of(invitation, one.which):
            reason = _MOVED
        if reason:
            reasons[pk] = reason
    return reasons


kind(
    mail.INVITATION,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.CAMPAIGN,
        "coalitions",
        label=_("Invitation to sign a letter"),
        lives_for=timedelta(days=5),
        refusals=_pointless_invitations,
    ),
)
kind(
    mail.REMINDER,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.CAMPAIGN,
        "coalitions",
        label=_("Reminder to sign a letter"),
        refusals=_pointless_reminders,
    ),
)
