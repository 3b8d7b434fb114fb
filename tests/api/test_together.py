"""Two at once: of two requests that would each be the last that is allowed, one is."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from advocacy.api.actions import endpoints, tokens
from advocacy.api.models import ApiToken, WebhookEndpoint
from tests.api.asking import token_of
from tests.cast import NOW, Cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="threads share no database in memory; its writers take turns"
    ),
]
AT_ONCE = 4


def together(act: Callable[[int], object]) -> list[str]:
    """What each got: `made`, or the name of what refused it."""
    start, answers = Barrier(AT_ONCE), list[str]()

    def race(number: int) -> None:
        start.wait()
        try:
            act(number)
            answers.append("made")
        except Exception as refused:
            answers.append(type(refused).__name__)
        finally:
            connection.close()

    racers = [Thread(target=race, args=(number,)) for number in range(AT_ONCE)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return sorted(answers)


def test_of_many_who_make_the_twentieth_token_one_does(cast: Cast):
    for _number in range(tokens.MOST_OF_ONE_PERSON - 1):
        token_of(cast.dana)

    assert together(lambda number: token_of(cast.dana)) == ["TooMany"] * (AT_ONCE - 1) + ["made"]
    assert ApiToken.objects.count() == tokens.MOST_OF_ONE_PERSON


def test_of_many_who_add_the_tenth_webhook_one_does(cast: Cast):
    def add(name: object) -> None:
        url = f"https://hooks.example.org/{name}"
        endpoints.make(by=cast.dana, url=url, events=["measure.changed"], now=NOW)

    for number in range(endpoints.MOST_OF_ONE_PERSON - 1):
        add(f"before-{number}")

    assert together(add) == ["Refused"] * (AT_ONCE - 1) + ["made"]
    assert WebhookEndpoint.objects.count() == endpoints.MOST_OF_ONE_PERSON
