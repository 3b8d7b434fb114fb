"""Mail about hearings that come near: days before, hours before, and before what must be done for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from advocacy.accounts.models import User
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.models import Position, Standpoint, Tracking, TrackingWatcher
from advocacy.positions.models import Testimony as Statement  # pytest takes a name with Test for a test
from legislation.actions import hearings
from legislation.models import Feed, Hearing, Measure, Source
from members.models import RoleAssignment
from tests.cast import NOW, TODAY, Cast
from tests.factories.hearings import hearing_on
from tests.factories.measures import measure, took, tracked
from tests.factories.people import province
from tests.positions.reminding import chicago, states, subjects, written

HOUR = timedelta(hours=1)
# Presidents' Day is the Monday before: what falls on it, or on the weekend, is said on Friday.
FRIDAY, TUESDAY = chicago(2, 12), chicago(2, 16)
SAID = "HB 210 (90R): hearing of Public Health, Tuesday Feb. 16, 2027, 09:00"


def followed(cast: Cast, tier: int = 1, **fields: Any) -> Measure:
    bill = measure("HB 210")
    row = tracked(bill, cast.gulf_prairie, tier, **({"owner": cast.dana} | fields))
    TrackingWatcher.objects.create(tracking=row, person=cast.priya)
    return bill


def speaks(cast: Cast, hearing: Hearing, bill: Measure, person: User, **fields: Any) -> Statement:
    known = {"form": "oral_in_person", "side": "for", "organisation": "Gulf Prairie", "registered_on": TODAY}
    position = Position.objects.filter(measure=bill).first() or took(
        bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan
    )
    return Statement.objects.create(
        measure=bill,
        hearing=hearing,
        person=person,
        position=position,
        chapter=cast.gulf_prairie,
        registered_by=cast.dana,
        **(known | fields),
    )


def test_whoever_looks_after_a_measure_watches_it_or_testifies_hears_of_its_hearing_once_on_a_working_day(
    cast: Cast, clock: time_machine.Traveller
):
    bill = followed(cast)
    speaks(cast, hearing_on(bill), bill, cast.sam)

    quiet = written(clock, *(chicago(2, 10) + number * HOUR for number in range(47)))
    heard = written(clock, *(chicago(2, 12) + number * HOUR for number in range(94)))

    assert quiet == []
    assert heard == [("Dana", SAID), ("Priya", SAID), ("Sam", SAID)]


def test_two_hours_before_it_is_said_at_once_and_never_after_it_began(
    cast: Cast, clock: time_machine.Traveller
):
    hearing_on(followed(cast))
    early = written(clock, chicago(2, 16, 6, 59))
    soon = written(clock, chicago(2, 16, 7), chicago(2, 16, 7, 1))
    Tracking.objects.update(owner=cast.luis)
    too_late = written(clock, chicago(2, 16, 9, 1))

    assert (early, too_late) == ([], [])
    assert soon == [("Dana", SAID), ("Priya", SAID)]


@pytest.mark.parametrize(
    ("tier", "people"), [(1, {"Dana", "Priya"}), (2, {"Dana"}), (3, {"Dana"}), (4, set())]
)
def test_watchers_hear_of_hearings_in_tier_one_and_nobody_of_what_is_archived(
    cast: Cast, clock: time_machine.Traveller, tier: int, people: set[str]
):
    hearing_on(followed(cast, tier))

    assert {name for name, _subject in written(clock, FRIDAY)} == people


def test_a_hearing_that_moves_is_announced_anew_and_its_old_time_falls(
    cast: Cast, clock: time_machine.Traveller
):
    hearing = hearing_on(followed(cast))
    clock.move_to(chicago(2, 12, 8))
    hearings.move(hearing, by=cast.jordan, now=chicago(2, 12, 8), starts_at=chicago(2, 19, 14))

    old = written(clock, FRIDAY, chicago(2, 16, 7))
    new = [written(clock, moment) for moment in (chicago(2, 17), chicago(2, 18), chicago(2, 19, 12))]

    moved = SAID.replace("Tuesday Feb. 16, 2027, 09:00", "Friday Feb. 19, 2027, 14:00")
    assert old == []
    assert [subjects(mails, "Dana") for mails in new] == [[moved], [moved], [moved]]


def test_the_old_time_falls_even_from_a_mail_that_is_written_and_has_not_left(
    cast: Cast, clock: time_machine.Traveller
):
    hearing = hearing_on(followed(cast))
    written(clock, FRIDAY)
    hearings.move(hearing, by=cast.jordan, now=FRIDAY, starts_at=chicago(2, 23))

    taken = Ledger("worker").claim(10, now=FRIDAY + timedelta(minutes=1))

    assert taken == []
    assert list(OutboundMessage.objects.values_list("subject", "state")) == [(SAID, "cancelled")] * 2


def test_nobody_hears_of_a_hearing_that_was_cancelled_or_held(cast: Cast, clock: time_machine.Traveller):
    off, over = hearing_on(followed(cast)), hearing_on(measure("HB 1"), starts_at=FRIDAY + HOUR)
    tracked(over.measures.get(), cast.gulf_prairie, owner=cast.dana)
    hearings.cancel(off, by=cast.jordan, now=NOW)
    Hearing.objects.filter(pk=over.pk).update(status="held")

    assert written(clock, FRIDAY, TUESDAY - 2 * HOUR) == []


def test_one_who_may_not_read_the_measures_of_the_chapter_any_more_hears_nothing(
    cast: Cast, clock: time_machine.Traveller
):
    hearing_on(followed(cast))
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=TODAY, is_primary=False)

    assert {name for name, _subject in written(clock, FRIDAY)} == {"Priya"}
    assert states() == {"mailed", "skipped"}


def test_signing_up_is_asked_for_the_day_before_by_the_rooms_clock_even_on_a_holiday(
    cast: Cast, clock: time_machine.Traveller
):
    bill = followed(cast, tier=2)
    hearing = hearing_on(bill, sign_up_by=chicago(2, 16, 0, 30))
    speaks(cast, hearing, bill, cast.sam)
    speaks(cast, hearing, bill, cast.chris, form="written")
    written(clock, FRIDAY)

    on_the_day = written(clock, chicago(2, 15, 8, 59)), written(clock, chicago(2, 15))

    text = "HB 210 (90R): sign up to testify before Public Health by Tuesday Feb. 16, 2027, 00:30"
    assert on_the_day == ([], [("Dana", text), ("Sam", text)])


def test_written_testimony_is_asked_for_until_it_is_submitted(cast: Cast, clock: time_machine.Traveller):
    bill = followed(cast, tier=2)
    hearing = hearing_on(bill, starts_at=chicago(3, 10), written_by=chicago(2, 18, 17))
    speaks(cast, hearing, bill, cast.sam, form="written")
    speaks(cast, hearing, bill, cast.chris, form="written", submitted_at=NOW)

    text = "HB 210 (90R): written testimony for Public Health by Thursday Feb. 18, 2027, 17:00"
    assert written(clock, chicago(2, 17)) == [("Dana", text), ("Sam", text)]


def test_the_reader_is_told_the_time_by_both_clocks(cast: Cast, clock: time_machine.Traveller):
    bill = measure("C-12", jurisdiction=province("bc", "British Columbia", "Colombie-Britannique"))
    tracked(bill, cast.cascadia_north, owner=cast.noor)
    # Ottawa changes its clocks on 14 March, British Columbia no more.
    hearing_on(bill, starts_at=datetime(2027, 3, 15, 13, 30, tzinfo=UTC), zone="America/Toronto")

    (said,) = subjects(written(clock, datetime(2027, 3, 12, 16, tzinfo=UTC)), "Noor")

    assert said == (
        "C-12 (90R): hearing of Public Health, Monday March 15, 2027, 06:30 your time"
        " (Monday March 15, 2027, 09:30, Toronto time)"
    )


def test_days_are_counted_across_the_29th_of_february(cast: Cast, clock: time_machine.Traveller):
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=None)
    hearing_on(followed(cast), starts_at=chicago(3, 2, year=2028))

    days = [chicago(2, day, year=2028) for day in (27, 28, 29)] + [chicago(3, 1, year=2028)]

    # With a 29th, three days before 2 March is Monday the 28th, and not Sunday the 27th.
    assert [bool(subjects(written(clock, moment), "Dana")) for moment in days] == [False, True, False, True]


def test_each_line_says_why_it_came_and_when_the_feed_was_last_good(
    cast: Cast, clock: time_machine.Traveller
):
    source = Source.objects.create(key="upstream", name="Upstream")
    Feed.objects.create(source=source, last_success_at=chicago(2, 12, 6))
    hearing_on(followed(cast), source=source, external_id="1")
    written(clock, FRIDAY)

    mail = OutboundMessage.objects.get(user=cast.dana)
    because = (
        "You look after HB 210 (90R). Known from Upstream, last fetched without a fault on"
        " Feb. 12, 2027, 6 a.m."
    )
    assert (because in mail.text, because in mail.html, mail.stream) == (True, True, "alert")


def test_several_measures_of_a_hearing_are_one_line_and_only_ones_own(
    cast: Cast, clock: time_machine.Traveller
):
    first, second, other = followed(cast), measure("SB 9"), measure("SB 10")
    tracked(second, cast.gulf_prairie, owner=cast.dana)
    tracked(other, cast.hill_country, owner=cast.luis)
    hearing_on(first, second, other)

    mails = written(clock, FRIDAY)

    assert subjects(mails, "Dana") == [SAID.replace("HB 210 (90R)", "HB 210 (90R), SB 9 (90R)")]
    assert subjects(mails, "Luis") == [SAID.replace("HB 210 (90R)", "SB 10 (90R)")]


def test_elise_reads_it_in_french_without_a_time_twice(cast: Cast, clock: time_machine.Traveller):
    bill = measure("17", jurisdiction=province("qc", "Quebec", "Québec"))
    tracked(bill, cast.saint_laurent, owner=cast.elise)
    hearing_on(bill, starts_at=datetime(2027, 2, 18, 15, tzinfo=UTC), zone="America/Toronto")

    (said,) = subjects(written(clock, datetime(2027, 2, 17, 14, tzinfo=UTC)), "Élise")

    assert "jeudi 18 février 2027, 10:00" in said
    assert "America/Toronto" not in said
