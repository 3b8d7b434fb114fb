"""What the clock does: opening, closing, reminding at most twice, and telling the owner where it could not."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from advocacy.jobs.models import Job
from advocacy.outbox.models import OutboundMessage
from campaigns.actions import campaigns, editing
from campaigns.actions.clock import renew_targets, tick
from campaigns.forms.brief import BriefForm
from campaigns.models import Campaign, Purpose, StatusChange
from campaigns.windows import last_morning, reminder_at
from tests.campaigns.mailing import drafted_for, live_for, says_for, write_all
from tests.campaigns.workshop import ready
from tests.cast import NOW, Cast
from tests.factories.acting import public_campaign
from tests.factories.campaigns import approved, launched
from tests.factories.contacts import ContactFactory
from tests.factories.log import alma_reyes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
in_french = {"name_fr": "Le dossier suit le patient", "ask_fr": "parrainer le projet de loi HB 210"}


def scheduled(cast: Cast, **fields: object) -> Campaign:
    campaign = drafted_for(cast, *ContactFactory.create_batch(3), opens_at=NOW + DAY, **fields)
    approved(campaign, by=cast.dana, approver=cast.jordan)
    campaigns.schedule(campaign, by=cast.dana, now=NOW)
    return campaign


def status(campaign: Campaign) -> str:
    campaign.refresh_from_db()
    return campaign.status


def begun(campaign: Campaign) -> list[str]:
    return list(campaign.mailings.order_by("pk").values_list("purpose", flat=True))


def with_reminders(cast: Cast, *, days: int) -> Campaign:
    """Open for so many days from NOW, ten in the morning in Chicago."""
    campaign = drafted_for(cast, *ContactFactory.create_batch(2), closes_at=NOW + days * DAY)
    for purpose in (Purpose.REMINDER, Purpose.LAST_DAY):
        says_for(campaign, purpose)
    return launched(campaign, by=cast.dana, approver=cast.jordan)


def run(campaign: Campaign, *, days: int) -> list[tuple[str, str]]:
    """Four times a day, the worker beside the clock: which mail was begun, and when in Chicago."""
    for hours in range(0, 24 * days + 1, 6):
        write_all()
        tick(NOW + hours * HOUR)
    zone = ZoneInfo("America/Chicago")
    rows = campaign.mailings.order_by("pk")
    return [(row.purpose, row.begun_at.astimezone(zone).strftime("%d %H:%M")) for row in rows]


def test_a_scheduled_campaign_opens_at_its_hour_and_not_before(cast: Cast):
    campaign = scheduled(cast)

    tick(NOW + DAY - HOUR)
    before = status(campaign)
    tick(NOW + DAY)

    assert (before, status(campaign)) == ("scheduled", "live")
    assert begun(campaign) == ["launch"]
    assert StatusChange.objects.filter(campaign=campaign, after="live").get().by is None


@pytest.mark.parametrize(
    ("zone", "day", "hour", "opens"),
    [
        ("America/Chicago", "2028-02-29", "09:00", "2028-02-29T15:00Z"),
        # The clocks go from 2 to 3 in the morning: what never shows is the first moment after it.
        ("America/Chicago", "2027-03-14", "02:30", "2027-03-14T08:00Z"),
        ("America/St_Johns", "2027-03-14", "02:30", "2027-03-14T05:30Z"),
        # Half past one comes twice: the first of the two.
        ("America/Chicago", "2027-11-07", "01:30", "2027-11-07T06:30Z"),
        ("America/Vancouver", "2027-11-07", "01:30", "2027-11-07T08:30Z"),
        ("America/Toronto", "2027-12-31", "23:59", "2028-01-01T04:59Z"),
    ],
)
def test_a_launch_in_an_odd_night_comes_once_and_at_its_hour(
    cast: Cast, clock: time_machine.Traveller, zone: str, day: str, hour: str, opens: str
):
    """Ticks every ten minutes for six hours around it, one of them repeated by a clock that was put back."""
    at = datetime.fromisoformat(opens)
    clock.move_to(at - 2 * DAY)
    campaign = drafted_for(cast, *ContactFactory.create_batch(3), opens_at=None, closes_at=None)
    editing.edit(campaign, by=cast.dana, **window(campaign, zone, day, hour, cast))
    approved(campaign, by=cast.dana, approver=cast.jordan)
    campaigns.schedule(campaign, by=cast.dana, now=at - 2 * DAY)
    OutboundMessage.objects.all().delete()
    live_since = None
    for minutes in [*range(-180, 180, 10), 0, -60, 60]:
        clock.move_to(at + timedelta(minutes=minutes))
        tick(at + timedelta(minutes=minutes))
        write_all()
        if status(campaign) == "live" and live_since is None:
            live_since = at + timedelta(minutes=minutes)

    assert (campaign.opens_at, live_since) == (at, at)
    assert StatusChange.objects.filter(campaign=campaign, after="live").count() == 1
    assert begun(campaign) == ["launch"]
    assert OutboundMessage.objects.filter(kind="campaigns.appeal").count() == 3


def window(campaign: Campaign, zone: str, day: str, hour: str, cast: Cast) -> dict[str, Any]:
    """As the form of the brief reads it."""
    form = BriefForm(instance=campaign, user=cast.dana)
    said: dict[str, Any] = {name: form[name].value() or "" for name in form.fields}
    said |= {"zone": zone, "opens_on": day, "opens_time": hour, "closes_on": "2028-03-20"}
    sent = BriefForm(said, instance=campaign, user=cast.dana)
    assert sent.is_valid(), sent.errors
    found = sent.said()
    return {name: found[name] for name in ("zone", "opens_at", "closes_at")}


def test_the_last_morning_of_a_campaign_may_be_a_leap_day():
    campaign = Campaign(
        zone="America/Chicago",
        opens_at=datetime.fromisoformat("2028-02-28T09:00-06:00"),
        closes_at=datetime.fromisoformat("2028-02-29T23:59-06:00"),
    )

    assert last_morning(campaign) == datetime.fromisoformat("2028-02-29T09:00-06:00")
    assert reminder_at(campaign, datetime.fromisoformat("2028-02-25T09:00-06:00")) is None


def test_where_the_audience_moved_the_clock_launches_nothing_and_tells_the_owner(cast: Cast):
    campaign = scheduled(cast)
    campaign.lists.get().entries.all().delete()

    tick(NOW + DAY)
    tick(NOW + DAY + HOUR)

    said = "The audience was 3 people when it was approved, and is 0 now."
    assert (status(campaign), begun(campaign)) == ("approved", [])
    assert campaign.status_changes.first().note == said
    mail = OutboundMessage.objects.get(kind="campaigns.notice", subject__startswith="Not launched")
    assert (mail.recipient, said in mail.text) == (cast.dana.email, True)


def test_a_campaign_whose_window_is_over_is_closed(cast: Cast):
    campaign = live_for(cast, ContactFactory())

    tick(campaign.closes_at - HOUR)
    before = status(campaign)
    tick(campaign.closes_at)

    assert (before, status(campaign)) == ("live", "closed")
    assert campaign.mailings.get().state == "stopped"


def test_a_second_tick_changes_nothing(cast: Cast):
    campaign = scheduled(cast)
    tick(NOW + DAY)
    once = (begun(campaign), campaign.status_changes.count())

    tick(NOW + DAY)
    tick(NOW + DAY - HOUR)

    assert (begun(campaign), campaign.status_changes.count()) == once


@pytest.mark.parametrize("languages", [["en"], ["fr"], ["en", "fr"]], ids="+".join)
def test_what_a_second_person_approved_is_not_halted_by_the_clock(cast: Cast, languages: list[str]):
    """Whatever was enough for the review is enough for as long as nothing changes."""
    campaign = ready(cast, languages=languages, **in_french if "fr" in languages else {})
    launched(campaign, by=cast.dana, approver=cast.jordan)

    tick(NOW + HOUR)

    assert status(campaign) == "live"


def test_a_public_campaign_of_the_tests_is_one_that_the_clock_leaves_alone(cast: Cast):
    alma_reyes()
    campaign = public_campaign(cast.dana, cast.jordan, "records")

    tick(NOW + HOUR)

    assert status(campaign) == "live"


def test_it_reminds_after_four_days_and_on_the_morning_of_the_last(cast: Cast):
    campaign = with_reminders(cast, days=12)

    assert run(campaign, days=12)[:3] == [
        ("launch", "09 10:00"),
        ("reminder", "13 10:00"),
        ("last_day", "20 10:00"),
    ]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        # Ending at ten in the morning, the last day is the one before; the reminder of day four would come upon it.
        (6, ["launch", "last_day"]),
        (2, ["launch"]),
    ],
)
def test_no_ask_comes_within_two_days_of_another(cast: Cast, days: int, found: list[str]):
    campaign = with_reminders(cast, days=days)

    assert [purpose for purpose, _at in run(campaign, days=days)] == found


def test_a_paused_campaign_reminds_nobody(cast: Cast):
    campaign = with_reminders(cast, days=12)
    write_all()
    campaigns.pause(campaign, by=cast.dana, now=NOW + DAY)

    tick(NOW + 5 * DAY)

    assert begun(campaign) == ["launch"]


@pytest.mark.parametrize(
    ("closes", "morning"),
    [
        ("2027-03-01T00:00-06:00", "2027-02-28T09:00-06:00"),
        ("2027-03-01T17:00-06:00", "2027-03-01T09:00-06:00"),
        ("2027-03-01T11:59-06:00", "2027-02-28T09:00-06:00"),
        # The clocks were put forward in the night.
        ("2027-03-14T23:00-05:00", "2027-03-14T09:00-05:00"),
    ],
)
def test_the_last_morning_is_one_on_which_there_is_a_day_left(closes: str, morning: str):
    campaign = Campaign(zone="America/Chicago", closes_at=datetime.fromisoformat(closes))

    assert last_morning(campaign) == datetime.fromisoformat(morning)


def test_a_mailing_that_nobody_writes_any_more_is_given_to_a_worker_again(cast: Cast):
    campaign = live_for(cast, ContactFactory())
    Job.objects.update(created_at=NOW, state="failed", error="x", finished_at=NOW)

    tick(NOW + DAY)
    tick(NOW + DAY)
    write_all()

    assert Job.objects.count() == 2
    assert campaign.mailings.get().state == "sending"


def test_the_list_of_offices_of_a_live_campaign_follows_who_leaves(cast: Cast):
    campaign = live_for(cast, ContactFactory())
    official = campaign.targets.get().official
    assert official
    official.tenures.update(ends_on=NOW.date())

    renew_targets(NOW + DAY)

    assert campaign.targets.get().state == "left"


def test_owner_and_author_learn_what_the_review_said(cast: Cast):
    campaign = drafted_for(cast, ContactFactory())
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.return_(campaign, by=cast.jordan, now=NOW, note="Shorter, please.")
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)

    mails = OutboundMessage.objects.filter(kind="campaigns.notice").order_by("pk")
    assert [(mail.recipient, mail.subject) for mail in mails] == [
        (cast.dana.email, "Returned for changes: Records follow the patient"),
        (cast.dana.email, "Approved: Records follow the patient"),
    ]
    assert "Shorter, please." in mails[0].text


def test_a_paused_campaign_is_closed_when_its_window_is_over(cast: Cast):
    campaign = live_for(cast, ContactFactory())
    campaigns.pause(campaign, by=cast.dana, now=NOW)

    tick(campaign.closes_at)

    assert status(campaign) == "closed"


def test_only_live_campaigns_follow_who_leaves(cast: Cast):
    campaign = live_for(cast, ContactFactory())
    campaigns.close(campaign, by=cast.dana, now=NOW)
    campaign.targets.get().official.tenures.update(ends_on=NOW.date())

    renew_targets(NOW + DAY)

    assert campaign.targets.get().state == "active"


def test_where_no_text_for_it_was_approved_nobody_is_reminded(cast: Cast):
    campaign = live_for(cast, ContactFactory(), closes_at=NOW + 12 * DAY)
    write_all()

    tick(NOW + 5 * DAY)

    assert begun(campaign) == ["launch"]


def test_nobody_is_reminded_while_the_ask_is_still_being_written(cast: Cast):
    campaign = with_reminders(cast, days=12)

    tick(NOW + 5 * DAY)

    assert begun(campaign) == ["launch"]
