"""The page of the sweep: who says what became of which measures, one by one, in bulk, and back again (W10)."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from advocacy.accounts.models import User
from legislation.models import CarryOver, Disposition, Measure, Stage
from legislation.session_sweep import SessionEnd
from tests.cast import Cast, browser_of
from tests.factories.measures import adjourned, measure, stepped, tracked

SINE_DIE = date(2027, 6, 1)


@pytest.fixture(autouse=True)
def after_the_session(cast: Cast, clock) -> None:
    clock.move_to(datetime(2027, 6, 10, 10, tzinfo=ZoneInfo("America/Chicago")))


@pytest.fixture
def end(cast: Cast) -> SessionEnd:
    """Three bills: Gulf Prairie follows the last of them, which may still be signed."""
    for number, stage in (("HB 1", Stage.COMMITTEE_1), ("HB 2", Stage.PASSED_1), ("HB 3", Stage.ENROLLED)):
        stepped(measure(number), stage, date(2027, 5, 3))
    tracked(Measure.objects.get(number="HB 3"), cast.gulf_prairie, owner=cast.priya)
    return adjourned(SINE_DIE, carry_over=CarryOver.ENDS, signing_days=20)


def page(end: SessionEnd, query: str = "", name: str = "sweep") -> str:
    return reverse(f"tracking:{name}", args=[end.session.pk]) + query


def post(
    person: User, end: SessionEnd, said: dict[str, Any], query: str = "", name: str = "sweep_confirm"
) -> str:
    answer = browser_of(person).post(page(end, query, name), said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def confirmed() -> dict[str, str]:
    return dict(Disposition.objects.order_by("measure").values_list("measure__number", "kind"))


def key(number: str) -> int:
    return Measure.objects.get(number=number).pk


def test_what_we_follow_comes_first_and_each_measure_says_what_is_proposed_and_why(
    cast: Cast, end: SessionEnd
):
    shown = browser_of(cast.angela).get(page(end)).content.decode()

    numbers = [shown.index(f'value="{key(number)}"') for number in ("HB 3", "HB 1", "HB 2")]
    assert numbers == sorted(numbers)
    assert "Last day to sign: June 21, 2027." in shown
    assert "Gulf Prairie, tier 1" in shown
    assert shown.count("It was not passed, and nothing is carried over.") == 2


def test_ticked_measures_are_confirmed_as_proposed(cast: Cast, end: SessionEnd):
    shown = post(cast.angela, end, {"scope": "ticked", "measure": [key("HB 1"), key("HB 3")]})

    assert "2 measures are confirmed." in shown
    assert confirmed() == {"HB 1": "died", "HB 3": "awaiting"}


def test_all_of_a_filter_is_asked_about_with_its_number_before_anything_happens(cast: Cast, end: SessionEnd):
    query = "?disposition=died"
    asked = post(cast.jordan, end, {"scope": "all"}, query)
    assert ("Confirm 2 measures?" in asked, confirmed()) == (True, {})

    post(cast.jordan, end, {"scope": "all", "sure": "on"}, query)
    again = post(cast.jordan, end, {"scope": "all", "sure": "on"}, query)

    assert confirmed() == {"HB 1": "died", "HB 2": "died"}
    assert "Nothing to confirm" in again


def test_a_person_may_say_something_else_but_never_that_a_living_bill_is_dead(cast: Cast, end: SessionEnd):
    everything = [key("HB 2"), key("HB 3")]
    post(cast.angela, end, {"scope": "ticked", "measure": everything, "kind": "carried_over"})
    shown = post(cast.angela, end, {"scope": "ticked", "measure": everything, "kind": "died"})

    assert confirmed() == {"HB 2": "carried_over"}
    assert "1 measure may still be signed, and stays open." in shown


def test_owners_and_advocates_sweep_what_is_theirs_and_nothing_else(cast: Cast, end: SessionEnd):
    for person in (cast.priya, cast.dana):
        shown = browser_of(person).get(page(end)).content.decode()
        assert [f'value="{key(number)}"' in shown for number in ("HB 1", "HB 2", "HB 3")] == [
            False,
            False,
            True,
        ]

    post(cast.priya, end, {"scope": "ticked", "measure": [key("HB 1"), key("HB 3")]})

    assert confirmed() == {"HB 3": "awaiting"}
    for person in (cast.luis, cast.chris, cast.sam, cast.noor):
        assert browser_of(person).get(page(end)).status_code == 404
        assert browser_of(person).post(page(end, name="sweep_confirm"), {"scope": "all"}).status_code == 404


def test_what_was_confirmed_is_taken_back_one_by_one_or_all_of_it(cast: Cast, end: SessionEnd):
    post(cast.angela, end, {"scope": "all", "sure": "on"})
    shown = browser_of(cast.angela).get(page(end, "?show=confirmed")).content.decode()
    assert shown.count("Confirmed by Angela Moss on June 10, 2027") == 3
    first = Disposition.objects.get(measure__number="HB 1")
    back, query = "sweep_take_back", "?show=confirmed"

    assert "1 measure is open again." in post(
        cast.angela, end, {"scope": "ticked", "disposition": [first.pk]}, query, back
    )
    assert "Take 2 confirmations back?" in post(cast.angela, end, {"scope": "all"}, query, back)
    post(cast.angela, end, {"scope": "all", "sure": "on"}, query, back)

    assert confirmed() == {}
    assert Measure.objects.with_stage(date(2027, 6, 10)).get(number="HB 1").stage == "committee_1"


def test_the_list_says_how_much_waits_in_each_session_that_is_over(cast: Cast, end: SessionEnd):
    measure("HB 9", session="91R")
    shown = browser_of(cast.angela).get(reverse("tracking:sweep_list")).content.decode()

    assert ("3 to confirm" in shown, "1 of them followed" in shown, "91R" in shown) == (True, True, False)
    assert "1 to confirm" in browser_of(cast.priya).get(reverse("tracking:sweep_list")).content.decode()
    assert browser_of(cast.sam).get(reverse("tracking:sweep_list")).status_code == 404


def test_a_session_of_which_one_only_reads_stands_in_nobodys_list_but_ones_own_stays_when_it_is_swept(
    cast: Cast, end: SessionEnd
):
    address = reverse("tracking:sweep_list")
    assert page(end) not in browser_of(cast.luis).get(address).content.decode()
    stepped(Measure.objects.get(number="HB 3"), Stage.ENACTED, date(2027, 6, 5))

    shown = browser_of(cast.priya).get(address).content.decode()

    assert (page(end) in shown, "Swept" in shown) == (True, True)
    assert "Every measure is disposed of" in browser_of(cast.priya).get(page(end)).content.decode()


def test_the_list_of_sessions_turns_its_pages_with_the_last_one_over_first(cast: Cast):
    for number in range(1, 13):
        measure("HB 1", session=f"{number}S")
        adjourned(date(2027, 5, number), session=f"{number}S")
    browser, address = browser_of(cast.jordan), reverse("tracking:sweep_list")

    first = browser.get(address).context["page"]
    second = browser.get(address + first.next_url).context["page"]

    assert [row.identifier for row in first.rows] == [f"{number}S" for number in range(12, 2, -1)]
    assert [row.identifier for row in second.rows] == ["2S", "1S"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_one_measure_as_for_three(
    cast: Cast, django_assert_num_queries, number: int
):
    for one in range(number):
        tracked(measure(f"HB {one}"), cast.gulf_prairie, owner=cast.priya)
    end = adjourned(SINE_DIE, carry_over=CarryOver.ENDS)
    browser = browser_of(cast.angela)
    browser.get(page(end))

    with django_assert_num_queries(14):
        browser.get(page(end))


def test_without_a_rule_on_record_the_page_says_so_and_leads_staff_to_it(cast: Cast):
    measure("HB 1")
    end = adjourned(SINE_DIE)

    shown = browser_of(cast.jordan).get(page(end)).content.decode()

    assert "so no measure is proposed as died" in shown
    assert reverse("admin:legislation_legislativesession_change", args=[end.session.pk]) in shown
