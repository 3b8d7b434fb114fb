"""What changed between the writing of a mail and its leaving is seen just before it goes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.outbox import lanes
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import OutboundMessage
from campaigns import refusals
from campaigns.actions import campaigns, consents, contacts, mailings
from campaigns.models import Campaign, Contact, HowWithdrawn, Purpose
from tests.campaigns.mailing import acted, drafted_for, live_for, says_for, written
from tests.cast import NOW, Cast
from tests.factories.campaigns import approved, launched
from tests.factories.contacts import ContactFactory, canadian, implied

DAY = timedelta(days=1)


def offered(*, at: timedelta = DAY) -> list[str]:
    """Who is written to when a worker looks that much later."""
    with time_machine.travel(NOW + at, tick=False):
        return sorted(message.recipient for message in Ledger("w").claim(10, now=NOW + at))


def why(contact: Contact) -> tuple[str, str]:
    return OutboundMessage.objects.values_list("state", "resolution").get(
        recipient=contact.email, kind="campaigns.appeal"
    )


@pytest.fixture
def two(cast: Cast) -> tuple[Campaign, Contact, Contact]:
    """Two readers whose mail waits."""
    one, other = ContactFactory(email="one@example.org"), ContactFactory(email="other@example.org")
    campaign = live_for(cast, one, other)
    OutboundMessage.objects.all().delete()
    written(campaign)
    return campaign, one, other


def test_who_took_part_meanwhile_is_not_asked_any_more(two: tuple[Campaign, Contact, Contact]):
    campaign, one, other = two
    acted(one, campaign)

    assert offered() == [other.email]
    assert why(one) == ("cancelled", "Took part in the meantime.")


def test_who_withdrew_from_the_chapter_alone_is_not_asked_any_more(two: tuple[Campaign, Contact, Contact]):
    campaign, one, other = two
    consents.withdraw(one, chapter=campaign.chapter, how=HowWithdrawn.PAGE, now=NOW)

    assert offered() == [other.email]
    assert why(one) == ("cancelled", "Consent ended after this was written.")


def test_consent_that_ends_before_the_mail_leaves_is_over(cast: Cast):
    reader = canadian(email="rosa@example.org")
    implied(reader, until=(NOW + 2 * DAY).date())
    campaign = live_for(cast, reader)
    OutboundMessage.objects.all().delete()
    written(campaign)

    assert offered(at=3 * DAY) == []
    assert why(reader) == ("cancelled", "Consent ended after this was written.")


def test_who_asked_to_be_forgotten_is_left_alone(two: tuple[Campaign, Contact, Contact]):
    _campaign, one, other = two
    contacts.erase(one, now=NOW)

    assert offered() == [other.email]


def test_mail_of_a_campaign_that_is_a_draft_again_does_not_leave_though_its_lane_was_opened_by_hand(
    cast: Cast, two: tuple[Campaign, Contact, Contact]
):
    campaign, one, _other = two
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    lanes.let_go(f"scope:{campaign.scope}")

    assert offered() == []
    assert why(one) == ("cancelled", "The campaign is not live any more.")


def test_a_pause_refuses_nothing_for_good(cast: Cast, two: tuple[Campaign, Contact, Contact]):
    campaign, one, other = two
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    held = offered()
    campaigns.resume(campaign, by=cast.dana, now=NOW + DAY)

    assert (held, offered()) == ([], [one.email, other.email])


def test_a_reminder_written_before_the_pause_says_what_was_approved_after_it(cast: Cast):
    campaign = drafted_for(cast, ContactFactory(email="rosa@example.org"))
    appeal = says_for(campaign, Purpose.REMINDER, subject="Old words")
    launched(campaign, by=cast.dana, approver=cast.jordan)
    written(campaign)
    mailings.begin(campaign, Purpose.REMINDER, by=None, now=NOW)
    written(campaign, Purpose.REMINDER)

    campaigns.pause(campaign, by=cast.dana, now=NOW)
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    appeal.subject = "New words"
    appeal.save()
    approved(campaign, by=cast.dana, approver=cast.angela)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    written(campaign, Purpose.REMINDER)

    rows = OutboundMessage.objects.filter(subject__endswith="words").order_by("pk")
    assert list(rows.values_list("subject", "state")) == [
        ("Old words", "cancelled"),
        ("New words", "pending"),
    ]


def test_a_reminder_whose_text_was_taken_out_is_not_sent(cast: Cast):
    campaign = drafted_for(cast, ContactFactory(email="rosa@example.org"))
    appeal = says_for(campaign, Purpose.REMINDER, subject="Old words")
    launched(campaign, by=cast.dana, approver=cast.jordan)
    mailings.begin(campaign, Purpose.REMINDER, by=None, now=NOW)
    written(campaign, Purpose.REMINDER)

    campaigns.pause(campaign, by=cast.dana, now=NOW)
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    appeal.delete()
    approved(campaign, by=cast.dana, approver=cast.angela)
    campaigns.launch(campaign, by=cast.dana, now=NOW)

    message = OutboundMessage.objects.get(subject="Old words")
    assert (message.state, message.resolution) == ("cancelled", "The text was taken out.")
    assert campaign.mailings.get(purpose="reminder").state == "stopped"


def test_the_questions_do_not_grow_with_the_messages(cast: Cast):
    def queries(count: int) -> int:
        campaign = live_for(cast, *ContactFactory.create_batch(count), slug=f"c{count}")
        written(campaign)
        found = list(OutboundMessage.objects.filter(scope=campaign.scope))
        with CaptureQueriesContext(connection) as asked:
            assert refusals.changed(found) == {}
        return len(asked)

    assert queries(2) == queries(20)
