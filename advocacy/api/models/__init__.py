from advocacy.api.models.answer import KeptAnswer
from advocacy.api.models.delivery import DeliveryState, WebhookDelivery, WebhookEvent
from advocacy.api.models.endpoint import EventKind, WebhookEndpoint
from advocacy.api.models.token import ApiToken, Scope

__all__ = [
    "ApiToken",
    "DeliveryState",
    "EventKind",
    "KeptAnswer",
    "Scope",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
]
