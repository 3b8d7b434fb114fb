"""The type-ahead: whom it offers, in which order, and how they are told apart."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from legislation.models import Chamber, Committee, LegislativeSession, Measure, Staffer
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, hb_210, official_in, seat_in
from tests.factories.people import state


def offered(browser: Client, kind: str, words: str) -> list[dict[str, Any]]:
    prefix = "" if kind == "officials" else f"{kind}/"
    response = browser.get(f"/officials/{prefix}suggest/", {"q": words})
    assert response.status_code == 200
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def test_an_official_is_offered_with_title_seat_and_state(cast: Cast):
    reyes = alma_reyes()
    Chamber.objects.update(member_title="Representative")

    assert offered(browser_of(cast.dana), "officials", "rey") == [
        {"value": reyes.pk, "label": "Rep. Alma Reyes", "hint": "Texas House 131"}
    ]


def test_a_seat_in_congress_names_its_state_when_the_seat_does_not(cast: Cast):
    seat = seat_in(state("tx", "Texas"), "131")
    seat.label = "House 131"
    seat.save()
    official_in(seat, "Alma Reyes")

    assert offered(browser_of(cast.dana), "officials", "rey")[0]["hint"] == "House 131 · Texas"


def test_people_in_office_come_before_former_ones(cast: Cast):
    texas = state("tx", "Texas")
    official_in(seat_in(texas, "1"), "Ann Lee", ends_on=date(2027, 1, 12))
    official_in(seat_in(texas, "2"), "Zoe Lee")

    found = offered(browser_of(cast.dana), "officials", "lee")

    assert [(one["label"], one["hint"]) for one in found] == [
        ("Zoe Lee", "Texas House 2"),
        ("Ann Lee", "former · Texas House 1"),
    ]


def test_a_family_name_that_begins_so_comes_before_a_syllable_inside_a_name(cast: Cast):
    texas = state("tx", "Texas")
    official_in(seat_in(texas, "1"), "Ashlee Adams")
    official_in(seat_in(texas, "2"), "Mike Lee")

    assert [one["label"] for one in offered(browser_of(cast.dana), "officials", "lee")] == [
        "Mike Lee",
        "Ashlee Adams",
    ]


def test_no_more_than_twelve_are_offered(cast: Cast):
    for number in range(14):
        official_in(seat_in(state("tx", "Texas"), str(number)), f"Ann No{number}")

    assert len(offered(browser_of(cast.dana), "officials", "ann")) == 12


@pytest.mark.parametrize("kind", ["officials", "staffers", "measures", "committees"])
@pytest.mark.parametrize("words", ["", "  ", "-"])
def test_nothing_typed_offers_nothing(cast: Cast, kind: str, words: str):
    reyes = alma_reyes()
    Staffer.objects.create(official=reyes, name="Kim Ito")
    hb_210()

    assert offered(browser_of(cast.dana), kind, words) == []


@pytest.mark.parametrize("kind", ["officials", "staffers", "measures", "committees"])
def test_without_a_sign_in_nothing_is_offered(db: None, kind: str):
    prefix = "" if kind == "officials" else f"{kind}/"

    assert Client().get(f"/officials/{prefix}suggest/?q=a").status_code == 302


def test_staff_who_left_come_last_and_are_marked(cast: Cast):
    reyes = alma_reyes()
    gone = Staffer.objects.create(official=reyes, name="Kim Adams", ends_on=date(2026, 6, 1))
    here = Staffer.objects.create(official=reyes, name="Kim Ito", title="Health policy")

    assert offered(browser_of(cast.dana), "staffers", "kim") == [
        {"value": here.pk, "label": "Kim Ito", "hint": "Health policy · Alma Reyes"},
        {"value": gone.pk, "label": "Kim Adams", "hint": "former · Other · Alma Reyes"},
    ]


@pytest.mark.parametrize("words", ["hb210", "HB 210", "H.B. 0210", "health data"])
def test_a_measure_is_found_by_its_number_however_spelled_and_by_its_title(cast: Cast, words: str):
    bill = hb_210()

    assert offered(browser_of(cast.dana), "measures", words) == [
        {"value": bill.pk, "label": "HB 210 (Texas 90R)", "hint": "Health data exchange"}
    ]


def test_the_same_number_of_two_sessions_is_offered_twice_the_newest_first(cast: Cast):
    hb_210()
    older = LegislativeSession.objects.create(
        jurisdiction=state("tx", "Texas"), identifier="89R", name="89th", starts_on=date(2025, 1, 14)
    )
    LegislativeSession.objects.filter(identifier="90R").update(starts_on=date(2027, 1, 12))
    Measure.objects.create(session=older, number="HB 210", title_en="Roads")

    assert [one["label"] for one in offered(browser_of(cast.dana), "measures", "hb 210")] == [
        "HB 210 (Texas 90R)",
        "HB 210 (Texas 89R)",
    ]


def test_a_subcommittee_names_the_committee_it_is_part_of_and_closed_ones_are_left_out(cast: Cast):
    texas = state("tx", "Texas")
    health = Committee.objects.create(jurisdiction=texas, name="Public Health", external_id="h")
    part = Committee.objects.create(
        jurisdiction=texas, name="Health Data", external_id="d", parent=health, classification="subcommittee"
    )
    Committee.objects.create(
        jurisdiction=texas, name="Old Health", external_id="o", ended_on=date(2025, 1, 1)
    )

    assert offered(browser_of(cast.dana), "committees", "health") == [
        {"value": part.pk, "label": "Health Data", "hint": "Public Health · Texas"},
        {"value": health.pk, "label": "Public Health", "hint": "Texas"},
    ]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("kind", "queries"), [("officials", 12), ("staffers", 7), ("measures", 6), ("committees", 6)]
)
def test_each_answer_costs_the_same_whatever_it_holds(
    cast: Cast, rows: int, kind: str, queries: int, django_assert_num_queries
):
    texas = state("tx", "Texas")
    session = LegislativeSession.objects.create(jurisdiction=texas, identifier="90R", name="90th")
    for number in range(rows):
        official = official_in(seat_in(texas, f"1{number}"), f"Ann No{number}")
        official_in(seat_in(texas, f"2{number}"), f"Ann Old{number}", ends_on=date(2026, 1, 1))
        Staffer.objects.create(official=official, name=f"Ann Staff{number}")
        Measure.objects.create(session=session, number=f"HB {number}", title_en="Annual report")
        Committee.objects.create(jurisdiction=texas, name=f"Annals {number}", external_id=str(number))
    browser = browser_of(cast.dana)

    with django_assert_num_queries(queries):
        offered(browser, kind, "ann")
