"""Plants an API token, a webhook and what it was told, of one advocate."""

from datetime import timedelta

from advocacy.api.models import ApiToken, WebhookDelivery, WebhookEndpoint, WebhookEvent
from tests.access.canaries import Nest
from tests.access.world import Thing, World
from tests.cast import NOW


def plant_api(world: World) -> None:
    owner = world.actors["advocate A, author"]
    assert owner.user is not None
    nest = Nest("API token")
    token = ApiToken.objects.create(
        owner=owner.user,
        name=nest.text("name")[:80],
        prefix="cap_12345678",
        digest="x" * 64,
        scopes=["log:read"],
        created_at=NOW,
        expires_at=NOW + timedelta(days=90),
    )
    world.add(Thing("API token", token.pk, owner.name, words=nest.words, owner=owner.name))
    webhook = WebhookEndpoint.objects.create(
        owner=owner.user,
        url="https://hooks.example.org/planted",
        events=["interaction.logged"],
        created_at=NOW,
    )
    world.add(Thing("webhook", webhook.pk, owner.name, owner=owner.name))
    event = WebhookEvent.objects.create(kind="interaction.logged", subject=1, at=NOW, spread_at=NOW)
    told = WebhookDelivery.objects.create(
        endpoint=webhook, event=event, payload="{}", state="delivered", attempts=1, last_at=NOW, last_code=200
    )
    world.add(Thing("webhook delivery", told.pk, owner.name, owner=owner.name))
