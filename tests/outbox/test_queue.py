"""How the queue is read: in its order, by its index, on both engines."""

import pytest
from django.db import connection

from advocacy.outbox.models import OutboundMessage
from tests.outbox.posting import NOON

pytestmark = pytest.mark.django_db


def test_the_queue_is_read_in_its_order_and_not_sorted():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = OutboundMessage.objects.due(NOON)[:50].explain()

    assert "outbox_message_due" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
