"""Giving and ending roles."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from advocacy.audit.models import Entry
from members.access import reach_of
from members.actions import roles
from members.models import Role, RoleAssignment
from tests.cast import TODAY, Cast, browser_of
from tests.factories.people import UserFactory, advocate_of, hold, volunteer_of


def test_a_role_is_given_and_the_trail_says_by_whom(cast: Cast):
    newcomer = UserFactory(full_name="Ada New")

    given = roles.give(
        by=cast.jordan, person=newcomer, role=Role.VOLUNTEER, chapter=cast.hill_country, starts_on=TODAY
    )

    assert reach_of(newcomer).logs_for == {cast.hill_country.pk}
    assert given.given_by == cast.jordan
    entry = Entry.objects.about(given).get()  # type: ignore[attr-defined]
    assert (entry.actor, entry.verb, entry.label) == (
        cast.jordan,
        "gave role",
        "Advocacy volunteer · Hill Country",
    )
    assert entry.changes["chapter"] == [None, "Hill Country"]


def test_the_first_role_in_a_chapter_makes_it_the_primary_one(cast: Cast):
    newcomer = UserFactory()

    first = roles.give(
        by=cast.jordan, person=newcomer, role=Role.MEMBER, chapter=cast.hill_country, starts_on=TODAY
    )
    second = roles.give(
        by=cast.jordan, person=newcomer, role=Role.ADVOCATE, chapter=cast.gulf_prairie, starts_on=TODAY
    )

    assert (first.is_primary, second.is_primary) == (True, False)


def test_a_primary_chapter_whose_role_has_ended_gives_way(cast: Cast):
    old = advocate_of(cast.gulf_prairie, ends_on=TODAY, is_primary=True)

    new = roles.give(
        by=cast.jordan, person=old, role=Role.VOLUNTEER, chapter=cast.hill_country, starts_on=TODAY
    )

    assert list(RoleAssignment.objects.filter(person=old, is_primary=True)) == [new]


def test_the_same_role_in_the_same_place_is_not_given_twice_for_the_same_days(cast: Cast):
    with pytest.raises(roles.AlreadyHeld, match=r"Dana Whitfield holds this role here already"):
        roles.give(
            by=cast.jordan,
            person=cast.dana,
            role=Role.ADVOCATE,
            chapter=cast.gulf_prairie,
            starts_on=TODAY,
        )


def test_a_new_term_may_follow_an_earlier_one(cast: Cast):
    given = roles.give(
        by=cast.jordan,
        person=cast.former,
        role=Role.ADVOCATE,
        chapter=cast.gulf_prairie,
        starts_on=date(2026, 7, 1),
    )

    assert given.is_in_force(TODAY)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VICE_CHAIR])
def test_a_role_without_its_place_is_refused(cast: Cast, role: str):
    with pytest.raises(ValidationError, match="A chapter role needs a chapter"):
        roles.give(by=cast.jordan, person=UserFactory(), role=role, starts_on=TODAY)


def test_a_term_that_ends_before_it_begins_is_refused(cast: Cast):
    with pytest.raises(ValidationError, match="ends on or after the day it starts"):
        roles.give(
            by=cast.jordan,
            person=UserFactory(),
            role=Role.LEAD,
            starts_on=TODAY,
            ends_on=TODAY - timedelta(days=1),
        )


def test_an_ended_role_opens_nothing_from_that_day_on(cast: Cast):
    assignment = cast.dana.roles.get()

    roles.end(assignment, by=cast.jordan, on=TODAY, reason="Moved away")

    assert reach_of(cast.dana).is_empty
    entry = Entry.objects.about(assignment).get()  # type: ignore[attr-defined]
    assert (entry.verb, entry.reason, entry.changes) == (
        "ended role",
        "Moved away",
        {"ends_on": [None, "2027-02-09"]},
    )


def test_a_role_that_ends_earlier_is_not_prolonged_by_ending_it(cast: Cast):
    somebody = volunteer_of(cast.gulf_prairie, ends_on=TODAY)
    assignment = somebody.roles.get()

    roles.end(assignment, by=cast.jordan, on=TODAY + timedelta(days=60))

    assert somebody.roles.get().ends_on == TODAY


def test_a_role_that_has_not_begun_ends_on_its_first_day(cast: Cast):
    somebody = volunteer_of(cast.gulf_prairie, starts_on=date(2027, 7, 1))

    ended = roles.end(somebody.roles.get(), by=cast.jordan, on=TODAY)

    assert ended.ends_on == date(2027, 7, 1)


def test_ending_a_role_that_somebody_else_changed_is_refused(cast: Cast):
    seen = cast.dana.roles.get()
    roles.end(cast.dana.roles.get(), by=cast.jordan, on=TODAY + timedelta(days=9))

    with pytest.raises(roles.AlreadyChanged):
        roles.end(seen, by=cast.angela, on=TODAY)


def test_the_primary_chapter_moves(cast: Cast):
    second = hold(cast.dana, Role.VOLUNTEER, chapter=cast.hill_country)

    roles.make_primary(second, by=cast.jordan)

    assert list(cast.dana.roles.filter(is_primary=True)) == [second]
    assert Entry.objects.about(second).get().verb == "made primary"  # type: ignore[attr-defined]


def test_only_a_chapter_can_be_primary(cast: Cast):
    with pytest.raises(ValueError, match="Only a role in a chapter"):
        roles.make_primary(cast.tom.roles.get(), by=cast.jordan)


def test_a_seat_on_a_second_chapters_board_is_warned_of(cast: Cast):
    second = roles.give(
        by=cast.jordan, person=cast.dana, role=Role.PRESIDENT, chapter=cast.hill_country, starts_on=TODAY
    )
    elsewhere = roles.give(
        by=cast.jordan, person=cast.dana, role=Role.VOLUNTEER, chapter=cast.hill_country, starts_on=TODAY
    )

    assert roles.board_service_warning(second).startswith("Dana Whitfield sits on another chapter's board")
    assert roles.board_service_warning(elsewhere) == ""


def test_board_seats_one_after_the_other_are_not_warned_of(cast: Cast):
    roles.end(cast.dana.roles.get(), by=cast.jordan, on=date(2027, 7, 1))

    second = roles.give(
        by=cast.jordan,
        person=cast.dana,
        role=Role.PRESIDENT,
        chapter=cast.hill_country,
        starts_on=date(2027, 7, 1),
    )

    assert roles.board_service_warning(second) == ""


def test_a_role_that_ends_shuts_an_open_session_at_the_next_click(cast: Cast):
    browser = browser_of(cast.dana)
    assert browser.get(reverse("members:person_list")).status_code == 200

    roles.end(cast.dana.roles.get(), by=cast.jordan, on=TODAY)

    answer = browser.get(reverse("members:person_list"))
    assert answer.status_code == 403
    assert "No role at the moment" in answer.content.decode()
    assert browser.get(reverse("members:profile")).status_code == 200


def test_a_role_that_runs_out_at_midnight_shuts_an_open_session(cast: Cast, clock: time_machine.Traveller):
    leaving = volunteer_of(cast.gulf_prairie, ends_on=TODAY + timedelta(days=1))
    browser = browser_of(leaving)

    clock.move_to("2027-02-10T05:59:00+00:00")
    assert browser.get(reverse("members:chapter_list")).status_code == 200

    clock.move_to("2027-02-10T06:00:00+00:00")
    assert browser.get(reverse("members:chapter_list")).status_code == 403
