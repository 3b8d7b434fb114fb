"""The puzzle in a real browser: solved while somebody writes, waited for by who sends at once, no trap for people."""

from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from campaigns.gate import fields, proof_of_work
from campaigns.gate.proof_of_work import Work
from tests.browser.conftest import LAPTOP, PHONE, Screen, SitDown
from tests.campaigns.passing import CAMPAIGN
from tests.cast import NOW, Cast

pytestmark = pytest.mark.browser
WITHOUT = "Without JavaScript you can take part all the same"
FORM = """<!DOCTYPE html><html lang="en"><head><title>Take part</title>
<link rel="stylesheet" href="/static/css/base.css"><link rel="stylesheet" href="/static/css/public.css">
<script type="module" src="/static/js/forms.js"></script>
<script type="module" src="/static/js/proof_of_work.js"></script></head>
<body class="public"><main><form method="post" action="/try/sent/">
<label>Your words <input name="words"></label>%s<button type="submit">Send</button></form></main></body></html>"""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'"


def open_form(page: Page) -> list[dict[str, str]]:
    """A page with the gate's part in it, and what is sent from it."""
    arrived: list[dict[str, str]] = []
    part = render_to_string("campaigns/gate/fields.html", {"gate": fields.fields_for(CAMPAIGN, now=NOW)})

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            sent = parse_qs(route.request.post_data or "", keep_blank_values=True)
            arrived.append({name: values[0] for name, values in sent.items()})
            route.fulfill(
                body="<!DOCTYPE html><title>Sent</title><h1>Thank you</h1>", content_type="text/html"
            )
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=FORM % part, content_type="text/html", headers=headers)

    page.route("**/try/**", answer)
    page.goto("/try/")
    return arrived


def thanked(page: Page) -> None:
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def worked(sent: dict[str, str]) -> Work:
    return proof_of_work.check(sent["form_work"], now=NOW).work


def test_it_is_solved_while_somebody_writes(cast: Cast, sit_down: SitDown, screen: Screen):
    page = sit_down(None, screen)
    arrived = open_form(page)
    page.get_by_label("Your words").fill("I drive two hours.")
    expect(page.locator("[data-work-answer]")).not_to_have_value("")
    expect(page.get_by_role("status")).to_be_hidden()
    expect(page.get_by_text(WITHOUT)).to_be_hidden()

    page.get_by_role("button", name="Send").click()

    thanked(page)
    assert (worked(arrived[0]), arrived[0]["homepage"], len(arrived)) == (Work.DONE, "", 1)


def test_who_sends_at_once_is_told_to_wait_and_sends_once(cast: Cast, sit_down: SitDown):
    page = sit_down(None, PHONE)
    arrived = open_form(page)

    page.evaluate("document.forms[0].requestSubmit(); document.forms[0].requestSubmit()")

    expect(page.get_by_role("status")).to_contain_text("One moment")
    thanked(page)
    assert [worked(sent) for sent in arrived] == [Work.DONE]


def test_where_no_puzzle_comes_the_form_goes_without(cast: Cast, sit_down: SitDown):
    page = sit_down(None, LAPTOP)
    page.route("**/confirm/challenge/", lambda route: route.fulfill(json={}))
    arrived = open_form(page)

    page.get_by_label("Your words").fill("I drive two hours.")
    expect(page.get_by_text(WITHOUT)).to_be_visible()
    page.get_by_role("button", name="Send").click()

    thanked(page)
    assert [worked(sent) for sent in arrived] == [Work.MISSING]


def test_without_javascript_it_goes_without_and_says_what_follows(cast: Cast, sit_down: SitDown):
    page = sit_down(None, PHONE, java_script_enabled=False)
    arrived = open_form(page)

    expect(page.get_by_text(WITHOUT)).to_be_visible()
    page.get_by_role("button", name="Send").click()

    thanked(page)
    assert [worked(sent) for sent in arrived] == [Work.MISSING]


def test_the_trap_is_out_of_reach_of_eyes_keys_and_readers(cast: Cast, sit_down: SitDown, screen: Screen):
    page = sit_down(None, screen)
    open_form(page)
    trap = page.locator("[name=homepage]")

    box = trap.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] < 0
    assert page.get_by_role("textbox").count() == 1
    page.get_by_label("Your words").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
