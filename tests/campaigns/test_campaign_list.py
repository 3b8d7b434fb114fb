"""The list of campaigns: what each may see, narrowed, sorted, as a file."""

from typing import Any

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Status
from tests.campaigns.browsing import text_of
from tests.campaigns.workshop import begun, bill_with_position
from tests.cast import Cast, browser_of


@pytest.mark.parametrize("who", ["sam", "dana", "tom", "angela", "jordan"])
def test_the_list_shows_what_each_may_see(cast: Cast, who: str):
    draft, public = begun(cast), _open_to_all(cast)

    rows = browser_of(getattr(cast, who)).get(reverse("campaigns:campaign_list")).context["rows"]

    assert set(rows) == ({public} if who == "sam" else {draft, public})


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
