"""What came of our work: recorded once a measure has ended, by whoever follows it, and read by their colleagues."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.positions import outcomes
from advocacy.positions.actions import outcomes as recording
from advocacy.positions.actions.outcomes import Said
from advocacy.positions.errors import NotEnded
from advocacy.positions.models import Amendments, Contribution, Outcome, Position, Standpoint, Tracking
from legislation.models import Stage
from tests.cast import TODAY, Cast, browser_of
from tests.factories.measures import measure, stepped, took, tracked

ENDED_ON = date(2027, 2, 1)
LED = Said(contribution=Contribution.LED, lessons="Begin earlier.")


def ended(chapter: Any, number: str = "HB 1", **fields: Any) -> Tracking:
    bill = measure(number)
    stepped(bill, Stage.ENACTED, ENDED_ON)
    return tracked(bill, chapter, **fields)


def record_page(row: Tracking) -> str:
    return reverse("tracking:outcome_record", args=[row.pk])


def waits_for(person: Any) -> list[str]:
    return [row.measure.number for row in outcomes.to_record(person, TODAY).order_by("pk")]


def test_an_outcome_is_recorded_once_and_corrected_with_its_history(cast: Cast):
    row = ended(cast.gulf_prairie)

    first = recording.record(row, LED, by=cast.dana, on=TODAY)
    again = recording.record(row, LED, by=cast.luis, on=TODAY)
    corrected = recording.record(row, Said(Contribution.COALITION), by=cast.jordan, on=TODAY)

    assert (again, corrected, Outcome.objects.count()) == (None, first, 1)
    entries = Entry.objects.about(Outcome.objects.get())
    assert [(entry.verb, entry.actor) for entry in entries] == [("edited", cast.jordan), ("added", cast.dana)]
    assert entries[0].changes == {
        "contribution": ["Led", "In a coalition"],
        "lessons": ["Begin earlier.", ""],
    }


def test_nothing_is_recorded_of_a_measure_that_is_open_or_carried_over(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie)
    stepped(row.measure, Stage.CARRIED_OVER, ENDED_ON)

    with pytest.raises(NotEnded):
        recording.record(row, LED, by=cast.dana, on=TODAY)
    assert browser_of(cast.dana).get(record_page(row)).status_code == 404


def test_what_waits_is_what_one_owns_or_what_nobody_of_the_chapter_does(cast: Cast):
    ended(cast.gulf_prairie, "HB 1", owner=cast.priya)
    ended(cast.gulf_prairie, "HB 2")
    ended(None, "HB 3")
    ended(cast.gulf_prairie, "HB 4", tier=4, owner=cast.dana)
    done = ended(cast.gulf_prairie, "HB 5", owner=cast.dana)
    society = ended(None, "HB 6")
    for row in (done, society):
        recording.record(row, LED, by=cast.dana, on=TODAY)
    tracked(measure("HB 7"), cast.gulf_prairie, owner=cast.dana)

    people = (cast.priya, cast.dana, cast.jordan, cast.luis)
    assert [waits_for(person) for person in people] == [["HB 1"], ["HB 2"], ["HB 3"], []]


def test_the_form_on_the_way_from_the_list_to_the_page_of_the_measure(cast: Cast):
    row = ended(cast.gulf_prairie, owner=cast.dana)
    browser = browser_of(cast.dana)
    assert record_page(row) in browser.get(reverse("tracking:outcome_list")).content.decode()

    said = {
        "contribution": "led", "amendments_obtained": "some", "lessons": "Begin earlier.", "thanks": "The clerk.",
        "effective_on": "2027-09-01", "rulemaking_url": "https://example.org/rules",
    }  # fmt: skip
    answer = browser.post(record_page(row), said, follow=True)

    page = answer.content.decode()
    for words in (
        "Our part in it: Led",
        "Amendments obtained: Some",
        "Begin earlier.",
        "Takes effect on Sept. 1, 2027",
    ):
        assert words in page
    assert record_page(row) not in browser.get(reverse("tracking:outcome_list")).content.decode()


def test_our_part_must_be_said_and_others_cannot_say_it(cast: Cast):
    row = ended(cast.gulf_prairie, owner=cast.dana)

    answer = browser_of(cast.dana).post(record_page(row), {"lessons": "Begin earlier."})
    assert "contribution" in answer.context["form"].errors
    answers = [browser_of(one).get(record_page(row)).status_code for one in (cast.luis, cast.sam, cast.chris)]
    assert answers == [404, 404, 404]


def test_colleagues_read_the_outcome_and_others_do_not(cast: Cast):
    recording.record(ended(cast.gulf_prairie), LED, by=cast.dana, on=TODAY)

    readers = (cast.dana, cast.luis, cast.tom, cast.angela, cast.jordan)
    assert [Outcome.objects.visible_to(person).count() for person in readers] == [1] * 5
    assert [Outcome.objects.visible_to(person).count() for person in (cast.sam, cast.noor)] == [0, 0]


def test_a_position_is_scored_with_what_its_own_holder_recorded(cast: Cast):
    bill = ended(cast.gulf_prairie).measure
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan, contribution=Contribution.LED)
    took(bill, cast.hill_country, Standpoint.SUPPORT, cast.jordan)
    took(
        bill, None, Standpoint.SUPPORT, cast.jordan,
        contribution=Contribution.MONITORED, amendments_obtained=Amendments.ALL,
    )  # fmt: skip

    rows = Position.objects.with_outcome().order_by("pk")

    assert [(row.contribution, row.amendments_obtained, row.our_part) for row in rows] == [
        ("led", "", "Led"),
        ("", "", ""),
        ("monitored", "all", "Monitored only"),
    ]
