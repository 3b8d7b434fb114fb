"""The puzzle for the browser: ours, in time, answered rightly, and used once."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from campaigns.gate import proof_of_work
from campaigns.gate.proof_of_work import Work
from campaigns.models import SpentChallenge
from campaigns.tasks import forget_puzzles
from tests.campaigns.passing import puzzle_solved
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")
TEN_MINUTES = timedelta(minutes=10)


def changed(answer: str, **solution: Any) -> str:
    payload = json.loads(base64.b64decode(answer))
    payload["solution"] |= solution
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a_right_answer_in_time_is_taken():
    solved = proof_of_work.check(puzzle_solved(), now=NOW)

    assert solved.work is Work.DONE
    assert solved.expires_at == NOW + TEN_MINUTES


def test_the_answer_is_found_within_the_numbers_that_the_browser_tries():
    puzzle = proof_of_work.challenge(now=NOW)
    found = json.loads(base64.b64decode(proof_of_work.answer_to(puzzle)))["solution"]

    assert 150 <= found["counter"] < puzzle["parameters"]["data"]["most"] == 500


def test_after_ten_minutes_it_is_too_late(clock: time_machine.Traveller):
    answer = puzzle_solved()

    assert proof_of_work.check(answer, now=NOW + TEN_MINUTES).work is Work.DONE
    clock.move_to(NOW + TEN_MINUTES + timedelta(seconds=1))
    assert proof_of_work.check(answer, now=NOW + TEN_MINUTES + timedelta(seconds=1)).work is Work.EXPIRED


def test_another_number_key_or_date_is_refused():
    answer = puzzle_solved()
    payload = json.loads(base64.b64decode(answer))
    payload["challenge"]["parameters"]["expiresAt"] += 3600
    prolonged = base64.b64encode(json.dumps(payload).encode()).decode()

    assert proof_of_work.check(changed(answer, derivedKey="00" * 32), now=NOW).work is Work.WRONG
    assert proof_of_work.check(changed(answer, derivedKey=None), now=NOW).work is Work.WRONG
    assert proof_of_work.check(prolonged, now=NOW).work is Work.WRONG


def test_a_puzzle_of_somebody_elses_making_is_refused(settings):
    answer = puzzle_solved()
    settings.SECRET_KEY = "another installation"

    assert proof_of_work.check(answer, now=NOW).work is Work.WRONG


@given(
    st.one_of(
        st.text(min_size=1, max_size=300),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "challenge",
                            "solution",
                            "parameters",
                            "signature",
                            "counter",
                            "derivedKey",
                            "expiresAt",
                            "algorithm",
                            "nonce",
                            "salt",
                            "cost",
                            "data",
                        ]
                    ),
                    inner,
                )
            ),
            max_leaves=20,
        ).map(lambda value: base64.b64encode(json.dumps(value).encode()).decode()),
    )
)
def test_nonsense_is_wrong_or_late_and_never_an_error(answer: str):
    assert proof_of_work.check(answer, now=NOW).work in (Work.WRONG, Work.EXPIRED)


def test_no_answer_is_told_apart_from_a_wrong_one():
    assert proof_of_work.check("", now=NOW).work is Work.MISSING


@pytest.mark.django_db
def test_an_answer_is_used_once_and_by_the_same_form_again():
    solved = proof_of_work.check(puzzle_solved(), now=NOW)

    used = [proof_of_work.spend(solved, form_key=key) for key in ("first", "second", "first", "third")]

    assert used == [True, False, True, False]
    assert SpentChallenge.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_many_forms_at_once_one_uses_the_answer():
    solved = proof_of_work.check(puzzle_solved(), now=NOW)

    def use(number: int) -> bool:
        try:
            with transaction.atomic():
                return proof_of_work.spend(solved, form_key=str(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(use, range(8))) == [False] * 7 + [True]


@pytest.mark.django_db
def test_what_was_undone_was_not_used():
    solved = proof_of_work.check(puzzle_solved(), now=NOW)
    with transaction.atomic():
        assert proof_of_work.spend(solved, form_key="first")
        transaction.set_rollback(True)

    assert proof_of_work.spend(solved, form_key="second")


@pytest.mark.django_db
def test_a_signature_stands_once_and_is_said_in_words():
    SpentChallenge.objects.create(signature="a" * 64, form_key="k", expires_at=NOW)
    again = SpentChallenge(signature="a" * 64, form_key="other", expires_at=NOW)

    with pytest.raises(ValidationError, match="answered already"):
        again.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


@pytest.mark.django_db
def test_answers_to_expired_puzzles_are_forgotten():
    for minutes in (-1, 0, 1):
        SpentChallenge.objects.create(
            signature=f"{minutes}", form_key="k", expires_at=NOW + timedelta(minutes=minutes)
        )

    forget_puzzles()

    assert set(SpentChallenge.objects.values_list("signature", flat=True)) == {"0", "1"}


@pytest.mark.django_db
def test_the_page_gets_a_new_puzzle_each_time_and_no_cookie(client: Client, django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        first, second = client.get("/confirm/challenge/"), client.get("/confirm/challenge/")

    assert first.json()["signature"] != second.json()["signature"]
    assert first.json()["parameters"]["data"] == {"most": 500}
    assert not first.cookies
    assert "no-store" in first.headers["Cache-Control"]
    assert client.post("/confirm/challenge/").status_code == 405
