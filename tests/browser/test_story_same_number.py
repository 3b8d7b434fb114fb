"""Story A5: the same number, another bill. Élise puts measures on record by hand; positions are never copied."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from advocacy.positions.models import Issue, Position, Standpoint, Tracking
from legislation.models import LegislativeSession, Measure, Stage
from tests.browser.conftest import Screen, SitDown
from tests.browser.hands import Hands
from tests.cast import Cast
from tests.factories.measures import measure, stepped, took
from tests.factories.people import canada

pytestmark = [pytest.mark.browser, pytest.mark.story]


@pytest.fixture
def c_72(cast: Cast) -> Measure:
    """C-72 of the 44th Parliament, which died, and on which the chapter had a position."""
    cast.elise.language = "en"
    cast.elise.save()
    died = measure("C-72", jurisdiction=canada(), session="44-1")
    stepped(died, Stage.DIED, date(2025, 1, 6))
    took(
        died,
        cast.saint_laurent,
        Standpoint.SUPPORT,
        cast.jordan,
        date(2024, 11, 4),
        rationale="Records follow the patient.",
    )
    for session in ("42-1", "45-1"):
        LegislativeSession.objects.create(
            jurisdiction=canada(), identifier=session, name=f"Canada, {session}"
        )
    return died


def fill(page: Page, session: str, number: str, title: str) -> None:
    page.get_by_label("Legislature and session").select_option(label=f"Canada, {session}")
    page.get_by_label("Number", exact=True).fill(number)
    page.get_by_label("Title in English").fill(title)


def test_elise_is_never_misled_by_a_number(cast: Cast, c_72: Measure, sit_down: SitDown, screen: Screen):
    page = sit_down(cast.elise, screen)
    hands = Hands(page)
    page.goto("/measures/")
    hands.tap(page.get_by_role("link", name="Add a measure"))

    fill(page, "44-1", "c-72", "Connected Care Act")
    hands.tap(page.get_by_role("button", name="Add it").last)
    expect(page.get_by_text("C-72 (Canada 44-1) exists already")).to_be_visible()
    assert Measure.objects.count() == 1
    hands.tap(page.get_by_role("link", name="Open its page"))
    expect(page.get_by_role("heading", level=1)).to_have_text("C-72 (Canada 44-1)")

    page.goto("/measures/new/")
    fill(page, "45-1", "S-5", "Connected Care for Canadians Act")
    hands.pick("The same idea in an earlier session", "c-72", "C-72 (Canada 44-1)")
    hands.tap(page.get_by_role("button", name="Add it").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("S-5 (Canada 45-1)")
    expect(page.get_by_text("Same idea in an earlier session")).to_be_visible()
    expect(page.get_by_text("No position has been taken.")).to_be_visible()
    expect(page.get_by_role("link", name="Propose the same position")).to_be_visible()
    hands.tap(page.get_by_role("link", name="C-72 (Canada 44-1)"))
    expect(page.get_by_text("Same idea in a later session")).to_be_visible()
    expect(page.get_by_role("link", name="S-5 (Canada 45-1)")).to_be_visible()
    assert Position.objects.get().measure == c_72
    hands.tap(page.get_by_role("link", name="S-5 (Canada 45-1)").first)
    hands.tap(page.get_by_role("link", name="Propose the same position"))
    expect(page.get_by_label("Position", exact=True)).to_have_value(Standpoint.SUPPORT)
    expect(page.get_by_label("Why", exact=True)).to_have_value("Records follow the patient.")
    hands.tap(page.get_by_role("button", name="Propose", exact=True))
    expect(page.get_by_text("Proposed. Those who decide see it")).to_be_visible()
    assert Position.objects.exclude(measure=c_72).get().position == Standpoint.SUPPORT

    page.goto("/measures/new/")
    fill(page, "42-1", "C-72", "An Act about something else")
    hands.tap(page.get_by_role("button", name="Add it").last)
    hands.tap(page.get_by_text("No, it is another measure"))
    hands.tap(page.get_by_role("button", name="Add it").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("C-72 (Canada 42-1)")

    page.goto("/officials/measures/?q=C-72")
    found = page.locator("main section.card")
    expect(found.get_by_text("Canada 42-1")).to_be_visible()
    expect(found.get_by_text("Canada 44-1")).to_be_visible()
    assert Tracking.objects.count() == 2


def test_what_was_added_is_triaged_archived_and_brought_back(
    cast: Cast, c_72: Measure, sit_down: SitDown, screen: Screen
):
    Issue.objects.get_or_create(title_en="Connected health")
    page = sit_down(cast.elise, screen)
    hands = Hands(page)
    page.goto(c_72.get_absolute_url())
    hands.tap(page.get_by_role("link", name="Follow", exact=True))

    hands.tap(page.get_by_text("2 – Engage"))
    hands.tap(page.get_by_text("Connected health"))
    page.get_by_label("Why it matters").fill("Records follow the patient.")
    hands.tap(page.get_by_role("button", name="Follow", exact=True))
    expect(page.get_by_text("Records follow the patient.")).to_be_visible()

    hands.tap(page.get_by_role("button", name="Archive"))
    hands.tap(page.get_by_role("button", name="Bring it back"))
    expect(page.get_by_text("It is back on the board.")).to_be_visible()

    page.goto("/measures/")
    engaged = page.get_by_role("region", name="2 – Engage")
    expect(engaged.get_by_role("link", name="C-72 (Canada 44-1)")).to_be_visible()
