"""Ringing for a worker: once for each transaction that leaves mail in the queue."""

from contextlib import suppress

import pytest
from django.db import transaction

from advocacy.outbox import bell
from tests.outbox.posting import posted

pytestmark = pytest.mark.django_db


def test_a_transaction_rings_once_for_all_its_messages(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as bells:
        for number in range(3):
            posted(f"person{number}@example.org")

    assert bells == [bell.ring]


def test_a_bell_that_was_taken_back_is_rung_for_the_next_message(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as bells:
        with suppress(LookupError), transaction.atomic():
            posted("first@example.org")
            raise LookupError
        posted("second@example.org")

    assert bells == [bell.ring]
