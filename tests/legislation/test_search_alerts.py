"""Saved searches that tell: of what is new to the record, as often as their owner wants, and of nothing twice."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import OutboundMessage
from legislation import search_alerts
from legislation.actions import saved_searches
from legislation.models import Cadence, Feed, Measure, SavedSearch, SearchNews, Source
from legislation.tasks import look_through_searches
from members.models import RoleAssignment
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.measures import measure, tracked
from tests.factories.people import province
from tests.positions.reminding import chicago, subjects, written

DAY = timedelta(days=1)


def alerting(by: User, cadence: str = "daily", name: str = "Telehealth", **filters: object) -> SavedSearch:
    """Saved and switched on at this moment of NOW."""
    query = urlencode(filters or {"q": "telehealth"})
    search = saved_searches.save(by=by, name=name, query=query, now=NOW)
    search_alerts.set_cadence(search, by=by, cadence=cadence, now=NOW)
    return search


def known(clock: time_machine.Traveller, moment: datetime, number: str, **fields: object) -> Measure:
    """It comes on record at that moment."""
    clock.move_to(moment)
    return measure(number, **({"short_name": "Telehealth"} | fields))


def mornings(clock: time_machine.Traveller, *days: datetime) -> list[tuple[str, str]]:
    """What is mailed at nine, after the search of that early morning."""
    mails = []
    for day in days:
        clock.move_to(day - timedelta(hours=2))
        look_through_searches()
        mails += written(clock, day)
    return mails


def test_the_owner_hears_next_morning_of_what_came_and_never_again(cast: Cast, clock: time_machine.Traveller):
    measure("HB 1", short_name="Telehealth")
    search = alerting(cast.dana)
    known(clock, NOW + timedelta(hours=1), "HB 2")
    known(clock, NOW + timedelta(hours=2), "HB 3", short_name="Roads")

    mails = mornings(clock, chicago(2, 10), chicago(2, 11), chicago(2, 12))

    assert mails == [("Dana", "“Telehealth” finds 1 new measure: HB 2 (90R)")]
    text = OutboundMessage.objects.get().text
    assert "You asked to be told what this saved search finds for the first time." in text
    assert search.get_absolute_url() in text


def test_what_only_changed_is_not_new(cast: Cast, clock: time_machine.Traveller):
    old = measure("HB 1", short_name="Telehealth")
    alerting(cast.dana)
    clock.move_to(NOW + timedelta(hours=1))
    old.summary_en = "Now with broadband"
    old.save()

    assert mornings(clock, chicago(2, 10)) == []


def test_a_week_is_told_on_monday_or_on_the_next_working_day_in_one_line(
    cast: Cast, clock: time_machine.Traveller
):
    alerting(cast.dana, "weekly")
    for day in (10, 11, 12, 13, 14):
        known(clock, chicago(2, day, 12), f"HB {day}")
    known(clock, chicago(2, 14, 13), "HB 15")

    # The 15th is Presidents' Day.
    mails = [mornings(clock, chicago(2, day)) for day in (15, 16, 17, 22, 23)]

    numbers = ", ".join(f"HB {day} (90R)" for day in (10, 11, 12, 13, 14))
    assert mails == [[], [("Dana", f"“Telehealth” finds 6 new measures: {numbers} and 1 more")], [], [], []]


def test_what_an_import_is_still_writing_is_found_by_the_next_look(cast: Cast, clock: time_machine.Traveller):
    alerting(cast.dana)
    early = chicago(2, 10, 7)
    known(clock, early - timedelta(minutes=5), "HB 2")

    mails = [mornings(clock, chicago(2, day)) for day in (10, 11)]

    assert [subjects(some, "Dana") for some in mails] == [
        [],
        ["“Telehealth” finds 1 new measure: HB 2 (90R)"],
    ]


def test_a_second_look_and_a_second_bell_find_nothing_left(cast: Cast, clock: time_machine.Traveller):
    alerting(cast.dana)
    known(clock, NOW + timedelta(hours=1), "HB 2")
    clock.move_to(chicago(2, 10, 7))

    told = [search_alerts.look_through(chicago(2, 10, 7)) for _bell in range(2)]

    assert (told, SearchNews.objects.count()) == ([1, 0], 1)


def test_looks_of_two_workers_at_once_tell_once(cast: Cast, clock: time_machine.Traveller):
    search = alerting(cast.dana)
    known(clock, NOW + timedelta(hours=1), "HB 2")
    early = chicago(2, 10, 7)
    clock.move_to(early)
    mine, theirs = (SavedSearch.objects.select_related("owner").get(pk=search.pk) for _worker in range(2))

    assert [search_alerts._look(one, early) for one in (mine, theirs)] == [True, False]


def test_the_owner_is_told_only_of_what_they_may_still_see(cast: Cast, clock: time_machine.Traveller):
    for person in (cast.dana, cast.jordan):
        alerting(person, tier=2)
    theirs = known(clock, NOW + DAY / 12, "HB 2", jurisdiction=province("qc", "Quebec", "Québec"))
    tracked(theirs, cast.saint_laurent, tier=2)

    assert {name for name, _subject in mornings(clock, chicago(2, 10))} == {"Jordan"}


def test_a_role_that_has_ended_and_a_search_switched_off_meanwhile_are_silent(
    cast: Cast, clock: time_machine.Traveller
):
    searches = [alerting(person) for person in (cast.dana, cast.luis, cast.priya)]
    known(clock, NOW + timedelta(hours=1), "HB 2")
    clock.move_to(chicago(2, 10, 7))
    look_through_searches()
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=TODAY, is_primary=False)
    search_alerts.set_cadence(searches[1], by=cast.luis, cadence=Cadence.NEVER, now=chicago(2, 10, 8))

    assert {name for name, _subject in written(clock, chicago(2, 10))} == {"Priya"}


def test_a_mail_that_is_written_does_not_leave_once_the_search_is_switched_off(
    cast: Cast, clock: time_machine.Traveller
):
    search = alerting(cast.dana)
    known(clock, NOW + timedelta(hours=1), "HB 2")
    mornings(clock, chicago(2, 10))
    search_alerts.set_cadence(search, by=cast.dana, cadence=Cadence.NEVER, now=chicago(2, 10))

    assert Ledger("worker").claim(10, now=chicago(2, 10, 9, 1)) == []
    assert OutboundMessage.objects.get().state == "cancelled"


def test_another_rhythm_goes_on_where_the_last_one_was(cast: Cast, clock: time_machine.Traveller):
    search = alerting(cast.dana, "weekly")
    known(clock, chicago(2, 10, 12), "HB 2")
    search_alerts.set_cadence(search, by=cast.dana, cadence="daily", now=chicago(2, 11, 12))

    mails = mornings(clock, chicago(2, 12), chicago(2, 16))

    assert subjects(mails, "Dana") == ["“Telehealth” finds 1 new measure: HB 2 (90R)"]


def test_switched_off_and_on_again_it_does_not_tell_of_the_time_between(
    cast: Cast, clock: time_machine.Traveller
):
    search = alerting(cast.dana)
    search_alerts.set_cadence(search, by=cast.dana, cadence=Cadence.NEVER, now=NOW)
    known(clock, NOW + timedelta(hours=1), "HB 2")
    search_alerts.set_cadence(search, by=cast.dana, cadence="daily", now=NOW + timedelta(hours=2))

    assert mornings(clock, chicago(2, 10)) == []


@pytest.mark.parametrize(
    ("cadence", "after", "moment"),
    [
        ("daily", chicago(2, 9, 10), chicago(2, 10, 6)),
        ("daily", chicago(2, 10, 5), chicago(2, 10, 6)),
        ("daily", chicago(2, 28, 6, year=2028), chicago(2, 29, 6, year=2028)),
        # The clocks go forward on Sunday 14 March: six in the morning is an hour earlier.
        ("daily", chicago(3, 13, 6), datetime(2027, 3, 14, 11, tzinfo=UTC)),
        ("weekly", chicago(2, 9, 10), chicago(2, 15, 6)),
        ("weekly", chicago(2, 15, 5), chicago(2, 15, 6)),
        ("weekly", chicago(2, 15, 6), chicago(2, 22, 6)),
    ],
)
def test_it_looks_early_on_the_next_day_or_monday_where_the_owner_lives(
    cadence: str, after: datetime, moment: datetime
):
    assert search_alerts.next_look(cadence, "America/Chicago", after) == moment


def test_the_line_says_when_the_feed_was_last_good_and_reads_in_french(
    cast: Cast, clock: time_machine.Traveller
):
    source = Source.objects.create(key="upstream", name="Upstream")
    Feed.objects.create(source=source, last_success_at=datetime(2027, 2, 10, 11, tzinfo=UTC))
    alerting(cast.elise)
    known(clock, NOW + timedelta(hours=1), "HB 2", source=source)
    clock.move_to(datetime(2027, 2, 10, 12, tzinfo=UTC))
    look_through_searches()
    written(clock, datetime(2027, 2, 10, 14, tzinfo=UTC))

    text = OutboundMessage.objects.get(user=cast.elise).text

    assert "10 février 2027 06:00" in text
    assert "HB 2 (90R)" in text


@pytest.mark.parametrize("searches", [1, 3])
def test_looking_costs_as_much_for_each_search_and_nothing_for_those_whose_turn_has_not_come(
    cast: Cast, clock: time_machine.Traveller, searches: int
):
    for number in range(searches):
        alerting(cast.dana, name=f"Search {number}", q="telehealth")
    alerting(cast.dana, "weekly", name="Monday")
    known(clock, NOW + timedelta(hours=1), "HB 2")
    clock.move_to(chicago(2, 10, 7))

    with CaptureQueriesContext(connection) as asked:
        search_alerts.look_through(chicago(2, 10, 7))

    assert (len(asked) - 2) % searches == 0
    assert (len(asked) - 2) // searches == 11


def test_the_owner_chooses_how_often_on_the_list_of_measures(cast: Cast):
    search = saved_searches.save(by=cast.dana, name="Telehealth", query="q=telehealth", now=NOW)
    address, browser = reverse("legislation:saved_search_alert", args=[search.pk]), browser_of(cast.dana)

    strange = browser.post(address, {"cadence": "hourly"}, follow=True).content.decode()
    chosen = browser.post(address, {"cadence": "weekly"}, follow=True).content.decode()

    search.refresh_from_db()
    assert "never, daily or weekly" in strange
    assert "from now on" in chosen
    assert (search.cadence, search.told_until, search.looks_next_at) == ("weekly", NOW, chicago(2, 15, 6))
    assert browser_of(cast.luis).post(address, {"cadence": "daily"}).status_code == 404
