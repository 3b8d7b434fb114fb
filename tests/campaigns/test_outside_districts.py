"""A supporter whom the campaign writes for nobody: from the sea, from abroad, from another state."""

import pytest
import time_machine

from campaigns.models import Campaign, Contact, Participation
from tests.campaigns.acting import PAGE, WHO, Visitor, live_in_houston
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_in_houston(cast)


@pytest.fixture
def jane(clock: time_machine.Traveller) -> Visitor:
    return Visitor(clock)


@pytest.mark.parametrize(
    "place",
    ["99999", "H2X 1Y4", "10 Downing Street, London SW1A 2AA", "27.5, -90.0", "1 Rue de Rivoli, 75001 Paris"],
    ids=["no code", "Canada", "England", "the sea", "France"],
)
def test_the_page_says_whose_officials_are_written_to_and_what_can_be_done(
    campaign: Campaign, jane: Visitor, place: str
):
    answer = jane.find(place=place)

    assert answer.status_code == 200
    assert "Nobody to write to from there" in jane.text
    assert "This campaign writes to officials of: Texas." in jane.text
    assert "Enter the address at which you vote." in jane.text
    assert f"{PAGE}?via=share" in jane.text
    assert not Contact.objects.filter(email=WHO["email"]).exists()
    assert not Participation.objects.exists()


@pytest.mark.parametrize("place", ["-", "12", "95.0, 200.0"])
def test_what_is_no_place_is_said_at_the_field(campaign: Campaign, jane: Visitor, place: str):
    answer = jane.find(place=place)

    assert answer.status_code == 200
    assert 'aria-invalid="true"' in jane.text
    assert "Nobody to write to from there" not in jane.text


def test_another_place_is_entered_without_saying_all_again(campaign: Campaign, jane: Visitor):
    jane.find(place="99999")

    jane.submit(place="77004")
    jane.submit(place="77004", **jane.in_131())
    answer = jane.send()

    assert answer.status_code == 303
    assert Participation.objects.get().signed_as == WHO["name"]


def test_in_a_frame_the_link_for_others_leaves_it(campaign: Campaign, clock: time_machine.Traveller):
    framed = Visitor(clock, path=f"{PAGE}embed/")

    framed.find(place="99999")

    assert '?via=share" target="_top" rel="noopener"' in framed.text


def test_the_last_day_is_told_by_the_campaigns_clock(campaign: Campaign, jane: Visitor):
    Campaign.objects.update(closes_at="2027-03-02T05:59:00Z", zone="America/Chicago")

    jane.open()

    assert "Open until March 1, 2027, 11:59 p.m. (Chicago time)." in jane.text
