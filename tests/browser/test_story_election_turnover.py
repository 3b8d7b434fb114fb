"""Story A11: after an election a seat changes its holder, and on 1 July an advocate hands over.

The report that mia submits for June belongs to the reports, which are not built yet.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from advocacy.accounts.models import User
from advocacy.interactions.actions import key_contacts, relationships
from advocacy.interactions.entry import Met
from advocacy.interactions.models import FollowUp, FollowUpKind, KeyContact, Level, Rank, RelationshipScore
from legislation.actions import leavers
from legislation.models import Chamber, Official, Seat, Tenure
from members.models import Chapter, ChapterTerritory, Role, RoleAssignment
from tests.browser.conftest import Screen, SitDown
from tests.browser.hands import Hands
from tests.cast import Cast, person
from tests.factories.log import logged
from tests.factories.maps import division, holds, houston
from tests.factories.people import member_of

pytestmark = [pytest.mark.browser, pytest.mark.story]
SENATE_13 = "ocd-division/country:us/state:tx/sldu:13"
TURNOVER = date(2027, 1, 12)
CHICAGO = ZoneInfo("America/Chicago")


@dataclass
class Story:
    dell: Official
    holt: Official
    followup: FollowUp
    tie: KeyContact
    mia: User


@pytest.fixture
def story(sit_down: SitDown, cast: Cast, clock: time_machine.Traveller) -> Story:
    """Dana knows Senator Dell well; on 12 January he becomes Comptroller, and Bea Holt takes Senate 13."""
    houston()
    Chamber.objects.filter(code="upper").update(member_title="Senator")
    territory = ChapterTerritory.objects.get(chapter=cast.gulf_prairie)
    territory.divisions.add(division(SENATE_13))
    dell = Official.objects.get(name="Omar Dell")
    clock.move_to(datetime(2026, 11, 17, 10, tzinfo=CHICAGO), tick=False)
    tie, followup = _known_by_dana(cast, dell)
    clock.move_to(datetime(2027, 2, 9, 10, tzinfo=CHICAGO), tick=False)
    holt = _elected(dell)
    logged(
        cast.dana,
        [dell],
        summary="Congratulated him on the new office.",
        met=[Met(level=Level.OFFICIAL, official=dell)],
    )
    return Story(dell, holt, followup, tie, member_of(cast.gulf_prairie, person=person("Mia Torres")))


def _known_by_dana(cast: Cast, dell: Official) -> tuple[KeyContact, FollowUp]:
    on = cast.dana.today(datetime(2026, 11, 17, 18, tzinfo=CHICAGO))
    logged(cast.dana, [dell], summary="Walked the senator through the exchange.")
    tie = key_contacts.assign(
        by=cast.dana, person=cast.dana, official=dell, chapter=cast.gulf_prairie, rank=Rank.PRIMARY, on=on
    )
    relationships.judge(
        by=cast.dana, official=dell, chapter=cast.gulf_prairie, strength=5, willingness=4, influence=4, on=on
    )
    followup = FollowUp.objects.create(
        official=dell,
        chapter=cast.gulf_prairie,
        kind=FollowUpKind.SEND_INFORMATION,
        text="The rural hospital figures",
        owner=cast.dana,
        due_on=date(2027, 7, 20),
        created_by=cast.dana,
    )
    return tie, followup


def _elected(dell: Official) -> Official:
    seat = Seat.objects.get(label="Texas Senate 13")
    term = Tenure.objects.get(official=dell)
    term.ends_on, term.end_reason = TURNOVER, "moved_to_other_seat"
    term.save()
    executive = Seat.objects.get(district="governor").chamber
    comptroller = Seat.objects.create(
        chamber=executive,
        district="comptroller",
        label="Comptroller of Texas",
        division=division(SENATE_13[:36]),
    )
    Tenure.objects.create(official=dell, seat=comptroller, starts_on=TURNOVER)
    holt = holds(seat, "Bea Holt", starts_on=TURNOVER)
    leavers.ended_by_hand([term], day=date(2027, 2, 9))
    return holt


def row_of(page: Page, seat: str) -> Locator:
    return page.locator("tbody", has=page.get_by_role("rowheader", name=seat))


def test_the_seat_shows_its_new_holder_and_asks_what_becomes_of_the_key_contact(
    story: Story, cast: Cast, sit_down: SitDown, screen: Screen
):
    page = sit_down(cast.dana, screen)
    hands = Hands(page)
    page.goto("/log/coverage/gulf-prairie/")

    row = row_of(page, "Texas Senate 13")
    expect(row).to_contain_text("Sen. Bea Holt")
    expect(row.locator(".badge")).to_have_text("None")
    expect(row).to_contain_text("Keep for Sen. Holt?")
    expect(row.get_by_role("button", name="Keep for Dell")).to_be_visible()
    expect(row.get_by_role("link", name="Close", exact=True)).to_be_visible()
    assert KeyContact.objects.open().get() == story.tie

    page.goto(story.dell.get_absolute_url())
    timeline = page.locator(".timeline")
    expect(timeline.get_by_text("Walked the senator through the exchange.")).to_be_visible()
    expect(timeline.locator("li", has_text="Walked the senator")).to_contain_text("Texas Senate 13")
    expect(timeline.locator("li", has_text="Congratulated him")).to_contain_text("Comptroller of Texas")
    expect(page.get_by_text("1 earlier term")).to_be_visible()
    expect(page.get_by_text("Keep for Sen. Holt?")).to_be_visible()
    page.goto(story.holt.get_absolute_url())
    expect(page.get_by_text("Keep for Sen. Holt?")).to_be_visible()
    expect(page.get_by_text("No contact on record")).to_be_visible()

    page.goto("/chapters/gulf-prairie/")
    reached = page.locator(".stat", has_text="Officials reached").locator(".stat-value")
    expect(reached).to_have_text("1")
    expect(page.locator(".stat", has_text="Contacts in 12 months").locator(".stat-value")).to_have_text("2")

    page.goto("/log/coverage/gulf-prairie/")
    hands.tap(row_of(page, "Texas Senate 13").get_by_role("button", name="Yes"))

    expect(page.get_by_text("Decided: Keep for the successor.")).to_be_visible()
    row = row_of(page, "Texas Senate 13")
    expect(row).to_contain_text("Dana Whitfield Primary")
    expect(row.locator(".badge")).to_have_text("Assigned")
    expect(page.get_by_text("Keep for Sen. Holt?")).to_have_count(0)
    begun = KeyContact.objects.open().get()
    assert (begun.person, begun.official, begun.rank) == (cast.dana, story.holt, Rank.PRIMARY)
    assert not RelationshipScore.objects.filter(official=story.holt).exists()


def test_open_follow_ups_addressed_to_dell_wait_for_a_decision(
    story: Story, cast: Cast, sit_down: SitDown, screen: Screen
):
    page = sit_down(cast.dana, screen)
    hands = Hands(page)

    page.goto("/officials/leavers/")

    expect(page.locator(".row", has_text="The rural hospital figures")).to_contain_text(
        "Omar Dell left office"
    )
    story.followup.refresh_from_db()
    assert (story.followup.official, story.followup.status) == (story.dell, "open")

    hands.tap(page.get_by_role("link", name="The rural hospital figures"))
    hands.tap(page.get_by_label("Keep for the successor, Bea Holt"))
    hands.tap(page.get_by_role("button", name="Save the decision"))

    expect(page.get_by_text("Decided: Keep for the successor.")).to_be_visible()
    story.followup.refresh_from_db()
    assert (story.followup.official, story.followup.status) == (story.holt, "open")


def test_on_the_first_of_july_dana_hands_over_to_mia(
    story: Story, cast: Cast, sit_down: SitDown, screen: Screen, clock: time_machine.Traveller
):
    ends = RoleAssignment.objects.filter(person=cast.dana, role=Role.ADVOCATE)
    ends.update(ends_on=date(2027, 7, 1))
    clock.move_to(datetime(2027, 7, 1, 9, tzinfo=CHICAGO), tick=False)
    chris = sit_down(cast.chris, screen)
    hands = Hands(chris)
    chris.goto("/chapters/gulf-prairie/")
    hands.tap(chris.get_by_role("link", name="Hand over"))
    expect(chris.locator(".row", has_text="Dana Whitfield")).to_contain_text("1 key contact")
    hands.choose("Who hands over", "Dana Whitfield")
    hands.choose("Who takes over", "Mia Torres")

    hands.tap(chris.get_by_role("button", name="Hand over"))

    expect(chris.get_by_text("Mia Torres has it now.")).to_be_visible()
    _mia_owns_it(story, cast, sit_down, screen)
    _dana_reads(story, cast, sit_down, screen)


def _mia_owns_it(story: Story, cast: Cast, sit_down: SitDown, screen: Screen) -> None:
    mia = sit_down(story.mia, screen)
    mia.goto("/log/follow-ups/")
    expect(mia.get_by_text("Send information")).to_be_visible()
    assert not FollowUp.objects.open().filter(owner=cast.dana).exists()
    tie = KeyContact.objects.open().get()
    assert (tie.person, tie.official, tie.rank, tie.seat.label) == (
        story.mia,
        story.dell,
        Rank.PRIMARY,
        "Texas Senate 13",
    )
    mia.goto("/log/coverage/gulf-prairie/")
    expect(row_of(mia, "Texas Senate 13")).to_contain_text("Keep for Sen. Holt?")


def _dana_reads(story: Story, cast: Cast, sit_down: SitDown, screen: Screen) -> None:
    dana = sit_down(cast.dana, screen)
    dana.goto("/log/")
    Hands(dana).tap(dana.locator(".timeline a", has_text="Omar Dell").first)
    expect(dana.locator(".facts", has_text="Logged by")).to_contain_text("Dana Whitfield")
    expect(dana.get_by_role("link", name="Edit")).to_have_count(0)
    assert dana.request.get("/log/new/").status == 403
    assert dana.request.get(f"/log/key-contacts/{story.tie.pk}/end/").status == 404
    home = Chapter.objects.get(slug="gulf-prairie")
    assert dana.request.get(f"/log/hand-over/{home.slug}/").status == 404
