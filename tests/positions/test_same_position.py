"""Measures that belong together: what was thought of one is offered for the other, and never copied by itself."""

import re
from datetime import date

import pytest

from advocacy.positions.models import Position, Standpoint
from legislation.models import Measure, MeasureRelation
from tests.cast import Cast, browser_of
from tests.factories.measures import measure, proposed, took, tracked
from tests.factories.people import canada


@pytest.fixture
def c_72(cast: Cast) -> Measure:
    return measure("C-72", jurisdiction=canada(), session="44-1")


@pytest.fixture
def s_5(cast: Cast, c_72: Measure) -> Measure:
    again = measure("S-5", jurisdiction=canada(), session="45-1")
    MeasureRelation.objects.create(measure=again, other=c_72, kind="prior_session")
    return again


def offered(person, bill: Measure) -> list[int]:
    """The positions that the page of a measure offers to propose there as well."""
    page = browser_of(person).get(bill.get_absolute_url()).content.decode()
    return [int(pk) for pk in re.findall(r"/propose/\?like=(\d+)", page)]


def test_the_newest_position_of_each_holder_on_a_related_measure_is_offered(
    cast: Cast, c_72: Measure, s_5: Measure
):
    took(
        c_72, cast.saint_laurent, Standpoint.MONITOR, cast.jordan, date(2024, 9, 1), ends_on=date(2024, 11, 4)
    )
    held = took(c_72, cast.saint_laurent, Standpoint.SUPPORT, cast.jordan, date(2024, 11, 4))

    assert offered(cast.elise, s_5) == [held.pk]
    assert Position.objects.filter(measure=s_5).count() == 0
    assert offered(cast.elise, c_72) == []


def test_it_is_not_offered_where_the_holder_has_a_position_already(cast: Cast, c_72: Measure, s_5: Measure):
    took(c_72, cast.saint_laurent, Standpoint.SUPPORT, cast.jordan, date(2024, 11, 4))
    proposed(s_5, cast.saint_laurent, Standpoint.OPPOSE)

    assert offered(cast.elise, s_5) == []


def test_proposals_are_not_offered_and_members_propose_nothing(cast: Cast, c_72: Measure, s_5: Measure):
    proposed(c_72, cast.saint_laurent, Standpoint.OPPOSE)
    assert offered(cast.elise, s_5) == []

    held = took(c_72, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan, date(2024, 11, 4))
    assert offered(cast.dana, s_5) == [held.pk]
    assert offered(cast.sam, s_5) == []


# --- Measures in the quick form ---


def suggested(person, text: str) -> list[str]:
    answer = browser_of(person).get("/measures/suggest/", {"q": text})
    return [one["label"] for one in answer.json()["results"]]


def test_measures_that_the_chapter_follows_come_first_and_each_names_its_session(cast: Cast):
    measure("HB 21")
    followed, archived = measure("HB 210"), measure("HB 211")
    theirs = measure("HB 212")
    tracked(followed, cast.gulf_prairie)
    tracked(archived, cast.gulf_prairie, tier=4)
    tracked(theirs, cast.saint_laurent)
    measure("HB 21", session="89R")

    assert suggested(cast.dana, "hb 21") == [
        "HB 210 (Texas 90R)", "HB 21 (Texas 90R)", "HB 21 (Texas 89R)", "HB 211 (Texas 90R)", "HB 212 (Texas 90R)",
    ]  # fmt: skip


def test_what_the_society_follows_comes_first_for_everybody(cast: Cast):
    measure("HB 21")
    tracked(measure("HB 210"), None)

    assert suggested(cast.luis, "HB2")[0] == "HB 210 (Texas 90R)"
    assert suggested(cast.luis, " ") == []


def test_the_form_without_javascript_finds_the_followed_measure_first(cast: Cast):
    measure("HB 21")
    tracked(measure("HB 210"), cast.gulf_prairie)

    page = (
        browser_of(cast.dana).post("/log/new/", {"find": "measures", "measures__q": "HB 21"}).content.decode()
    )

    assert 0 < page.index("HB 210 (Texas 90R)") < page.index("HB 21 (Texas 90R)")
