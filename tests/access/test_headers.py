"""The headers of every kind of page: what a browser is told about scripts, frames, caches and cookies."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.access.browsing import Answer
from tests.access.judge import Judge
from tests.access.page import GET
from tests.access.table import TABLE
from tests.access.visits import Visit
from tests.access.world import World
from tests.factories.people import PASSWORD

SIGNED_IN = {
    "home": "/",
    "list": "/log/",
    "form": "/log/new/",
    "search": "/search/?q=alma",
    "type-ahead": "/people/suggest?q=a",
    "export": "/log/export.csv",
    "workbook": "/log/export.xlsx",
    "missing": "/log/999999/",
    "unknown address": "/no/such/page/",
    "not allowed": "/log/deleted/",
    "second factor": "/account/2fa/",
    "mailbox": "/mailbox/",
    "admin": "/admin/",
    "admin list": "/admin/interactions/interaction/",
    "admin form": "/admin/members/chapter/add/",
}
PUBLIC = {
    "sign-in": "/account/login/",
    "password forgotten": "/account/password/reset/",
    "invitation": "/invitation/not-a-token/",
    "health": "/health/",
    "proof of an address": "/confirm/en/not-a-token/",
    "sent to the sign-in": "/log/",
    "unknown address": "/no/such/page/",
}
_INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)\s*=\s*[\"']", re.IGNORECASE)


def policy_of(answer: Answer) -> dict[str, list[str]]:
    directives = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in directives}


def open_page(judge: Judge, path: str, who: str = "anonymous") -> Answer:
    return judge.browser.ask(GET, path, cookies=judge.world.cookies[who])


def check_common(answer: Answer) -> None:
    policy = policy_of(answer)
    sources = {source for name in policy for source in policy[name]}
    assert not sources & {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:", "data:"} - {"data:"}
    assert "data:" not in policy.get("script-src", [])
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Permissions-Policy" in answer.headers


def check_markup(answer: Answer) -> None:
    """No script without the page's nonce or a file of ours, and nothing inline that the policy would stop."""
    if not answer.headers["Content-Type"].startswith("text/html"):
        return
    nonces = [source[7:-1] for source in policy_of(answer)["script-src"] if source.startswith("'nonce-")]
    for tag in re.findall(r"<script\b[^>]*>", answer.text):
        has_nonce = any(f'nonce="{nonce}"' in tag for nonce in nonces)
        assert has_nonce or re.search(r'src="/(?!/)|type="application/json"', tag), tag
    assert not re.findall(r"<style\b", answer.text)
    assert not _INLINE.findall(re.sub(r"<(script|textarea)\b.*?</\1>", "", answer.text, flags=re.DOTALL))


@pytest.mark.parametrize("path", SIGNED_IN.values(), ids=SIGNED_IN)
def test_a_signed_in_page_is_locked_down_and_kept_by_nobody(world: World, judge: Judge, path: str):
    answer = open_page(judge, path, "staff")

    check_common(answer)
    check_markup(answer)
    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].replace(" ", "").split(","))


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC)
def test_a_public_page_is_locked_down(world: World, judge: Judge, path: str):
    answer = open_page(judge, path)

    check_common(answer)
    check_markup(answer)


@pytest.mark.parametrize("who", ["without a role", "staff without a second step"])
def test_the_pages_of_the_walls_are_locked_down_too(world: World, judge: Judge, who: str):
    answer = open_page(judge, "/log/", who)

    check_common(answer)
    check_markup(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_page_that_broke_is_locked_down_and_tells_nothing(
    world: World, judge: Judge, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("advocacy.portal.search.across", lambda *args: 1 / 0)

    answer = open_page(judge, "/search/?q=alma", "staff")

    check_common(answer)
    assert answer.status == 500
    assert "ZeroDivisionError" not in answer.text


def test_every_page_has_a_nonce_of_its_own(world: World, judge: Judge):
    policies = {open_page(judge, "/", "staff").headers["Content-Security-Policy"] for _ in range(3)}

    assert len(policies) == 3


def test_the_html_of_a_mail_is_shown_in_a_sandbox(world: World, judge: Judge):
    message = world.one("message", "staff")

    answer, _ = judge.answer(Visit(TABLE["outbox:formatted"], world.actors["staff"], GET, message))

    policy = policy_of(answer)
    assert policy["sandbox"] == []
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert "script-src" not in policy


@pytest.mark.parametrize("path", ["/log/export.csv", "/log/export.xlsx"])
def test_a_file_is_saved_and_not_opened_as_a_page(world: World, judge: Judge, path: str):
    answer = open_page(judge, path, "staff")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert not answer.headers["Content-Type"].startswith("text/html")


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world: World, db: None):
    browser = Client()

    browser.get("/account/login/")
    browser.post("/account/login/", {"login": "luis.ortega@example.org", "password": PASSWORD})

    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    flags = {
        name: (bool(cookie["httponly"]), cookie["samesite"])
        for name, cookie in browser.cookies.items()
        if name in names
    }
    assert flags == dict.fromkeys(names, (True, "Lax"))
