"""An Advocacy Day is begun once, moved on by those who run it, told to those who come, and copied for the next year."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from advocacy.audit.models import Entry
from advocacy.events import moves
from advocacy.events.actions import asks, checklists, days
from advocacy.events.actions.checklists import MayNotPrepare
from advocacy.events.models import AdvocacyEvent, ChecklistItem, EventAsk, EventStatus, Walk
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.errors import NotUsable
from advocacy.positions.models import Position, Standpoint
from tests.cast import NOW, Cast, browser_of
from tests.factories.advocacy_days import building, coming, day_of
from tests.factories.measures import measure, took
from tests.factories.people import state

BEGUN = {"name": "Health IT Day", "held_on": date(2027, 8, 11), "zone": "America/Chicago"}


def subjects() -> list[tuple[str, str]]:
    rows = OutboundMessage.objects.exclude(kind="events.reminder").order_by("pk")
    return list(rows.values_list("recipient", "subject"))


def begun(cast: Cast, **said: object) -> AdvocacyEvent:
    known = {**BEGUN, "jurisdiction": state("tx", "Texas"), "hosts": [cast.gulf_prairie]}
    return days.begin(by=cast.dana, **(known | said))  # type: ignore[arg-type]


def test_a_day_is_begun_with_its_checklist_counted_from_the_day_on_business_days(cast: Cast):
    event = begun(cast)

    found = dict(event.checklist.values_list("step", "due_on"))
    assert (event.status, event.coordinator, len(found)) == (EventStatus.IDEA, cast.dana, 13)
    assert found["registration"] == date(2027, 5, 19)
    assert found["the_day"] == date(2027, 8, 11)
    # Ten days after a Wednesday is a Saturday.
    assert found["check_decisions"] == date(2027, 8, 23)


def test_before_the_day_a_step_on_a_holiday_comes_earlier(cast: Cast):
    event = begun(cast, held_on=date(2027, 11, 1))

    # Eight weeks before is Labor Day.
    assert event.checklist.get(step="teams").due_on == date(2027, 9, 3)


def test_nobody_begins_a_day_for_chapters_they_do_not_log_for(cast: Cast):
    with pytest.raises(days.MayNotBegin):
        begun(cast, hosts=[cast.hill_country])


def test_the_same_form_sent_twice_begins_one_day(cast: Cast):
    browser = browser_of(cast.dana)
    page = browser.get("/advocacy-days/new/")
    form = page.context["form"]
    sent = {
        "name": "Health IT Day", "format": "capitol", "hosts": [cast.gulf_prairie.pk], "held_on": "2027-08-11",
        "jurisdiction": state("tx", "Texas").pk, "coordinator": cast.dana.pk, "zone": "America/Chicago",
        "opens_at": "09:00", "closes_at": "16:00", "team_min": 2, "team_max": 5, "walking_minutes": 10,
        "form_key": form["form_key"].value(),
    }  # fmt: skip
    refused = browser.post("/advocacy-days/new/", sent | {"held_on": "9999-12-31"})
    answers = [browser.post("/advocacy-days/new/", sent) for _ in range(2)]

    event = AdvocacyEvent.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [event.get_absolute_url()] * 2
    assert list(event.hosts.all()) == [cast.gulf_prairie]
    assert "Check the year." in refused.content.decode()


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        (
            ["announce", "open", "freeze", "reopen", "freeze"],
            ["announced", "open", "frozen", "open", "frozen"],
        ),
        (["announce", "take-back"], ["announced", "idea"]),
    ],
)
def test_the_coordinator_moves_it_on_and_each_move_leaves_a_trace(
    cast: Cast, path: list[str], statuses: list[str]
):
    event, found = begun(cast), []
    for name in path:
        moves.BY_NAME[name].make(event, by=cast.dana, now=NOW)
        found.append(event.status)

    assert found == statuses
    assert Entry.objects.filter(model="events.advocacyevent").count() == len(path) + 1


def test_of_two_who_move_it_at_once_one_is_too_late(cast: Cast):
    event, twin = begun(cast), AdvocacyEvent.objects.get()
    days.announce(event, by=cast.dana, now=NOW)

    with pytest.raises(days.WrongStatus):
        days.announce(twin, by=cast.dana, now=NOW)


def test_who_does_not_run_it_moves_and_changes_nothing(cast: Cast):
    event = begun(cast)

    for act in (
        lambda: days.announce(event, by=cast.luis, now=NOW),
        lambda: days.change(event, by=cast.luis, now=NOW, hosts=[cast.gulf_prairie], name="Other"),
        lambda: days.copy(event, by=cast.luis, held_on=date(2028, 8, 9)),
        lambda: checklists.tick(event.checklist.all()[0], by=cast.luis, on=NOW.date()),
        lambda: asks.add(event, by=cast.luis, kind="fund", text="Fund it."),
    ):
        with pytest.raises(MayNotPrepare):
            act()


def test_who_comes_or_waits_is_told_why_it_is_cancelled_and_nobody_else(cast: Cast):
    event = day_of(cast)
    coming(event, "Ann")
    coming(event, "Wei", status="waiting")
    coming(event, "Gone", status="withdrawn")
    coming(event, "Typed", status="waiting", proven_at=None)

    page = browser_of(cast.priya).post(f"/advocacy-days/{event.pk}/cancel/", {"reason": ""})
    browser_of(cast.priya).post(f"/advocacy-days/{event.pk}/cancel/", {"reason": "The Capitol is closed."})

    event.refresh_from_db()
    assert page.status_code == 422
    assert (event.status, event.cancelled_reason) == ("cancelled", "The Capitol is closed.")
    assert subjects() == [(f"{name}@example.org", "Cancelled: Health IT Day 2027") for name in ("ann", "wei")]
    assert "The Capitol is closed." in OutboundMessage.objects.first().text  # type: ignore[union-attr]


def test_another_day_moves_the_checklist_but_for_days_set_by_hand_and_is_told(cast: Cast):
    event = begun(cast)
    moved = event.checklist.get(step="freeze")
    checklists.change(moved, by=cast.dana, due_on=date(2027, 7, 20), owner=None)
    checklists.tick(event.checklist.get(step="goal"), by=cast.dana, on=NOW.date())
    before = event.checklist.get(step="goal").due_on
    coming(event, "Ann")

    days.change(
        event,
        by=cast.dana,
        now=NOW,
        hosts=[cast.gulf_prairie],
        held_on=BEGUN["held_on"] + timedelta(weeks=1),  # type: ignore[operator]
    )

    found = dict(ChecklistItem.objects.values_list("step", "due_on"))
    assert found["registration"] == date(2027, 5, 26)
    assert (found["freeze"], found["goal"]) == (date(2027, 7, 20), before)
    assert subjects() == [("ann@example.org", "Changed: Health IT Day")]


def test_a_change_that_changes_nothing_tells_nobody(cast: Cast):
    event = begun(cast)
    coming(event, "Ann")

    assert not days.change(event, by=cast.dana, now=NOW, hosts=[cast.gulf_prairie], name="Health IT Day")
    assert days.change(event, by=cast.dana, now=NOW, hosts=[cast.gulf_prairie], goal="Thirty offices.")
    assert subjects() == []


def test_it_is_wrapped_up_once_its_day_has_come_and_closed_with_what_was_learned(cast: Cast):
    event = day_of(cast, "published")
    early = [move.name for move in moves.offered(event, NOW)]
    on_the_day = datetime.fromisoformat("2027-04-14T12:00:00-05:00")
    with pytest.raises(days.WrongStatus):
        days.wrap_up(event, by=cast.priya, now=NOW)
    days.wrap_up(event, by=cast.priya, now=on_the_day)
    with pytest.raises(days.NeedsLessons):
        days.close(event, by=cast.priya, now=on_the_day, lessons=" ")
    days.close(event, by=cast.priya, now=on_the_day, lessons="Begin earlier.", next_on=date(2028, 4, 12))

    event.refresh_from_db()
    assert early == ["cancel"]
    assert (event.status, event.lessons, event.next_on) == ("closed", "Begin earlier.", date(2028, 4, 12))


def test_next_years_day_takes_over_the_work_and_not_the_people_nor_ended_positions(cast: Cast):
    event = day_of(cast, "closed", cap=40)
    held, ended = measure("HB 1"), measure("HB 2")
    standing = took(held, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    passing = took(ended, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    for bill, position in ((held, standing), (ended, passing)):
        EventAsk.objects.create(
            event=event, kind="vote_yes", measure=bill, position=position, text=f"Vote {bill}"
        )
    Position.objects.filter(pk=passing.pk).update(ends_on=date(2027, 2, 1))
    hall, annex = building(event), building(event, "Annex")
    Walk.objects.create(start=hall, end=annex, minutes=7)
    coming(event, "Ann")

    anew = days.copy(event, by=cast.priya, held_on=date(2028, 4, 12))
    twin = days.copy(event, by=cast.priya, held_on=date(2028, 4, 12), form_key=anew.public_key)

    assert twin == anew
    assert (anew.status, anew.cap, anew.copied_from, anew.registrations.count()) == ("idea", 40, event, 0)
    assert list(anew.asks.values_list("measure", flat=True)) == [held.pk]
    assert list(
        Walk.objects.filter(start__event=anew).values_list("start__name", "end__name", "minutes")
    ) == [("Capitol", "Annex", 7)]
    assert (anew.checklist.count(), event.asks.count()) == (13, 2)


def test_an_ask_on_a_measure_needs_a_position_that_may_be_used(cast: Cast):
    event, bill = day_of(cast), measure("HB 1")

    with pytest.raises(NotUsable):
        asks.add(event, by=cast.priya, kind="vote_yes", text="Vote yes.", measure=bill)
    position = took(bill, cast.hill_country, Standpoint.SUPPORT, cast.jordan)
    ask = asks.add(event, by=cast.priya, kind="vote_yes", text="Vote yes.", measure=bill)

    assert ask.position == position


def test_three_asks_are_enough_and_the_same_one_twice_is_one(cast: Cast):
    event = day_of(cast)
    for text in ("One.", "Two.", "Two.", "Three."):
        asks.add(event, by=cast.priya, kind="fund", text=text)

    with pytest.raises(asks.Enough):
        asks.add(event, by=cast.priya, kind="fund", text="Four.")
    assert [str(ask) for ask in event.asks.all()] == ["One.", "Two.", "Three."]


def test_an_ask_is_refused_by_its_field_changed_and_removed_on_its_page(cast: Cast):
    event, bill, browser = day_of(cast), measure("HB 1"), browser_of(cast.priya)
    path = f"/advocacy-days/{event.pk}/asks/"

    page = browser.post(path, {"kind": "vote_yes", "text": "Vote yes.", "measure": [bill.pk]})
    browser.post(path, {"kind": "fund", "text": "Fund it."})
    ask = event.asks.get()
    browser.post(f"/advocacy-days/asks/{ask.pk}/", {"kind": "fund", "text": "Fund it now."})
    ask.refresh_from_db()

    assert "Nobody has proposed a position on this measure yet." in page.content.decode()
    assert ask.text == "Fund it now."
    browser.post(f"/advocacy-days/asks/{ask.pk}/", {"remove": "1"})
    with pytest.raises(ObjectDoesNotExist):
        ask.refresh_from_db()


def test_a_step_is_ticked_once_and_by_somebody_and_opened_again(cast: Cast):
    event = begun(cast)
    item = event.checklist.get(step="goal")
    path = f"/advocacy-days/checklist/{item.pk}/"
    browser_of(cast.dana).post(path, {"act": "tick"})
    assert not checklists.tick(item, by=cast.jordan, on=NOW.date())
    page = browser_of(cast.dana).get(f"/advocacy-days/{event.pk}/checklist/")
    item.refresh_from_db()
    ticked = (item.done_on, item.done_by)
    browser_of(cast.dana).post(path, {"act": "untick"})
    item.refresh_from_db()

    assert ticked == (NOW.date(), cast.dana)
    assert "1 of 13 done" in page.content.decode()
    assert (item.done_on, item.done_by) == (None, None)


def test_a_step_of_ones_own_is_added_once_with_its_owner_and_its_day_stays(cast: Cast):
    event, said = begun(cast), {"text": "Order badges", "due_on": "2027-02-08", "owner": ""}
    for _ in range(2):
        page = browser_of(cast.dana).post(f"/advocacy-days/{event.pk}/checklist/", said, follow=True)

    item = event.checklist.get(step="own")
    assert (str(item), item.due_on, item.is_moved) == ("Order badges", date(2027, 2, 8), True)
    assert page.content.decode().count("Overdue") == 1
