"""Legislatures, committees and measures."""

from datetime import date

import pytest

from legislation.models import (
    Chamber,
    ChamberCode,
    Committee,
    CommitteeMembership,
    Division,
    Jurisdiction,
    Level,
    MembershipRole,
    Seat,
    Staffer,
    Tenure,
)
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, hb_210, official_in, seat_in
from tests.factories.people import state, united_states


def committee_of(jurisdiction: Jurisdiction, name: str, **fields: object) -> Committee:
    return Committee.objects.create(jurisdiction=jurisdiction, name=name, external_id=name.lower(), **fields)


def test_legislatures_are_listed_by_country_with_their_members_in_office(cast: Cast):
    alma_reyes()
    official_in(seat_in(state("tx", "Texas"), "1"), "Gone Away", ends_on=date(2027, 1, 1))

    response = browser_of(cast.dana).get("/officials/jurisdictions/")

    countries = {
        str(country): [(str(row.jurisdiction), row.in_office) for row in rows]
        for country, rows in response.context["countries"]
    }
    assert countries == {
        "United States": [
            ("United States", 0),
            ("District of Columbia", 0),
            ("Maryland", 0),
            ("Texas", 1),
            ("Virginia", 0),
        ],
        "Canada": [("Canada", 0), ("British Columbia", 0), ("Quebec", 0)],
    }


def test_a_seat_without_a_holder_is_vacant_and_one_with_two_places_can_be_half_vacant(cast: Cast):
    texas = state("tx", "Texas")
    alma_reyes()
    official_in(seat_in(texas, "2"), "Gone Away", ends_on=date(2027, 1, 1))
    Seat.objects.create(chamber=Chamber.objects.get(), district="10", label="Texas House 10", places=2)
    official_in(Seat.objects.get(district="10"), "Half There")

    response = browser_of(cast.dana).get(texas.get_absolute_url())

    roll = response.context["roll"]
    assert [
        (place.seat.district, [holder.line.name for holder in place.holders], place.vacant)
        for place in roll.places
    ] == [("2", [], 1), ("10", ["Half There"], 1), ("131", ["Alma Reyes"], 0)]
    assert (roll.in_all, roll.held, roll.vacant) == (4, 2, 2)


def test_a_seat_of_an_older_map_is_neither_shown_nor_vacant(cast: Cast):
    seat = seat_in(state("tx", "Texas"), "9")
    alma_reyes()
    Seat.objects.filter(pk=seat.pk).update(is_current=False)

    roll = browser_of(cast.dana).get(state("tx", "Texas").get_absolute_url()).context["roll"]

    assert [place.seat.district for place in roll.places] == ["131"]


def test_a_passed_term_counts_as_held_and_is_counted_as_unconfirmed(cast: Cast):
    alma_reyes()
    Tenure.objects.update(ends_on=date(2027, 1, 12), end_is_expected=True)

    response = browser_of(cast.dana).get(state("tx", "Texas").get_absolute_url())

    roll = response.context["roll"]
    assert (roll.held, roll.vacant, roll.unconfirmed) == (1, 0, 1)


def test_a_state_shows_its_chambers_delegation_committees_and_towns_one_at_a_time(cast: Cast):
    texas = state("tx", "Texas")
    alma_reyes()
    seat_in(texas, "15", ChamberCode.UPPER)
    house = Chamber.objects.create(jurisdiction=united_states(), code=ChamberCode.LOWER, name="U.S. House")
    division = Division.objects.create(
        ocd_id="ocd-division/country:us/state:tx/cd:7", name="TX-7", jurisdiction=texas
    )
    seat = Seat.objects.create(chamber=house, division=division, district="TX-7", label="U.S. House TX-7")
    official_in(seat, "Fay Deral")
    committee_of(texas, "Public Health")
    Jurisdiction.objects.create(ocd_id="x", name="Houston", level=Level.LOCAL, parent=texas)
    browser = browser_of(cast.dana)

    tabs = browser.get(texas.get_absolute_url()).context["tabs"]
    pages = [browser.get(texas.get_absolute_url() + tab["url"]) for tab in tabs]

    assert [tab["label"] for tab in tabs] == [
        "Texas Senate",
        "Texas House",
        "Congress",
        "Committees",
        "Cities and towns",
    ]
    assert [place.holders[0].line.name for place in pages[2].context["roll"].places] == ["Fay Deral"]
    assert [str(one) for one in pages[3].context["committees"]] == ["Public Health"]
    assert "Houston" in pages[4].content.decode()


