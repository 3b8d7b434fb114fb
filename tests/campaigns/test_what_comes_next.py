"""What the pages of a campaign say to somebody with an hour a week: where it stands, and what to do now."""

import re

from django.test import Client
from django.urls import reverse

from advocacy.outbox.models import MessageState, OutboundMessage
from campaigns import sendlog
from campaigns.actions import campaigns, editing, mailings
from campaigns.forms.brief import BriefForm
from campaigns.models import Campaign, CampaignKind
from tests.campaigns.workshop import begun, bill_with_position, launched, ready
from tests.cast import NOW, Cast, browser_of


def url(name: str, campaign: Campaign, *more: str) -> str:
    return reverse(f"campaigns:{name}", args=[campaign.pk, *more])


def read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def title_of(html: str) -> str:
    (title,) = re.findall(r"<title>(.*?)</title>", html, re.DOTALL)
    return title.strip()


def test_what_waits_leads_the_second_person_to_the_decision_and_tells_the_first_that_it_waits(cast: Cast):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    second = read(browser_of(cast.angela), campaign.get_absolute_url())
    first = read(browser_of(cast.dana), campaign.get_absolute_url())

    assert "Review and decide" in second
    assert "Review and decide" not in first
    assert "You began this campaign: somebody else decides about it." in first


def test_a_launched_campaign_says_where_its_page_is_and_a_draft_does_not(cast: Cast):
    browser = browser_of(cast.dana)
    bill = bill_with_position(cast)
    draft, live = begun(cast, bill, name="Not yet"), launched(cast, bill=bill)

    shown = read(browser, live.get_absolute_url())

    assert re.findall(r'href="[^"]*(/act/[^"]*)"', shown) == [live.public_url("en")]
    assert live.frame_url("en") in shown
    assert "Public page" not in read(browser, draft.get_absolute_url())


def test_each_page_of_a_campaign_has_a_title_of_its_own(cast: Cast):
    campaign = launched(cast)
    browser = browser_of(cast.dana)
    names = ["detail", "texts", "targets", "audience", "sendlog", "review", "results"]

    titles = [title_of(read(browser, url(f"campaign_{name}", campaign))) for name in names]

    assert len(set(titles)) == len(names)
    assert titles[:2] == [
        f"{campaign} · Chapter Advocacy Portal",
        f"Texts · {campaign} · Chapter Advocacy Portal",
    ]


def test_what_cannot_be_submitted_yet_leads_to_what_is_missing_and_offers_no_button(cast: Cast):
    browser, bill = browser_of(cast.dana), bill_with_position(cast)
    campaign, complete = begun(cast, bill), ready(cast, bill=bill, name="Complete")
    button = 'class="button primary" type="submit"'

    shown = read(browser, url("campaign_move", campaign, "submit"))

    assert f'href="{url("campaign_targets", campaign)}"' in shown
    assert button not in shown
    assert button in read(browser, url("campaign_move", complete, "submit"))


def test_there_are_no_results_before_the_launch_and_the_page_says_when_there_are(cast: Cast):
    browser, bill = browser_of(cast.dana), bill_with_position(cast)

    before = read(browser, url("campaign_results", begun(cast, bill, name="Not yet")))
    after = read(browser, url("campaign_results", launched(cast, bill=bill)))

    assert ("Counting begins when the campaign is launched" in before, "<table" in before) == (True, False)
    assert ("Counting begins when the campaign is launched" in after, "<table" in after) == (False, True)


def test_a_filter_in_force_can_be_seen_and_taken_away(cast: Cast):
    campaign = launched(cast)
    browser = browser_of(cast.dana)

    for name, query in (("campaign_targets", "q=nobody"), ("campaign_sendlog", "result=skipped")):
        shown = read(browser, f"{url(name, campaign)}?{query}")

        assert 'class="chip-remove" href="?"' in shown
        assert f'href="{url(name, campaign)}">Clear all filters' in shown


def test_an_office_that_gets_the_text_of_all_is_in_no_group(cast: Cast):
    campaign = ready(cast)
    targets = url("campaign_targets", campaign)

    draft = read(browser_of(cast.dana), targets)
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    kept = read(browser_of(cast.dana), targets)

    for shown in (draft, kept):
        assert "Alma Reyes" in shown
        assert "<span>Everyone without a text of their own</span>" not in shown


def test_a_draft_goes_by_the_clock_of_its_chapter(cast: Cast):
    campaign = editing.begin(
        by=cast.dana, now=NOW, chapter=cast.gulf_prairie, name="Clinics", kind=CampaignKind.CALL
    )

    assert campaign.zone == "America/Chicago"


def test_who_works_in_french_is_offered_texts_in_both_languages(cast: Cast):
    begin = reverse("campaigns:campaign_begin")

    offered = [
        browser_of(who).get(begin).context["form"]["languages"].value() for who in (cast.dana, cast.elise)
    ]

    assert offered == [["en"], ["en", "fr"]]


def test_every_field_of_the_brief_stands_under_one_heading(cast: Cast):
    campaign = begun(cast)

    for who in (cast.dana, cast.jordan):
        form = BriefForm(instance=campaign, user=who)

        shown = [field.name for _legend, rows in form.sections for row in rows for field in row]

        assert sorted(shown) == sorted(form.fields)


def test_a_mailing_whose_mails_have_all_left_is_finished(cast: Cast):
    campaign = launched(cast)
    mailing = campaign.mailings.get()
    while mailings.write_more(mailing.pk, now=NOW):
        pass

    (waiting,) = sendlog.sent(campaign)
    OutboundMessage.objects.update(state=MessageState.SENT, settled_at=NOW)
    (over,) = sendlog.sent(campaign)

    assert waiting.written_to > 0
    assert (waiting.standing, over.standing) == ("Being sent", "Finished")
