"""Seats, tenures, committees and measures: what one row and many rows can say."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from advocacy.accounts.models import User
from legislation.models import Measure, Official, Seat, Tenure
from legislation.models.committee import MembershipRole, normalised_role
from legislation.models.measure import number_key
from tests.factories.log import alma_reyes, hb_210, official_in, seat_in
from tests.factories.people import state

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def seat():
    return seat_in(state("tx", "Texas"), "9")


def held(seat: Seat, **dates) -> Tenure:
    return Tenure.objects.create(official=Official.objects.create(name="Bo Lane"), seat=seat, **dates)


def test_the_end_of_a_tenure_is_the_first_day_without_it(seat):
    tenure = held(seat, starts_on=date(2025, 1, 1), ends_on=DAY)

    in_force = [Tenure.objects.in_force(day).exists() for day in (BEFORE, DAY)]
    assert in_force == [tenure.is_in_force(BEFORE), tenure.is_in_force(DAY)] == [True, False]


def test_a_tenure_begins_on_its_first_day_and_an_unknown_beginning_has_begun(seat):
    held(seat, starts_on=DAY)
    unknown = held(seat)

    assert list(Tenure.objects.in_force(BEFORE)) == [unknown]
    assert Tenure.objects.in_force(DAY).count() == 2


def test_an_expected_end_that_has_passed_leaves_the_tenure_in_force_but_unconfirmed(seat):
    tenure = held(seat, starts_on=date(2025, 1, 21), ends_on=DAY, end_is_expected=True)

    assert [tenure.is_unconfirmed(day) for day in (BEFORE, DAY)] == [False, True]
    assert list(Tenure.objects.unconfirmed(DAY)) == list(Tenure.objects.in_force(DAY)) == [tenure]
    assert not Tenure.objects.ended(AFTER).exists()


def test_who_held_the_seat_at_some_time_of_a_month(seat):
    held(seat, starts_on=date(2025, 1, 1), ends_on=date(2026, 10, 1))
    left = held(seat, starts_on=date(2025, 1, 1), ends_on=date(2026, 10, 2))
    came = held(seat, starts_on=date(2026, 10, 31))
    held(seat, starts_on=date(2026, 11, 1))

    found = Tenure.objects.at_any_time_between(date(2026, 10, 1), date(2026, 11, 1))
    assert set(found) == {left, came}


def test_an_official_of_two_capacities_is_one_official(seat):
    alma = alma_reyes()
    Tenure.objects.create(official=alma, seat=seat, starts_on=date(2025, 1, 1))

    assert list(Official.objects.in_office(DAY)) == [alma]
    assert len(alma.tenures_in_force(DAY)) == 2


def test_an_incumbent_and_the_one_elected_to_follow_are_both_there(seat):
    incumbent = official_in(seat, "Ida Now", ends_on=date(2027, 1, 12))
    elected = official_in(seat, "Nell Next", starts_on=date(2027, 1, 12))

    assert list(Official.objects.holding(Seat.objects.filter(pk=seat.pk), DAY)) == [incumbent]
    assert list(Official.objects.holding(Seat.objects.filter(pk=seat.pk), date(2027, 1, 12))) == [elected]


def test_vacancies_are_places_without_a_holder_on_seats_of_todays_map(seat):
    two_places = Seat.objects.create(chamber=seat.chamber, district="2", label="Two", places=2)
    official_in(two_places, "Ada Lone")
    Seat.objects.create(chamber=seat.chamber, district="99", label="Abolished", is_current=False)

    vacant = Seat.objects.vacant(DAY).order_by("pk")
    assert [(one.label, one.free_places()) for one in vacant] == [("Texas House 9", 1), ("Two", 1)]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("reyes", True),
        ("REY alm", True),
        ("texas 131", True),
        ("tx reyes", True),
        ("oneil", False),
        ("reyes ohio", False),
        ("", True),
    ],
)
def test_every_word_of_a_search_must_name_something_of_the_person(text, is_found):
    alma_reyes()

    assert Official.objects.search(text, DAY).exists() is is_found


@pytest.mark.parametrize("text", ["o'neil", "oneil", "o neil", "cote", "ONeil-Côté", "neilcote"])
def test_accents_hyphens_and_apostrophes_do_not_matter(seat, text):
    official_in(seat, "Élise O'Neil-Côté")

    assert Official.objects.search(text, DAY).exists()


@pytest.mark.parametrize(
    ("raw", "role"),
    [
        ("Chairwoman", MembershipRole.CHAIR),
        ("co-chair", MembershipRole.CHAIR),
        ("First Vice Chair", MembershipRole.VICE_CHAIR),
        ("republican vice chair", MembershipRole.VICE_CHAIR),
        ("assistant vice chair", MembershipRole.VICE_CHAIR),
        ("ranking  member", MembershipRole.RANKING_MEMBER),
        ("ex-officio", MembershipRole.EX_OFFICIO),
        ("exofficio", MembershipRole.EX_OFFICIO),
        ("", MembershipRole.MEMBER),
        ("member", MembershipRole.MEMBER),
        ("alternate", MembershipRole.ALTERNATE),
        ("republican committee whip", MembershipRole.OTHER),
        ("secretary", MembershipRole.OTHER),
    ],
)
def test_seventy_spellings_of_a_role_become_seven(raw, role):
    assert normalised_role(raw) == role


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("HB0126", "HB126"),
        ("HB 126", "HB126"),
        ("H.B. 126", "HB126"),
        ("HJRes 140", "HJRES140"),
        ("C-2", "C2"),
        ("S 100", "S100"),
        ("2025-0001", "20250001"),
    ],
)
def test_a_number_is_one_number_however_it_is_written(number, key):
    assert number_key(number) == key


def test_a_measure_is_always_shown_with_its_session():
    assert str(hb_210()) == "HB 210 (90R)"


@pytest.mark.parametrize("text", ["hb210", "HB 210", "health exchange"])
def test_a_measure_is_found_by_number_or_title(text):
    hb_210()

    assert Measure.objects.search(text).exists()


def test_the_public_record_is_for_people_who_are_signed_in():
    alma = alma_reyes()
    reader = User(email="a@example.org", is_active=True)
    former = User(email="b@example.org", is_active=False)

    assert list(Official.objects.visible_to(reader)) == [alma]
    assert list(Official.objects.visible_to(former)) == []
    assert list(Official.objects.visible_to(AnonymousUser())) == []
