"""What may have changed between the writing of campaign mail and its leaving: asked just before it goes."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.outbox.models import OutboundMessage
from campaigns import approval, consent_state
from campaigns.models import (
    ASKS,
    Campaign,
    Contact,
    Participation,
    ParticipationState,
    Recipient,
    Status,
)

# A paused campaign's mail is held in its lane: it is not lost.
_MAY_ASK = (Status.LIVE, Status.PAUSED)


def changed(found: Collection[OutboundMessage]) -> dict[int, str]:
    """Which of these messages may not go after all, and why. The number of queries does not grow with them."""
    rows = Recipient.objects.filter(message__in=[message.pk for message in found])
    groups: defaultdict[tuple[int, bool], list[Recipient]] = defaultdict(list)
    for row in rows.select_related("mailing__campaign__chapter", "contact", "contact__user"):
        groups[row.mailing.campaign_id, row.mailing.purpose in ASKS].append(row)
    refused: dict[int, str] = {}
    for (_campaign, is_ask), group in groups.items():
        why = dict(_reasons(group[0].mailing.campaign, group, is_ask=is_ask, now=timezone.now()))
        refused |= {
            row.message_id: why[row.contact_id] for row in group if row.message_id and row.contact_id in why
        }
    return refused


def _reasons(
    campaign: Campaign, rows: Collection[Recipient], *, is_ask: bool, now: datetime
) -> Iterator[tuple[int, str]]:
    """The contacts who are left alone after all; the last reason said counts."""
    contacts = [row.contact for row in rows]
    if is_ask:
        yield from _acted(contacts, campaign)
    for pk, state in consent_state.states(contacts, campaign.chapter, now).items():
        if not state.may_be_asked:
            yield pk, _("Consent ended after this was written.")
    yield from (
        (contact.pk, _("The person asked to be forgotten.")) for contact in contacts if contact.is_erased
    )
    if why := _why_not(campaign, rows, is_ask=is_ask):
        yield from ((contact.pk, why) for contact in contacts)


def _why_not(campaign: Campaign, rows: Collection[Recipient], *, is_ask: bool) -> str:
    if is_ask and campaign.status not in _MAY_ASK:
        return _("The campaign is not live any more.")
    revision = approval.of(campaign)
    if revision is None:
        return _("Nobody else has approved it.")
    if is_ask and any(row.mailing.revision_id != revision.pk for row in rows):
        return _("It was written under another version than the approved one.")
    if is_ask and not approval.holds_positions(campaign, revision.content):
        return _("The position under which it was approved has changed.")
    return ""


def _acted(contacts: Collection[Contact], campaign: Campaign) -> Iterator[tuple[int, str]]:
    rows = Participation.objects.filter(campaign=campaign, contact__in=[contact.pk for contact in contacts])
    for pk in rows.exclude(state=ParticipationState.REFUSED).values_list("contact_id", flat=True):
        yield pk, _("Took part in the meantime.")
