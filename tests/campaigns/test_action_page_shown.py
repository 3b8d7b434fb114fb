"""What the public page shows at each stage of a campaign, in which language and frame, and how it is locked down."""

import re

import pytest
import time_machine
from django.test import Client

from campaigns.actions import campaigns
from campaigns.models import Campaign, Participation
from tests.campaigns.acting import PAGE, Visitor, live_in_houston
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_in_houston(cast)


def test_a_closed_page_says_what_happened(campaign: Campaign, cast: Cast):
    campaigns.close(campaign, by=cast.dana, now=NOW, outcome="The committee passed it 9 to 2.")

    page = Client().get(PAGE)

    assert page.status_code == 200
    assert "This campaign is closed" in page.content.decode()
    assert "The committee passed it 9 to 2." in page.content.decode()


def test_a_campaign_that_was_never_launched_has_no_page(campaign: Campaign):
    Campaign.objects.update(launched_at=None, status="draft")

    assert [
        Client().get(f"/act/{path}").status_code for path in ("records-follow/", "records-follow/en/")
    ] == [
        404,
        404,
    ]


def test_what_is_being_reworked_is_not_shown(campaign: Campaign, cast: Cast):
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    Campaign.objects.update(name="Not approved")

    page = Client().get(PAGE).content.decode()

    assert "This campaign is paused" in page
    assert "Not approved" not in page


def test_a_pause_is_seen_within_a_second(campaign: Campaign, cast: Cast, clock: time_machine.Traveller):
    first = Client().get(PAGE).content.decode()

    campaigns.pause(campaign, by=cast.dana, now=NOW)
    clock.shift(1)

    assert ("paused" in first, "paused" in Client().get(PAGE).content.decode()) == (False, True)


def test_each_page_that_is_opened_has_a_token_of_its_own(campaign: Campaign):
    tokens = {
        re.search(r'name="form_token" value="([^"]+)"', Client().get(PAGE).content.decode())[1] for _ in "ab"
    }

    assert len(tokens) == 2


def test_the_first_page_costs_a_query_in_a_second(
    campaign: Campaign, clock: time_machine.Traveller, django_assert_num_queries
):
    Client().get(PAGE)

    with django_assert_num_queries(0):
        Client().get(PAGE)
    clock.shift(1)
    with django_assert_num_queries(1):
        Client().get(PAGE)


def test_the_language_of_the_browser_is_the_first_one(campaign: Campaign):
    answer = Client().get("/act/records-follow/?via=share", headers={"Accept-Language": "fr-CA,fr;q=0.9"})

    assert answer.headers["Location"] == "/act/records-follow/fr/?via=share"


def test_only_the_embedded_page_may_stand_in_a_frame(campaign: Campaign, settings):
    settings.CAMPAIGN_FRAME_ANCESTORS = ["https://gulf.example"]

    page, framed = Client().get(PAGE), Client().get(f"{PAGE}embed/")

    assert "frame-ancestors 'self' https://gulf.example" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_a_frame_goes_all_the_way_and_its_links_leave_it(campaign: Campaign, clock: time_machine.Traveller):
    framed = Visitor(clock, path=f"{PAGE}embed/")

    framed.act()

    assert Participation.objects.get().source == "embed"
    assert re.search(r'<a [^>]*href="/act/receipt/[^"]+" target="_top" rel="noopener"', framed.text)


def test_the_page_is_locked_down(campaign: Campaign):
    page = Client().get(PAGE)

    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Permissions-Policy" in page.headers
    assert not re.search(r"<style|<[^>]+\s(?:style|on[a-z]+)=|<script(?![^>]* src=)", page.content.decode())


def test_a_missing_page_is_missing_by_post_too(campaign: Campaign):
    paths = ("no-such/en/", "no-such/en/send/", "records-follow/de/", "records-follow/de/meter/")

    assert {Client().post(f"/act/{path}").status_code for path in paths} == {404}
