"""What each role opens, and that it closes with the role."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from advocacy.accounts.models import User
from members.access import (
    NOBODY,
    TASKFORCE_LEAD,
    Reach,
    chapters_to_log_for,
    home_jurisdiction,
    invitations_visible_to,
    people_visible_to,
    reach_of,
    roles_visible_to,
    society_today,
)
from members.calendars import workdays_of
from members.models import Invitation, Role
from tests.cast import TODAY, Cast
from tests.factories.people import (
    UserFactory,
    advocate_of,
    canada,
    hold,
    member_of,
    province,
    state,
    united_states,
    volunteer_of,
)


def test_nobody_reaches_anything():
    assert Reach() == NOBODY
    assert reach_of(AnonymousUser()) == NOBODY
    assert NOBODY.is_empty
    assert not TASKFORCE_LEAD.is_empty


def test_a_person_without_a_role_reaches_nothing(cast: Cast):
    assert reach_of(UserFactory()).is_empty


def test_an_advocate_edits_the_chapter_and_shares_the_jurisdictions_of_its_territory(cast: Cast):
    own = frozenset({cast.gulf_prairie.pk})

    assert reach_of(cast.dana) == Reach(
        person_id=cast.dana.pk,
        belongs_to=own,
        logs_for=own,
        advocate_of=own,
        reads=own,
        shares=frozenset({state("tx", "Texas").pk, united_states().pk}),
    )


def test_a_chapter_that_spans_three_jurisdictions_shares_all_of_them(cast: Cast):
    shared = reach_of(cast.ruth).shares

    places = [state("dc", ""), state("md", ""), state("va", ""), united_states()]
    assert shared == {place.pk for place in places}


def test_a_canadian_advocate_shares_the_province_and_ottawa(cast: Cast):
    assert reach_of(cast.elise).shares == {province("qc", "").pk, canada().pk}


def test_a_volunteer_logs_for_the_chapter_and_reads_it_but_shares_nothing(cast: Cast):
    own = frozenset({cast.gulf_prairie.pk})

    assert reach_of(cast.priya) == Reach(person_id=cast.priya.pk, belongs_to=own, logs_for=own, reads=own)


def test_a_member_only_belongs_to_the_chapter(cast: Cast):
    assert reach_of(cast.sam) == Reach(person_id=cast.sam.pk, belongs_to=frozenset({cast.gulf_prairie.pk}))


def test_a_president_reads_the_chapter_and_does_not_log(cast: Cast):
    own = frozenset({cast.gulf_prairie.pk})

    assert reach_of(cast.chris) == Reach(person_id=cast.chris.pk, belongs_to=own, reads=own, president_of=own)


def test_a_vice_chair_reads_the_chapters_of_the_region(cast: Cast):
    in_region = frozenset({cast.gulf_prairie.pk, cast.hill_country.pk})

    assert reach_of(cast.tom) == Reach(person_id=cast.tom.pk, reads=in_region, is_vice_chair=True)


def test_the_lead_reads_every_shared_record_and_needs_a_second_factor(cast: Cast):
    reach = reach_of(cast.angela)

    assert reach == Reach(person_id=cast.angela.pk, is_lead=True)
    assert (reach.reads_every_shared_record, reach.needs_second_factor, reach.may_log) == (True, True, False)


def test_staff_reach_everything(cast: Cast):
    reach = reach_of(cast.jordan)

    assert reach == Reach(person_id=cast.jordan.pk, is_staff=True)
    assert (reach.reads_every_shared_record, reach.may_log, reach.may_export_people) == (True, True, True)


def test_a_superuser_is_staff_without_any_role(cast: Cast):
    assert reach_of(User.objects.create_superuser("root@example.org", full_name="Root")).is_staff


def test_several_roles_add_up(cast: Cast):
    volunteer_of(cast.hill_country, person=cast.dana)

    reach = reach_of(cast.dana)

    assert reach.advocate_of == {cast.gulf_prairie.pk}
    assert reach.logs_for == {cast.gulf_prairie.pk, cast.hill_country.pk}
    assert reach.primary_chapter_id == cast.gulf_prairie.pk


def test_a_former_advocate_reaches_nothing(cast: Cast):
    assert reach_of(cast.former).is_empty


def test_a_closed_account_reaches_nothing(cast: Cast):
    cast.dana.is_active = False

    assert reach_of(cast.dana).is_empty


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_open"),
    [
        (TODAY, None, True),
        (TODAY, TODAY + timedelta(days=1), True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=30), TODAY, False),
        (TODAY, TODAY, False),
    ],
    ids=["from today", "today only", "from tomorrow", "until yesterday", "never"],
)
def test_a_role_is_in_force_from_its_first_day_until_the_day_before_it_ends(
    cast: Cast, starts_on: date, ends_on: date | None, is_open: bool
):
    somebody = volunteer_of(cast.gulf_prairie, starts_on=starts_on, ends_on=ends_on)

    assert reach_of(somebody).may_log is is_open


def test_roles_change_at_midnight_where_the_society_keeps_its_calendar(
    cast: Cast, clock: time_machine.Traveller
):
    leaving = volunteer_of(cast.gulf_prairie, ends_on=date(2027, 7, 1))

    clock.move_to("2027-07-01T04:59:59+00:00")  # still June in Chicago
    assert society_today() == date(2027, 6, 30)
    assert not reach_of(leaving).is_empty

    clock.move_to("2027-07-01T05:00:00+00:00")
    assert reach_of(leaving).is_empty


def test_without_a_society_the_day_is_that_of_greenwich(db: None):
    assert society_today() == timezone.now().date()


def test_the_primary_chapter_is_the_marked_one_else_that_of_the_weightiest_role(cast: Cast):
    somebody = member_of(cast.hill_country)
    advocate_of(cast.gulf_prairie, person=somebody)
    assert reach_of(somebody).primary_chapter_id == cast.gulf_prairie.pk

    volunteer_of(cast.three_capitals, person=somebody, is_primary=True)
    assert reach_of(somebody).primary_chapter_id == cast.three_capitals.pk


def test_people_log_for_chapters_they_work_in_and_staff_for_any(cast: Cast):
    assert list(chapters_to_log_for(cast.priya)) == [cast.gulf_prairie]
    assert list(chapters_to_log_for(cast.sam)) == []
    assert chapters_to_log_for(cast.jordan).count() == 5


def test_an_advocate_sees_the_chapter_and_every_advocate_vice_chair_and_lead(cast: Cast):
    assert set(people_visible_to(cast.dana)) == {
        *(cast.dana, cast.sam, cast.chris, cast.priya),
        *(cast.luis, cast.ruth, cast.noor, cast.elise, cast.tom, cast.angela),
    }


def test_a_vice_chair_sees_the_region_and_every_advocate(cast: Cast):
    seen = set(people_visible_to(cast.tom))

    assert {cast.sam, cast.priya, cast.pat, cast.noor, cast.angela} <= seen
    assert cast.jordan not in seen


def test_a_member_sees_the_advocates_of_the_chapter(cast: Cast):
    assert set(people_visible_to(cast.sam)) == {cast.sam, cast.dana}


def test_staff_and_leads_see_everybody(cast: Cast):
    assert (
        set(people_visible_to(cast.jordan)) == set(people_visible_to(cast.angela)) == set(User.objects.all())
    )


def test_whoever_has_no_role_sees_nobody(cast: Cast):
    assert list(people_visible_to(cast.former)) == list(people_visible_to(AnonymousUser())) == []


def test_closed_accounts_are_hidden_from_everybody_but_staff_and_leads(cast: Cast):
    User.objects.filter(pk=cast.luis.pk).update(is_active=False)

    assert cast.luis not in people_visible_to(cast.dana)
    assert cast.luis in people_visible_to(cast.jordan)


def test_roles_are_seen_with_their_people(cast: Cast):
    assert {role.person for role in roles_visible_to(cast.sam)} == {cast.sam, cast.dana}


def test_invitations_are_seen_by_staff_and_by_whoever_leads_the_chapter(cast: Cast):
    invitation = Invitation.objects.create(
        email="new@example.org",
        full_name="New",
        role=Role.MEMBER,
        chapter=cast.gulf_prairie,
        starts_on=TODAY,
        invited_by=cast.dana,
        invited_at=timezone.now(),
        expires_at=timezone.now(),
    )

    for person in (cast.dana, cast.chris, cast.jordan):
        assert list(invitations_visible_to(person)) == [invitation]
    for person in (cast.luis, cast.pat, cast.priya, cast.sam, cast.tom, cast.angela, cast.former):
        assert list(invitations_visible_to(person)) == []


def test_holidays_are_kept_where_the_primary_chapter_is_at_home(cast: Cast):
    assert home_jurisdiction(cast.elise) == province("qc", "")
    assert home_jurisdiction(cast.tom) is None
    assert (workdays_of(cast.elise).country, workdays_of(cast.elise).subdivision) == ("CA", "QC")
    assert (workdays_of(cast.tom).country, workdays_of(cast.tom).subdivision) == ("US", "")


def test_a_second_role_in_the_future_does_not_open_anything_yet(cast: Cast):
    hold(cast.sam, Role.STAFF, starts_on=TODAY + timedelta(days=1))

    assert not reach_of(cast.sam).is_staff
