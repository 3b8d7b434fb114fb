"""Mail as rows: what is to be sent, what was tried, whom to leave alone."""

from advocacy.outbox.models.attempt import DeliveryAttempt, DeliveryAttemptQuerySet, Phase
from advocacy.outbox.models.event import DeliveryEvent, DeliveryEventQuerySet, EventKind
from advocacy.outbox.models.installation import Installation
from advocacy.outbox.models.kept import KEPT_FOR, KeptMessage, KeptMessageQuerySet
from advocacy.outbox.models.message import (
    FINAL,
    IN_HAND,
    NOT_DELIVERED,
    SIGNATURE,
    WAITING,
    Answer,
    MessageState,
    OutboundMessage,
    OutboundMessageQuerySet,
)
from advocacy.outbox.models.preference import MailPreference, MailPreferenceQuerySet
from advocacy.outbox.models.rate import EVERYTHING, Lane
from advocacy.outbox.models.suppression import (
    Reason,
    Suppression,
    SuppressionQuerySet,
    fingerprint_of,
)

__all__ = [
    "EVERYTHING",
    "FINAL",
    "IN_HAND",
    "KEPT_FOR",
    "NOT_DELIVERED",
    "SIGNATURE",
    "WAITING",
    "Answer",
    "DeliveryAttempt",
    "DeliveryAttemptQuerySet",
    "DeliveryEvent",
    "DeliveryEventQuerySet",
    "EventKind",
    "Installation",
    "KeptMessage",
    "KeptMessageQuerySet",
    "Lane",
    "MailPreference",
    "MailPreferenceQuerySet",
    "MessageState",
    "OutboundMessage",
    "OutboundMessageQuerySet",
    "Phase",
    "Reason",
    "Suppression",
    "SuppressionQuerySet",
    "fingerprint_of",
]
