"""A phone in somebody's hand, and a portal of one test alone, which can go away and come back."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from advocacy.accounts.models import User
from tests.browser.serving import Portal
from tests.browser.watching import Watch

_UNTIL_IT_HAS_COPIES = """async () => {
    for (;;) {
        const [name] = await caches.keys();
        const cache = name && navigator.serviceWorker.controller && await caches.open(name);
        if (cache && await cache.match("/offline/pack.json", { ignoreVary: true })) return;
        await new Promise((later) => setTimeout(later, 50));
    }
}"""


class Phone:
    """`phone.page_of(cast.dana)` is signed in and has taken its copies along; `stop` and `start` are the portal's."""

    def __init__(self, sit_down: Callable[..., Page], watch: Watch, screen: Any) -> None:
        self._sit_down, self._watch, self._screen = sit_down, watch, screen
        self.portal = Portal()
        self.portal.start()
        self._is_up = True

    def page_of(self, user: User | None, **options: object) -> Page:
        page = self._sit_down(
            user, self._screen, base_url=self.portal.url, service_workers="allow", **options
        )
        if user:
            take_along(page)
        return page

    def stop(self) -> None:
        self._watch.is_alone = True
        if self._is_up:
            self.portal.stop()
        self._is_up = False

    def start(self) -> None:
        self.portal = Portal(int(self.portal.url.rpartition(":")[2]))
        self.portal.start()
        self._is_up = True


def take_along(page: Page) -> None:
    page.goto("/")
    page.evaluate(_UNTIL_IT_HAS_COPIES)


def out_of_signal(page: Page, watch: Watch) -> None:
    watch.is_alone = True
    page.context.set_offline(True)
