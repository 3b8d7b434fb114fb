"""The log form on a phone without signal: kept there, sent once, and gone with the person."""

from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Route, expect

from advocacy.accounts.models import User
from advocacy.interactions.models import Interaction, KeyContact
from tests.browser.hands import picker
from tests.browser.logging import OFFICIALS, SAVED, fill_in, save
from tests.browser.phone import Phone, out_of_signal, take_along
from tests.browser.watching import Watch
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes

pytestmark = pytest.mark.browser
WORDS = "Said in the basement of the Capitol."
KEPT = "Saved on this phone. It is sent as soon as there is a connection."
_LEFT_ON_THE_PHONE = """async () => {
    const open = indexedDB.open("portal-offline");
    await new Promise((done) => { open.onsuccess = done; });
    const count = (store) => new Promise((done) => {
        const all = open.result.transaction(store).objectStore(store).count();
        all.onsuccess = () => done(all.result);
    });
    return [await count("drafts"), await count("keys"), (await caches.keys()).length];
}"""


def danas_official(cast: Cast) -> None:
    KeyContact.objects.create(
        person=cast.dana, official=alma_reyes(), chapter=cast.gulf_prairie, starts_on=date(2026, 7, 1)
    )


def keep_one(page: Page, **changes: str) -> None:
    page.goto("/log/new/")
    fill_in(page, summary=WORDS, **changes)
    save(page)
    expect(page.get_by_role("status").get_by_text(KEPT)).to_be_visible()


def take_and_lose_the_answer(route: Route) -> None:
    if route.request.method != "POST":
        route.fallback()
        return
    route.fetch()
    route.abort()


def left_on(page: Page) -> dict[str, int]:
    return dict(zip(("drafts", "keys", "copies"), page.evaluate(_LEFT_ON_THE_PHONE), strict=True))


def badge(page: Page, state: str) -> None:
    expect(page.locator("[data-drafts] .badge")).to_have_text(state)


def sign_in_again(context: BrowserContext, user: User, url: str) -> None:
    session = browser_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


def test_with_the_server_stopped_a_contact_is_kept_and_after_its_return_sent_once(cast: Cast, phone: Phone):
    danas_official(cast)
    page = phone.page_of(cast.dana)
    phone.stop()

    keep_one(page)
    page.reload()
    badge(page, "Waiting")
    assert not Interaction.objects.exists()

    phone.start()
    page.reload()
    badge(page, "Sent")
    page.reload()
    badge(page, "Sent")
    assert [one.summary for one in Interaction.objects.logged()] == [WORDS]


def test_two_tabs_that_come_back_at_once_send_one(cast: Cast, phone: Phone, watch: Watch):
    """Without the lock that newer browsers have between tabs, so that the form's own key is all there is."""
    danas_official(cast)
    page = phone.page_of(cast.dana)
    page.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    out_of_signal(page, watch)
    keep_one(page)
    second = page.context.new_page()
    second.goto("/offline/")

    page.context.set_offline(False)

    badge(page, "Sent")
    badge(second, "Sent")
    assert Interaction.objects.count() == 1


def test_an_answer_that_was_lost_makes_no_second_record_and_no_change_is_lost(
    cast: Cast, phone: Phone, watch: Watch
):
    """The server took the contact, and the phone never heard of it; then its author changed the words."""
    danas_official(cast)
    watch.is_alone = True
    page = phone.page_of(cast.dana)
    page.context.route("**/log/new/", take_and_lose_the_answer)
    keep_one(page)
    assert Interaction.objects.count() == 1

    page.get_by_role("link", name="Open in the form").click()
    expect(page.get_by_label("One-line summary")).to_have_value(WORDS)
    page.get_by_label("One-line summary").fill("In other words.")
    page.context.unroute("**/log/new/")
    save(page)
    expect(page.get_by_text("This contact is in the log already; it was saved once.").first).to_be_visible()

    page.goto("/offline/")
    expect(page.get_by_text("It was sent before you changed it.")).to_be_visible()
    expect(page.locator("[data-title]")).to_have_text("In other words.")
    assert [one.summary for one in Interaction.objects.all()] == [WORDS]


