"""A thousand supporters send at once: each rests on what the one before was shown, and none on what is no longer true.

Sam sends first, and what his page was made of is kept for seconds. Within these the record changes, and Jane sends.
"""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.positions.models import Position
from campaigns.act import ground
from campaigns.models import Campaign, Letter, Method, Participation
from legislation.models import ContactKind, ContactPoint, Tenure
from tests.campaigns.acting import Visitor, live_in_houston, reaches
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
SAM = {"name": "Sam Poe", "email": "sam@example.org"}


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_in_houston(cast)


@pytest.fixture
def jane(campaign: Campaign, clock: time_machine.Traveller) -> Visitor:
    """She has her letters before her and sends them at the moment at which Sam has sent his."""
    jane = at_her_letters(clock)
    assert Visitor(clock).act(SAM).status_code == 303
    return jane


def at_her_letters(clock: time_machine.Traveller, now: datetime = NOW, **who: str) -> Visitor:
    visitor = Visitor(clock, now=now)
    visitor.find(**who)
    visitor.submit(place="77004", **visitor.in_131())
    return visitor


def way_in(jane: Visitor) -> str:
    (name,) = (name for name in jane.choices if name.startswith("way_"))
    return name


def of_jane() -> dict[str, Any]:
    return {"participation__contact__email": "jane@example.org"}


def test_what_is_kept_spares_the_next_one_a_quarter_of_the_questions(
    campaign: Campaign, clock: time_machine.Traveller, jane: Visitor
):
    of_the_next = questions_of(jane)
    late = at_her_letters(clock, jane.now, name="Ana Ruiz", email="ana@example.org")
    ground.forget()
    of_the_first = questions_of(late)

    assert of_the_first - of_the_next >= 13


def questions_of(visitor: Visitor) -> int:
    own_words = f"I, {visitor.fields['name']}, wait a week for every record."
    with CaptureQueriesContext(connection) as asked:
        assert visitor.send(own_words=own_words).status_code == 303
    return len(asked)


def test_who_left_office_meanwhile_gets_nothing(jane: Visitor):
    Tenure.objects.filter(official__name="Alma Reyes").update(ends_on=TODAY, end_is_expected=False)

    jane.send()

    assert "is not written to any more" in jane.text
    assert "Nothing was sent." in jane.text
    assert not Letter.objects.filter(**of_jane()).exists()


def test_nothing_goes_under_a_position_that_ended_meanwhile(jane: Visitor):
    Position.objects.update(ends_on=TODAY)

    response = jane.send()

    assert response.status_code == 503
    assert "its text is being looked at" in jane.text
    assert not Participation.objects.filter(contact__email="jane@example.org").exists()


def test_a_campaign_paused_meanwhile_takes_nothing_and_gives_the_text_back(campaign: Campaign, jane: Visitor):
    Campaign.objects.update(status="paused", status_at=jane.now)

    jane.send()

    assert "paused" in jane.text
    assert "My clinic waits a week" in jane.text
    assert not Letter.objects.filter(**of_jane()).exists()


def test_an_address_withdrawn_meanwhile_is_not_mailed_to(jane: Visitor):
    ContactPoint.objects.filter(kind=ContactKind.EMAIL).delete()

    jane.send(**{way_in(jane): Method.PORTAL_EMAIL})

    assert "publishes no e-mail address any more" in jane.text
    assert Method.PORTAL_EMAIL not in jane.choices[way_in(jane)]
    assert not Letter.objects.filter(**of_jane()).exists()


def test_an_address_published_meanwhile_may_be_mailed_to(campaign: Campaign, clock: time_machine.Traveller):
    official = ContactPoint.objects.get(kind=ContactKind.EMAIL).official
    ContactPoint.objects.filter(kind=ContactKind.EMAIL).delete()
    assert Visitor(clock).act(SAM).status_code == 303
    reaches(official, ContactKind.EMAIL, "alma.reyes@house.example")
    jane = at_her_letters(clock)

    assert jane.send(**{way_in(jane): Method.PORTAL_EMAIL}).status_code == 303
