"""The pages on which advocates prepare a campaign: its texts, targets, audience and tests."""

import re
from typing import Any

import pytest
from django.urls import reverse

from advocacy.outbox.models import OutboundMessage
from campaigns.actions import campaigns, editing, mailings
from campaigns.models import Campaign, RuleKind, TargetRule
from tests.campaigns.browsing import page, text_of, url
from tests.campaigns.workshop import (
    approved,
    begun,
    bill_with_position,
    launched,
    lawmakers,
    ready,
    to_own_legislators,
)
from tests.cast import NOW, Cast, browser_of
from tests.factories.contacts import ContactFactory, listed, said_yes
from tests.factories.log import alma_reyes, hb_210

EDITS = {
    "campaign_brief": {},
    "campaign_asked": {},
    "campaign_message": {"group": "everyone"},
    "campaign_appeal": {"purpose": "launch"},
}
PAGES = [
    "campaign_detail",
    "campaign_texts",
    "campaign_targets",
    "campaign_audience",
    "campaign_sendlog",
    "campaign_review",
]


@pytest.mark.parametrize("made", [begun, ready, approved, launched])
def test_every_page_of_a_campaign_opens_at_every_stage(cast: Cast, made: Any):
    campaign = made(cast)
    browser = browser_of(cast.dana)

    for name in PAGES:
        assert campaign.name in page(browser, name, campaign)


@pytest.mark.parametrize("name", EDITS)
def test_every_form_of_a_draft_opens(cast: Cast, name: str):
    campaign = begun(cast)

    assert "Save" in page(browser_of(cast.dana), name, campaign, **EDITS[name])


@pytest.mark.parametrize("kind", RuleKind.values)
def test_every_kind_of_rule_has_its_form(cast: Cast, kind: str):
    campaign = begun(cast)
    alma_reyes()

    assert "Save" in page(browser_of(cast.dana), "rule_add", campaign, kind=kind)
    assert ("Every party" in page(browser_of(cast.jordan), "rule_add", campaign, kind=kind)) == (
        kind not in (RuleKind.NAMED, RuleKind.AGENCY)
    )


def test_party_is_offered_to_staff_only(cast: Cast):
    campaign = begun(cast)

    assert "Every party" not in page(browser_of(cast.dana), "rule_add", campaign, kind="chamber")


def test_a_campaign_is_begun_from_the_measure_with_its_ask_and_texts(cast: Cast):
    bill = bill_with_position(cast)
    browser = browser_of(cast.dana)
    shown = browser.get(bill.get_absolute_url()).content.decode()
    (begin,) = re.findall(r'href="(/campaigns/new/[^"]*)"', shown)
    form = browser.get(begin.replace("&amp;", "&")).context["form"]
    sent = {name: form[name].value() for name in form.fields}

    answer = browser.post(reverse("campaigns:campaign_begin"), sent | {"name": "Records", "ask_fr": ""})

    campaign = Campaign.objects.get()
    assert answer.url == campaign.get_absolute_url()
    assert (campaign.ask, list(campaign.measures.all())) == (f"support {bill}", [bill])
    assert campaign.messages.get().subject == "{{ measure }}: {{ position }} – from {{ constituency }}"


def test_without_an_approved_position_the_button_is_off_and_says_why(cast: Cast):
    bill = hb_210()

    shown = browser_of(cast.dana).get(bill.get_absolute_url()).content.decode()

    assert "/campaigns/new/" not in shown
    assert re.search(r"<button[^>]* disabled[^>]*>.*?Create campaign", shown, re.DOTALL)
    assert "Nobody has proposed a position on this measure yet." in shown


def test_what_is_missing_leads_to_where_it_is_put_right(cast: Cast):
    campaign = begun(cast, goal="")

    shown = page(browser_of(cast.dana), "campaign_detail", campaign)

    assert f'<a href="{url("campaign_brief", campaign)}">Fill in the field “goal”.</a>' in shown
    assert f'<a href="{url("campaign_targets", campaign)}">Say whom supporters write to.</a>' in shown


