"""The testimony register: under an approved position, on its side, and how it went."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.positions.actions import testimonies
from advocacy.positions.errors import AgainstThePosition, NotOfThisMeasure
from advocacy.positions.models import Position, Standpoint
from advocacy.positions.models import Testimony as Statement  # pytest takes a name with Test for a test
from advocacy.positions.use import usable_for, why_not_usable
from legislation.models import Measure
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.measures import heard, measure, took


def supported(cast: Cast, position: Standpoint = Standpoint.SUPPORT) -> Measure:
    bill = measure("HB 210")
    took(bill, cast.gulf_prairie, position, cast.jordan)
    return bill


def registered(cast: Cast, bill: Measure, **changes: Any) -> Statement:
    known = {"person": cast.dana, "form": "oral_in_person", "side": "for", "organisation": "Gulf Prairie"}
    return testimonies.register(
        by=cast.dana, on=TODAY, measure=bill, chapter=cast.gulf_prairie, **(known | changes)
    )


def register_page(bill: Measure, holder: str = "gulf-prairie") -> str:
    return reverse("positions:testimony_register", args=[bill.pk, holder])


def page_of(person: Any, address: str) -> str:
    return " ".join(browser_of(person).get(address).content.decode().split())


def test_an_advocate_registers_testimony_and_the_measure_lists_it(cast: Cast):
    bill = supported(cast)
    hearing = heard(bill, NOW)
    before = page_of(cast.dana, bill.get_absolute_url())
    said = {
        "person": cast.sam.pk, "form": "written", "side": "for", "organisation": "Gulf Prairie chapter",
        "hearing": hearing.pk, "text": "Dear members of the committee,", "link": "https://example.org/text",
        "submitted_at": "2027-02-09T09:30",
    }  # fmt: skip

    answer = browser_of(cast.dana).post(register_page(bill), said)

    row = Statement.objects.get()
    assert register_page(bill) in before
    assert answer.headers["Location"] == bill.get_absolute_url()
    assert (row.person, row.form, row.side, row.hearing) == (cast.sam, "written", "for", hearing)
    assert (row.position, row.registered_by, row.registered_on) == (Position.objects.get(), cast.dana, TODAY)
    assert row.submitted_at == datetime(2027, 2, 9, 15, 30, tzinfo=UTC)
    assert [entry.verb for entry in Entry.objects.about(row)] == ["added"]
    after = page_of(cast.luis, bill.get_absolute_url())
    assert "Sam Reed, Written" in after
    assert "Gulf Prairie chapter" in after


@pytest.mark.parametrize(
    ("position", "sides"),
    [
        (Standpoint.SUPPORT_IF_AMENDED, ["for", "on"]),
        (Standpoint.OPPOSE, ["against", "on"]),
        (Standpoint.NEUTRAL, ["on"]),
    ],
)
def test_nobody_speaks_against_the_position(cast: Cast, position: Standpoint, sides: list[str]):
    bill = supported(cast, position)

    form = browser_of(cast.dana).get(register_page(bill)).context["form"]

    assert [key for key, _label in form["side"].field.choices] == sides
    for side in {"for", "against", "on"} - set(sides):
        with pytest.raises(AgainstThePosition):
            registered(cast, bill, side=side)


def test_a_chapter_without_a_position_of_its_own_speaks_under_that_of_the_society(cast: Cast):
    bill = measure("HB 210")
    nation = took(bill, None, Standpoint.OPPOSE, cast.jordan)

    assert registered(cast, bill, side="against").position == nation


def test_a_chapter_whose_own_position_ended_does_not_fall_back_on_the_society(cast: Cast):
    bill = measure("HB 210")
    took(bill, None, Standpoint.SUPPORT, cast.jordan)
    took(bill, cast.gulf_prairie, Standpoint.OPPOSE, cast.jordan, ends_on=TODAY)

    assert usable_for(bill, cast.gulf_prairie) is None
    assert why_not_usable(bill, cast.gulf_prairie).startswith("The position ended on Feb. 9, 2027")


def test_the_hearing_is_one_of_the_measure(cast: Cast):
    bill = supported(cast)

    with pytest.raises(NotOfThisMeasure):
        registered(cast, bill, hearing=heard(measure("HB 2"), NOW))


def test_the_same_testimony_is_registered_once(cast: Cast):
    bill = supported(cast)
    hearing = heard(bill, NOW)
    registered(cast, bill, hearing=hearing)
    again = {
        "person": cast.dana.pk, "form": "oral_in_person", "side": "for", "organisation": "X", "hearing": hearing.pk,
    }  # fmt: skip

    answer = browser_of(cast.dana).post(register_page(bill), again)

    assert answer.status_code == 422
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "gulf_prairie", "society"),
    [("dana", 200, 404), ("priya", 200, 404), ("jordan", 200, 302), ("luis", 404, 404), ("chris", 404, 404),
     ("sam", 404, 404), ("angela", 404, 404)],
)  # fmt: skip
def test_one_registers_for_the_chapters_one_logs_for(cast: Cast, who: str, gulf_prairie: int, society: int):
    bill = supported(cast)
    browser = browser_of(getattr(cast, who))

    statuses = [
        browser.get(register_page(bill, holder)).status_code for holder in ("gulf-prairie", "society")
    ]

    assert statuses == [gulf_prairie, society]


def test_afterwards_it_is_written_down_how_it_went(cast: Cast):
    bill = supported(cast)
    row = registered(cast, bill)
    said = {
        "text": "",
        "link": "",
        "submitted_at": "",
        "was_delivered": "true",
        "reception": "Three questions.",
    }

    unknown = browser_of(cast.dana).post(row.get_absolute_url(), said | {"was_delivered": ""})
    answer = browser_of(cast.dana).post(row.get_absolute_url(), said)

    row.refresh_from_db()
    assert list(unknown.context["form"].errors) == ["was_delivered"]
    assert answer.status_code == 302
    assert (row.was_delivered, row.reception) == (True, "Three questions.")
    assert Entry.objects.about(row)[0].changes == {
        "was_delivered": [None, True],
        "reception": ["", "Three questions."],
    }
    assert "Three questions." in page_of(cast.luis, bill.get_absolute_url())


def test_it_stays_on_record_when_the_position_ends(cast: Cast):
    bill = supported(cast)
    row = registered(cast, bill)
    Position.objects.update(ends_on=TODAY)

    answer = browser_of(cast.dana).post(
        row.get_absolute_url(), {"was_delivered": "true", "reception": "Kindly."}
    )

    assert answer.status_code == 302
    assert Statement.objects.get().reception == "Kindly."


def test_testimony_is_read_where_the_chapter_is_and_by_whoever_gave_it(cast: Cast):
    registered(cast, supported(cast), person=cast.sam)
    names = ("dana", "chris", "priya", "luis", "tom", "angela", "jordan", "sam", "ruth", "former")

    seen = {name: Statement.objects.visible_to(getattr(cast, name)).count() for name in names}

    readers = ("dana", "chris", "priya", "luis", "tom", "angela", "jordan", "sam")
    assert seen == dict.fromkeys(readers, 1) | {"ruth": 0, "former": 0}


@pytest.mark.parametrize("who", ["luis", "chris", "sam", "tom", "angela", "ruth"])
def test_how_it_went_is_written_by_the_chapter_alone(cast: Cast, who: str):
    row = registered(cast, supported(cast), person=cast.sam)

    assert browser_of(getattr(cast, who)).post(row.get_absolute_url(), {}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_measure_asks_as_often_for_one_testimony_as_for_three(
    cast: Cast, django_assert_num_queries, number: int
):
    bill = supported(cast)
    for one in range(number):
        registered(cast, bill, hearing=heard(bill, NOW, room=str(one)))
    browser = browser_of(cast.dana)
    browser.get(bill.get_absolute_url())

    with django_assert_num_queries(41):
        browser.get(bill.get_absolute_url())
