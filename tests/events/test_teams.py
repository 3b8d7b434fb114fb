"""Who goes with whom: nobody twice, and always a captain."""

import pytest

from advocacy.events import errors
from advocacy.events.actions import appointments, teams
from advocacy.events.models import AdvocacyEvent, Appointment, TeamMember
from tests.cast import NOW, Cast, browser_of
from tests.factories.advocacy_days import coming, day_of, health_it_day, team


def test_somebody_who_is_placed_elsewhere_leaves_the_team_they_were_in(cast: Cast):
    event = day_of(cast)
    ann = coming(event, "Ann Lee")
    first, second = team(event, coming(event, "Bo Park"), ann), teams.make(event, by=cast.priya)

    teams.place(ann, second, by=cast.priya)

    assert [one.name for one in event.registrations.filter(place__team=first)] == ["Bo Park"]
    member = TeamMember.objects.get(registration=ann)
    assert (member.team, member.is_captain) == (second, True)


def test_who_waits_for_a_place_is_in_no_team(cast: Cast):
    event = day_of(cast)

    with pytest.raises(errors.NotComing):
        teams.place(coming(event, "Wait Ing", status="waiting"), team(event), by=cast.priya)


def test_a_new_captain_takes_over_from_the_old_one(cast: Cast):
    event = day_of(cast)
    group = team(event, coming(event, "Ann Lee"), coming(event, "Bo Park"))
    bo = TeamMember.objects.get(registration__name="Bo Park")

    teams.change_member(bo, by=cast.priya, role="leader", second_role="", is_captain=True, is_locked=False)

    captains = TeamMember.objects.filter(team=group, is_captain=True)
    assert [str(one) for one in captains] == ["Bo Park"]


def test_teams_are_numbered_on_even_after_one_is_dissolved(cast: Cast):
    event = day_of(cast)
    first, second = (teams.make(event, by=cast.priya) for _ in range(2))
    teams.dissolve(first, by=cast.priya)

    assert teams.make(event, by=cast.priya).number == second.number + 1


def test_one_office_is_on_the_list_once(cast: Cast):
    day = health_it_day(cast)

    with pytest.raises(errors.AlreadyListed):
        appointments.add(day.event, by=cast.priya, official=day.capitol.reyes)


def test_an_agency_is_listed_once_and_a_second_click_makes_no_second_team(cast: Cast):
    event, browser = day_of(cast, "frozen"), browser_of(cast.priya)
    page = f"/advocacy-days/{event.pk}/schedule/"

    for typed in ("Department of Health", "department of health"):
        browser.post(f"{page}offices/add/", {"agency": typed})
        browser.post(f"{page}teams/add/", {"after": "0"})
    said = browser.get(page).content.decode()

    assert [one.office for one in event.appointments.all()] == ["Department of Health"]
    assert [one.number for one in event.teams.all()] == [1]
    assert "department of health is on the list already." in said
    assert 'name="after" value="1"' in said


def test_every_official_whose_constituents_come_is_listed_once(cast: Cast):
    day = health_it_day(cast)
    Appointment.objects.filter(pk=day.tran.pk).delete()

    assert appointments.add_for_those_who_come(day.event, by=cast.priya) == 1
    assert appointments.add_for_those_who_come(day.event, by=cast.priya) == 0
    assert Appointment.objects.get(official=day.capitol.tran).seat == day.capitol.senate_15


def test_two_who_change_one_meeting_do_not_write_over_each_other(cast: Cast):
    day = health_it_day(cast)
    appointments.change(day.reyes, by=cast.priya, now=NOW, version=1, room="E1.2")

    with pytest.raises(errors.ChangedMeanwhile):
        appointments.change(day.reyes, by=cast.dana, now=NOW, version=1, room="E9.9")

    assert Appointment.objects.get(pk=day.reyes.pk).room == "E1.2"


def test_nothing_is_said_to_be_held_before_the_day(cast: Cast):
    day = health_it_day(cast)

    with pytest.raises(errors.NotHeldYet):
        appointments.change(day.reyes, by=cast.priya, now=NOW, version=1, status="held")


@pytest.mark.parametrize("who", ["sam", "luis", "ruth", "chris", "angela", "jordan"])
def test_the_coordinator_the_hosts_advocates_and_staff_prepare_the_day(cast: Cast, who: str):
    """Luis's chapter is a host too; Ruth's is none, a president reads and a lead reads."""
    event, user = day_of(cast), getattr(cast, who)

    runs = AdvocacyEvent.objects.all().run_by(user).filter(pk=event.pk).exists()

    assert runs == (who in ("luis", "jordan"))
