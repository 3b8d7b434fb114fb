"""The pages on which advocates prepare and run a campaign."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.outbox.models import OutboundMessage
from campaigns.actions import campaigns, editing, mailings
from campaigns.content import content_of, fingerprint_of
from campaigns.models import Campaign, RuleKind, Status, TargetRule
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


def page(browser: Client, name: str, campaign: Campaign, **more: Any) -> str:
    answer = browser.get(url(name, campaign, **more))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def url(name: str, campaign: Campaign, **more: Any) -> str:
    return reverse(f"campaigns:{name}", kwargs={"pk": campaign.pk, **more})


def text_of(answer: Any) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


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
    campaign.revision.fingerprint = _fingerprint(campaign)
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
    assert [line["recipient"].contact for line in skipped.context["lines"]] == [silent]
    file = b"".join(browser_of(cast.dana).get(url("sendlog_export", campaign))).decode()
    assert "Sid Silent" in file
    assert "No consent on record" in file
    elsewhere = browser_of(cast.ruth).get(url("campaign_sendlog", campaign))
    assert (elsewhere.context["lines"], "Sid Silent" in text_of(elsewhere)) == ([], False)


def _write_all(campaign: Campaign) -> None:
    """The worker's part."""
    for mailing in campaign.mailings.all():
        mailings.write_more(mailing.pk, now=NOW)


@pytest.mark.parametrize("who", ["sam", "dana", "tom", "angela", "jordan"])
def test_the_list_shows_what_each_may_see(cast: Cast, who: str):
    draft, public = begun(cast), None
    public = _open_to_all(cast)

    rows = browser_of(getattr(cast, who)).get(reverse("campaigns:campaign_list")).context["rows"]

    expected = {"sam": {public}, "dana": {draft, public}, "tom": {draft, public}}
    everything = {draft, public}
    assert set(rows) == expected.get(who, everything)


def _open_to_all(cast: Cast) -> Campaign:
    campaign = begun(cast, campaign_bill(cast), name="Known to all", by=cast.jordan)
    Campaign.objects.filter(pk=campaign.pk).update(status=Status.CLOSED)
    return campaign


def campaign_bill(cast: Cast) -> Any:
    return Campaign.objects.first().measures.get()


def test_the_list_is_narrowed_sorted_and_taken_away_as_a_file(cast: Cast):
    first = begun(cast)
    second = begun(cast, campaign_bill(cast), name="Another", kind="call")
    browser = browser_of(cast.dana)
    here = reverse("campaigns:campaign_list")

    def names(**query: Any) -> list[str]:
        return [row.name for row in browser.get(here, query).context["rows"]]

    assert names(sort="name") == [second.name, first.name]
    assert names(kind="call") == [second.name]
    assert names(q="records") == [first.name]
    assert names(status="live") == []
    assert names(whose="mine", chapter=cast.gulf_prairie.pk) == [second.name, first.name]
    file = b"".join(browser.get(reverse("campaigns:campaign_export", args=["csv"]), {"kind": "call"}))
    assert (b"Another" in file, b"Records" in file) == (True, False)


def test_an_empty_list_says_what_to_do(cast: Cast):
    shown = text_of(browser_of(cast.dana).get(reverse("campaigns:campaign_list")))

    assert "No campaign yet" in shown
    assert "choose “Create campaign”" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_one_row_as_for_three(
    cast: Cast, number: int, django_assert_num_queries: Any
):
    bill = bill_with_position(cast)
    for place in range(number):
        begun(cast, bill, name=f"Campaign {place}")
    browser = browser_of(cast.dana)
    browser.get(reverse("campaigns:campaign_list"))

    with django_assert_num_queries(13):
        browser.get(reverse("campaigns:campaign_list"))


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


def test_who_is_left_alone_is_listed_with_the_reason(cast: Cast):
    campaign = ready(cast)
    campaign.messages.all()

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
