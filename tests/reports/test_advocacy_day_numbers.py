"""The education pillar in the month's report: Advocacy Days held, who came, whom they met; and the ladder."""

from datetime import date, time

from advocacy.events.models import AdvocacyEvent, Appointment, EventStatus, Registration
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import By, Scope, Window
from advocacy.reports.national.ladder import LadderLevel, standing
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.advocacy_days import coming, day_of, health_it_day, meets
from tests.factories.log import alma_reyes
from tests.factories.months import report_on

FEBRUARY = Window(date(2027, 2, 1), date(2027, 3, 1))


def held_today(cast: Cast) -> AdvocacyEvent:
    """Dana and Sam came, Ann did not; of two meetings one took place."""
    day = health_it_day(cast, EventStatus.PUBLISHED)
    coming(day.event, cast.sam)
    Registration.objects.filter(person__in=(cast.dana, cast.sam)).update(checked_in_at=NOW)
    Appointment.objects.filter(pk=day.reyes.pk).update(status="held")
    AdvocacyEvent.objects.filter(pk=day.event.pk).update(held_on=TODAY)
    return day.event


def test_a_day_counts_for_each_host_and_once_above_them(cast: Cast):
    held_today(cast)
    day_of(cast, "frozen", held_on=TODAY)
    metric = METRICS["advocacy_days"]
    both = Scope.of_chapters([cast.gulf_prairie, cast.hill_country], "Texas", "America/Chicago")

    alone = metric.count(Scope.of_chapter(cast.hill_country), FEBRUARY)

    assert (alone.value, dict(alone.parts)) == (1, {"came": 2, "met": 1})
    assert metric.count(both, FEBRUARY).value == 1
    assert metric.gather(both, FEBRUARY, By.CHAPTER).keys() == {cast.gulf_prairie.pk, cast.hill_country.pk}


def test_the_report_of_a_host_names_the_day_with_who_came(cast: Cast):
    event = held_today(cast)

    page = browser_of(cast.dana).get(report_on(cast.gulf_prairie).get_absolute_url()).content.decode()

    assert str(event) in page
    assert "2 people attended" in page
    assert "1 meeting held" in page


def test_coming_to_an_advocacy_day_is_a_step_of_the_ladder_and_leading_a_team_is_the_last(cast: Cast):
    held_today(cast)
    level = standing(Scope.of_nation("HIMSS", "America/Chicago"), TODAY).levels

    assert level[cast.sam.pk] == LadderLevel.PARTICIPANT
    assert level[cast.priya.pk] == LadderLevel.ON_LIST


def test_a_captain_without_a_meeting_that_took_place_leads_nobody(cast: Cast):
    event = day_of(cast, EventStatus.PUBLISHED, held_on=TODAY)
    captain = coming(event, cast.sam)
    group = event.teams.create(number=1)
    group.members.create(registration=captain, is_captain=True)
    meeting = meets(event, alma_reyes(), time(10), team=group)
    scope = Scope.of_nation("HIMSS", "America/Chicago")
    assert standing(scope, TODAY).levels[cast.sam.pk] == LadderLevel.ON_LIST

    Appointment.objects.filter(pk=meeting.pk).update(status="staff_only")

    assert standing(scope, TODAY).levels[cast.sam.pk] == LadderLevel.LEADER
