"""Campaigns on their way in the admin: submitted, read by a second person, launched, and moved on, by staff alone."""

import pytest
from django.test import Client

from campaigns.actions import campaigns
from campaigns.models import Campaign, Revision, Status
from tests.campaigns.mailing import drafted_for
from tests.campaigns.staffing import moved, page_of, robin, said
from tests.campaigns.workshop import approved, ready
from tests.cast import NOW, Cast, browser_of
from tests.factories.contacts import ContactFactory


@pytest.fixture
def jordan(cast: Cast) -> Client:
    return browser_of(cast.jordan)


def test_an_author_reads_why_somebody_else_has_to_approve_it(cast: Cast, jordan: Client):
    campaign = ready(cast, by=cast.jordan)
    moved(jordan, campaign, "submit")

    page = said(jordan.get(page_of(campaign)))
    review = said(jordan.get(page_of(campaign, "decide")))
    tried = jordan.post(
        page_of(campaign, "decide"), {"verdict": "approve", "is_nonpartisan": "on"}, follow=True
    )

    why = "You began this campaign: somebody else decides about it."
    assert why in page
    assert why in review
    assert "Approve it" not in review
    assert why in said(tried)
    campaign.refresh_from_db()
    assert campaign.status == Status.IN_REVIEW


def test_a_second_person_reads_what_changed_word_for_word_and_approves(cast: Cast, jordan: Client):
    campaign = ready(cast, by=cast.jordan)
    moved(jordan, campaign, "submit")
    second = browser_of(robin())
    second.post(page_of(campaign, "decide"), {"verdict": "approve", "is_nonpartisan": "on"})
    moved(jordan, campaign, "rework")
    Campaign.objects.update(goal="It leaves its committee soon.")
    moved(jordan, campaign, "submit")

    review = said(second.get(page_of(campaign, "decide")))
    answer = second.post(
        page_of(campaign, "decide"), {"verdict": "approve", "is_nonpartisan": "on"}, follow=True
    )

    assert "<del>committee.</del><ins>committee soon.</ins>" in review
    assert "Decided. The campaign is Approved." in said(answer)
    campaign.refresh_from_db()
    assert campaign.revision.number == 2


def test_who_returns_it_says_what_has_to_change(cast: Cast, jordan: Client):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    mute = jordan.post(page_of(campaign, "decide"), {"verdict": "return", "note": ""})
    jordan.post(page_of(campaign, "decide"), {"verdict": "return", "note": "Name the county."})

    campaign.refresh_from_db()
    assert "Say what has to change." in said(mute)
    assert (campaign.status, campaign.status_changes.first().note) == ("draft", "Name the county.")


def test_a_draft_that_lacks_something_is_not_submitted_and_says_what(cast: Cast, jordan: Client):
    campaign = ready(cast)
    campaign.rules.all().delete()

    asked = said(jordan.get(page_of(campaign, "move", "submit")))
    answer = moved(jordan, campaign, "submit")

    assert "Say whom supporters write to." in asked
    assert "Say whom supporters write to." in answer
    campaign.refresh_from_db()
    assert campaign.status == Status.DRAFT


def test_the_launch_page_says_who_is_written_to_and_who_is_not(cast: Cast, jordan: Client):
    kim, ana = ContactFactory(full_name="Kim Ito"), ContactFactory(full_name="Ana Diaz", country="CA")
    campaign = drafted_for(cast, kim, ana)
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)

    asked = said(jordan.get(page_of(campaign, "move", "launch")))
    rows = said(jordan.get(page_of(campaign, "audience") + "?reason=no_consent"))

    assert "No consent on record: 1" in asked
    assert page_of(campaign, "audience") + "?reason=no_consent" in asked
    assert "Ana Diaz" in rows
    assert "Kim Ito" not in rows


def test_an_audience_that_moved_stops_the_launch_until_somebody_agrees_to_it(cast: Cast, jordan: Client):
    campaign = drafted_for(cast, *(ContactFactory() for _number in range(2)))
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)
    Revision.objects.update(audience=1)

    stopped = jordan.post(page_of(campaign, "move", "launch"), {"expected": ""})
    campaign.refresh_from_db()
    after_the_stop = campaign.status
    answer = moved(jordan, campaign, "launch", expected=stopped.context["form"].initial["expected"])

    assert "The audience was 1 people when it was approved, and is 2 now." in said(stopped)
    assert after_the_stop == Status.APPROVED
    assert "It is live." in answer


def test_the_second_of_two_who_launch_is_told_that_somebody_was_faster(cast: Cast, jordan: Client):
    campaign = approved(cast)
    second = browser_of(robin())

    first = moved(jordan, campaign, "launch")
    late = moved(second, campaign, "launch")

    assert "It is live." in first
    assert "That is not possible now: the campaign is Live. Perhaps somebody was faster." in late
    assert campaign.mailings.count() == 1
    assert campaign.status_changes.filter(after="live").count() == 1


def test_every_move_asks_first_and_looking_at_it_changes_nothing(cast: Cast, jordan: Client):
    campaign = approved(cast)

    for name in ("launch", "schedule", "rework", "close"):
        assert jordan.get(page_of(campaign, "move", name)).status_code == 200

    campaign.refresh_from_db()
    assert campaign.status == Status.APPROVED
    assert jordan.get(page_of(campaign, "move", "explode")).status_code == 404


def test_a_campaign_goes_through_its_life_in_the_admin(cast: Cast, jordan: Client):
    campaign = approved(cast)
    moved(jordan, campaign, "launch")
    moved(jordan, campaign, "pause", note="A typing error.")
    moved(jordan, campaign, "resume")
    unsaid = moved(jordan, campaign, "close", outcome="")
    moved(jordan, campaign, "close", outcome="It left the committee.")
    moved(jordan, campaign, "evaluate", outcome="Passed.", lessons="Begin earlier.")

    campaign.refresh_from_db()
    assert "Say what happened" in unsaid
    assert (campaign.status, campaign.outcome, campaign.lessons) == ("evaluated", "Passed.", "Begin earlier.")
    assert campaign.status_changes.get(after="paused").note == "A typing error."