def test_the_preview_shows_a_real_office_in_both_languages(cast: Cast):
    campaign = ready(cast, languages=["en", "fr"])

    answer = browser_of(cast.dana).get(
        url("campaign_texts", campaign), {"office": "0", "writer": "Sam Reed", "town": "Houston"}
    )

    english, french = answer.context["previews"]
    assert english.subject == "HB 210 (90R): Support – from Texas House 131"
    assert "Sam Reed\nHouston" in english.body
    assert french.subject.startswith("HB 210")
    assert "J’habite" in french.body


def test_an_unsaved_text_is_shown_as_an_office_gets_it_and_not_kept(cast: Cast):
    campaign = ready(cast)
    sent = {"subject_en": "On {{ measure }}", "body_en": "{{ salutation }}", "act": "preview"}

    answer = browser_of(cast.dana).post(url("campaign_message", campaign, group="everyone"), sent)

    assert [one.subject for one in answer.context["previews"]] == ["On HB 210 (90R)"]
    assert campaign.messages.get().subject != "On {{ measure }}"


def test_a_text_in_both_languages_is_kept_at_once(cast: Cast):
    campaign = begun(cast)
    sent = {"subject_en": "A", "body_en": "B", "subject_fr": "C", "body_fr": "D", "prompt_fr": "E"}

    answer = browser_of(cast.dana).post(url("campaign_message", campaign, group="undecided"), sent)

    assert answer.url == url("campaign_texts", campaign)
    written = campaign.messages.filter(group="undecided").order_by("language")
    assert [(one.subject, one.body, one.prompt) for one in written] == [("A", "B", ""), ("C", "D", "E")]


def test_half_a_text_and_an_unknown_token_are_named_at_their_fields(cast: Cast):
    campaign = begun(cast)
    sent = {"subject_en": "On {{ party }}", "body_en": "B", "subject_fr": "C"}

    answer = browser_of(cast.dana).post(url("campaign_message", campaign, group="undecided"), sent)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"subject_en", "body_fr"}
    assert "On {{ party }}" in answer.content.decode()


def test_the_brief_is_kept_with_its_window_by_the_campaigns_clock(cast: Cast):
    campaign = begun(cast)
    browser = browser_of(cast.dana)
    form = browser.get(url("campaign_brief", campaign)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value is not None}
    sent |= {"opens_on": "2027-03-01", "opens_time": "08:00", "closes_on": "2027-03-20", "closes_time": ""}

    answer = browser.post(url("campaign_brief", campaign), sent)

    assert answer.status_code == 302, answer.context["form"].errors
    campaign.refresh_from_db()
    assert campaign.opens_at.isoformat() == "2027-03-01T14:00:00+00:00"
    assert campaign.closes_at.isoformat() == "2027-03-21T04:59:00+00:00"


def test_a_rule_is_added_changed_and_removed(cast: Cast):
    campaign = begun(cast)
    reyes = alma_reyes()
    browser = browser_of(cast.dana)

    browser.post(url("rule_add", campaign, kind="named"), {"officials": [reyes.pk]})
    rule = TargetRule.objects.get()
    assert list(rule.officials.all()) == [reyes]
    browser.post(
        reverse("campaigns:rule_edit", args=[rule.pk]), {"officials": [reyes.pk], "is_fallback": "on"}
    )
    rule.refresh_from_db()
    assert rule.is_fallback
    browser.post(reverse("campaigns:rule_remove", args=[rule.pk]))
    assert not TargetRule.objects.exists()


def test_a_rule_is_asked_about_with_its_names_before_it_is_removed(cast: Cast):
    campaign = begun(cast)
    reyes = alma_reyes()
    browser = browser_of(cast.dana)
    browser.post(url("rule_add", campaign, kind="named"), {"officials": [reyes.pk]})
    rule = TargetRule.objects.get()
    remove = reverse("campaigns:rule_remove", args=[rule.pk])

    assert f'href="{remove}"' in page(browser, "campaign_targets", campaign)
    asked = text_of(browser.get(remove))

    assert "Remove this rule?" in asked
    assert str(reyes) in asked
    assert list(TargetRule.objects.all()) == [rule]


