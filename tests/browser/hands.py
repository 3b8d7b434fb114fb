"""Somebody's hands on a page: they tap, pick and type, and know how long that takes.

Seconds are those of the keystroke-level model for a phone: to find and touch a thing, to type a letter with a thumb.
"""

from playwright.sync_api import Locator, Page

SECONDS_A_TAP = 1.5
SECONDS_A_LETTER = 0.4


class Hands:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.letters = 0
        self._touches = page.evaluate("navigator.maxTouchPoints > 0")

    @property
    def seconds(self) -> float:
        return self.taps * SECONDS_A_TAP + self.letters * SECONDS_A_LETTER

    def tap(self, thing: Locator) -> None:
        self.taps += 1
        if self._touches:
            thing.tap()
        else:
            thing.click()

    def type(self, field: Locator, text: str) -> None:
        self.tap(field)
        self.letters += len(text)
        field.press_sequentially(text)

    def choose(self, label: str, option: str) -> None:
        """An entry of a list of choices: one tap opens it, one chooses."""
        self.taps += 2
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def pick(self, group: str, letters: str, option: str) -> None:
        """A few letters into a picker, then one of its suggestions."""
        self.type(picker(self.page, group), letters)
        self.tap(self.page.get_by_role("option", name=option))

    def answer(self, question: str, answer: str) -> None:
        """One of a group of pills."""
        self.tap(self.page.get_by_role("group", name=question).get_by_text(answer, exact=True))


def picker(page: Page, group: str) -> Locator:
    return page.get_by_role("group", name=group).get_by_role("combobox")
