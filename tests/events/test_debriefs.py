"""The debrief of a meeting: one interaction, however often it arrives and whoever was captain (DOMAIN.md W5, A7)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine

from advocacy.events import errors
from advocacy.events.actions import debriefs
from advocacy.events.models import Appointment, AppointmentStatus, EventStatus, TeamMember
from advocacy.interactions.entry import Entry, Met
from advocacy.interactions.errors import NotAllowedToLogHere
from advocacy.interactions.models import FollowUp, Interaction, Level
from members.models import Chapter
from tests.cast import NOW, Cast
from tests.factories.advocacy_days import HealthItDay, coming, health_it_day, team
from tests.factories.log import entry_by

AT_NOON = datetime.fromisoformat("2027-04-14T12:00-05:00")


@pytest.fixture
def day(cast: Cast, clock: time_machine.Traveller) -> HealthItDay:
    found = health_it_day(cast, EventStatus.PUBLISHED)
    clock.move_to(AT_NOON)
    return found


def entry(cast: Cast, day: HealthItDay, chapter: Chapter | None = None, **changes: Any) -> Entry:
    known: dict[str, Any] = {
        "occurred_on": day.event.held_on,
        "met": [Met(level=Level.OFFICIAL, official=day.capitol.reyes)],
    }
    return entry_by(cast.dana, [day.capitol.reyes], chapter=chapter, **(known | changes))


def filed(cast: Cast, day: HealthItDay, key: UUID | None = None, **changes: Any) -> tuple[Interaction, bool]:
    by = changes.pop("by", cast.dana)
    row = Appointment.objects.with_office().get(pk=day.reyes.pk)
    return debriefs.file(
        row,
        by=by,
        entry=entry(cast, day, **changes),
        form_key=key or uuid4(),
        now=changes.get("now", AT_NOON),
    )


def test_a_debrief_is_an_interaction_with_its_follow_ups_and_the_meeting_is_held(
    cast: Cast, day: HealthItDay
):
    interaction, is_new = filed(cast, day)

    held = Appointment.objects.get(pk=day.reyes.pk)
    assert is_new
    assert (held.status, held.interaction, held.debriefed_at) == (
        AppointmentStatus.HELD,
        interaction,
        AT_NOON,
    )
    assert FollowUp.objects.filter(interaction=interaction, kind="thank_you").exists()


def test_where_only_staff_were_there_the_board_says_so(cast: Cast, day: HealthItDay):
    filed(cast, day, met=[Met(level=Level.POLICY_STAFF, name="Kim Ito")])

    assert Appointment.objects.get(pk=day.reyes.pk).status == AppointmentStatus.STAFF_ONLY


def test_the_same_form_twice_makes_one_record(cast: Cast, day: HealthItDay):
    key = uuid4()

    first, second = filed(cast, day, key), filed(cast, day, key)

    assert (first[1], second[1]) == (True, False)
    assert Interaction.objects.count() == 1


def test_what_a_colleague_reported_is_not_reported_a_second_time(cast: Cast, day: HealthItDay):
    filed(cast, day)

    with pytest.raises(errors.ReportedAlready):
        filed(cast, day, by=cast.priya)

    assert Interaction.objects.count() == 1


def test_a_plain_member_who_is_captain_reports_for_the_host_chapter(cast: Cast, day: HealthItDay):
    place = coming(day.event, cast.sam)
    TeamMember.objects.create(team=day.team, registration=place)

    interaction, _ = filed(cast, day, by=cast.sam, chapter=cast.gulf_prairie)

    assert (interaction.logged_by, interaction.chapter) == (cast.sam, cast.gulf_prairie)


def test_nobody_reports_in_the_name_of_a_chapter_that_is_no_host(cast: Cast, day: HealthItDay):
    with pytest.raises(NotAllowedToLogHere):
        filed(cast, day, chapter=cast.saint_laurent)


def test_another_team_does_not_report_it(cast: Cast, day: HealthItDay):
    team(day.event, coming(day.event, cast.sam))

    with pytest.raises(errors.MayNotRun):
        filed(cast, day, by=cast.sam)


def test_nothing_was_held_before_the_day(cast: Cast, clock: time_machine.Traveller, day: HealthItDay):
    clock.move_to(NOW)

    with pytest.raises(errors.NotHeldYet):
        debriefs.file(
            day.reyes, by=cast.dana, entry=entry(cast, day, occurred_on=NOW.date()), form_key=uuid4(), now=NOW
        )


@pytest.mark.parametrize("status", [EventStatus.WRAPPING_UP, EventStatus.CLOSED])
def test_a_debrief_that_comes_after_the_day_was_closed_is_taken(cast: Cast, day: HealthItDay, status: str):
    type(day.event).objects.filter(pk=day.event.pk).update(status=status)

    _interaction, is_new = filed(cast, day)

    assert is_new


def test_a_cancelled_day_has_no_debriefs(cast: Cast, day: HealthItDay):
    rows = type(day.event).objects.filter(pk=day.event.pk)
    rows.update(status=EventStatus.CANCELLED, cancelled_reason="Storm")

    with pytest.raises(errors.WrongMoment):
        filed(cast, day)
