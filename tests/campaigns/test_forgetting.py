"""What supporters wrote is forgotten when its time is over, and at once where they ask for it."""

from datetime import timedelta

from advocacy.outbox.models import OutboundMessage
from campaigns.actions import contacts, forgetting, replies
from campaigns.models import Confirmation, Letter, Method, ReplyKind
from tests.campaigns.answering import DAY, letter_of_jane
from tests.cast import NOW, TODAY, Cast
from tests.outbox.posting import LETTER, posted

MONTH = timedelta(days=30)


def test_thirty_days_after_it_was_told_a_letter_has_no_text_and_still_counts(cast: Cast):
    letter = letter_of_jane(cast)
    letter.participation.own_words = "My clinic waits."
    letter.participation.save()

    assert forgetting.forget(now=NOW + MONTH - timedelta(seconds=1)) == 0
    assert forgetting.forget(now=NOW + MONTH) == 1
    assert forgetting.forget(now=NOW + MONTH + DAY) == 0

    letter.refresh_from_db()
    assert (letter.subject, letter.text, letter.forgotten_at) == ("", "", NOW + MONTH)
    assert letter.participation.__class__.objects.get().own_words == ""
    assert Letter.objects.counted().count() == 1


def _mailed(cast: Cast, *, days_later: int | None) -> Letter:
    """By the portal; the server took it so many days later, or the mail still waits."""
    letter = letter_of_jane(cast, method=Method.PORTAL_EMAIL, confirmation=Confirmation.WAITING)
    message = posted("office@house.example", of=LETTER, now=NOW)
    letter.message = message
    letter.save()
    if days_later is not None:
        OutboundMessage.objects.filter(pk=message.pk).update(state="sent", settled_at=NOW + days_later * DAY)
        Letter.objects.filter(pk=letter.pk).update(confirmation=Confirmation.CONFIRMED)
    return letter


def test_thirty_days_are_counted_from_the_day_the_server_took_it(cast: Cast):
    _mailed(cast, days_later=5)

    assert forgetting.forget(now=NOW + MONTH + 4 * DAY) == 0
    assert forgetting.forget(now=NOW + MONTH + 5 * DAY) == 1


def test_what_is_still_under_way_keeps_its_text(cast: Cast):
    _mailed(cast, days_later=None)

    assert forgetting.forget(now=NOW + 2 * MONTH) == 0


def test_a_letter_whose_address_was_never_proven_has_failed_when_it_is_forgotten(cast: Cast):
    letter = letter_of_jane(cast, method=Method.PORTAL_EMAIL, confirmation=Confirmation.WAITING)

    forgetting.forget(now=NOW + MONTH)

    letter.refresh_from_db()
    assert (letter.text, letter.confirmation) == ("", Confirmation.FAILED)


def test_who_asks_to_be_forgotten_leaves_no_words_no_name_and_no_place(cast: Cast):
    letter = letter_of_jane(cast)
    one = letter.participation
    one.own_words, one.signed_as, one.postal_code = "My clinic waits.", "Jane Doe", "77004"
    one.divisions = ["ocd-division/country:us/state:tx/sldl:131"]
    one.save()
    replies.record(letter, kind=ReplyKind.OPPOSED, on=TODAY, text="Dear Jane", by=cast.dana, now=NOW)

    contacts.erase(one.contact, now=NOW + DAY)

    one.refresh_from_db()
    letter.refresh_from_db()
    assert (one.own_words, one.signed_as, one.postal_code, one.divisions) == ("", "", "", [])
    assert (letter.subject, letter.text, letter.reply_text) == ("", "", "")
    assert (letter.forgotten_at, letter.reply) == (NOW + DAY, "opposed")


def test_a_paragraph_stays_while_a_letter_that_holds_it_is_under_way(cast: Cast):
    letter = _mailed(cast, days_later=None)
    letter.participation.own_words = "My clinic waits."
    letter.participation.save()

    forgetting.forget(now=NOW + 2 * MONTH)

    letter.participation.refresh_from_db()
    assert letter.participation.own_words == "My clinic waits."


def test_what_was_forgotten_in_its_time_keeps_its_day_when_the_person_is_forgotten(cast: Cast):
    letter = letter_of_jane(cast)
    forgetting.forget(now=NOW + MONTH)

    contacts.erase(letter.participation.contact, now=NOW + 2 * MONTH)

    letter.refresh_from_db()
    assert letter.forgotten_at == NOW + MONTH
