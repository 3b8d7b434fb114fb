"""Due work of every kind, for every task of the portal: what stands in the database when the task is rung for."""

import mailbox
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from advocacy.api.models import WebhookEndpoint, WebhookEvent
from advocacy.interactions.models import AskKind
from advocacy.jobs.models import Job
from advocacy.outbox.actions import preferences
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import (
    DeliveryAttempt,
    DeliveryEvent,
    KeptMessage,
    MessageState,
    OutboundMessage,
    fingerprint_of,
)
from advocacy.positions.models import TrackingWatcher
from campaigns import letter_mail
from campaigns.actions import campaigns, consents
from campaigns.models import HowWithdrawn, Purpose, SpentChallenge
from legislation import search_alerts
from legislation.actions import feeds, measure_events, saved_searches
from legislation.actions.measure_events import Teller
from legislation.measure_search import index_measures
from legislation.models import Feed, MeasureAction, Stage
from tests.campaigns.acting import live_in_houston
from tests.campaigns.answering import proven, to_reyes, took_part
from tests.campaigns.mailing import drafted_for, live_for, says_for, write_all
from tests.campaigns.reminding import promised
from tests.cast import NOW, furnish
from tests.factories.acting import wrote_to
from tests.factories.campaigns import approved, launched
from tests.factories.contacts import ContactFactory, canadian, implied
from tests.factories.log import alma_reyes, hb_210, logged
from tests.factories.measures import measure, stepped, tracked
from tests.factories.stances import asked, sponsored, voted
from tests.house.rehearsal import jobs as rehearsal
from tests.outbox.posting import AGAIN, DIGEST, LETTER, ONCE, posted
from tests.outbox.test_reports import bounce, complaint

assert rehearsal.count
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
Work = Callable[[Path], list[Any]]


@dataclass(frozen=True)
class Task:
    """`prepare` makes the work and returns the task's arguments; `at` is when the task comes."""

    prepare: Work
    at: datetime = NOW


def mail_to_hand_over(folder: Path) -> list[Any]:
    for number in range(12):
        posted(f"person{number}@d{number % 3}.example", of=(ONCE, AGAIN, DIGEST, LETTER)[number % 4], now=NOW)
    return []


def mail_of_every_state(folder: Path) -> list[Any]:
    """Left in hand, left on the wire, in doubt, too late, held for a bundle, never rung for."""
    early = NOW - timedelta(hours=1)
    for kind in (ONCE, AGAIN):
        posted(key=f"in hand {kind}", of=kind, now=early)
    Ledger("dead").claim(10, now=early)
    for kind in (ONCE, AGAIN):
        posted(key=f"on the wire {kind}", of=kind, now=early)
    dead = Ledger("dead too")
    dead.put_on_wire(dead.claim(10, now=early), now=early)
    in_doubt(NOW - 4 * DAY, key="long ago")
    reported = in_doubt(early, key="reported")
    DeliveryEvent.objects.create(
        source="mailbox",
        event_id="1",
        kind="delivered",
        at=early,
        noted_at=early,
        message=reported,
        address=fingerprint_of(reported.recipient),
    )
    posted(key="too late", now=early, expires_at=early + MINUTE)
    dana = furnish().dana
    preferences.bundle(dana, weekly=True, now=early, how="by hand")
    for key in ("one", "two"):
        held = posted(dana.email, key=key, user=dana, now=early)
        OutboundMessage.objects.filter(pk=held.pk, is_held=True).update(not_before=early)
    return mail_to_hand_over(folder)


def in_doubt(since: datetime, *, key: str) -> OutboundMessage:
    message = posted(key=key, now=since)
    OutboundMessage.objects.filter(pk=message.pk).update(state="uncertain", maybe_delivered=True)
    DeliveryAttempt.objects.create(
        message=message, number=1, at=since, carrier="x", phase="reply", milliseconds=1
    )
    return message


def old_mail(folder: Path) -> list[Any]:
    for days in (20, 40):
        KeptMessage.objects.create(
            recipient="dana@example.org", subject="s", text="t", headers={}, kept_at=NOW - days * DAY
        )
    for days in (20, 100, 500):
        message = in_doubt(NOW - days * DAY, key=f"{days}")
        OutboundMessage.objects.filter(pk=message.pk).update(state="sent", settled_at=NOW - days * DAY)
    return []


