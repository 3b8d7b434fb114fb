"""Many at once: the same form from two windows, the same person with two forms, are one participation."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from campaigns.actions import letters
from campaigns.actions.letters import Act
from campaigns.gate.verdict import Verdict
from campaigns.models import Campaign, Contact, GateDecision, Letter, Participation
from tests.campaigns.acting import live_in_houston
from tests.campaigns.test_letters import act_of
from tests.cast import NOW, Cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="threads share no database in memory; its writers take turns"
    ),
]
AT_ONCE = 6


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_in_houston(cast)


def sent_together(act: Act, key_of: Callable[[int], str]) -> list[str]:
    """What each got: the number of letters it brought, or what went wrong."""
    together, answers = threading.Barrier(AT_ONCE), list[str]()

    def send(number: int) -> None:
        together.wait()
        try:
            sent = letters.send(act, verdict=Verdict(GateDecision.PASS, (), key_of(number)), now=NOW)
            answers.append(str(len(sent.letters)))
        except Exception as problem:
            answers.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def counts() -> tuple[int, int, int]:
    contacts = Contact.objects.filter(email="jane@example.org").count()
    return contacts, Participation.objects.count(), Letter.objects.count()


def test_one_form_sent_by_many_windows_is_one_act_with_one_receipt(campaign: Campaign):
    assert sent_together(act_of(campaign), lambda number: "one") == ["1"] * AT_ONCE
    assert counts() == (1, 1, 1)


def test_one_person_with_many_forms_counts_once(campaign: Campaign):
    assert sent_together(act_of(campaign), lambda number: f"key {number}") == ["0"] * (AT_ONCE - 1) + ["1"]
    assert counts() == (1, 1, 1)
