"""The mail of a campaign: everybody becomes a recipient, with one message or with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.jobs.models import Job
from advocacy.outbox.actions import suppressions
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import OutboundMessage, Reason
from campaigns.actions import campaigns, contacts, mailings
from campaigns.models import Contact, Mailing, Purpose
from tests.campaigns.mailing import acted, drafted_for, live_for, says_for, write_all, written
from tests.cast import NOW, Cast
from tests.factories.campaigns import approved, launched
from tests.factories.contacts import ContactFactory, canadian

DAY = timedelta(days=1)


def somebody(name: str, **fields: object) -> Contact:
    return ContactFactory(full_name=name, email=f"{name.lower()}@example.org", **fields)


def test_everybody_becomes_a_recipient_with_a_message_or_with_the_reason(cast: Cast):
    asked, gone = somebody("Asked"), somebody("Gone")
    never = canadian(full_name="Never", email="never@example.org")
    suppressions.add(gone.email, reason=Reason.HARD_BOUNCE, evidence="550", now=NOW)
    campaign = live_for(cast, asked, gone, never)

    assert written(campaign) == [
        ("Asked", "", "pending"),
        ("Gone", "suppressed", ""),
        ("Never", "no_consent", ""),
    ]
    mailing = campaign.mailings.get()
    assert (mailing.state, mailing.audience) == ("sending", 3)
    assert mailing.written_at is not None


def test_begun_twice_it_is_one_mailing_and_one_job(cast: Cast):
    campaign = live_for(cast, somebody("Asked"))

    again = mailings.begin(campaign, Purpose.LAUNCH, by=cast.jordan, now=NOW + DAY)

    assert list(campaign.mailings.all()) == [again]
    assert (again.begun_by, again.begun_at) == (cast.dana, NOW)
    assert Job.objects.filter(kind="campaigns.mailing").count() == 1


def test_the_worker_writes_it_when_the_job_is_run(cast: Cast):
    live_for(cast, somebody("Asked"))

    write_all()

    job = Job.objects.get(kind="campaigns.mailing")
    assert (job.state, job.result) == ("done", {"readers": 1})
    assert [row.recipient for row in OutboundMessage.objects.filter(kind="campaigns.appeal")] == [
        "asked@example.org"
    ]


def test_of_two_workers_on_one_chunk_one_writes_and_the_other_finds_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    campaign = live_for(cast, somebody("Asked"))
    mailing = campaign.mailings.get()
    slow = Mailing.objects.select_related("campaign__chapter", "revision").get(pk=mailing.pk)
    mailings.write_more(mailing.pk, now=NOW)

    # The second has read the row before the first wrote.
    monkeypatch.setattr(mailings, "_at_work", lambda pk: slow)
    found = mailings.write_more(mailing.pk, now=NOW)

    assert found is None
    assert mailing.recipients.count() == OutboundMessage.objects.filter(kind="campaigns.appeal").count() == 1


def test_paused_in_the_middle_each_still_gets_one(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mailings, "CHUNK", 2)
    people = [somebody(f"Person{number}") for number in range(5)]
    campaign = live_for(cast, *people)
    OutboundMessage.objects.all().delete()
    mailing = campaign.mailings.get()
    mailings.write_more(mailing.pk, now=NOW)

    campaigns.pause(campaign, by=cast.dana, now=NOW)
    while_paused = (mailings.write_more(mailing.pk, now=NOW), Ledger("w").claim(10, now=NOW))
    campaigns.resume(campaign, by=cast.dana, now=NOW + DAY)
    write_all()

    assert while_paused == (None, [])
    assert len(Ledger("w").claim(10, now=NOW + DAY)) == 5
    assert sorted(OutboundMessage.objects.values_list("recipient", flat=True)) == [
        one.email for one in people
    ]


def test_a_text_approved_anew_reaches_whoever_has_not_been_written_to(cast: Cast):
    early, late = somebody("Early"), somebody("Late")
    campaign = live_for(cast, early, late)
    written(campaign)
    OutboundMessage.objects.filter(recipient=early.email).update(state="sent", settled_at=NOW)

    campaigns.pause(campaign, by=cast.dana, now=NOW)
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    campaign.appeals.update(subject="Once more")
    approved(campaign, by=cast.dana, approver=cast.angela)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    found = written(campaign)

    assert found == [("Early", "", "sent"), ("Late", "", "pending")]
    mails = OutboundMessage.objects.filter(kind="campaigns.appeal").order_by("pk")
    assert list(mails.values_list("recipient", "subject", "state")) == [
        (early.email, "Records follow the patient", "sent"),
        (late.email, "Records follow the patient", "cancelled"),
        (late.email, "Once more", "pending"),
    ]


def test_the_close_takes_back_what_waits_and_stops_what_is_not_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mailings, "CHUNK", 1)
    campaign = live_for(cast, somebody("Anna"), somebody("Berta"))
    mailing = campaign.mailings.get()
    mailings.write_more(mailing.pk, now=NOW)

    campaigns.close(campaign, by=cast.dana, now=NOW + DAY)

    message = OutboundMessage.objects.get(kind="campaigns.appeal")
    assert (message.state, message.resolution) == ("cancelled", "The campaign is closed.")
    assert mailings.write_more(mailing.pk, now=NOW + DAY) is None
    assert Mailing.objects.get().state == "stopped"


def test_a_chunk_takes_as_many_queries_whether_it_has_three_readers_or_thirty(cast: Cast):
    def queries(count: int, slug: str) -> int:
        campaign = live_for(cast, *ContactFactory.create_batch(count), slug=slug)
        with CaptureQueriesContext(connection) as found:
            mailings.write_more(campaign.mailings.get().pk, now=NOW)
        return len(found)

    few = queries(3, "few")
    # SQLite takes some thirty messages in one INSERT, PostgreSQL all.
    assert queries(30, "many") == few


def test_whoever_took_part_is_not_reminded_and_is_thanked(cast: Cast):
    busy, idle = somebody("Busy"), somebody("Idle")
    campaign = drafted_for(cast, busy, idle)
    says_for(campaign, Purpose.REMINDER, subject="Four days left")
    says_for(campaign, Purpose.THANKS, subject="Thank you, {{ participants }}", body="See {{ link }}")
    approved(campaign, by=cast.dana, approver=cast.jordan)
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    written(campaign)
    acted(busy, campaign)

    mailings.begin(campaign, Purpose.REMINDER, by=None, now=NOW + 4 * DAY)
    reminded = written(campaign, Purpose.REMINDER, now=NOW + 4 * DAY)
    campaigns.close(campaign, by=cast.dana, now=NOW + 5 * DAY)
    thanked = written(campaign, Purpose.THANKS, now=NOW + 5 * DAY)

    assert reminded == [("Busy", "acted_already", ""), ("Idle", "", "pending")]
    assert thanked == [("Busy", "", "pending")]
    assert OutboundMessage.objects.latest("pk").subject == "Thank you, 1"


def test_nobody_is_asked_by_two_campaigns_within_a_week(cast: Cast):
    reader = somebody("Reader")
    written(live_for(cast, reader))
    second = live_for(cast, reader, slug="second")

    assert written(second, now=NOW + 6 * DAY) == [("Reader", "asked_lately", "")]


def test_thanked_are_those_who_count_and_are_still_known(cast: Cast):
    people = [somebody(name) for name in ("Counted", "Erased", "Held")]
    campaign = drafted_for(cast, *people)
    says_for(campaign, Purpose.THANKS)
    launched(campaign, by=cast.dana, approver=cast.jordan)
    _counted, erased, held = (acted(one, campaign) for one in people)
    contacts.erase(erased.contact, now=NOW)
    held.state = "held"
    held.save()

    campaigns.close(campaign, by=cast.dana, now=NOW + DAY)

    assert written(campaign, Purpose.THANKS, now=NOW + DAY) == [("Counted", "", "pending")]


def test_an_ask_waits_no_longer_than_one_may_take_part(cast: Cast):
    campaign = live_for(cast, somebody("Asked"))
    written(campaign)

    assert OutboundMessage.objects.get(kind="campaigns.appeal").expires_at == campaign.closes_at


@pytest.mark.parametrize("change", ["paused", "further on", "approved anew"])
def test_what_happens_between_reading_and_writing_a_chunk_writes_nothing(cast: Cast, change: str):
    campaign = live_for(cast, somebody("Asked"))
    mailing = campaign.mailings.get()
    anew = campaign.revisions.get()
    anew.pk, anew.number = None, 2
    anew.save()
    changes = {
        "paused": {"state": "paused"},
        "further on": {"after": 10**6},
        "approved anew": {"revision": anew},
    }

    def meanwhile(execute: Any, sql: str, *arguments: Any) -> Any:
        if sql.startswith("UPDATE") and "campaigns_mailing" in sql and not was_there:
            was_there.append(sql)
            Mailing.objects.filter(pk=mailing.pk).update(**changes[change])
        return execute(sql, *arguments)

    was_there: list[str] = []
    with connection.execute_wrapper(meanwhile):
        found = mailings.write_more(mailing.pk, now=NOW)

    assert was_there
    assert found is None
    assert not mailing.recipients.exists()
    assert not OutboundMessage.objects.filter(kind="campaigns.appeal").exists()


@pytest.mark.parametrize(
    "job",
    [
        {"created_at": NOW - DAY},
        {"created_at": NOW, "state": "failed", "error": "x", "finished_at": NOW},
    ],
)
def test_no_second_worker_is_asked_while_one_has_it_or_has_just_failed(cast: Cast, job: dict[str, Any]):
    live_for(cast, somebody("Asked"))
    Job.objects.update(**job)

    assert mailings.keep_going(now=NOW + timedelta(minutes=1)) == 0
    assert Job.objects.count() == 1


def test_thanks_leave_though_the_campaign_was_closed_while_it_was_paused(cast: Cast):
    reader = somebody("Reader")
    campaign = drafted_for(cast, reader)
    says_for(campaign, Purpose.THANKS)
    launched(campaign, by=cast.dana, approver=cast.jordan)
    acted(reader, campaign)
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    OutboundMessage.objects.all().delete()

    campaigns.close(campaign, by=cast.dana, now=NOW)
    written(campaign, Purpose.THANKS)

    assert [message.recipient for message in Ledger("w").claim(10, now=NOW)] == [reader.email]
