"""The portal's queue, and workers that empty it."""

import os
import time
from copy import copy

from django.db import connection, transaction
from django.utils import timezone

from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import DeliveryAttempt, MessageState, OutboundMessage
from benchmarks.mail.letters import SENDER, letter
from benchmarks.mail.portal_kind import KIND
from benchmarks.mail.stopwatch import Program

_FRESH = {
    "state": MessageState.PENDING,
    "attempts": 0,
    "fence": 0,
    "maybe_delivered": False,
    "last_code": None,
    "settled_at": None,
}


def post(count: int) -> float:
    """Write so many messages one by one, as the portal does. Returns the seconds it took."""
    now, begun = timezone.now(), time.perf_counter()
    with transaction.atomic():
        for number in range(count):
            to, subject, text, html = letter(number)
            words = Letter(to=to, subject=subject, text=text, html=html, sender=SENDER, why="You joined.")
            messages.post(KIND, words, key=str(number), now=now)
    return time.perf_counter() - begun


def fill(count: int) -> None:
    """So many messages and no others, quickly: copies of one that was posted, each with words of its own."""
    clear()
    post(1)
    one = OutboundMessage.objects.get()
    for first in range(1, count, 1_000):
        numbers = range(first, min(first + 1_000, count))
        OutboundMessage.objects.bulk_create(_copy(one, number) for number in numbers)


def clear() -> None:
    OutboundMessage.objects.all().delete()
    _tidy()


def fresh() -> None:
    """The same messages, as if nobody had ever tried them."""
    DeliveryAttempt.objects.all().delete()
    OutboundMessage.objects.update(**_FRESH)
    _tidy()


def worker(url: str, *, port: int, connections: int) -> Program:
    env = os.environ | {
        "DATABASE_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_CONNECTIONS": str(connections),
    }
    return Program("portal_sender", env=env)


def _copy(one: OutboundMessage, number: int) -> OutboundMessage:
    row = copy(one)
    row.pk, row.key, row.message_id = None, f"{KIND}:{number}", f"<{number}@society.example>"
    row.recipient, row.subject, row.text, row.html = letter(number)
    row.domain = row.recipient.rpartition("@")[2]
    return row


def _tidy() -> None:
    """Each run begins without the leavings of the one before."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (FULL, ANALYZE) outbox_outboundmessage, outbox_deliveryattempt")
