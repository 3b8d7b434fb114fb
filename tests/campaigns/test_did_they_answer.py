"""Three weeks after the letter: did they answer? Asked once, of those who may be asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy.outbox.actions import suppressions
from advocacy.outbox.models import OutboundMessage, Reason
from campaigns import did_they_answer
from campaigns.actions import consents, contacts, replies
from campaigns.models import Confirmation, HowWithdrawn, Letter, Method, ReplyKind
from tests.campaigns.answering import DAY, WEEK, letter_of_jane, proven, to_reyes, took_part
from tests.campaigns.mailing import live_for
from tests.cast import NOW, TODAY, Cast

THEN = NOW + 3 * WEEK


def asked() -> list[OutboundMessage]:
    return list(OutboundMessage.objects.filter(kind="campaigns.did_they_answer").order_by("pk"))


def test_three_weeks_after_the_letter_its_writer_is_asked_once(cast: Cast):
    letter_of_jane(cast)

    assert did_they_answer.ask(now=THEN - timedelta(seconds=1)) == 0
    assert did_they_answer.ask(now=THEN) == 1
    assert did_they_answer.ask(now=THEN + DAY) == 0

    (mail,) = asked()
    assert (mail.recipient, mail.subject) == (
        "jane@example.org",
        "Did they answer? Records follow the patient",
    )
    assert "- Alma Reyes" in mail.text
    assert mail.scope.startswith("campaign:")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_mail_leads_to_the_receipt_where_the_answer_is_told(cast: Cast):
    letter_of_jane(cast, told_at=NOW)
    did_they_answer.ask(now=THEN)

    link = next(word for word in asked()[0].text.split() if "/act/receipt/" in word)
    page = Client().get(link.partition("8000")[2])

    assert page.status_code == 200
    assert "Did they answer?" in page.content.decode()


def test_a_person_is_asked_once_however_many_offices_they_wrote_to(cast: Cast):
    jane = proven(email="jane@example.org")
    campaign = live_for(cast, jane)
    one = took_part(campaign, jane)
    to_reyes(one)
    agency = campaign.targets.create(agency_name="Commission", added_at=NOW, changed_at=NOW)
    Letter.objects.create(
        participation=one,
        target=agency,
        method=Method.PRINT,
        confirmation=Confirmation.SELF_REPORTED,
        fingerprint="y",
        at=NOW,
    )

    did_they_answer.ask(now=THEN)

    (mail,) = asked()
    assert "- Commission" in mail.text


def _answered(letter: Letter, cast: Cast) -> None:
    replies.record(letter, kind=ReplyKind.OPPOSED, on=TODAY, text="", by=cast.dana, now=NOW)


def _unproven(letter: Letter, cast: Cast) -> None:
    letter.participation.contact.email_proven_at = None
    letter.participation.contact.save()


def _said_no(letter: Letter, cast: Cast) -> None:
    consents.withdraw(letter.participation.contact, chapter=None, how=HowWithdrawn.PAGE, now=NOW)


def _erased(letter: Letter, cast: Cast) -> None:
    contacts.erase(letter.participation.contact, now=NOW)


def _suppressed(letter: Letter, cast: Cast) -> None:
    suppressions.add("jane@example.org", reason=Reason.HARD_BOUNCE, now=NOW)


def _held(letter: Letter, cast: Cast) -> None:
    letter.participation.state = "held"
    letter.participation.save()


def _failed(letter: Letter, cast: Cast) -> None:
    Letter.objects.filter(pk=letter.pk).update(method=Method.PORTAL_EMAIL, confirmation=Confirmation.FAILED)


def _called(letter: Letter, cast: Cast) -> None:
    Letter.objects.filter(pk=letter.pk).update(method=Method.CALL)


@pytest.mark.parametrize(
    "why", [_answered, _unproven, _said_no, _erased, _suppressed, _held, _failed, _called]
)
def test_who_has_nothing_to_tell_or_may_not_be_written_to_is_not_asked(cast: Cast, why: Any):
    letter = letter_of_jane(cast)
    why(letter, cast)

    assert did_they_answer.ask(now=THEN) == 0
    assert asked() == []


def test_who_was_left_alone_is_not_asked_later_either(cast: Cast):
    letter = letter_of_jane(cast)
    _said_no(letter, cast)
    did_they_answer.ask(now=THEN)

    letter.participation.refresh_from_db()
    assert letter.participation.asked_back_at == THEN


def test_what_was_told_between_writing_and_sending_is_not_asked_any_more(cast: Cast):
    letter = letter_of_jane(cast)
    did_they_answer.ask(now=THEN)
    assert did_they_answer.refused(asked()) == {}

    _answered(letter, cast)

    assert list(did_they_answer.refused(asked())) == [asked()[0].pk]


def test_consent_that_ended_stops_what_is_written(cast: Cast):
    letter = letter_of_jane(cast)
    did_they_answer.ask(now=THEN)

    _said_no(letter, cast)

    assert list(did_they_answer.refused(asked())) == [asked()[0].pk]


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_questions_to_the_database_however_many_are_asked(
    cast: Cast, number: int, django_assert_num_queries: Any
):
    people = [proven() for _one in range(number)]
    campaign = live_for(cast, *people)
    for person in people:
        to_reyes(took_part(campaign, person))

    with django_assert_num_queries(23):
        assert did_they_answer.ask(now=THEN) == number


def test_a_letter_from_a_time_when_nobody_asked_is_let_rest(cast: Cast):
    letter_of_jane(cast)

    assert did_they_answer.ask(now=NOW + timedelta(days=60)) == 0


def test_of_letters_written_later_nothing_is_asked_yet(cast: Cast):
    letter_of_jane(cast, at=NOW + DAY)

    assert did_they_answer.ask(now=THEN) == 0


def test_consent_to_the_chapter_of_the_campaign_is_what_is_asked_about(cast: Cast):
    letter = letter_of_jane(cast)
    contact = letter.participation.contact
    consents.withdraw(contact, chapter=cast.gulf_prairie, how=HowWithdrawn.PAGE, now=NOW)

    assert did_they_answer.ask(now=THEN) == 0


def test_who_was_forgotten_after_it_was_written_is_not_asked(cast: Cast):
    letter = letter_of_jane(cast)
    did_they_answer.ask(now=THEN)
    written = asked()

    _erased(letter, cast)

    assert list(did_they_answer.refused(written)) == [written[0].pk]
