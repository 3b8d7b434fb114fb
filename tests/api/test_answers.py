"""How every answer comes: limits, marks, headers, no cookie, and errors for programs."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from advocacy.api import doors
from advocacy.api.models import ApiToken
from tests.api.asking import ask, send, token_of
from tests.cast import NOW, Cast, browser_of
from tests.factories.log import alma_reyes


def test_a_token_may_ask_so_often_and_no_more(cast: Cast, clock: time_machine.Traveller):
    secret, other = token_of(cast.dana), token_of(cast.luis)

    answers = [ask(secret, "/me") for _ in range(doors.PER_TOKEN + 1)]

    assert [one.status_code for one in answers] == [200] * doors.PER_TOKEN + [429]
    assert [one.headers["RateLimit-Remaining"] for one in answers[:2]] == ["59", "58"]
    refused = answers[-1]
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"] == "60"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert ask(other, "/me").status_code == 200
    clock.move_to(NOW + timedelta(seconds=60))
    assert ask(secret, "/me").status_code == 200


def test_all_tokens_together_may_ask_so_often_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doors, "PER_INSTALLATION", 3)

    answers = [ask(token_of(cast.dana), "/me") for _ in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]


def test_what_has_not_changed_is_not_sent_again(cast: Cast):
    reyes, secret = alma_reyes(), token_of(cast.dana)
    first = ask(secret, f"/officials/{reyes.pk}")

    same = ask(secret, f"/officials/{reyes.pk}", **{"If-None-Match": first.headers["ETag"]})
    reyes.given_name = "Almita"
    reyes.save()
    changed = ask(secret, f"/officials/{reyes.pk}", **{"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert (changed.status_code, changed.json()["given_name"]) == (200, "Almita")


@pytest.mark.parametrize("path", ["/me", "/officials/1", "/nowhere", "/officials?limit=x"])
def test_an_answer_is_kept_by_nobody_and_locked_down(cast: Cast, path: str):
    answer = ask(token_of(cast.dana), path)

    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].replace(" ", "").split(","))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies


def test_a_session_opens_nothing(cast: Cast):
    browser = browser_of(cast.jordan)

    answer = browser.get("/api/v1/officials")

    assert answer.status_code == 401
    assert not answer.cookies


def test_a_token_opens_no_page(cast: Cast):
    secret = token_of(cast.jordan)

    answer = Client().get("/log/", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 302


@pytest.mark.parametrize("pk", ["0", "999999", str(2**63), str(2**70), "-1", "x", "1e3"])
@pytest.mark.parametrize("path", ["officials", "measures", "interactions", "campaigns", "osdi/outreaches"])
def test_what_is_not_there_is_missing_whatever_its_number(cast: Cast, path: str, pk: str):
    answer = ask(token_of(cast.dana), f"/{path}/{pk}")

    assert answer.status_code == 404
    assert answer.json()["title"] == "Not Found"
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("chamber=middle", "chamber"),
        ("in_office=perhaps", "in_office"),
        ("q=%00", "q"),
        ("q=" + "x" * 201, "q"),
    ],
)
def test_a_question_that_cannot_be_asked_names_its_field(cast: Cast, query: str, field: str):
    answer = ask(token_of(cast.dana), f"/officials?{query}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "2027-02-09T16:00:00", "2027-02-09"],
)
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_moment_has_a_zone_and_lies_on_the_calendar(cast: Cast, name: str, moment: str):
    answer = ask(token_of(cast.dana), f"/actions?{name}={moment}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [name]


@pytest.mark.parametrize(("length", "status"), [("abc", 400), ("-1", 400), ("1000001", 413), ("9" * 30, 413)])
def test_a_body_is_as_long_as_it_says_and_not_too_long(cast: Cast, length: str, status: int):
    headers = {"Authorization": f"Bearer {token_of(cast.dana)}", "Idempotency-Key": "one"}

    answer = Client().generic(
        "POST",
        "/api/v1/interactions",
        "{}",
        content_type="application/json",
        headers=headers,
        CONTENT_LENGTH=length,
    )

    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_a_method_that_is_not_there_is_refused_in_the_words_of_the_api(cast: Cast):
    answer = send(token_of(cast.dana), "/officials", {}, method="PUT")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert answer.json()["status"] == 405


def test_a_page_can_be_asked_for_its_headers_alone(cast: Cast):
    secret = token_of(cast.dana)

    answer = Client().head("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert "ETag" in answer.headers


def test_reading_writes_nothing_but_the_day_of_use(cast: Cast):
    secret = token_of(cast.dana)
    ask(secret, "/me")
    before = ApiToken.objects.values().get()

    ask(secret, "/me")

    assert ApiToken.objects.values().get() == before


def test_a_fault_of_ours_tells_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("advocacy.api.v1.me.chapters_to_log_for", lambda person: 1 / 0)
    browser = Client(raise_request_exception=False)

    answer = browser.get("/api/v1/me", headers={"Authorization": f"Bearer {token_of(cast.dana)}"})

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"ZeroDivision" not in answer.content
