"""Story A10: a report that does not come is asked for, by one mail a day, until somebody excuses it."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from campaigns.reminders import planner
from tests.browser.conftest import Screen, SitDown
from tests.cast import Cast
from tests.factories.meetings import CHICAGO
from tests.factories.months import FEBRUARY, report_on, submitted_at

pytestmark = [pytest.mark.browser, pytest.mark.story]
WHAT = "Report of Hill Country for February 2027"


def march(day: int, hour: int = 9) -> datetime:
    return datetime(2027, 3, day, hour, tzinfo=CHICAGO)


def on_time() -> tuple[float | None, int | None]:
    """How many reports of the month came on time, and of how many."""
    figure = METRICS["on_time"].count(Scope.of_nation("All", "America/Chicago"), Window.of(FEBRUARY))
    return figure.value, figure.of


def subjects(page: Page) -> list[str]:
    """What stands on the page of one's own mail, the oldest first."""
    page.goto("/mail/")
    return page.locator(".rows .row-title").all_inner_texts()[::-1]


def test_a_missing_report_is_asked_for_and_excused(cast: Cast, sit_down: SitDown, screen: Screen, clock):
    clock.move_to(march(1))
    report_on(cast.hill_country)
    report_on(cast.gulf_prairie, **submitted_at(march(1), cast.dana))

    def the_job_runs(day: int, hour: int = 9) -> None:
        """And a second time, a minute later."""
        for minute in range(2):
            moment = march(day, hour) + timedelta(minutes=minute)
            clock.move_to(moment)
            planner.tick(moment)
            delivery.deliver()

    def mail_of(person: User) -> list[str]:
        return subjects(sit_down(person, screen))

    for day in (1, 3, 5, 8):
        the_job_runs(day)
    assert mail_of(cast.luis) == [
        f"{WHAT} is open, and due on March 5, 2027",
        f"{WHAT} is due on March 5, 2027",
        f"{WHAT} is due today",
        f"{WHAT} was due on March 5, 2027",
    ]
    assert mail_of(cast.tom) == []

    the_job_runs(10)
    assert mail_of(cast.tom) == [f"{WHAT} (Luis Ortega) was due on March 5, 2027"]
    assert [mail_of(person) for person in (cast.pat, cast.angela)] == [[], []]

    the_job_runs(12)
    read_along = [f"{WHAT} (Luis Ortega) was due on March 5, 2027"]
    assert [mail_of(person) for person in (cast.pat, cast.angela)] == [read_along, read_along]
    assert len(mail_of(cast.luis)) == 6

    assert on_time() == (1, 2)
    angela = sit_down(cast.angela, screen)
    angela.goto("/reports/?period=2027-02")
    angela.locator("main").get_by_role("link", name="Hill Country").click()
    angela.get_by_role("link", name="Excuse").click()
    angela.get_by_text("Excuse: no report is expected", exact=True).click()
    angela.get_by_label("Reason").fill("Advocate on leave")
    angela.get_by_role("button", name="Decide").click()
    angela.goto("/reports/?period=2027-02")
    expect(angela.get_by_role("row", name="Hill Country")).to_contain_text("Excused")
    assert on_time() == (1, 1)
    angela.goto("/reports/national/2027-02/")
    chapters = angela.get_by_role("group", name="Table: Chapters", exact=True)
    expect(chapters.get_by_role("row", name="Hill Country")).to_contain_text("Excused")

    written = OutboundMessage.objects.count()
    for day in (12, 15, 16, 17):
        the_job_runs(day, 14)
    assert OutboundMessage.objects.count() == written


def test_a_duty_can_wait_come_weekly_or_go_to_somebody_else(
    cast: Cast, sit_down: SitDown, screen: Screen, clock
):
    clock.move_to(march(1))
    report_on(cast.hill_country)
    planner.tick(march(1))
    delivery.deliver()
    mail = OutboundMessage.objects.get(user=cast.luis)
    link = re.search(r"/mail/stop/[^\s>]+", mail.text)
    assert link

    luis = sit_down(None, screen)
    luis.goto(link[0])
    expect(luis.get_by_role("heading", name="Mail about your duties")).to_be_visible()
    for choice in ("Pause", "Bundle once a week"):
        expect(luis.get_by_role("button", name=choice)).to_be_visible()
    expect(luis.get_by_text("Hand your role to somebody else")).to_be_visible()
    assert not Entry.objects.filter(verb="bundled mail").exists()
    luis.get_by_role("button", name="Bundle once a week").click()
    expect(luis.get_by_role("status")).to_be_visible()

    entry = Entry.objects.get(verb="bundled mail")
    assert (entry.actor, entry.reason) == (cast.luis, "by the link in a mail")
    # Friday waits for Monday's mail.
    clock.move_to(march(5))
    planner.tick(march(5))
    assert OutboundMessage.objects.filter(user=cast.luis).count() == 1
    clock.move_to(march(8))
    planner.tick(march(8))
    delivery.deliver()
    assert subjects(sit_down(cast.luis, screen))[1:] == [f"{WHAT} was due on March 5, 2027"]
