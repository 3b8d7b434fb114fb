"""The page of results, the lists behind its numbers, and the letter on which a reply is noted."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.interactions.models import FollowUp
from campaigns import result_lists
from campaigns.actions import contacts
from campaigns.funnel import Step
from campaigns.funnel_rows import Cut
from campaigns.links import token_for
from campaigns.models import Campaign, Letter, Recipient
from tests.campaigns.answering import letter_of_jane, primary_for, proven, to_reyes, took_part
from tests.campaigns.mailing import live_for, written
from tests.cast import NOW, Cast, browser_of


def url(name: str, campaign: Campaign, **more: Any) -> str:
    return reverse(f"campaigns:{name}", kwargs={"pk": campaign.pk, **more})


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def campaign_of(letter: Letter) -> Campaign:
    return letter.participation.campaign


def test_the_page_says_each_number_with_its_rate_and_its_meaning(cast: Cast):
    letter = letter_of_jane(cast, told_at=NOW)

    seen = text_of(browser_of(cast.dana).get(url("campaign_results", campaign_of(letter))))

    assert "People who took part, each once" in seen
    assert "What people tell us that they sent themselves is not among them." in seen
    assert "Gulf Prairie" in seen
    assert "Alma Reyes" in seen
    assert "Jane Doe" not in seen


def test_a_number_opens_its_people_and_their_letters(cast: Cast):
    letter = letter_of_jane(cast)
    browser = browser_of(cast.dana)
    page = browser.get(url("campaign_results", campaign_of(letter))).content.decode()
    link = re.search(r'href="([^"]*results/rows/\?step=acted[^"]*)"', page)
    assert link

    seen = browser.get(link[1].replace("&amp;", "&"))

    assert "Jane Doe" in text_of(seen)
    assert reverse("campaigns:letter_reply", args=[letter.pk]) in seen.content.decode()


def test_a_colleague_reads_the_counts_and_no_names(cast: Cast):
    letter = letter_of_jane(cast)
    browser = browser_of(cast.luis)

    assert browser.get(url("campaign_results", campaign_of(letter))).status_code == 200
    seen = text_of(browser.get(url("results_rows", campaign_of(letter))))

    assert "Jane" not in seen
    assert "1 more is credited to another chapter and not shown." in seen
    assert browser.get(reverse("campaigns:letter_reply", args=[letter.pk])).status_code == 404


def test_volunteers_have_no_lists_of_names(cast: Cast):
    letter = letter_of_jane(cast)
    browser = browser_of(cast.priya)

    assert browser.get(url("campaign_results", campaign_of(letter))).status_code == 200
    assert browser.get(url("results_rows", campaign_of(letter))).status_code == 404
    assert browser.get(url("rows_export", campaign_of(letter), file_format="csv")).status_code == 404


@pytest.mark.parametrize("asked", ["step=nonsense", "chapter=x&target=99999&day=soon", "after=!!", ""])
def test_what_cannot_be_understood_narrows_nothing(cast: Cast, asked: str):
    letter = letter_of_jane(cast)

    seen = browser_of(cast.dana).get(f"{url('results_rows', campaign_of(letter))}?{asked}")

    assert seen.status_code == 200
    assert "Jane Doe" in text_of(seen)


def test_the_filters_stand_in_the_address_and_in_the_file(cast: Cast):
    letter = letter_of_jane(cast)
    browser, campaign = browser_of(cast.dana), campaign_of(letter)
    asked = f"step=acted&target={letter.target_id}&day=2027-02-09&chapter={cast.gulf_prairie.pk}"

    assert "Jane Doe" in text_of(browser.get(f"{url('results_rows', campaign)}?{asked}"))
    file = browser.get(f"{url('rows_export', campaign, file_format='csv')}?{asked}")
    lines = b"".join(file.streaming_content).decode().splitlines()

    assert len(lines) == 2
    assert "jane@example.org" in lines[1]
    assert Entry.objects.filter(verb="exported").exists()
    other = asked.replace("2027-02-09", "2027-02-10")
    assert "Jane Doe" not in text_of(browser.get(f"{url('results_rows', campaign)}?{other}"))


def test_the_workbook_of_results_opens(cast: Cast):
    letter = letter_of_jane(cast)

    browser, campaign = browser_of(cast.dana), campaign_of(letter)

    file = browser.get(url("results_export", campaign, file_format="xlsx"))

    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert browser.get(url("results_export", campaign, file_format="pdf")).status_code == 404


def test_an_advocate_notes_the_reply_and_sees_whose_task_it_became(cast: Cast):
    letter = letter_of_jane(cast)
    primary_for(letter, cast.priya, cast.gulf_prairie)
    browser, page = browser_of(cast.dana), reverse("campaigns:letter_reply", args=[letter.pk])
    assert "What did they answer?" in text_of(browser.get(page))

    said = {"kind": "request_to_meet", "on": "2027-02-09", "text": "Call us."}
    answer = browser.post(page, {f"letter{letter.pk}-{name}": value for name, value in said.items()})

    letter.refresh_from_db()
    assert answer.status_code == 302
    assert (letter.reply, letter.reply_noted_by) == ("request_to_meet", cast.dana)
    assert FollowUp.objects.get().owner == cast.priya
    assert "Priya Shah takes up the request to meet" in text_of(browser.get(page))


def test_a_reply_of_tomorrow_is_refused_with_its_reason(cast: Cast):
    letter = letter_of_jane(cast)
    said = {"kind": "opposed", "on": "2027-02-11"}

    answer = browser_of(cast.dana).post(
        reverse("campaigns:letter_reply", args=[letter.pk]),
        {f"letter{letter.pk}-{name}": value for name, value in said.items()},
    )

    assert answer.status_code == 400
    assert "not later than today" in text_of(answer)


def test_the_script_of_the_public_page_says_once_that_somebody_went_on(cast: Cast):
    campaign = live_for(cast, proven())
    written(campaign)
    row = Recipient.objects.select_related("mailing__campaign").get()
    came = reverse("act:came", args=[campaign.slug, "en"])

    answer = Client().post(came, {"m": token_for(row)})

    row.refresh_from_db()
    assert (answer.status_code, answer.content, row.viewed_at) == (204, b"", NOW)
    assert not answer.cookies
    page = Client().get(reverse("act:page", args=[campaign.slug, "en"])).content.decode()
    assert f'data-came="{came}"' in page


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_questions_however_many_people(cast: Cast, number: int, django_assert_num_queries: Any):
    campaign = live_for(cast)
    for _one in range(number):
        to_reyes(took_part(campaign, proven(), chapter=cast.gulf_prairie))
    browser = browser_of(cast.dana)

    with django_assert_num_queries(21):
        browser.get(url("campaign_results", campaign))
    with django_assert_num_queries(14):
        browser.get(url("results_rows", campaign))


def test_who_was_forgotten_stands_in_the_file_without_a_name_or_an_address(cast: Cast):
    letter = letter_of_jane(cast)
    contacts.erase(letter.participation.contact, now=NOW)

    table = result_lists.table_of(campaign_of(letter), Cut(Step.ACTED), cast.jordan)

    assert [row[:2] for row in table.rows] == [["", ""]]
