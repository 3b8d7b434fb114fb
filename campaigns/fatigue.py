"""Who is left alone because they acted, or were asked a few days ago: what only this room knows of an audience."""

from collections.abc import Collection
from datetime import datetime

from advocacy.outbox.models import NOT_DELIVERED
from campaigns.audience import ONE_ASK_IN, SkipReason, answers
from campaigns.models import ASKS, Campaign, Contact, Participation, ParticipationState, Recipient


@answers(SkipReason.ACTED_ALREADY)
def acted_already(contacts: Collection[Contact], campaign: Campaign, now: datetime) -> Collection[int]:
    """Whoever took part is not asked again; what staff refused was nobody's act."""
    rows = Participation.objects.filter(campaign=campaign, contact__in=_keys(contacts))
    return set(rows.exclude(state=ParticipationState.REFUSED).order_by().values_list("contact_id", flat=True))


@answers(SkipReason.ASKED_LATELY)
def asked_lately(contacts: Collection[Contact], campaign: Campaign, now: datetime) -> Collection[int]:
    """Asked by another campaign within seven days. What was never delivered asked nobody."""
    rows = (
        Recipient.objects.written_to()
        .filter(contact__in=_keys(contacts), decided_at__gt=now - ONE_ASK_IN, mailing__purpose__in=ASKS)
        .exclude(mailing__campaign=campaign)
        .exclude(message__state__in=NOT_DELIVERED)
    )
    return set(rows.order_by().values_list("contact_id", flat=True))


def _keys(contacts: Collection[Contact]) -> list[int]:
    return [contact.pk for contact in contacts]
