"""The pages that move a campaign on: submit, review, approve, launch, pause, close, evaluate."""

from campaigns.actions import campaigns, editing
from campaigns.content import content_of, fingerprint_of
from campaigns.models import Campaign, Status
from tests.campaigns.browsing import page, text_of, url
from tests.campaigns.workshop import approved, begun, launched, ready
from tests.cast import NOW, Cast, browser_of
from tests.factories.contacts import ContactFactory, listed


def test_an_unready_campaign_is_not_submitted_and_the_page_names_what_is_missing(cast: Cast):
    campaign = begun(cast)

    answer = browser_of(cast.dana).post(url("campaign_move", campaign, move="submit"))

    assert answer.status_code == 422
    assert "Say whom supporters write to." in text_of(answer)
    campaign.refresh_from_db()
    assert campaign.status == Status.DRAFT


def test_a_move_that_somebody_made_already_is_told(cast: Cast):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    answer = browser_of(cast.dana).post(url("campaign_move", campaign, move="submit"), follow=True)

    assert "Perhaps somebody was faster." in text_of(answer)


def test_the_author_reads_why_they_may_not_decide_and_cannot(cast: Cast):
    campaign = ready(cast, by=cast.jordan)
    campaigns.submit(campaign, by=cast.jordan, now=NOW)
    browser = browser_of(cast.jordan)

    assert "You began this campaign: somebody else decides about it." in page(
        browser, "campaign_review", campaign
    )
    sent = {"verdict": "approve", "is_nonpartisan": "on"}
    assert browser.post(url("campaign_decide", campaign), sent).status_code == 404
    campaign.refresh_from_db()
    assert campaign.status == Status.IN_REVIEW


def test_the_second_person_approves_with_the_tick_and_returns_with_a_note(cast: Cast):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    browser = browser_of(cast.angela)

    refused = browser.post(url("campaign_decide", campaign), {"verdict": "approve"})
    assert set(refused.context["form"].errors) == {"is_nonpartisan"}
    refused = browser.post(url("campaign_decide", campaign), {"verdict": "return"})
    assert set(refused.context["form"].errors) == {"note"}
    browser.post(url("campaign_decide", campaign), {"verdict": "return", "note": "Name the clinic."})
    campaign.refresh_from_db()
    assert campaign.status == Status.DRAFT
    assert "Name the clinic." in page(browser_of(cast.dana), "campaign_detail", campaign)

    campaigns.submit(campaign, by=cast.dana, now=NOW)
    browser.post(url("campaign_decide", campaign), {"verdict": "approve", "is_nonpartisan": "on"})
    campaign.refresh_from_db()
    assert campaign.status == Status.APPROVED


def test_the_review_shows_which_words_changed_since_the_last_approval(cast: Cast):
    campaign = approved(cast, goal="It leaves its committee.")
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    editing.edit(campaign, by=cast.dana, goal="It leaves the committee.")
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    shown = page(browser_of(cast.jordan), "campaign_review", campaign)

    assert "It leaves <del>its </del><ins>the </ins>committee." in shown


def test_a_launch_whose_audience_moved_asks_again_with_the_new_count(cast: Cast):
    campaign = approved(cast)
    before = campaign.revision.audience
    friend = ContactFactory(chapter=cast.gulf_prairie)
    others = [ContactFactory() for _ in range(9)]
    campaign.lists.set([listed(friend, *others, chapter=cast.gulf_prairie)])
    campaign.revision.content, campaign.revision.fingerprint = content_of(campaign), _fingerprint(campaign)
    campaign.revision.save()
    browser = browser_of(cast.dana)

    asked = browser.post(url("campaign_move", campaign, move="launch"))
    assert asked.status_code == 409
    assert f"the audience was {before}; now it is {before + 10}" in text_of(asked)
    expected = asked.context["form"]["expected"].value()
    browser.post(url("campaign_move", campaign, move="launch"), {"expected": expected})

    campaign.refresh_from_db()
    assert campaign.status == Status.LIVE


def _fingerprint(campaign: Campaign) -> str:
    return fingerprint_of(content_of(campaign))


def test_a_campaign_is_run_by_its_buttons_from_submission_to_evaluation(cast: Cast):
    campaign = ready(cast)
    browser = browser_of(cast.dana)

    def press(move: str, **said: str) -> str:
        answer = browser.post(url("campaign_move", campaign, move=move), said)
        assert answer.status_code == 302, (move, text_of(answer))
        campaign.refresh_from_db()
        return campaign.status

    assert press("submit") == "in_review"
    assert press("withdraw") == "draft"
    assert press("submit") == "in_review"
    browser_of(cast.jordan).post(
        url("campaign_decide", campaign), {"verdict": "approve", "is_nonpartisan": "on"}
    )
    campaign.refresh_from_db()
    assert press("schedule") == "scheduled"
    assert press("unschedule", note="Not yet.") == "approved"
    assert press("launch") == "live"
    assert press("pause", note="A mistake?") == "paused"
    assert press("resume") == "live"
    assert press("close", outcome="It left the committee.") == "closed"
    assert press("evaluate", outcome="It became law.", lessons="Begin earlier.") == "evaluated"


def test_the_page_of_a_public_campaign_is_not_closed_without_saying_what_happened(cast: Cast):
    campaign = launched(cast)

    answer = browser_of(cast.dana).post(url("campaign_move", campaign, move="close"), {})

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"outcome"})