def test_a_jurisdiction_without_seats_says_so(cast: Cast):
    response = browser_of(cast.dana).get(state("md", "Maryland").get_absolute_url() + "?part=moon")

    assert "No seats on record" in response.content.decode()


def test_a_committee_lists_its_chair_first_its_parts_and_its_staff(cast: Cast):
    texas = state("tx", "Texas")
    health = committee_of(texas, "Public Health", url="https://example.org/health")
    part = committee_of(texas, "Health Data", parent=health)
    committee_of(texas, "Closed", parent=health, ended_on=date(2026, 1, 1))
    member, chair = alma_reyes(), official_in(seat_in(texas, "9"), "Zoe Chair")
    gone = official_in(seat_in(texas, "10"), "Gone Away")
    CommitteeMembership.objects.create(committee=health, official=member, rank=1)
    CommitteeMembership.objects.create(committee=health, official=chair, role=MembershipRole.CHAIR)
    CommitteeMembership.objects.create(committee=health, official=gone, ends_on=date(2027, 1, 1))
    Staffer.objects.create(committee=health, name="Kim Ito")

    response = browser_of(cast.dana).get(health.get_absolute_url())

    assert [one["line"].name for one in response.context["members"]] == ["Zoe Chair", "Alma Reyes"]
    assert list(response.context["subcommittees"]) == [part]
    assert "Kim Ito" in response.content.decode()
    assert browser_of(cast.dana).get(part.get_absolute_url()).status_code == 200


def test_a_measure_is_shown_with_its_session_wherever_it_is_named(cast: Cast):
    bill = hb_210()
    browser = browser_of(cast.dana)

    listed = browser.get("/officials/measures/?q=health").content.decode()
    shown = browser.get(f"/officials/measures/{bill.pk}/").content.decode()

    assert "Texas 90R" in listed
    assert "<h1>HB 210 (Texas 90R)</h1>" in shown
    assert "90th Regular Session" in shown


def test_measures_are_narrowed_by_session_and_words(cast: Cast):
    bill = hb_210()
    browser = browser_of(cast.dana)

    assert browser.get(f"/officials/measures/?session={bill.session_id}").context["page"].rows == [bill]
    assert browser.get("/officials/measures/?q=roads").context["page"].rows == []


def test_an_empty_list_of_measures_says_who_adds_them(cast: Cast):
    text = browser_of(cast.dana).get("/officials/measures/").content.decode()

    assert "No measure is on record yet" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_places_cost_the_same_whatever_they_hold(cast: Cast, rows: int, django_assert_num_queries):
    texas = state("tx", "Texas")
    health = committee_of(texas, "Public Health")
    for number in range(rows):
        official = official_in(seat_in(texas, str(number)), f"Ann No{number}")
        CommitteeMembership.objects.create(committee=health, official=official)
        committee_of(texas, f"Part {number}", parent=health)
        Staffer.objects.create(committee=health, name=f"Staffer {number}")
    browser = browser_of(cast.dana)

    with django_assert_num_queries(9):
        browser.get("/officials/jurisdictions/")
    with django_assert_num_queries(21):
        browser.get(texas.get_absolute_url())
    with django_assert_num_queries(17):
        browser.get(f"{texas.get_absolute_url()}?part=committees")
    with django_assert_num_queries(15):
        browser.get(health.get_absolute_url())
