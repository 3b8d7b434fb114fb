"""Campaigns in the reports: the action rate counted by hand, and the campaigns of a chapter's month."""

from datetime import UTC, datetime

import pytest

from advocacy.outbox.models import OutboundMessage
from advocacy.reports import campaign_table
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.registry import METRICS, NOT_RECORDED
from advocacy.reports.metrics.scope import Scope, Window
from campaigns.actions import campaigns
from campaigns.models import Campaign, Confirmation, Method
from tests.campaigns.answering import proven, to_reyes, took_part
from tests.campaigns.mailing import live_for, written
from tests.cast import NOW, Cast, browser_of
from tests.factories.months import FEBRUARY, report_on

NATION = Scope.of_nation("SHD", "America/Chicago")
FIRST_OF_MARCH = datetime(2027, 3, 1, 15, tzinfo=UTC)


def rate(scope: Scope, window: Window | None = None) -> Figure:
    return METRICS["campaigns"].count(scope, window or Window.of(FEBRUARY))


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """Asked: three of Gulf Prairie and one of nobody; one of them, and a stranger of Hill Country, took part."""
    ours = [proven(chapter=cast.gulf_prairie) for _one in range(3)]
    campaign = live_for(cast, *ours, proven())
    written(campaign)
    OutboundMessage.objects.filter(kind="campaigns.appeal").update(state="sent", settled_at=NOW)
    one = took_part(campaign, ours[0], chapter=cast.gulf_prairie, own_share=30, is_personalised=True)
    to_reyes(one, method=Method.PORTAL_EMAIL, confirmation=Confirmation.CONFIRMED)
    to_reyes(took_part(campaign, proven(), chapter=cast.hill_country))
    return campaign


def test_the_rate_of_a_month_counted_by_hand(cast: Cast, campaign: Campaign):
    ours, theirs = (Scope.of_chapter(one) for one in (cast.gulf_prairie, cast.hill_country))

    assert rate(ours) == Figure(Unit.PERCENT, 1, of=3, parts={"confirmed": 1, "personal": 1})
    assert rate(theirs) == Figure(Unit.PERCENT, 1, of=0, parts={"confirmed": 0, "personal": 0})
    assert rate(NATION) == Figure(Unit.PERCENT, 2, of=4, parts={"confirmed": 1, "personal": 1})
    assert rate(ours).text() == "33%"
    assert rate(ours, Window.of(FEBRUARY.next())) == Figure(
        Unit.PERCENT, 0, of=0, parts={"confirmed": 0, "personal": 0}
    )
    assert "campaigns" not in [one.code for one in NOT_RECORDED]


def test_each_chapter_in_a_table_has_the_number_of_its_own_page(cast: Cast, campaign: Campaign):
    both = [cast.gulf_prairie, cast.hill_country]
    scope = Scope.of_chapters(both, "Both", "America/Chicago")

    found = METRICS["campaigns"].count_by_chapter(scope, Window.of(FEBRUARY))

    assert found == {one.pk: rate(Scope.of_chapter(one)) for one in both}


def test_an_act_counts_in_the_month_of_the_chapters_zone(cast: Cast):
    """At 1 a.m. in Toronto on March 1 it is still February in Vancouver."""
    campaign = live_for(cast)
    moment = datetime(2027, 3, 1, 6, tzinfo=UTC)
    for chapter in (cast.saint_laurent, cast.cascadia_north):
        took_part(campaign, proven(), chapter=chapter, at=moment)

    numbers = [rate(Scope.of_chapter(one)).value for one in (cast.saint_laurent, cast.cascadia_north)]

    assert numbers == [0, 1]


def test_somebody_in_two_campaigns_is_one_person(cast: Cast, campaign: Campaign):
    first = campaign.participations.get(chapter=cast.gulf_prairie)  # type: ignore[attr-defined]  # a reverse name
    took_part(live_for(cast, slug="another"), first.contact, chapter=cast.gulf_prairie)

    assert rate(Scope.of_chapter(cast.gulf_prairie)).value == 1


def test_the_number_opens_the_campaigns_behind_it(cast: Cast, campaign: Campaign):
    rows = METRICS["campaigns"].rows
    assert rows is not None

    assert list(rows(Scope.of_chapter(cast.gulf_prairie), Window.of(FEBRUARY))) == [campaign]
    assert not rows(Scope.of_chapter(cast.three_capitals), Window.of(FEBRUARY)).exists()


def test_the_report_lists_the_campaigns_of_its_month(cast: Cast, campaign: Campaign, clock):
    clock.move_to(FIRST_OF_MARCH)
    report = report_on(cast.gulf_prairie)

    page = browser_of(cast.dana).get(report.get_absolute_url()).content.decode()

    assert [(line.campaign, line.acted) for line in campaign_table.ran(report, cast.dana)] == [(campaign, 1)]
    assert "1 person of the chapter took part" in page


def test_what_was_closed_before_the_month_is_not_in_its_report(cast: Cast, campaign: Campaign, clock):
    campaigns.close(campaign, by=cast.dana, now=NOW, outcome="It passed.")
    report = report_on(cast.gulf_prairie, FEBRUARY.next())

    assert campaign_table.ran(report, cast.dana) == []
    assert len(campaign_table.ran(report_on(cast.gulf_prairie), cast.dana)) == 1
