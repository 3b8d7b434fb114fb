"""The first page, the search, and the pages of the API for people."""

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.api.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from tests.browser.gallery.exhibit import VISITOR, Exhibit


def _webhook(user: User) -> int:
    """One that was told something, and something else that waits."""
    webhook = WebhookEndpoint.objects.create(
        owner=user,
        url="https://hooks.example.org/portal",
        events=["interaction.logged"],
        created_at=timezone.now(),
    )
    for state, next_at in (("delivered", None), ("waiting", timezone.now())):
        event = WebhookEvent.objects.create(kind="interaction.logged", subject=1, at=timezone.now())
        WebhookDelivery.objects.create(
            endpoint=webhook, event=event, payload="{}", state=state, next_at=next_at, last_code=200
        )
    return webhook.pk


PORTAL = [
    Exhibit("portal:home", "elise", note="in French"),
    Exhibit("portal:home", "sam"),
    Exhibit("portal:home", "angela"),
    Exhibit("portal:home", "jordan"),
    Exhibit("portal:offline"),
    Exhibit("portal:search"),
    Exhibit("portal:search", query="?q=health"),
    Exhibit("portal:search", query="?q=qqqq", note="nothing found"),
]
API = [
    Exhibit("api:token_list"),
    Exhibit("api:webhook_list"),
    Exhibit("api:webhook_detail", find=_webhook),
    Exhibit("api:reference", VISITOR),
]
