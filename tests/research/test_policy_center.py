"""The pages of an issue: for our people, and for strangers where staff chose so."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.research import policy_center
from advocacy.research.models import FindingUse, IssuePage, ResearchActivity
from legislation.models import Measure
from tests.cast import TODAY, Cast, browser_of
from tests.factories.acting import public_campaign
from tests.factories.log import alma_reyes
from tests.factories.measures import measure, took
from tests.factories.research import conversation, draft, finding, issue, lesson, published

PUBLIC = "/policy/connected-health/"


def stood(cast: Cast, number: str, chapter: Any) -> Measure:
    """An approved position that rests on the principle."""
    bill = measure(number)
    took(bill, chapter, "support", cast.jordan).principles.add(issue())  # type: ignore[arg-type]  # by its code
    return bill


def opened(**fields: Any) -> IssuePage:
    known = {"slug": "connected-health", "is_public": True, "introduction": "Care at home."}
    return IssuePage.objects.create(issue=issue(), **(known | fields))


def test_a_page_is_closed_to_strangers_until_staff_open_it(cast: Cast):
    opened(is_public=False)
    assert Client().get(PUBLIC + "en/").status_code == 404

    said = {"issue": issue().pk, "slug": "connected-health", "introduction": "Care.", "is_public": "on"}
    url = reverse("admin:research_issuepage_change", args=[IssuePage.objects.get().pk])
    browser_of(cast.jordan).post(url, said)

    assert Client().get(PUBLIC + "en/").status_code == 200
    assert Client().get(PUBLIC + "de/").status_code == 404


def test_a_stranger_reads_what_is_approved_and_public_and_nothing_else(cast: Cast):
    opened()
    stood(cast, "HB 1", None)
    stood(cast, "HB 2", cast.gulf_prairie)
    chosen = conversation(cast)
    finding(chosen, "Broadband decides.", is_public=True)
    finding(chosen, "Not chosen.")
    closed = conversation(cast, confidentiality="chapter")
    finding(closed, "Closed.", is_public=True)
    published(draft(cast, title="Not chosen either"), cast.dana, reviewer=cast.jordan)
    public = published(draft(cast, title="Side by side"), cast.dana, reviewer=cast.jordan)
    type(public).objects.filter(pk=public.pk).update(is_public=True)
    lesson(cast, title="Among ourselves").issues.add(issue())

    page = Client().get(PUBLIC + "en/").content.decode()

    shown = ("Care at home.", "HB 1", "Broadband decides.", "Side by side")
    hidden = ("HB 2", "Not chosen", "Closed.", "Among ourselves", "Gulf Prairie")
    assert [word for word in shown if word not in page] == []
    assert [word for word in hidden if word in page] == []


def test_the_public_page_looks_at_no_session_and_sets_no_cookie(cast: Cast):
    opened(introduction_fr="Les soins à la maison.")
    browser = browser_of(cast.dana)
    answer = browser.get(PUBLIC + "fr/")

    assert answer.content == Client().get(PUBLIC + "fr/").content
    assert (answer.cookies, answer.headers["Content-Language"]) == ({}, "fr")
    assert "Les soins à la maison." in answer.content.decode()
    assert "Dana" not in answer.content.decode()


def test_our_people_read_what_they_may_and_how_to_take_part(cast: Cast):
    bill = stood(cast, "HB 1", cast.gulf_prairie)
    row = finding(conversation(cast), "Broadband decides.")
    FindingUse.objects.create(finding=row, material="Leave-behind", used_on=TODAY, recorded_by=cast.dana)
    lesson(cast, title="Ask the scheduler").issues.add(issue())
    content = {name: policy_center.for_reader(issue(), getattr(cast, name), "en") for name in ("dana", "sam")}

    assert [one.measures for one in content.values()] == [[bill], [bill]]
    assert [[str(used.finding) for used in one.findings] for one in content.values()] == [
        ["Broadband decides."],
        [],
    ]
    assert [[use.material for use in one.materials] for one in content.values()] == [["Leave-behind"], []]
    assert "Ask the scheduler" in browser_of(cast.sam).get(f"/research/issues/{issue().pk}/").content.decode()


def test_a_running_campaign_is_the_way_to_take_part(cast: Cast):
    opened()
    bill = stood(cast, "HB 1", None)
    alma_reyes()
    public_campaign(cast.dana, cast.jordan, "keep-it-open").measures.add(bill)
    inside = browser_of(cast.sam).get(f"/research/issues/{issue().pk}/").content.decode()
    outside = Client().get(PUBLIC + "fr/").content.decode()

    assert ("/act/keep-it-open/en/" in inside, "/act/keep-it-open/fr/" in outside) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_an_issue_asks_the_same_number_of_questions_for_one_of_each_and_for_three(
    cast: Cast, django_assert_num_queries, count: int
):
    opened()
    for number in range(count):
        stood(cast, f"HB {number}", cast.gulf_prairie)
        finding(conversation(cast, held_on=date(2027, 1, 1 + number)))
        published(draft(cast, title=f"Bills {number}"), cast.dana, reviewer=cast.jordan)
        lesson(cast).issues.add(issue())
    browser, url = browser_of(cast.dana), f"/research/issues/{issue().pk}/"
    browser.get(url)

    with django_assert_num_queries(18):
        browser.get(url)
    assert ResearchActivity.objects.count() == count
