"""Locking a month sends its report to the task force: a summary and a link, once for each lock and person."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from advocacy.outbox import delivery
from advocacy.outbox.kinds import kinds
from advocacy.outbox.models import KeptMessage, OutboundMessage
from advocacy.reports import letters
from advocacy.reports.actions import locking
from advocacy.reports.models import PeriodLock
from legislation.models import Official
from members.models import RoleAssignment
from tests.cast import Cast
from tests.factories.log import alma_reyes
from tests.factories.months import FEBRUARY, report_on, story_of_february, submitted_at

LOCKED_AT = datetime(2027, 3, 12, 15, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    official = alma_reyes()
    story_of_february(cast, official)
    clock.move_to(LOCKED_AT)
    return official


def lock(cast: Cast) -> PeriodLock:
    return locking.lock(FEBRUARY, by=cast.angela, now=LOCKED_AT)


def letter_to(address: str) -> OutboundMessage:
    return OutboundMessage.objects.get(kind=letters.NATIONAL, recipient=address)


def test_everybody_of_the_task_force_gets_it_once(cast: Cast, reyes: Official):
    row = lock(cast)
    letters.send(row, row.documents.all(), now=LOCKED_AT)

    sent = OutboundMessage.objects.filter(kind=letters.NATIONAL).values_list("recipient", flat=True)
    assert sorted(sent) == [
        "angela.moss@example.org", "dana.whitfield@example.org", "elise.cote@example.org", "luis.ortega@example.org",
        "noor.haddad@example.org", "ruth.abel@example.org", "tom.becker@example.org",
    ]  # fmt: skip


def test_it_holds_the_headline_the_notes_and_a_link_and_no_words_of_a_chapter(cast: Cast, reyes: Official):
    words = {"top_worry": "A worry of ours", "story": "A clinic", "story_may_be_published": True}
    report_on(cast.gulf_prairie, **submitted_at(LOCKED_AT, cast.dana, **words))
    lock(cast)
    letter = letter_to("dana.whitfield@example.org")

    assert letter.subject == "National report: February 2027"
    assert "Meaningful interactions: 4\n" in letter.text
    assert "/reports/national/2027-02/\n" in letter.text
    assert "/reports/national/2027-02/" in letter.html
    assert all(
        word not in letter.text + letter.html for word in ("A worry of ours", "A clinic", "A good month")
    )
    assert all(len(line) <= 78 for line in letter.text.splitlines() if "://" not in line)


def test_everybody_reads_it_in_their_language(cast: Cast, reyes: Official):
    lock(cast)

    assert "février 2027" in letter_to("elise.cote@example.org").subject.lower()


def test_a_restatement_is_sent_too_and_what_still_waits_of_the_first_is_not(cast: Cast, reyes: Official):
    lock(cast)
    first = letter_to("dana.whitfield@example.org")
    locking.restate(FEBRUARY, by=cast.angela, reason="A meeting was missing.", now=LOCKED_AT)
    second = OutboundMessage.objects.filter(recipient=first.recipient).order_by("pk").last()

    assert second is not None
    assert second.subject == "National report: February 2027 (restated, version 2)"
    assert second.text.startswith("Restated because: A meeting was missing.\n\n")
    refused = kinds[letters.NATIONAL].refusals([first, second])
    assert refused == {first.pk: "The month was restated meanwhile."}


def test_whoever_left_the_task_force_meanwhile_is_not_told(cast: Cast, reyes: Official):
    lock(cast)
    letter = letter_to("dana.whitfield@example.org")
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=date(2027, 3, 12))

    delivery.deliver()

    letter.refresh_from_db()
    assert (letter.state, letter.resolution) == ("cancelled", "The role has ended.")
    assert not KeptMessage.objects.filter(recipient=letter.recipient).exists()
    assert KeptMessage.objects.filter(recipient="luis.ortega@example.org").count() == 1


def test_a_broken_address_loses_its_own_mail_only(cast: Cast, reyes: Official, caplog):
    cast.dana.email = "dana"
    cast.dana.save()

    lock(cast)

    assert OutboundMessage.objects.filter(kind=letters.NATIONAL).count() == 6
    assert "no mail could be written" in caplog.text


def test_nothing_is_sent_where_the_month_is_not_locked_after_all(cast: Cast, reyes: Official):
    with pytest.raises(locking.StillRunning):
        locking.lock(FEBRUARY, by=cast.angela, now=datetime(2027, 3, 1, 6, 30, tzinfo=UTC))

    assert not OutboundMessage.objects.exists()
    assert timezone.now() == LOCKED_AT
