"""The list of measures: searched, narrowed by what is in the address, and paged."""

from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest

from legislation import measure_ranking
from legislation.measure_search import index_measures
from legislation.models import (
    Committee,
    Hearing,
    Measure,
    MeasureAction,
    Sponsorship,
    Stage,
)
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.measures import measure, proposed, stepped, took, tracked
from tests.factories.people import province

pytestmark = pytest.mark.django_db
LIST = "/officials/measures/"
NOON = datetime(2027, 2, 8, 12, tzinfo=UTC)


def acted(bill: Measure, *texts: str, on: date = date(2027, 2, 1), **fields: str) -> None:
    MeasureAction.objects.bulk_create(
        MeasureAction(measure=bill, order=order, on=on, text=text, **fields)
        for order, text in enumerate(texts)
    )
    index_measures([bill.pk])


def numbers(person, **params: object) -> list[str]:
    """The numbers that the list shows, in its order."""
    answer = browser_of(person).get(f"{LIST}?{urlencode(params)}")
    return [row.number for row in answer.context["page"].rows]


def test_the_list_shows_the_newest_action_first_and_a_search_the_best_match(cast: Cast):
    acted(measure("HB 1", summary_en="About telehealth"), "Filed", on=date(2027, 2, 3))
    acted(measure("HB 2", short_name="Telehealth parity"), "Filed", on=date(2027, 2, 1))
    measure("HB 3")

    assert numbers(cast.dana) == ["HB 1", "HB 2", "HB 3"]
    assert numbers(cast.dana, q="telehealth") == ["HB 2", "HB 1"]
    assert numbers(cast.dana, q="telehealth", sort="newest") == ["HB 1", "HB 2"]
    assert numbers(cast.dana, sort="number") == ["HB 1", "HB 2", "HB 3"]


def test_two_measures_of_one_number_are_told_apart_by_their_sessions(cast: Cast):
    measure("C-72", session="44-1")
    measure("C-72", session="45-1")

    page = browser_of(cast.dana).get(f"{LIST}?q=c-72").content.decode()

    assert (page.count(">Texas 44-1</td>"), page.count(">Texas 45-1</td>")) == (1, 1)


def test_filters_of_the_record_narrow_the_list(cast: Cast):
    bill = measure("HB 1", kind="resolution")
    stepped(bill, Stage.COMMITTEE_1, date(2027, 1, 20))
    acted(bill, "Referred to Insurance")
    Sponsorship.objects.create(measure=bill, name="Reyes", role="sponsor", official=alma_reyes())
    other = measure("HB 2", session="91R")
    stepped(other, Stage.COMMITTEE_1, date(2027, 1, 20))
    stepped(other, Stage.PASSED_1, date(2027, 1, 30))
    acted(other, "Read third time", on=date(2027, 1, 30))
    Sponsorship.objects.create(measure=other, name="Núñez", role="cosponsor")
    texas = bill.session.jurisdiction

    found = {
        name: numbers(cast.dana, **{name: value})
        for name, value in {
            "jurisdiction": texas.pk,
            "session": bill.session_id,
            "kind": "resolution",
            "stage": "committee_1",
            "sponsor": "alma",
            "since": "2027-02-01",
            "until": "2027-01-31",
        }.items()
    }

    assert found == {
        "jurisdiction": ["HB 1", "HB 2"],
        "session": ["HB 1"],
        "kind": ["HB 1"],
        "stage": ["HB 1"],
        "sponsor": ["HB 1"],
        "since": ["HB 1"],
        "until": ["HB 2"],
    }
    assert numbers(cast.dana, sponsor="Núñez") == ["HB 2"]


def test_a_committee_has_the_measures_it_hears_and_those_it_puts_forward(cast: Cast):
    heard, own, _other = measure("HB 1"), measure("HB 2"), measure("HB 3")
    texas = heard.session.jurisdiction
    committee = Committee.objects.create(jurisdiction=texas, name="Insurance")
    hearing = Hearing.objects.create(
        jurisdiction=texas, committee=committee, starts_at=NOON, zone="America/Chicago"
    )
    hearing.measures.add(heard)
    Sponsorship.objects.create(measure=own, name="Insurance", role="sponsor", committee=committee)

    assert numbers(cast.dana, jurisdiction=texas.pk, committee=committee.pk) == ["HB 1", "HB 2"]


def test_tier_issue_and_position_narrow_the_list_by_what_the_reader_may_see(cast: Cast):
    ours, waiting = measure("HB 1"), measure("HB 3")
    theirs = measure("HB 2", jurisdiction=province("qc", "Quebec", "Québec"))
    tracked(ours, cast.gulf_prairie, tier=2)
    tracked(theirs, cast.saint_laurent, tier=2)
    took(ours, cast.gulf_prairie, "support", by=cast.jordan)
    proposed(waiting, cast.gulf_prairie, "support")

    assert numbers(cast.dana, tier=2) == ["HB 1"]
    assert numbers(cast.jordan, tier=2) == ["HB 1", "HB 2"]
    assert numbers(cast.dana, tier=1) == []
    assert numbers(cast.dana, position="support") == ["HB 1"]


def test_what_cannot_be_read_is_named_beside_its_field_and_filters_nothing(cast: Cast):
    measure("HB 1")

    for wrong in (
        {"session": "x"},
        {"jurisdiction": "9" * 30},
        {"stage": "x"},
        {"tier": "9"},
        {"since": "x"},
    ):
        assert numbers(cast.dana, **wrong) == ["HB 1"]


def test_pages_of_a_search_follow_one_another_whatever_the_ranks(cast: Cast):
    for number in range(1, 61):
        measure(
            f"HB {number}", **({"short_name": "Telehealth"} if number % 2 else {"summary_en": "Telehealth"})
        )
    browser = browser_of(cast.dana)

    first = browser.get(f"{LIST}?q=telehealth").context["page"]
    second = browser.get(LIST + first.next_url).context["page"]
    back = browser.get(LIST + second.previous_url).context["page"]

    seen = [row.pk for row in [*first.rows, *second.rows]]
    assert (len(first.rows), len(seen), len(set(seen))) == (50, 60, 60)
    assert [row.rank for row in [*first.rows, *second.rows]] == [2] * 30 + [3] * 30
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]


def test_pages_of_a_search_that_finds_very_many_follow_one_another(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(measure_ranking, "FEW", 20)
    for number in range(1, 61):
        measure(
            f"HB {number}", **({"short_name": "Telehealth"} if number % 2 else {"summary_en": "Telehealth"})
        )
    browser = browser_of(cast.dana)

    answer = browser.get(f"{LIST}?q=telehealth")
    first = answer.context["page"]
    second = browser.get(LIST + first.next_url).context["page"]

    ranked = Measure.objects.search("telehealth").by_relevance("telehealth")
    assert [row.pk for row in [*first.rows, *second.rows]] == [row.pk for row in ranked]
    assert answer.context["count_label"] == "60 results"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(cast: Cast, rows: int, django_assert_num_queries):
    for number in range(rows):
        stepped(measure(f"HB {number + 1}", short_name="Telehealth"), Stage.INTRODUCED, date(2027, 1, 12))
    browser = browser_of(cast.dana)
    browser.get(LIST)

    with django_assert_num_queries(13):
        browser.get(f"{LIST}?q=telehealth")
