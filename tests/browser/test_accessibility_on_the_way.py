"""Axe on the pages one only reaches by doing something: errors of forms, second steps, what went wrong."""

import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from advocacy.accounts.models import User
from tests.browser.axe import faults_of
from tests.browser.conftest import SitDown
from tests.browser.hands import picker
from tests.browser.logging import OFFICIALS, save
from tests.browser.watching import Watch
from tests.cast import Cast
from tests.factories.log import alma_reyes, logged
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.browser


def send_empty(page: Page) -> None:
    """Empty every field of the page's form and send it past the browser's own checks."""
    with page.expect_navigation():
        page.evaluate(
            """() => {
                const form = document.querySelector("main form[method=post], #content form[method=post]");
                for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) field.value = "";
                form.noValidate = true;
                form.querySelector("[type=submit]").click();
            }"""
        )


@pytest.mark.parametrize(
    "address",
    [
        "/log/new/",
        "/people/me/",
        "/people/invitations/new/",
        "/account/password/change/",
        "/admin/members/region/add/",
    ],
)
def test_forms_with_errors(address: str, cast: Cast, sit_down: SitDown):
    page = sit_down(cast.jordan if "invitations" in address or "admin" in address else cast.dana)
    page.goto(address)

    send_empty(page)

    expect(page.locator(".error-summary, .errornote")).to_be_visible()
    assert faults_of(page) == []


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/", "/account/login/code/"])
def test_forms_for_visitors_with_errors(address: str, cast: Cast, sit_down: SitDown):
    page = sit_down()
    page.goto(address)

    send_empty(page)

    expect(page.locator(".errorlist").first).to_be_visible()
    assert faults_of(page) == []


def test_reasons_that_are_missing(cast: Cast, sit_down: SitDown):
    record = logged(cast.dana, [alma_reyes()])
    page = sit_down(cast.dana)
    for address in (
        f"{record.get_absolute_url()}delete/",
        f"/log/follow-ups/{record.followups.get().pk}/cancel/",
    ):
        page.goto(address)
        send_empty(page)
        expect(page.locator(".error-summary")).to_be_visible()
        assert faults_of(page) == []


def test_suggestions_dialogs_and_the_question_about_a_likely_duplicate(cast: Cast, sit_down: SitDown):
    logged(cast.dana, [alma_reyes()])
    page = sit_down(cast.luis)
    page.goto("/log/new/")
    picker(page, OFFICIALS).press_sequentially("reyes")
    expect(page.get_by_role("option", name="Alma Reyes")).to_be_visible()
    assert faults_of(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_label("Log separately")).to_be_visible()
    assert faults_of(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.get_by_role("button", name="Add another ask").click()
    page.get_by_role("button", name="Add a commitment").click()
    assert faults_of(page) == []
    page.get_by_role("main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults_of(page) == []


def test_somebody_else_saved_meanwhile(cast: Cast, sit_down: SitDown):
    record = logged(cast.dana, [alma_reyes()])
    tabs = [sit_down(cast.dana), sit_down(cast.dana)]
    for number, page in enumerate(tabs):
        page.goto(f"{record.get_absolute_url()}edit/")
        page.get_by_label("One-line summary").fill(f"From tab {number}.")
    for page in tabs:
        save(page)

    expect(tabs[1].get_by_role("alert").first).to_contain_text("Somebody saved this record")
    expect(tabs[1].get_by_label("One-line summary")).to_have_value("From tab 1.")
    assert faults_of(tabs[1]) == []


def sign_in(page: Page, person: User) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_the_second_step_of_signing_in(cast: Cast, sit_down: SitDown):
    secret = generate_totp_secret()
    TOTP.activate(cast.dana, secret)
    page = sit_down()
    sign_in(page, cast.dana)
    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_visible()
    assert faults_of(page) == []

    code.fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Sign In").first.click()

    expect(page.get_by_role("heading", name="Hello, Dana")).to_be_visible()


def test_a_code_from_the_mail(cast: Cast, sit_down: SitDown):
    page = sit_down()
    page.goto("/account/login/code/")
    page.get_by_label("Email").fill(cast.dana.email)
    page.locator("main [type=submit]").first.click()

    expect(page).to_have_url("/account/login/code/confirm/")
    assert faults_of(page) == []


def test_a_new_password(cast: Cast, sit_down: SitDown):
    page = sit_down()
    page.goto("/account/password/reset/")
    page.get_by_label("Email").fill(cast.dana.email)
    page.locator("main [type=submit]").first.click()
    expect(page).to_have_url("/account/password/reset/done/")
    link = next(word for word in str(mail.outbox[0].body).split() if "/password/reset/key/" in word)

    page.goto(urlsplit(link).path)

    expect(page.get_by_label("New Password", exact=True)).to_be_visible()
    assert faults_of(page) == []


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "visitor"])
def test_pages_for_what_went_wrong(
    status: int, signed_in: bool, cast: Cast, sit_down: SitDown, settings: Settings, watch: Watch
):
    settings.ROOT_URLCONF = "tests.browser.mishaps"
    watch.expected.add(500)
    page = sit_down(cast.dana if signed_in else None)

    answer = page.goto(f"/mishap/{status}/")

    assert answer is not None
    assert answer.status == status
    assert faults_of(page) == []


def test_a_form_whose_secret_is_gone(cast: Cast, sit_down: SitDown):
    page = sit_down()
    page.goto("/account/login/")
    page.get_by_label("Email").fill(cast.dana.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.context.clear_cookies()
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", name="The form has expired")).to_be_visible()
    assert faults_of(page) == []
