"""Alerts: to those whose business a change is, as soon as they want it, once, with the reason."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from advocacy.accounts.models import User
from advocacy.outbox import delivery, ledger
from advocacy.outbox.actions import preferences
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.actions import alert_choices, trackings
from advocacy.positions.alerts import planner
from advocacy.positions.models import (
    Alert,
    Cadence,
    PlannedEvent,
    Standpoint,
    Tier,
    Tracking,
    TrackingWatcher,
)
from advocacy.positions.models import Testimony as Statement  # pytest takes a name with Test for a test
from legislation.actions import hearings, measure_events
from legislation.actions.measure_events import Teller
from legislation.models import Hearing, Measure, MeasureRelation, Source, Stage
from members.models import RoleAssignment
from tests.cast import NOW, TODAY, Cast
from tests.factories.hearings import hearing_on
from tests.factories.measures import measure, stepped, text_of, took, tracked
from tests.outbox.relay import Relay

pytestmark = pytest.mark.django_db
IN_TWO_DAYS = datetime(2027, 2, 11, 8, 0, tzinfo=ZoneInfo("America/Chicago"))
NEXT_MONTH = datetime(2027, 3, 11, 8, 0, tzinfo=ZoneInfo("America/Chicago"))


def followed(bill: Measure, cast: Cast, tier: int = Tier.LEAD, *watchers: User) -> Tracking:
    tracking = tracked(bill, cast.gulf_prairie, tier, owner=cast.dana)
    for person in watchers:
        TrackingWatcher.objects.create(tracking=tracking, person=person)
    return tracking


def moved(bill: Measure, by: User | None, stage: Stage = Stage.REPORTED_1, label: str = "") -> None:
    """Somebody enters the next stage; without a person a source says so."""
    before = measure_events.standing_of([bill.pk], TODAY)
    stepped(bill, stage, TODAY, local_label=label)
    source = (
        None if by else Source.objects.get_or_create(key="openstates", defaults={"name": "Open States"})[0].pk
    )
    measure_events.note_changes(before, Teller(NOW, source, by))


def scheduled(cast: Cast, *bills: Measure, starts_at: datetime = IN_TWO_DAYS) -> Hearing:
    draft = Hearing(
        jurisdiction=bills[0].session.jurisdiction,
        committee_name="Public Health",
        starts_at=starts_at,
        zone="America/Chicago",
        room="E2.012",
    )
    return hearings.schedule(draft, by=cast.jordan, now=NOW, measures=bills)


def mails() -> dict[str, list[str]]:
    """Subjects by reader."""
    found: dict[str, list[str]] = {}
    for row in OutboundMessage.objects.order_by("pk").select_related("user"):
        assert row.user
        found.setdefault(row.user.get_short_name(), []).append(row.subject)
    return found


def alerts() -> list[tuple[str, str, str, str]]:
    rows = Alert.objects.order_by("pk").select_related("person")
    return [(row.person.get_short_name(), row.because, row.cadence, row.silence or row.state) for row in rows]


def test_owner_and_watchers_of_tier_1_are_told_at_once_and_once(cast: Cast):
    bill = measure("HB 210")
    followed(bill, cast, Tier.LEAD, cast.luis)
    moved(bill, cast.jordan)

    for _time in range(3):
        planner.tick(NOW)

    assert mails() == {
        "Dana": ["HB 210 (90R): Stage changed"],
        "Luis": ["HB 210 (90R): Stage changed"],
    }
    assert alerts() == [("Dana", "owner", "at_once", "mailed"), ("Luis", "watcher", "at_once", "mailed")]
    assert PlannedEvent.objects.get().people == 2


def test_several_changes_planned_together_come_in_one_mail(cast: Cast):
    bills = [measure("HB 210"), measure("HB 211")]
    for bill in bills:
        followed(bill, cast)
        moved(bill, None)

    planner.tick(NOW)

    assert mails() == {"Dana": ["2 changes on measures you follow"]}


def test_tier_2_comes_next_morning_and_tier_3_on_monday(cast: Cast, clock: time_machine.Traveller):
    second, third = measure("HB 2"), measure("HB 3")
    followed(second, cast, Tier.ENGAGE)
    followed(third, cast, Tier.MONITOR)
    for bill in (second, third):
        moved(bill, cast.jordan)
    heard = {}
    for day in range(9, 17):
        for hour in (8, 9):
            at = NOW.replace(day=day, hour=hour) if (day, hour) != (9, 8) else NOW
            clock.move_to(at)
            planner.tick(at)
            heard[day, hour] = OutboundMessage.objects.count()

    # Monday the 15th is a public holiday: that week's digest comes on Tuesday.
    changes = [when for when, count in heard.items() if count != heard.get(_before(when, heard), 0)]
    assert changes == [(10, 9), (16, 9)]
    assert mails() == {"Dana": ["HB 2 (90R): Stage changed", "HB 3 (90R): Stage changed"]}


def _before(when: tuple[int, int], heard: dict[tuple[int, int], int]) -> tuple[int, int]:
    known = list(heard)
    index = known.index(when)
    return known[index - 1] if index else (0, 0)


def test_everybody_may_choose_another_cadence_for_a_tier_and_silence_is_explained(cast: Cast):
    bill = measure("HB 210")
    followed(bill, cast, Tier.LEAD, cast.luis, cast.priya)
    alert_choices.choose(cast.dana, {Tier.LEAD: Cadence.NEVER})
    alert_choices.choose(cast.luis, {Tier.LEAD: Cadence.WEEKLY})
    moved(bill, cast.jordan)

    planner.tick(NOW)

    assert sorted(alerts()) == [
        ("Dana", "owner", "never", "never"),
        ("Luis", "watcher", "weekly", "planned"),
        ("Priya", "watcher", "at_once", "mailed"),
    ]
    assert set(mails()) == {"Priya"}


def test_a_hearing_too_near_for_a_digest_is_told_at_once(cast: Cast):
    bill = measure("HB 210")
    followed(bill, cast, Tier.MONITOR)
    scheduled(cast, bill)
    scheduled(cast, bill, starts_at=NEXT_MONTH)

    planner.tick(NOW)

    assert [(cadence, state) for _who, _why, cadence, state in alerts()] == [
        ("at_once", "mailed"),
        ("weekly", "planned"),
    ]


def test_whoever_testifies_hears_of_the_hearing_and_of_nothing_else(cast: Cast):
    bill = measure("HB 210")
    position = took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    hearing = hearing_on(bill)
    Statement.objects.create(
        measure=bill,
        position=position,
        chapter=cast.gulf_prairie,
        hearing=hearing,
        person=cast.priya,
        form="written",
        side="for",
        organisation="Gulf Prairie",
        registered_on=TODAY,
        registered_by=cast.dana,
    )
    moved(bill, cast.jordan)
    hearings.cancel(hearing, by=cast.jordan, now=NOW)

    planner.tick(NOW)

    assert mails() == {"Priya": ["HB 210 (90R): Hearing cancelled"]}
    assert "You testify at this hearing." in OutboundMessage.objects.get().text


def test_who_follows_the_companion_is_told_that_it_moved(cast: Cast):
    ours, companion = measure("HB 210"), measure("SB 5")
    MeasureRelation.objects.create(measure=ours, other=companion, kind="companion")
    followed(ours, cast)
    moved(companion, cast.jordan)

    planner.tick(NOW)

    text = OutboundMessage.objects.get().text
    assert "SB 5 (90R)" in text
    assert "It is the companion of HB 210 (90R), which you own for Gulf Prairie." in text


def test_one_who_follows_in_two_ways_is_told_once_and_by_the_soonest(cast: Cast):
    bill = measure("HB 210")
    followed(bill, cast, Tier.MONITOR)
    luis_own = tracked(bill, cast.hill_country, Tier.LEAD, owner=cast.luis)
    TrackingWatcher.objects.create(tracking=luis_own, person=cast.dana)
    moved(bill, cast.jordan)

    planner.tick(NOW)

    assert ("Dana", "watcher", "at_once", "mailed") in alerts()
    assert len(mails()["Dana"]) == 1


def test_what_is_archived_alerts_nobody(cast: Cast):
    bill = measure("HB 210")
    followed(bill, cast, Tier.ARCHIVE)
    moved(bill, cast.jordan)

    planner.tick(NOW)

    assert (alerts(), PlannedEvent.objects.get().people) == ([], 0)


def test_who_begins_to_watch_after_the_change_is_not_told_of_it(cast: Cast):
    bill = measure("HB 210")
    tracking = followed(bill, cast)
    moved(bill, cast.jordan)
    planner.tick(NOW)

    trackings.watch(tracking, by=cast.luis)
    planner.tick(NOW)

    assert set(mails()) == {"Dana"}


def test_who_lost_the_role_is_not_told_and_the_reason_is_kept(cast: Cast):
    bill = measure("HB 210")
    followed(bill, cast, Tier.LEAD, cast.priya)
    RoleAssignment.objects.filter(person=cast.priya).update(ends_on=date(2027, 2, 1))
    moved(bill, cast.jordan)

    planner.tick(NOW)

    assert set(mails()) == {"Dana"}
    assert ("Priya", "watcher", "at_once", "let_go") in alerts()


def test_who_switched_alerts_off_gets_none(cast: Cast):
    bill = measure("HB 210")
    followed(bill, cast)
    preferences.switch_off(cast.dana, "alert", now=NOW, how="test")
    moved(bill, cast.jordan)

    planner.tick(NOW)
    planner.tick(NOW)

    assert alerts() == [("Dana", "owner", "at_once", "unwanted")]
    assert set(OutboundMessage.objects.values_list("state", flat=True)) == {"cancelled"}


def test_a_mail_that_waits_is_taken_back_when_the_hearing_moves_again(cast: Cast):
    bill, other = measure("HB 210"), measure("HB 211")
    for one in (bill, other):
        followed(one, cast)
    hearing = scheduled(cast, bill)
    moved(other, cast.jordan)
    planner.tick(NOW)
    first = OutboundMessage.objects.get()
    hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=IN_TWO_DAYS + timedelta(hours=5))

    assert list(ledger.refusals([first], now=NOW)) == [first.pk]
    OutboundMessage.objects.update(state="cancelled", settled_at=NOW)
    planner.tick(NOW)
    planner.tick(NOW)

    assert alerts() == [
        ("Dana", "owner", "at_once", "superseded"),
        ("Dana", "owner", "at_once", "mailed"),
        ("Dana", "owner", "at_once", "mailed"),
    ]
    second = OutboundMessage.objects.get(state="pending")
    assert second.subject == "2 changes on measures you follow"
    assert "Hearing set" not in second.text


def test_the_reader_who_no_longer_watches_is_not_told_by_a_mail_that_still_waits(
    cast: Cast, relay: Relay, clock: time_machine.Traveller
):
    bill = measure("HB 210")
    tracking = followed(bill, cast, Tier.LEAD, cast.luis)
    moved(bill, cast.jordan)
    planner.tick(NOW)
    trackings.unwatch(tracking, by=cast.luis)

    delivery.deliver()
    planner.tick(NOW)
    delivery.deliver()

    assert relay.recipients == [cast.dana.email]
    assert ("Luis", "watcher", "at_once", "let_go") in alerts()


def test_a_change_that_nobody_looked_at_for_days_is_left_to_the_page(
    cast: Cast, clock: time_machine.Traveller
):
    bill = measure("HB 210")
    followed(bill, cast)
    moved(bill, cast.jordan)
    late = NOW + timedelta(days=4)
    clock.move_to(late)

    assert planner.tick(late) == {}


def test_a_new_text_says_that_the_position_needs_review(cast: Cast):
    bill = measure("HB 210")
    followed(bill, cast)
    introduced = text_of(bill, "Introduced", date(2027, 1, 20))
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT_IF_AMENDED, cast.jordan, text_version=introduced)
    before = measure_events.standing_of([bill.pk], TODAY)
    text_of(bill, "Committee substitute", TODAY)
    measure_events.note_changes(before, Teller(NOW, by=cast.jordan))

    planner.tick(NOW)

    text = OutboundMessage.objects.get().text
    assert "Before: Introduced\nNow: Committee substitute\n" in text
    assert "Position of Gulf Prairie: Support if amended · Review needed: text changed" in text
