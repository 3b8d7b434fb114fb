"""The list of officials: who is found, in which order, under which address."""

from datetime import date

import pytest
from django.test import Client

from legislation.models import (
    Chamber,
    ChamberCode,
    Committee,
    CommitteeMembership,
    Division,
    Official,
    PartyAffiliation,
    Seat,
    Tenure,
)
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, official_in, seat_in
from tests.factories.people import canada, state, united_states

LIST = "/officials/"


def names_on(browser: Client, query: str = "") -> list[str]:
    """The names of the page, as they are shown with their titles."""
    response = browser.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [line.name for line in response.context["lines"]]


def texas(district: str, name: str, **term: date | None) -> Official:
    official = official_in(seat_in(state("tx", "Texas"), district), name, **term)
    Chamber.objects.update(member_title="Representative")
    return official


def in_congress(name: str) -> Official:
    """A member of the U.S. House for Texas."""
    house, _ = Chamber.objects.get_or_create(
        jurisdiction=united_states(),
        code=ChamberCode.LOWER,
        defaults={"name": "U.S. House", "member_title": "Representative"},
    )
    division, _ = Division.objects.get_or_create(
        ocd_id="ocd-division/country:us/state:tx/cd:7",
        defaults={"name": "TX-7", "jurisdiction": state("tx", "Texas")},
    )
    seat = Seat.objects.create(chamber=house, division=division, district="TX-7", label="U.S. House TX-7")
    return official_in(seat, name)


def test_officials_are_listed_by_family_name_with_their_titles(cast: Cast):
    texas("10", "Zoe Adams")
    texas("2", "Ann Zimmer")

    assert names_on(browser_of(cast.dana)) == ["Rep. Zoe Adams", "Rep. Ann Zimmer"]


@pytest.mark.parametrize(
    "words",
    [
        "elise",
        "Élise",
        "cote",
        "O'Neil",
        "oneil",
        "o neil",
        "131",
        "texas",
        "tx",
        "house 131",
        "liberal",
        "health",
    ],
)
def test_any_part_of_a_name_seat_state_party_or_committee_finds_an_official(cast: Cast, words: str):
    elise = texas("131", "Élise O'Neil-Côté")
    PartyAffiliation.objects.create(official=elise, party="Libéral")
    committee = Committee.objects.create(
        jurisdiction=state("tx", "Texas"), name="Public Health", external_id="health"
    )
    CommitteeMembership.objects.create(committee=committee, official=elise)
    official_in(seat_in(state("oh", "Ohio"), "9"), "Bob Hall")

    assert names_on(browser_of(cast.dana), f"q={words}") == ["Rep. Élise O'Neil-Côté"]


def test_only_people_in_office_are_listed_unless_others_are_asked_for(cast: Cast):
    texas("1", "Ina Office")
    texas("2", "Gone Away", ends_on=date(2027, 1, 12))
    browser = browser_of(cast.dana)

    assert names_on(browser) == ["Rep. Ina Office"]
    assert names_on(browser, "status=former") == ["Gone Away"]
    assert names_on(browser, "status=everybody") == ["Gone Away", "Rep. Ina Office"]


def test_a_term_whose_end_nobody_confirmed_is_listed_and_marked(cast: Cast):
    holdover = texas("1", "Holly Over")
    Tenure.objects.filter(official=holdover).update(ends_on=date(2027, 1, 12), end_is_expected=True)

    response = browser_of(cast.dana).get(LIST)

    assert [line.is_unconfirmed for line in response.context["lines"]] == [True]
    assert "Term ended, unconfirmed" in response.content.decode()


def test_a_state_has_its_own_legislators_and_its_members_of_congress(cast: Cast):
    texas("131", "Alma Reyes")
    in_congress("Fay Deral")
    official_in(seat_in(state("oh", "Ohio"), "9"), "Bob Hall")

    found = names_on(browser_of(cast.dana), f"jurisdiction={state('tx', 'Texas').pk}")

    assert found == ["Rep. Fay Deral", "Rep. Alma Reyes"]


def test_a_state_and_a_chamber_of_congress_give_the_delegation(cast: Cast):
    texas("131", "Alma Reyes")
    in_congress("Fay Deral")
    house = Chamber.objects.get(name="U.S. House")

    found = names_on(browser_of(cast.dana), f"jurisdiction={state('tx', 'Texas').pk}&chamber={house.pk}")

    assert found == ["Rep. Fay Deral"]


