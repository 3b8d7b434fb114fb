"""Many messages written at once are the same rows as if each had been written by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.outbox.actions import messages, preferences, suppressions
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import OutboundMessage, Reason
from advocacy.outbox.streams import Stream
from tests.cast import Cast
from tests.factories.people import UserFactory
from tests.outbox.posting import ASK, NOON, ONCE

pytestmark = pytest.mark.django_db
BY_CHANCE = {"id", "message_id", "key"}


def letter(to: str, **fields: Any) -> Letter:
    return Letter(to=to, subject="Write today", text="In plain text.", html="<body>In HTML.</body>", **fields)


def rows(prefix: str) -> list[dict[str, Any]]:
    found = OutboundMessage.objects.filter(key__contains=f":{prefix}").order_by("recipient").values()
    return [{name: value for name, value in row.items() if name not in BY_CHANCE} for row in found]


def everybody(cast: Cast) -> dict[str, Letter]:
    """A stranger, a person who switched campaigns off, a suppressed address, and one in capitals."""
    preferences.switch_off(cast.luis, Stream.CAMPAIGN, now=NOON, how="by hand")
    suppressions.add("gone@example.org", reason=Reason.HARD_BOUNCE, evidence="550", now=NOON)
    to = ["stranger@example.org", cast.luis.email, "gone@example.org", cast.dana.email.upper()]
    return {address: letter(address, scope="campaign:7", why="You are on a list.") for address in to}


def test_they_are_the_rows_that_one_by_one_would_give(cast: Cast):
    letters = everybody(cast)

    messages.post_all(ASK, {f"all {key}": one for key, one in letters.items()}, now=NOON)
    for key, one in letters.items():
        messages.post(ASK, one, key=f"one {key}", now=NOON)

    assert rows("all") == rows("one")
    assert [(row["recipient"], row["state"], row["user_id"]) for row in rows("all")] == [
        ("dana.whitfield@example.org", "pending", cast.dana.pk),
        ("gone@example.org", "suppressed", None),
        ("luis.ortega@example.org", "cancelled", cast.luis.pk),
        ("stranger@example.org", "pending", None),
    ]


def test_those_of_a_weekly_bundle_wait_for_monday(cast: Cast):
    preferences.bundle(cast.dana, weekly=True, now=NOON, how="by hand")

    messages.post_all(ONCE, {"d": letter(cast.dana.email), "l": letter(cast.luis.email)}, now=NOON)

    held = OutboundMessage.objects.order_by("recipient").values_list("recipient", "is_held")
    assert list(held) == [(cast.dana.email, True), (cast.luis.email, False)]


def test_a_key_that_is_there_gives_the_message_that_was_written_then(cast: Cast):
    first = messages.post(ASK, letter("a@example.org"), key="a", now=NOON)

    letters = {"a": letter("a@example.org"), "b": letter("b@example.org")}
    found = messages.post_all(ASK, letters, now=NOON + timedelta(hours=1))

    assert found["a"] == first
    assert found["a"].created_at == NOON
    assert OutboundMessage.objects.count() == 2


def test_one_bad_address_and_nothing_is_written(cast: Cast):
    with pytest.raises(ValidationError):
        messages.post_all(ASK, {"a": letter("a@example.org"), "b": letter("no address")}, now=NOON)

    assert not OutboundMessage.objects.exists()


def test_the_questions_do_not_grow_with_the_messages(cast: Cast):
    def queries(count: int) -> int:
        people = UserFactory.create_batch(count)
        letters = {f"{count}.{one.pk}": letter(one.email) for one in people}
        with CaptureQueriesContext(connection) as found:
            messages.post_all(ASK, letters, now=NOON)
        return len(found)

    assert queries(3) == queries(30)
