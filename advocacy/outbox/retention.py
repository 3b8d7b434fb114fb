"""What is forgotten when (RELIABILITY.md §9.4): texts after ninety days, letters' sooner, tries after a year."""

from datetime import datetime, timedelta

from django.db.models import Q

from advocacy.outbox.models import FINAL, DeliveryAttempt, DeliveryEvent, OutboundMessage
from advocacy.outbox.streams import Stream

TEXTS_FOR, LETTERS_FOR, TRIES_FOR = timedelta(days=90), timedelta(days=30), timedelta(days=396)
_BUNDLE = 1_000


def forget(*, now: datetime) -> tuple[int, int]:
    """Empty old texts and drop old tries, in bundles. Returns how many of each. That a message went is kept."""
    old = Q(settled_at__lt=now - TEXTS_FOR) | Q(stream=Stream.LETTER, settled_at__lt=now - LETTERS_FOR)
    texts = OutboundMessage.objects.filter(old, state__in=FINAL).exclude(text="", html="", attachments=[])
    tries = DeliveryAttempt.objects.filter(at__lt=now - TRIES_FOR)
    emptied = dropped = 0
    while keys := list(texts.order_by("pk").values_list("pk", flat=True)[:_BUNDLE]):
        emptied += OutboundMessage.objects.filter(pk__in=keys).update(text="", html="", attachments=[])
    while keys := list(tries.order_by("pk").values_list("pk", flat=True)[:_BUNDLE]):
        dropped += DeliveryAttempt.objects.filter(pk__in=keys).delete()[0]
    DeliveryEvent.objects.filter(noted_at__lt=now - TRIES_FOR).delete()
    return emptied, dropped
