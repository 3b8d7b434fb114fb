"""What is forgotten when."""

from datetime import timedelta

import pytest

from advocacy.outbox import retention
from advocacy.outbox.models import DeliveryAttempt, MessageState, OutboundMessage
from tests.outbox.posting import LETTER, NOON, ONCE, now_of, posted

pytestmark = pytest.mark.django_db


def settled(of: str, *, days: int) -> OutboundMessage:
    message = posted(of=of, key=f"{of}:{days}")
    values = {"state": MessageState.SENT, "settled_at": NOON - timedelta(days=days)}
    OutboundMessage.objects.filter(pk=message.pk).update(**values)
    return message


def test_texts_are_forgotten_after_ninety_days_and_letters_after_thirty():
    rows = [
        settled(ONCE, days=91),
        settled(ONCE, days=89),
        settled(LETTER, days=31),
        settled(LETTER, days=29),
    ]
    waiting = posted(key="waiting", now=NOON - timedelta(days=200), expires_at=NOON + timedelta(days=1))

    first, second = retention.forget(now=NOON), retention.forget(now=NOON)

    assert [bool(now_of(row).text) for row in rows] == [False, True, False, True]
    assert now_of(waiting).text
    assert (first, second) == ((2, 0), (0, 0))


def test_tries_are_forgotten_after_thirteen_months():
    message = posted()
    for days in (397, 395):
        DeliveryAttempt.objects.create(
            message=message,
            number=1,
            at=NOON - timedelta(days=days),
            carrier="x",
            phase="done",
            milliseconds=1,
        )

    assert retention.forget(now=NOON) == (0, 1)
    assert DeliveryAttempt.objects.get().at == NOON - timedelta(days=395)
