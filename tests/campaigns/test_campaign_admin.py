"""Campaigns in the admin: begun, written, looked at as others will see them, and watched, by staff alone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.outbox.models import OutboundMessage
from campaigns.actions import campaigns
from campaigns.models import Campaign, Message, Status, TargetRule
from legislation.models import Official
from tests.campaigns.mailing import drafted_for, written
from tests.campaigns.staffing import CAMPAIGN, filled, moved, page_of, said
from tests.campaigns.workshop import approved, begun, bill_with_position, ready
from tests.cast import NOW, Cast, browser_of
from tests.factories.contacts import ContactFactory, listed


@pytest.fixture
def jordan(cast: Cast) -> Client:
    return browser_of(cast.jordan)


def test_staff_begin_a_campaign_with_proposed_texts_in_both_languages(cast: Cast, jordan: Client):
    bill = bill_with_position(cast)
    fields = {
        "name": "Records follow",
        "chapter": cast.gulf_prairie.pk,
        "kind": "letter",
        "measures": [bill.pk],
        "ask": "cosponsor HB 210",
        "ask_fr": "",
        "languages": ["en", "fr"],
    }

    answer = jordan.post(reverse(f"{CAMPAIGN}_add"), fields, follow=True)

    campaign = Campaign.objects.get()
    assert answer.redirect_chain[-1][0] == page_of(campaign)
    assert (campaign.slug, campaign.created_by, campaign.status) == ("records-follow", cast.jordan, "draft")
    assert list(campaign.measures.all()) == [bill]
    assert sorted(campaign.messages.values_list("language", flat=True)) == ["en", "fr"]
    assert "A draft with proposed texts." in said(answer)
    assert [entry.verb for entry in Entry.objects.about(campaign)] == ["added"]


def test_a_campaign_is_begun_like_an_earlier_one(cast: Cast, jordan: Client):
    past = approved(cast)

    answer = jordan.post(
        page_of(past, "begin_like"), {"name": "Again", "holder": cast.gulf_prairie.pk}, follow=True
    )

    begun = Campaign.objects.get(name="Again")
    assert answer.redirect_chain[-1][0] == page_of(begun)
    assert (begun.status, begun.opens_at, begun.created_by) == ("draft", None, cast.jordan)
    assert begun.messages.get().body == past.messages.get().body
    assert begun.rules.count() == 1


def test_a_new_campaign_goes_on_with_the_words_of_an_earlier_one_that_is_picked(cast: Cast, jordan: Client):
    past = approved(cast)
    add, go_on = reverse(f"{CAMPAIGN}_add"), reverse(f"{CAMPAIGN}_begin_like_one")

    offered = said(jordan.get(add))
    picked = jordan.get(go_on, {"past": past.pk})
    nothing = jordan.get(go_on, {"past": ""})

    assert f'action="{go_on}"' in offered
    assert picked["Location"] == page_of(past, "begin_like")
    assert nothing["Location"] == add


def test_a_draft_is_edited_with_its_texts_and_its_rules(cast: Cast, jordan: Client):
    campaign = ready(cast)
    reyes = Official.objects.get()
    rules = {
        "rules-TOTAL_FORMS": 2,
        "rules-1-campaign": campaign.pk,
        "rules-1-kind": "named",
        "rules-1-officials": [reyes.pk],
        "messages-0-subject": "{{ position }} {{ measure }} {{ constituency }}!",
    }

    answer = jordan.post(page_of(campaign), filled(jordan, campaign, goal="It passes.", **rules), follow=True)

    campaign.refresh_from_db()
    assert "was changed successfully" in said(answer)
    assert campaign.goal == "It passes."
    assert campaign.messages.get().subject.endswith("!")
    assert [str(one) for one in campaign.rules.get(kind="named").officials.all()] == ["Alma Reyes"]
    changes = [set(entry.changes) for entry in Entry.objects.about(campaign).filter(verb="edited")]
    assert {"goal"} in changes
    assert {"messages"} in changes
    assert {"rules"} in changes


def test_what_nobody_touched_is_not_said_to_have_changed(cast: Cast, jordan: Client):
    campaign = ready(cast)

    jordan.post(page_of(campaign), filled(jordan, campaign), follow=True)

    assert not Entry.objects.about(campaign).filter(verb="edited").exists()


def test_the_window_is_read_by_the_clock_of_the_campaign(cast: Cast, jordan: Client):
    campaign = ready(cast, zone="America/Los_Angeles")

    data = filled(jordan, campaign)
    jordan.post(page_of(campaign), data | {"opens_at": "2027-03-01T09:00", "closes_at": "2027-03-20T18:00"})

    campaign.refresh_from_db()
    assert data["opens_at"] == "2027-02-09T08:00"
    assert campaign.opens_at.isoformat() == "2027-03-01T17:00:00+00:00"


def test_the_owner_is_somebody_who_answers_for_the_chapter(cast: Cast, jordan: Client):
    campaign = ready(cast)

    answer = jordan.post(page_of(campaign), filled(jordan, campaign, owner=cast.elise.pk))

    assert "The owner advocates for the chapter" in said(answer)
    campaign.refresh_from_db()
    assert campaign.owner == cast.dana


def test_a_rule_without_what_its_kind_needs_is_sent_back(cast: Cast, jordan: Client):
    campaign = ready(cast)
    rule = {"rules-TOTAL_FORMS": 2, "rules-1-campaign": campaign.pk, "rules-1-kind": "named"}

    answer = jordan.post(page_of(campaign), filled(jordan, campaign, **rule))

    assert "This kind of rule needs it." in said(answer)
    assert TargetRule.objects.count() == 1


def test_what_another_kind_of_rule_asked_for_is_let_go(cast: Cast, jordan: Client):
    campaign = ready(cast)
    reyes = Official.objects.get()
    rule = {
        "rules-0-kind": "named",
        "rules-0-officials": [reyes.pk],
        "rules-0-party": "",
        "rules-0-docket": "CMS-1",
    }

    jordan.post(page_of(campaign), filled(jordan, campaign, **rule))

    kept = TargetRule.objects.get()
    assert (kept.kind, kept.jurisdiction, kept.docket) == ("named", None, "")
    assert list(kept.officials.all()) == [reyes]


def test_what_somebody_submitted_meanwhile_stays_as_it_was_submitted(cast: Cast, jordan: Client):
    campaign = ready(cast)
    typed = filled(jordan, campaign, goal="Another goal.", **{"messages-0-subject": "Another subject"})
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    answer = jordan.post(page_of(campaign), typed, follow=True)

    assert "Nothing was saved: somebody has submitted it meanwhile." in said(answer)
    assert Campaign.objects.get().goal == "It leaves its committee."
    assert not Message.objects.filter(subject="Another subject").exists()


def test_the_preview_shows_a_real_office_and_a_real_contact_in_both_languages(cast: Cast, jordan: Client):
    campaign = ready(cast, languages=["en", "fr"])
    kim = ContactFactory(full_name="Kim Ito", postal_code="77004")

    page = said(jordan.get(page_of(campaign, "preview"), {"contact": kim.pk, "q": "reyes"}))
    nobody = said(jordan.get(page_of(campaign, "preview"), {"q": "zz"}))

    assert "Alma Reyes" in page
    assert page.count("Kim Ito") > 1
    assert 'lang="fr"' in page
    assert "No office has this name." in nobody


def test_words_that_are_not_saved_are_shown_as_an_office_would_read_them(cast: Cast, jordan: Client):
    campaign = ready(cast)
    words = {
        "group": "everyone",
        "language": "en",
        "subject": "{{ measure }}",
        "body": "{{ salutation }}\n{{ ask }}",
    }

    page = said(jordan.post(page_of(campaign, "words"), words))
    wrong = said(jordan.post(page_of(campaign, "words"), words | {"body": "{{ mesure }}"}))

    assert "<strong>HB 210" in page
    assert "Dear Alma Reyes" in page
    assert "cosponsor HB 210" in page
    assert "“mesure” is no token." in wrong
    assert "salutation" not in campaign.messages.get().subject


def test_mail_that_is_not_saved_is_shown_with_both_subjects_as_a_supporter_would_get_it(
    cast: Cast, jordan: Client
):
    campaign = ready(cast)
    words = {
        "purpose": "launch",
        "language": "en",
        "subject": "First: {{ campaign }}",
        "subject_b": "Second: {{ campaign }}",
        "body": "{{ name }}, please go on: {{ link }}",
    }

    page = said(jordan.post(page_of(campaign, "words"), words))

    assert "First: Records follow the patient" in page
    assert "Second: Records follow the patient" in page
    assert "Jordan Blake, please go on: http" in page
    assert OutboundMessage.objects.count() == 0


def test_nothing_that_is_typed_into_a_text_is_read_as_html(cast: Cast, jordan: Client):
    campaign = ready(cast)

    page = said(
        jordan.post(page_of(campaign, "words"), {"language": "en", "subject": "S", "body": "<img src=x>"})
    )

    assert "&lt;img src=x&gt;" in page
    assert "<img" not in page


def test_a_test_goes_to_whoever_asks_and_to_the_test_lists(cast: Cast, jordan: Client):
    campaign = ready(cast)
    campaign.lists.add(listed(ContactFactory(email="tester@example.org"), name="Testers", is_test=True))

    answer = jordan.post(page_of(campaign, "trial"), {"purpose": "launch", "to": ""}, follow=True)

    sent_to = set(OutboundMessage.objects.values_list("recipient", flat=True))
    assert sent_to == {cast.jordan.email, "tester@example.org"}
    assert "4 test mails are sent." in said(answer)


def test_the_page_shows_how_far_each_mailing_is(cast: Cast, jordan: Client):
    kim, ana = ContactFactory(full_name="Kim Ito"), ContactFactory(full_name="Ana Diaz", country="CA")
    campaign = drafted_for(cast, kim, ana)
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    half = said(jordan.get(page_of(campaign)))
    written(campaign)

    page = said(jordan.get(page_of(campaign)))

    assert 'value="0"' in half
    assert 'value="100"' in page
    recipients = (
        reverse("admin:campaigns_recipient_changelist") + f"?mailing__id__exact={campaign.mailings.get().pk}"
    )
    assert "Ana Diaz" not in said(jordan.get(recipients + "&mail=written"))
    assert "Kim Ito" not in said(jordan.get(recipients + "&mail=skipped"))
    assert "No consent on record" in said(jordan.get(recipients + "&mail=skipped"))


def test_the_progress_that_is_asked_for_again_is_that_of_the_page(cast: Cast, jordan: Client):
    campaign = drafted_for(cast, ContactFactory(full_name="Kim Ito"))
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    written(campaign)

    waiting = said(jordan.get(page_of(campaign, "progress")))
    whole = said(jordan.get(page_of(campaign)))
    OutboundMessage.objects.update(state="sent", settled_at=NOW)
    sent = said(jordan.get(page_of(campaign, "progress")))

    assert waiting in whole
    assert "data-under-way" in waiting
    assert 'value="100" aria-label="Sent"' in sent
    assert "data-under-way" not in sent


def test_the_page_counts_what_needs_a_look(cast: Cast, jordan: Client):
    campaign = drafted_for(cast, ContactFactory(full_name="Kim Ito"))
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    written(campaign)
    calm = said(jordan.get(page_of(campaign)))
    OutboundMessage.objects.update(state="rejected", settled_at=NOW)

    page = said(jordan.get(page_of(campaign)))

    assert "needs a look</a></p>" not in calm
    assert "1 thing needs a look" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_and_the_page_cost_the_same_however_many_campaigns_there_are(
    cast: Cast, jordan: Client, number: int, django_assert_num_queries: Any
):
    campaign = ready(cast)
    listed(*(ContactFactory() for _number in range(number)), name="Friends")
    for other in range(1, number):
        begun(cast, campaign.measures.get(), name=f"Another {other}")
    jordan.get(page_of(campaign))

    with django_assert_num_queries(13):
        jordan.get(reverse(f"{CAMPAIGN}_changelist"))
    with django_assert_num_queries(76):
        jordan.get(page_of(campaign))


def test_only_national_staff_come_in(cast: Cast):
    campaign = ready(cast)

    for name in ("change", "decide", "preview", "words", "progress", "audience", "trial", "begin_like"):
        assert browser_of(cast.dana).get(page_of(campaign, name)).status_code != 200
    moved(browser_of(cast.dana), campaign, "submit")
    campaign.refresh_from_db()
    assert campaign.status == Status.DRAFT


@pytest.mark.parametrize(
    ("field", "term", "found"),
    [
        ("lists", "fri", "Friends"),
        ("measures", "210", "HB 210"),
        ("chapter", "gulf", "Gulf Prairie"),
        ("chapters", "gulf", "Gulf Prairie"),
        ("owner", "dana", "Dana"),
        ("next_campaign", "records", "Records follow"),
    ],
)
def test_each_picker_finds_what_it_is_for(cast: Cast, jordan: Client, field: str, term: str, found: str):
    ready(cast)
    listed(name="Friends")
    asked = {"app_label": "campaigns", "model_name": "campaign", "field_name": field, "term": term}

    answer = jordan.get(reverse("admin:autocomplete"), asked)

    assert found in answer.json()["results"][0]["text"]