def test_with_signal_it_is_logged_as_ever_and_nothing_stays(cast: Cast, phone: Phone):
    danas_official(cast)
    page = phone.page_of(cast.dana)

    page.goto("/log/new/")
    fill_in(page)
    save(page)

    expect(page.get_by_text(SAVED)).to_be_visible()
    assert left_on(page)["drafts"] == 0


def test_signing_out_asks_about_what_was_not_sent_and_then_leaves_nothing(
    cast: Cast, phone: Phone, watch: Watch
):
    danas_official(cast)
    page = phone.page_of(cast.dana)
    watch.expected.add(422)
    page.goto("/log/new/")
    fill_in(page, summary="")
    save(page)
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("1 contact on this phone has not been sent")).to_be_visible()
    question = page.get_by_role("dialog", name="Sign out and delete what was not sent?")

    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    question.get_by_role("button", name="Stay signed in").click()
    assert left_on(page) == {"drafts": 1, "keys": 1, "copies": 1}
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    question.get_by_role("button", name="Delete and sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert left_on(page) == {"drafts": 0, "keys": 0, "copies": 0}


def test_the_next_person_sees_nothing_and_the_first_finds_their_draft_again(
    cast: Cast, phone: Phone, watch: Watch
):
    danas_official(cast)
    page = phone.page_of(cast.dana)
    out_of_signal(page, watch)
    keep_one(page)
    page.context.clear_cookies()
    page.context.set_offline(False)

    page.goto("/log/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    while left_on(page) != {"drafts": 1, "keys": 0, "copies": 0}:
        page.wait_for_timeout(50)

    sign_in_again(page.context, cast.luis, phone.portal.url)
    take_along(page)
    page.goto("/offline/")
    expect(page.get_by_text("Nothing waits on this phone.")).to_be_visible()
    assert not Interaction.objects.exists()

    sign_in_again(page.context, cast.dana, phone.portal.url)
    page.goto("/offline/")
    badge(page, "Sent")
    assert [one.logged_by for one in Interaction.objects.all()] == [cast.dana]


def test_what_the_server_cannot_take_keeps_every_word_until_it_is_put_right(
    cast: Cast, phone: Phone, watch: Watch
):
    danas_official(cast)
    watch.expected.add(422)
    page = phone.page_of(cast.dana)
    out_of_signal(page, watch)
    page.goto("/log/new/")
    fill_in(page, summary=WORDS)
    page.get_by_role("button", name="Add another person").click()
    page.get_by_label("Name", exact=True).last.fill("Somebody else")
    save(page)
    badge(page, "Waiting")
    page.context.set_offline(False)

    badge(page, "Needs you")
    expect(page.locator("[data-errors]")).to_have_text("Role: Choose the role of the person you met.")
    page.get_by_role("link", name="Open in the form").click()
    expect(page.get_by_label("One-line summary")).to_have_value(WORDS)
    expect(page.get_by_role("group", name=OFFICIALS).locator(".chip")).to_contain_text("Alma Reyes")
    expect(page.get_by_label("Name", exact=True).last).to_have_value("Somebody else")
    page.get_by_label("Role", exact=True).last.select_option(label="Scheduler")
    save(page)

    expect(page.get_by_text(SAVED)).to_be_visible()
    assert [str(one) for one in Interaction.objects.get().counterparts.all()] == ["Kim Ito", "Somebody else"]
    assert left_on(page)["drafts"] == 0


def test_where_the_browser_keeps_nothing_the_form_says_so_and_works_as_ever(cast: Cast, phone: Phone):
    danas_official(cast)
    page = phone.page_of(None)
    page.add_init_script("indexedDB.open = () => { throw new DOMException('refused', 'SecurityError'); }")
    sign_in_again(page.context, cast.dana, phone.portal.url)
    page.goto("/log/new/")
    expect(page.get_by_text("This browser keeps nothing for later.")).to_be_visible()

    fill_in(page)
    expect(picker(page, OFFICIALS)).to_be_visible()
    save(page)

    expect(page.get_by_text(SAVED)).to_be_visible()
