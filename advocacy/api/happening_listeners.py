"""What webhooks hear of."""

from advocacy.api.actions import events
from advocacy.kernel import happenings

happenings.listeners.register("webhooks")(events.note)
