import logging

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from advocacy.portal import errors
from tests.cast import Cast, browser_of

HEALTH = reverse("portal:health")


def test_anybody_may_ask_whether_the_portal_is_well(db):
    answer = Client().get(HEALTH)

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "cache": "ok"})


def test_a_database_that_does_not_answer_is_reported_without_details(db):
    def refuse(*args):
        raise DatabaseError("password of the database")

    with connection.execute_wrapper(refuse):
        answer = Client().get(HEALTH)

    assert (answer.status_code, answer.json()) == (503, {"database": "failing", "cache": "ok"})


def test_a_cache_that_does_not_answer_is_reported(db, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    answer = Client().get(HEALTH)

    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "cache": "failing"})
    assert cache is not None


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.not_found, 404),
        (errors.csrf_failure, 403),
        (errors.server_error, 500),
    ],
)
def test_a_failure_has_a_reference_that_the_log_knows(db, handler, status, caplog):
    request = RequestFactory().get("/invitation/secret-token/")
    request.resolver_match = None
    with caplog.at_level(logging.INFO, logger="advocacy.portal.errors"):
        answer = handler(request)

    (entry,) = caplog.records
    assert answer.status_code == status
    assert entry.args[1] in answer.content.decode()
    assert "secret-token" not in entry.getMessage()


def test_an_unknown_address_is_not_found_for_everybody(cast: Cast):
    assert browser_of(cast.dana).get("/no/such/page/").status_code == 404


def test_a_form_from_a_stale_page_is_explained(cast: Cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.dana)

    answer = browser.post(reverse("interactions:interaction_log"), {})

    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()
