"""What no page of the portal may do while a test looks on: fail, complain in the console, or call the outside world."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, Route

# The browser says this of pages that answer 404 or 422 as they should; the response itself is judged below.
_ANSWERED_WITH_AN_ERROR = "Failed to load resource: the server responded with a status of"
# And this of requests that nobody answers.
_ANSWERED_BY_NOBODY = (
    "Failed to load resource: net::ERR_",
    "An unknown error occurred when fetching the script",
)
# Axe measures contrast with styles of its own, which our policy refuses; it stands in no file of the page.
_STYLE_FROM_NOWHERE = "Applying inline style violates"
HERE = "127.0.0.1"


@dataclass
class Watch:
    """Collects faults of every page of one browser context; `expected` statuses are the point of the test."""

    expected: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    # The server is away, because the test wants it so.
    is_alone: bool = False

    def over(self, context: BrowserContext) -> None:
        context.route(lambda url: urlsplit(url).hostname != HERE, self._stay_here)
        context.on("page", self._of_page)
        context.on("response", self._of_response)

    def take(self) -> list[str]:
        """The faults since the last time."""
        faults, self.faults = self.faults, []
        return faults

    def _stay_here(self, route: Route) -> None:
        self.faults.append(f"asked the outside world: {route.request.url}")
        route.abort()

    def _of_page(self, page: Page) -> None:
        page.on("console", self._of_console)
        page.on("pageerror", lambda error: self.faults.append(f"script failed on {page.url}: {error}"))

    def _of_console(self, message: ConsoleMessage) -> None:
        """Policy violations come this way too, with the place in the page they come from."""
        place = message.location.get("url", "")
        if self.is_alone and message.text.startswith(_ANSWERED_BY_NOBODY):
            return
        is_ours = bool(place) or _STYLE_FROM_NOWHERE not in message.text
        if message.type == "error" and is_ours and not message.text.startswith(_ANSWERED_WITH_AN_ERROR):
            self.faults.append(f"console: {message.text} ({place})")

    def _of_response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        is_bad = response.status >= 500 or (response.status >= 400 and not is_page)
        if is_bad and response.status not in self.expected:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")