def test_party_and_committee_narrow_the_list(cast: Cast):
    reyes, hall = texas("131", "Alma Reyes"), texas("9", "Bob Hall")
    PartyAffiliation.objects.create(official=reyes, party="Democratic")
    PartyAffiliation.objects.create(official=hall, party="Republican")
    committee = Committee.objects.create(
        jurisdiction=state("tx", "Texas"), name="Public Health", external_id="health"
    )
    CommitteeMembership.objects.create(committee=committee, official=hall)
    browser = browser_of(cast.dana)

    assert names_on(browser, "party=Democratic") == ["Rep. Alma Reyes"]
    assert names_on(browser, f"committee={committee.pk}") == ["Rep. Bob Hall"]


def test_filters_in_force_can_be_taken_away_one_by_one(cast: Cast):
    reyes = texas("131", "Alma Reyes")
    PartyAffiliation.objects.create(official=reyes, party="Democratic")

    response = browser_of(cast.dana).get(f"{LIST}?q=reyes&party=Democratic&after=x")

    assert [(chip.label, chip.remove_url) for chip in response.context["active"]] == [
        ("Search officials: reyes", "?party=Democratic"),
        ("Party: Democratic", "?q=reyes"),
    ]


def test_pages_follow_each_other_by_name(cast: Cast):
    for number in range(1, 54):
        official_in(seat_in(state("tx", "Texas"), str(number)), f"Ann No{number:03}")
    browser = browser_of(cast.dana)

    first = browser.get(LIST)
    second = browser.get(LIST + first.context["page"].next_url)

    assert [line.name for line in second.context["lines"]] == ["Ann No051", "Ann No052", "Ann No053"]
    assert first.context["count_label"] == second.context["count_label"] == "53 results"


def test_a_filter_that_makes_no_sense_is_named_and_filters_nothing(cast: Cast):
    texas("131", "Alma Reyes")

    response = browser_of(cast.dana).get(f"{LIST}?jurisdiction=99999&status=lost&sort=&party=%00")

    assert [line.name for line in response.context["lines"]] == ["Rep. Alma Reyes"]
    assert set(response.context["form"].errors) == {"jurisdiction", "status", "party"}


def test_a_member_of_parliament_is_shown_in_the_local_form_in_both_languages(cast: Cast):
    commons = Chamber.objects.create(
        jurisdiction=canada(), code=ChamberCode.LOWER, name="House of Commons", member_title="MP"
    )
    seat = Seat.objects.create(chamber=commons, district="Saanich Shore", label="Saanich Shore")
    official_in(seat, "Wren Castellan")
    french = browser_of(cast.elise)

    assert names_on(browser_of(cast.noor)) == ["Wren Castellan, MP"]
    assert names_on(french) == ["Wren Castellan, député(e)"]


def test_an_empty_directory_tells_staff_how_to_load_it_and_others_whom_to_ask(cast: Cast):
    for_staff = browser_of(cast.jordan).get(LIST).content.decode()
    for_an_advocate = browser_of(cast.dana).get(LIST).content.decode()

    assert "import_officials congress-legislators" in for_staff
    assert "import_officials" not in for_an_advocate
    assert "Ask your society’s national staff" in for_an_advocate


def test_a_search_without_result_offers_the_whole_list(cast: Cast):
    alma_reyes()

    page = browser_of(cast.dana).get(f"{LIST}?q=nobody").content.decode()

    assert "No official matches" in page


def test_signed_out_people_are_sent_to_the_sign_in(cast: Cast):
    assert Client().get(LIST).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(cast: Cast, rows: int, django_assert_num_queries):
    for number in range(rows):
        reyes = official_in(seat_in(state("tx", "Texas"), str(number)), f"Ann No{number}")
        PartyAffiliation.objects.create(official=reyes, party="Democratic")
    browser = browser_of(cast.dana)
    query = f"?q=ann&jurisdiction={state('tx', 'Texas').pk}&party=Democratic"

    with django_assert_num_queries(19):
        response = browser.get(LIST + query)

    assert len(response.context["lines"]) == rows
