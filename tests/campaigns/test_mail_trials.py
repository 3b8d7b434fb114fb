"""Test mail: to oneself and to the lists for tests, recorded, and counted nowhere."""

import pytest

from advocacy.audit.models import Entry
from advocacy.outbox.models import OutboundMessage
from campaigns.actions import trials
from campaigns.errors import MayNotRun, NotReady
from campaigns.models import Contact, Mailing, Recipient
from tests.campaigns.mailing import drafted_for
from tests.cast import NOW, Cast
from tests.factories.contacts import ContactFactory, listed


def sent() -> list[tuple[str, str]]:
    rows = OutboundMessage.objects.filter(kind="campaigns.test").order_by("pk")
    return list(rows.values_list("recipient", "subject"))


def test_the_appeal_and_the_letter_come_to_oneself_and_to_the_lists_for_tests(cast: Cast):
    campaign = drafted_for(cast, ContactFactory(email="supporter@example.org"))
    campaign.lists.add(listed(ContactFactory(email="tester@example.org"), name="Tests", is_test=True))

    trials.send(campaign, by=cast.dana, now=NOW)

    expected = ["[Test] Records follow the patient", "[Test] Support HB 210 (90R): a constituent in "]
    assert [(to, subject[: len(expected[1])]) for to, subject in sent()] == [
        (to, subject) for to in (cast.dana.email, "tester@example.org") for subject in expected
    ]
    assert (Mailing.objects.count(), Recipient.objects.count()) == (0, 0)
    entry = Entry.objects.get(verb="tested")
    assert (entry.actor, entry.changes) == (
        cast.dana,
        {"to": [None, [cast.dana.email, "tester@example.org"]]},
    )


def test_both_subjects_are_shown_and_the_link_is_nobodys(cast: Cast):
    campaign = drafted_for(cast, ContactFactory())
    campaign.appeals.update(subject="One", subject_b="Two")

    trials.send(campaign, by=cast.jordan, now=NOW)

    mails = OutboundMessage.objects.filter(kind="campaigns.test").order_by("pk")
    assert [mail.subject for mail in mails[:2]] == ["[Test] One", "[Test] Two"]
    assert "/act/records-follow/en/\n" in mails[0].text
    assert "This is a test." in mails[0].text


@pytest.mark.parametrize("who", ["luis", "sam", "former"])
def test_whoever_neither_runs_nor_approves_it_sends_none(cast: Cast, who: str):
    campaign = drafted_for(cast, ContactFactory())

    with pytest.raises(MayNotRun):
        trials.send(campaign, by=getattr(cast, who), now=NOW)


def test_a_token_without_a_value_is_named_and_nothing_leaves(cast: Cast):
    campaign = drafted_for(cast, ContactFactory())
    campaign.appeals.update(body="{{ outcome }} {{ link }}")

    with pytest.raises(NotReady, match="outcome"):
        trials.send(campaign, by=cast.dana, now=NOW)

    assert sent() == []
    assert not Contact.objects.filter(user=cast.dana).exists()
