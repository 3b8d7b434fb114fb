"""A message to everybody, as it stands in the outbox."""

from django.utils import timezone

from advocacy.outbox.models import MessageState, OutboundMessage
from advocacy.outbox.streams import Stream
from tests.access.canaries import Nest
from tests.access.world import Thing, World

_TYPICAL = {"member A", "advocate A, author", "staff"}


def plant_mail(world: World) -> None:
    now = timezone.now()
    for actor in world.actors.values():
        if actor.user is None:
            continue
        nest = Nest(f"letter to {actor.name}")
        row = OutboundMessage.objects.create(
            key=f"canary:{actor.name}",
            kind="canary",
            stream=Stream.DUTY,
            user=actor.user,
            why=nest.text("why"),
            identity="reminders",
            sender="Portal <portal@example.org>",
            recipient=actor.user.email,
            domain="example.org",
            subject=nest.text("subject"),
            text=nest.text("text"),
            message_id=f"<{actor.user.pk}@canary>",
            priority=50,
            created_at=now,
            not_before=now,
            expires_at=now,
            state=MessageState.SENT,
            settled_at=now,
        )
        world.fields |= nest.fields
        known = {"words": nest.words, "owner": actor.name, "is_typical": actor.name in _TYPICAL}
        world.add(Thing("letter", row.pk, actor.name, **known))
