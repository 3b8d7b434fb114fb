"""Somebody leaves office while a supporter writes: nothing goes to a former official, and the supporter is told.

The list of targets follows the record once an hour; so here it still says that they are written to.
"""

import pytest
import time_machine

from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import MessageState, OutboundMessage
from campaigns.models import Campaign, Confirmation, Letter, Method, Target, TargetState
from legislation.models import Tenure
from tests.campaigns.acting import Visitor, live_in_houston
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
NOT_ANY_MORE = "this office is not written to any more"


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_in_houston(cast)


@pytest.fixture
def jane(clock: time_machine.Traveller) -> Visitor:
    return Visitor(clock)


def reyes_resigns() -> None:
    Tenure.objects.filter(official__name="Alma Reyes").update(ends_on=TODAY, end_is_expected=False)
    assert Target.objects.get(official__name="Alma Reyes").state == TargetState.ACTIVE


def letters_to_offices() -> int:
    return OutboundMessage.objects.filter(kind="campaigns.letter").count()


def test_before_the_page_is_opened_she_is_not_offered(campaign: Campaign, jane: Visitor):
    reyes_resigns()

    jane.find()
    if "district_" in jane.text:
        jane.submit(place="77004", **jane.in_131())

    assert "form_work" not in jane.text
    assert "Nobody to write to from there" in jane.text


def test_between_page_and_button_nothing_is_kept_and_the_text_is_given_back(
    campaign: Campaign, jane: Visitor
):
    jane.find()
    jane.submit(place="77004", **jane.in_131())
    reyes_resigns()

    jane.send()

    assert "is not written to any more" in jane.text
    assert "Nothing was sent." in jane.text
    assert "I live in" in jane.text
    assert "Check your code" not in jane.text
    assert not Letter.objects.exists()


def test_between_button_and_link_the_page_says_so_before_and_after(campaign: Campaign, jane: Visitor):
    receipt = jane.act().headers["Location"]
    reyes_resigns()

    answer = jane.open_link().content.decode()

    assert f"Nothing is sent to Alma Reyes: {NOT_ANY_MORE}." in answer
    assert "It sends your letter" not in answer
    assert (letters_to_offices(), Letter.objects.get().confirmation) == (0, Confirmation.FAILED)
    assert f"Not sent: {NOT_ANY_MORE}." in jane.client.get(receipt).content.decode()


def test_a_letter_that_was_confirmed_and_waits_is_stopped(campaign: Campaign, jane: Visitor):
    jane.act()
    jane.open_link()
    reyes_resigns()

    Ledger("worker").claim(10, now=jane.now)

    mail = OutboundMessage.objects.get(kind="campaigns.letter")
    assert mail.state != MessageState.LEASED
    assert mail.resolution == "The office is not written to any more."


def test_what_she_would_send_herself_she_is_asked_not_to_send(campaign: Campaign, jane: Visitor):
    jane.find()
    jane.submit(place="77004", **jane.in_131())
    (way,) = (name for name in jane.choices if name.startswith("way_"))
    receipt = jane.send(**{way: Method.OWN_MAIL}).headers["Location"]
    reyes_resigns()

    page = jane.client.get(receipt).content.decode()

    assert "Please do not send it." in page
    assert "mailto:alma" not in page
    assert "I sent it" not in page
    assert jane.client.get(f"{receipt}letters.pdf").status_code == 404


def test_what_left_in_time_stays_sent(campaign: Campaign, jane: Visitor):
    receipt = jane.act().headers["Location"]
    jane.open_link()
    OutboundMessage.objects.filter(kind="campaigns.letter").update(
        state=MessageState.SENT, settled_at=jane.now
    )
    reyes_resigns()

    assert "The mail server of the office took it." in jane.client.get(receipt).content.decode()


def test_who_is_re_elected_to_the_same_seat_is_written_to(campaign: Campaign, jane: Visitor):
    target = Target.objects.get(official__name="Alma Reyes")
    reyes_resigns()
    Tenure.objects.create(official=target.official, seat=target.seat, starts_on=TODAY)

    jane.act()

    assert Letter.objects.get().target == target


def test_who_holds_another_seat_now_is_not(campaign: Campaign):
    elsewhere = Target.objects.exclude(official__name="Alma Reyes").exclude(seat=None)[0]
    reyes = Target.objects.get(official__name="Alma Reyes")
    reyes_resigns()
    Tenure.objects.create(official=reyes.official, seat=elsewhere.seat, starts_on=TODAY)

    assert reyes not in Target.objects.written_to(TODAY)
    assert elsewhere in Target.objects.written_to(TODAY)


def test_an_agency_has_no_term(campaign: Campaign, cast: Cast):
    agency = Target.objects.create(
        campaign=campaign,
        agency_name="Health Agency",
        added_at=campaign.created_at,
        changed_at=campaign.created_at,
    )

    assert agency in Target.objects.written_to(TODAY)
