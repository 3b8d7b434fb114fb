"""Logging a contact by program: the rules of the form, one record for each key, and errors that name the field."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from advocacy.api.models import KeptAnswer, Scope
from advocacy.interactions.models import FollowUp, Interaction
from legislation.models import Official
from members.models import RoleAssignment
from tests.api.asking import ask, log, send, token_of
from tests.cast import Cast, furnish
from tests.factories.log import alma_reyes, hb_210


def contact(reyes: Official, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "phone_call",
        "occurred_on": "2027-02-08",
        "chapter": "gulf-prairie",
        "summary": "She asked for numbers.",
        "discussed_specific_legislation": False,
        "purpose": "relationship",
        "officials": [reyes.pk],
        **changes,
    }


def fields(answer: Any) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def test_a_contact_is_logged_as_by_the_form(cast: Cast):
    reyes, bill = alma_reyes(), hb_210()
    secret = token_of(cast.dana)

    answer = log(secret, contact(reyes, purpose="policy", measures=[bill.pk], official_was_there=True))

    made = Interaction.objects.get()
    assert answer.status_code == 201
    assert answer.headers["Location"] == answer.json()["url"]
    assert answer.json() == ask(secret, f"/interactions/{made.pk}").json()
    assert made.logged_by == cast.dana
    assert made.chapter == cast.gulf_prairie
    assert [str(one) for one in made.participants.all()] == ["Dana Whitfield"]
    assert [str(one) for one in made.counterparts.all()] == ["Alma Reyes"]
    assert [one.measure for one in made.topics.all()] == [bill]
    assert FollowUp.objects.filter(interaction=made).exists()


def test_the_same_request_again_gets_the_same_answer(cast: Cast):
    reyes, secret = alma_reyes(), token_of(cast.dana)

    first, again = (log(secret, contact(reyes), "key-1") for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert Interaction.objects.count() == 1


def test_a_key_that_was_used_for_something_else_is_refused(cast: Cast):
    reyes, secret = alma_reyes(), token_of(cast.dana)
    log(secret, contact(reyes), "key-1")

    answer = log(secret, contact(reyes, summary="Something else."), "key-1")

    assert answer.status_code == 409
    assert Interaction.objects.count() == 1


def test_the_keys_of_two_tokens_are_their_own(cast: Cast):
    reyes = alma_reyes()

    for secret in (token_of(cast.dana), token_of(cast.dana)):
        assert log(secret, contact(reyes), "key-1").status_code == 201

    assert Interaction.objects.count() == 2


def test_a_refused_contact_uses_up_no_key(cast: Cast):
    reyes, secret = alma_reyes(), token_of(cast.dana)
    assert log(secret, contact(reyes, occurred_on="2027-02-11"), "key-1").status_code == 422

    assert log(secret, contact(reyes), "key-1").status_code == 201
    assert KeptAnswer.objects.count() == 1


@pytest.mark.parametrize("key", ["", "two words", "x" * 129, "clé"])
def test_a_contact_needs_a_key(cast: Cast, key: str):
    headers = {"Idempotency-Key": key} if key else {}

    answer = send(token_of(cast.dana), "/interactions", contact(alma_reyes()), **headers)

    assert answer.status_code == 400
    assert fields(answer) == ["Idempotency-Key"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"occurred_on": "2027-02-11"}, ["occurred_on"]),
        ({"occurred_on": "yesterday"}, ["occurred_on"]),
        ({"officials": []}, ["officials"]),
        ({"officials": [999999]}, ["officials"]),
        ({"officials": ["x"]}, ["officials.0"]),
        ({"chapter": "hill-country"}, ["chapter"]),
        ({"chapter": "nowhere"}, ["chapter"]),
        ({"purpose": "policy"}, ["issues"]),
        ({"kind": "seance"}, ["kind"]),
        ({"summary": ""}, ["summary"]),
        ({"summary": "x\x00y"}, ["summary"]),
        ({"summary": "x" * 201}, ["summary"]),
        ({"was_voicemail_only": True, "kind": "letter_sent"}, ["was_voicemail_only"]),
        ({"replied_on": "2027-02-01", "kind": "letter_sent"}, ["replied_on"]),
        ({"zone": "Mars/Olympus"}, ["zone"]),
        ({"confidentiality": "restricted"}, ["confidentiality"]),
        ({"impressions": "She hums."}, ["impressions"]),
        ({"measures": [2**70]}, ["measures.0"]),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_named_field_by_field(cast: Cast, changes: dict[str, Any], wrong: list[str]):
    answer = log(token_of(cast.dana), contact(alma_reyes(), **changes))

    assert answer.status_code == 422
    assert fields(answer) == wrong
    assert all(error["problem"] for error in answer.json()["errors"])
    assert Interaction.objects.count() == 0


def test_a_missing_field_is_named(cast: Cast):
    answer = log(token_of(cast.dana), {"kind": "phone_call"})

    assert answer.status_code == 422
    assert fields(answer) == ["occurred_on", "chapter", "summary", "discussed_specific_legislation"]


def test_errors_speak_the_language_that_was_asked_for(cast: Cast):
    answer = send(
        token_of(cast.dana),
        "/interactions",
        contact(alma_reyes(), occurred_on="2027-02-11"),
        **{"Idempotency-Key": "1", "Accept-Language": "fr"},
    )

    assert "jour" in answer.json()["errors"][0]["problem"]


@pytest.mark.parametrize(
    ("who", "status"), [("dana", 201), ("priya", 201), ("luis", 422), ("sam", 403), ("tom", 403)]
)
def test_only_those_who_log_for_the_chapter_log_by_program(cast: Cast, who: str, status: int):
    answer = log(token_of(getattr(cast, who)), contact(alma_reyes()))

    assert answer.status_code == status
    assert Interaction.objects.count() == (1 if status == 201 else 0)


def test_reading_does_not_let_write_and_writing_not_read(cast: Cast):
    reyes = alma_reyes()

    assert log(token_of(cast.dana, Scope.LOG_READ), contact(reyes)).status_code == 403
    assert ask(token_of(cast.dana, Scope.LOG_WRITE), "/interactions").status_code == 403


def test_an_answer_is_not_given_again_to_somebody_whose_role_has_ended(cast: Cast):
    reyes, secret = alma_reyes(), token_of(cast.dana)
    log(secret, contact(reyes), "key-1")
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on="2027-02-09")

    assert log(secret, contact(reyes), "key-1").status_code == 401


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 422),
        ("null", "application/json", 422),
        ('{"summary": NaN}', "application/json", 400),
        ('{"summary": "\\ud800"}', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        (b"\xff\xfe{", "application/json", 400),
        ("kind=phone_call", "application/x-www-form-urlencoded", 415),
        ("{}", "text/plain", 415),
        (" " * 1_000_001, "application/json", 413),
    ],
    ids=["cut", "list", "null", "nan", "surrogate", "deep", "bytes", "form", "text", "large"],
)
def test_what_is_no_json_is_refused(cast: Cast, body: Any, content_type: str, status: int):
    answer = send(
        token_of(cast.dana), "/interactions", body, content_type=content_type, **{"Idempotency-Key": "1"}
    )

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_race_with_one_key_makes_one_record(clock: Any):
    cast = furnish()
    reyes, secret = alma_reyes(), token_of(cast.dana)
    gate, answers = Barrier(4), []

    def race() -> None:
        gate.wait()
        try:
            answers.append(log(secret, contact(reyes), "key-1"))
        finally:
            connection.close()

    racers = [Thread(target=race) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Interaction.objects.count() == 1
