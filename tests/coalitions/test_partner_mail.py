"""The mail to partners: an invitation and at most two reminders."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from advocacy.coalitions import links, mail
from advocacy.coalitions.actions import letters
from advocacy.coalitions.models import SignOnInvitation, SignOnLetter
from advocacy.outbox import ledger
from advocacy.outbox.models import MessageState, OutboundMessage
from tests.cast import NOW, Cast
from tests.factories.letters import DEADLINE, SOFT_DEADLINE, answered, asked_by, letter_of, partner, signed

REMINDERS = OutboundMessage.objects.filter(kind=mail.REMINDER)


@pytest.fixture
def letter(cast: Cast) -> SignOnLetter:
    return signed(letter_of(cast), cast.chris)


@pytest.fixture
def invitation(letter: SignOnLetter) -> SignOnInvitation:
    return asked_by(letter, partner("Harbor Patients"))


def waiting() -> list[datetime]:
    rows = REMINDERS.all().filter(state=MessageState.PENDING).order_by("not_before")
    return list(rows.values_list("not_before", flat=True))


def refused(message: OutboundMessage) -> str:
    found = ledger.refusals([message], now=NOW)
    return next((reason for _state, reason in found.values()), "")


def test_the_invitation_is_in_the_language_of_its_reader_with_their_own_link(letter: SignOnLetter):
    invitation = asked_by(letter, partner("Patients du Golfe", language="fr"))

    (sent,) = OutboundMessage.objects.filter(kind=mail.INVITATION)
    assert links.link_of(invitation, "fr") in sent.text
    assert "Maintenir la télésanté" in sent.subject
    assert sent.headers["Reply-To"] == "dana.whitfield@example.org"
    assert (sent.recipient, sent.stream) == (invitation.contact.email, "campaign")


def test_the_mail_tells_the_deadline_by_both_clocks(invitation: SignOnInvitation):
    (sent,) = OutboundMessage.objects.filter(kind=mail.INVITATION)
    when = "14:00 your time (Friday Feb. 19, 2027, 17:00, New York time)"

    assert when in sent.text
    assert when in sent.html


def test_reminders_wait_for_nine_in_the_morning_before_each_deadline(invitation: SignOnInvitation):
    # Three days before the soft one and the day before the hard one, in Los Angeles.
    assert waiting() == [datetime(2027, 2, 13, 17, tzinfo=UTC), datetime(2027, 2, 18, 17, tzinfo=UTC)]


def test_a_reminder_whose_moment_is_over_is_not_written(letter: SignOnLetter):
    asked_by(letter, partner("Late Comers"), now=datetime(2027, 2, 14, tzinfo=UTC))

    assert waiting() == [datetime(2027, 2, 18, 17, tzinfo=UTC)]


def test_who_has_answered_is_reminded_no_more(invitation: SignOnInvitation):
    reminder = REMINDERS.all().order_by("not_before").first()
    assert reminder is not None
    before = refused(reminder)
    answered(invitation, "decline")

    assert (before, refused(reminder)) == ("", "The partner has answered.")


def test_nobody_is_reminded_of_a_letter_that_is_locked(
    cast: Cast, letter: SignOnLetter, invitation: SignOnInvitation
):
    letters.lock(letter, by=cast.dana)

    assert {refused(row) for row in OutboundMessage.objects.filter(kind__startswith="coalitions.")} == {
        "We are not collecting signatures any more."
    }


def test_a_deadline_that_moves_moves_its_reminder(
    cast: Cast, letter: SignOnLetter, invitation: SignOnInvitation
):
    later = DEADLINE + timedelta(days=4)
    letters.change(letter, by=cast.dana, now=NOW, officials=[], hard_deadline_at=later)

    assert waiting() == [datetime(2027, 2, 13, 17, tzinfo=UTC), datetime(2027, 2, 22, 17, tzinfo=UTC)]


def test_it_is_two_reminders_at_most_however_often_the_deadline_moves(
    cast: Cast, letter: SignOnLetter, invitation: SignOnInvitation, clock: time_machine.Traveller
):
    REMINDERS.all().update(state=MessageState.SENT, settled_at=SOFT_DEADLINE)
    clock.move_to(SOFT_DEADLINE)
    both = {"soft_deadline_at": DEADLINE, "hard_deadline_at": DEADLINE + timedelta(days=9)}
    letters.change(letter, by=cast.dana, now=SOFT_DEADLINE, officials=[], **both)

    assert REMINDERS.all().count() == 2
    assert waiting() == []