def reports_to_read(folder: Path) -> list[Any]:
    box = mailbox.Maildir(folder / "bounces")
    for number in range(6):
        message = posted(f"person{number}@example.org", of=DIGEST, now=NOW)
        about = bounce if number % 2 else complaint
        mail = about(message.message_id).replace(b"<c1@", f"<c{number}@".encode())
        box.add(mail.replace(b"<r1@", f"<r{number}@".encode()))
    return []


def a_job(folder: Path) -> list[Any]:
    arguments = {"to": 5, "into": str(folder / "numbers")}
    return [Job.objects.create(kind="rehearsal.count", arguments=arguments, queued_at=NOW).pk]


def lost_jobs(folder: Path) -> list[Any]:
    hour_ago = NOW - timedelta(hours=1)
    running = {"state": "running", "started_at": hour_ago, "heartbeat_at": hour_ago}
    for attempts in (1, 3):
        Job.objects.create(
            kind="rehearsal.count", arguments={}, queued_at=hour_ago, attempts=attempts, **running
        )
    Job.objects.create(kind="rehearsal.count", arguments={}, queued_at=hour_ago)
    return []


def feeds_that_are_due(folder: Path) -> list[Any]:
    feeds.furnish()
    Feed.objects.update(is_on=True, next_run_at=None)
    return []


def chapters_with_a_new_month(folder: Path) -> list[Any]:
    furnish()
    return []


def promises_that_fall_due(folder: Path) -> list[Any]:
    cast = furnish()
    for person in (cast.dana, cast.luis):
        promised(person, due_on=date(2027, 2, 12))
        promised(person, due_on=date(2027, 2, 12))
    return []


def searches_that_alert(folder: Path) -> list[Any]:
    cast = furnish()
    for person in (cast.dana, cast.luis):
        search = saved_searches.save(by=person, name="Telehealth", query="q=telehealth", now=NOW)
        search_alerts.set_cadence(search, by=person, cadence="daily", now=NOW)
    with time_machine.travel(NOW + DAY / 2, tick=False):
        measure("HB 210", short_name="Telehealth")
    return []


def promises_that_were_kept(folder: Path) -> list[Any]:
    """One kept, one contrary, one that the record does not answer."""
    dana = furnish().dana
    bill, reyes = hb_210(), alma_reyes()
    with time_machine.travel(NOW, tick=False):
        asked(dana, bill, reyes, AskKind.COSPONSOR)
        asked(dana, bill, reyes, AskKind.VOTE_YES)
        asked(dana, bill, reyes, AskKind.AMEND)
    sponsored(bill, reyes)
    voted(bill, reyes, "no", on=NOW.date())
    return []


def changes_to_tell(folder: Path) -> list[Any]:
    """Two measures that two people follow were moved."""
    cast = furnish()
    for number in ("HB 210", "HB 211"):
        bill = measure(number)
        followed = tracked(bill, cast.gulf_prairie, owner=cast.dana)
        TrackingWatcher.objects.create(tracking=followed, person=cast.luis)
        before = measure_events.standing_of([bill.pk], NOW.date())
        stepped(bill, Stage.REPORTED_1, NOW.date())
        measure_events.note_changes(before, Teller(NOW, by=cast.jordan))
    return []


def campaigns_whose_hour_comes(folder: Path) -> list[Any]:
    """One opens, one has its last morning, one is over."""
    cast = furnish()
    with time_machine.travel(NOW, tick=False):
        opens = drafted_for(cast, *ContactFactory.create_batch(2), slug="opens", opens_at=NOW + DAY)
        approved(opens, by=cast.dana, approver=cast.jordan)
        campaigns.schedule(opens, by=cast.dana, now=NOW)
        live_for(cast, *ContactFactory.create_batch(2), slug="ends", closes_at=NOW + DAY)
        reminds = drafted_for(cast, *ContactFactory.create_batch(2), slug="reminds", closes_at=NOW + 4 * DAY)
        says_for(reminds, Purpose.LAST_DAY)
        launched(reminds, by=cast.dana, approver=cast.jordan)
        write_all()
    return []


def an_office_that_somebody_left(folder: Path) -> list[Any]:
    with time_machine.travel(NOW, tick=False):
        campaign = live_for(furnish(), *ContactFactory.create_batch(2))
    official = campaign.targets.get().official
    assert official
    official.tenures.update(ends_on=NOW.date() - DAY)
    return []


def a_line_dated_ahead(folder: Path) -> list[Any]:
    bill = measure("HB 1")
    MeasureAction.objects.create(measure=bill, order=0, on=NOW.date() + DAY, text="Takes effect")
    index_measures([bill.pk])
    return []