def test_a_rule_of_what_is_in_review_stays(cast: Cast):
    campaign = ready(cast)
    rule = campaign.rules.get()
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    browser, remove = browser_of(cast.dana), reverse("campaigns:rule_remove", args=[rule.pk])

    answers = [browser.get(remove, follow=True), browser.post(remove, follow=True)]

    words = "It is In review: what was submitted or approved is not changed."
    assert [words in text_of(answer) for answer in answers] == [True, True]
    assert list(TargetRule.objects.all()) == [rule]


def test_a_rule_without_its_chamber_is_refused_at_the_field(cast: Cast):
    answer = browser_of(cast.dana).post(url("rule_add", begun(cast), kind="chamber"), {})

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"chamber"})


@pytest.mark.parametrize("name", EDITS)
def test_what_is_in_review_is_not_edited_and_the_page_says_so(cast: Cast, name: str):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    answer = browser_of(cast.dana).get(url(name, campaign, **EDITS[name]), follow=True)

    assert "It is In review: what was submitted or approved is not changed." in text_of(answer)


def test_a_colleague_of_another_chapter_sees_no_draft_and_edits_nothing(cast: Cast):
    campaign = begun(cast)
    browser = browser_of(cast.ruth)

    answers = [browser.get(url(name, campaign, **EDITS.get(name, {}))) for name in [*PAGES, *EDITS]]

    assert {answer.status_code for answer in answers} == {404}


def test_the_send_log_shows_who_was_skipped_and_why_to_those_who_may_read_names(cast: Cast):
    campaign = begun(cast)
    alma_reyes()
    to_own_legislators(campaign)
    agreed = ContactFactory(full_name="Ada Agreed", chapter=cast.gulf_prairie, country="CA")
    said_yes(agreed)
    silent = ContactFactory(full_name="Sid Silent", chapter=cast.gulf_prairie, country="CA")
    chosen = listed(agreed, silent, chapter=cast.gulf_prairie)
    editing.edit(campaign, by=cast.dana, asks_members=False, lists=[chosen])
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    _write_all(campaign)

    shown = browser_of(cast.dana).get(url("campaign_sendlog", campaign))
    (one,) = shown.context["sent"]
    assert (one.written_to, one.skipped_count) == (1, 1)
    assert "Skipped: No consent on record" in text_of(shown)
    skipped = browser_of(cast.dana).get(url("campaign_sendlog", campaign), {"result": "skipped"})
    assert [line.recipient.contact for line in skipped.context["lines"]] == [silent]
    file = b"".join(browser_of(cast.dana).get(url("sendlog_export", campaign))).decode()
    assert "Sid Silent" in file
    assert "No consent on record" in file
    elsewhere = browser_of(cast.ruth).get(url("campaign_sendlog", campaign))
    assert (elsewhere.context["lines"], "Sid Silent" in text_of(elsewhere)) == ([], False)


def _write_all(campaign: Campaign) -> None:
    """The worker's part."""
    for mailing in campaign.mailings.all():
        mailings.write_more(mailing.pk, now=NOW)


@pytest.mark.parametrize("number", [1, 300])
@pytest.mark.parametrize("name", ["campaign_targets", "campaign_detail", "campaign_texts"])
def test_the_pages_ask_as_often_for_one_target_as_for_300(
    cast: Cast, number: int, name: str, django_assert_max_num_queries: Any
):
    campaign = begun(cast)
    to_own_legislators(campaign)
    lawmakers(number)
    browser = browser_of(cast.dana)

    with django_assert_max_num_queries(75):
        answer = browser.get(url(name, campaign))
    assert answer.status_code == 200


def test_targets_are_searched_by_name(cast: Cast):
    campaign = ready(cast)

    shown = browser_of(cast.dana).get(url("campaign_targets", campaign), {"q": "reyes"})
    nobody = browser_of(cast.dana).get(url("campaign_targets", campaign), {"q": "nobody"})

    assert [str(line.official) for line in shown.context["lines"]] == ["Alma Reyes"]
    assert nobody.context["lines"] == []


def test_a_test_mail_goes_to_oneself_and_is_counted_nowhere(cast: Cast):
    campaign = ready(cast)

    answer = browser_of(cast.dana).post(url("campaign_test", campaign), follow=True)

    assert "2 test mails are on their way." in text_of(answer)
    assert {message.recipient for message in OutboundMessage.objects.all()} == {cast.dana.email}
    assert not campaign.mailings.exists()