def puzzles_that_were_answered(folder: Path) -> list[Any]:
    for minutes in (-5, 5):
        SpentChallenge.objects.create(
            signature=f"{minutes}", form_key="key", expires_at=NOW + minutes * MINUTE
        )
    return []


def consents_that_end(folder: Path) -> list[Any]:
    furnish()
    for _number in range(3):
        implied(canadian(), until=NOW.date() + 10 * DAY)
    return []


def events_to_tell(folder: Path) -> list[Any]:
    """A contact, and three addresses: two that lead nowhere, one that is switched off."""
    cast = furnish()
    for person, url in ((cast.dana, "https://hooks..invalid/"), (cast.luis, "https://hooks..test/")):
        WebhookEndpoint.objects.create(owner=person, url=url, events=["interaction.logged"], created_at=NOW)
    WebhookEndpoint.objects.create(
        owner=cast.dana,
        url="https://hooks.example/",
        events=["interaction.logged"],
        created_at=NOW,
        disabled_at=NOW,
        disabled_because="By hand.",
    )
    with time_machine.travel(NOW, tick=False):
        logged(cast.dana, [alma_reyes()])
    return []


def old_events(folder: Path) -> list[Any]:
    for days in (10, 40):
        WebhookEvent.objects.create(kind="interaction.logged", subject=1, at=NOW - days * DAY, spread_at=NOW)
    return []


def letters_that_were_handed_over(folder: Path) -> list[Any]:
    """One that the office's server took, one that it refused."""
    with time_machine.travel(NOW, tick=False):
        campaign = live_in_houston(furnish())
        for number, state in enumerate((MessageState.SENT, MessageState.REJECTED)):
            mail = posted(f"office{number}@house.example", of=LETTER, now=NOW)
            type(mail).objects.filter(pk=mail.pk).update(state=state, settled_at=NOW, kind=letter_mail.KIND)
            wrote_to(campaign, f"jane{number}@example.org", message=mail)
    return []


def letters_that_nobody_answered(folder: Path) -> list[Any]:
    """Three people wrote; one of them has said meanwhile that she wants no more mail."""
    people = [proven(email=f"writer{number}@example.org") for number in range(3)]
    campaign = live_for(furnish(), *people)
    for contact in people:
        to_reyes(took_part(campaign, contact))
    consents.withdraw(people[0], chapter=None, how=HowWithdrawn.PAGE, now=NOW)
    return []


# Every task there is. One that is missing here fails the test: what would a second bell do?
TASKS = {
    "advocacy.api.tasks.deliver": Task(events_to_tell),
    "advocacy.api.tasks.forget": Task(old_events),
    "advocacy.interactions.tasks.settle_by_the_record": Task(promises_that_were_kept),
    "advocacy.jobs.tasks.run_job": Task(a_job),
    "advocacy.jobs.tasks.sweep": Task(lost_jobs),
    "advocacy.outbox.tasks.deliver": Task(mail_to_hand_over),
    "advocacy.outbox.tasks.sweep": Task(mail_of_every_state),
    "advocacy.outbox.tasks.purge_kept_messages": Task(old_mail),
    "advocacy.outbox.tasks.forget": Task(old_mail),
    "advocacy.outbox.tasks.read_reports": Task(reports_to_read),
    "advocacy.reports.tasks.open_reports": Task(chapters_with_a_new_month, at=NOW + 25 * DAY),
    "advocacy.positions.tasks.plan_alerts": Task(changes_to_tell),
    "campaigns.tasks.forget_puzzles": Task(puzzles_that_were_answered),
    "campaigns.tasks.ask_for_answers": Task(letters_that_nobody_answered, at=NOW + 22 * DAY),
    "campaigns.tasks.forget_letters": Task(letters_that_nobody_answered, at=NOW + 31 * DAY),
    "campaigns.tasks.ask_for_renewals": Task(consents_that_end),
    "campaigns.tasks.keep_campaigns": Task(campaigns_whose_hour_comes, at=NOW + 3 * DAY),
    "campaigns.tasks.renew_targets": Task(an_office_that_somebody_left),
    "campaigns.tasks.settle_letters": Task(letters_that_were_handed_over),
    "campaigns.tasks.plan_reminders": Task(promises_that_fall_due, at=NOW + 2 * DAY),
    "legislation.tasks.note_days_that_came": Task(a_line_dated_ahead, at=NOW + 2 * DAY),
    "legislation.tasks.start_due_syncs": Task(feeds_that_are_due),
    "legislation.tasks.look_through_searches": Task(searches_that_alert, at=NOW + DAY),
}
