"""The working calendar of a person or an office: due dates skip the holidays they keep, not the reader's."""

from collections.abc import Iterable

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from legislation.models import Jurisdiction, Level
from members.access import home_jurisdiction, society_today
from members.models import ChapterTerritory, Role, RoleAssignment


def workdays_of(person: User) -> Workdays:
    """Business days where the person's primary chapter is at home; the United States when it is nowhere."""
    return workdays_in(home_jurisdiction(person))


def workdays_of_each(people: Iterable[User]) -> dict[int, Workdays]:
    """The same for many people, by their key, in a fixed number of questions."""
    people = list(people)
    chapters: dict[int, int] = {}
    roles = RoleAssignment.objects.in_force(society_today()).filter(person__in=people, chapter__isnull=False)
    weights = {role: number for number, role in enumerate(Role.values)}
    for role in sorted(roles, key=lambda role: (not role.is_primary, -weights[role.role], role.pk)):
        chapters.setdefault(role.person_id, role.chapter_id or 0)
    territories = ChapterTerritory.objects.filter(chapter__in=set(chapters.values()))
    homes: dict[int, Jurisdiction] = {}
    kept = territories.exclude(jurisdiction__level__in=(Level.COUNTY, Level.LOCAL))
    for territory in kept.select_related("jurisdiction__parent"):
        homes.setdefault(territory.chapter_id, territory.jurisdiction)
    return {person.pk: workdays_in(homes.get(chapters.get(person.pk, 0))) for person in people}


def workdays_in(place: Jurisdiction | None) -> Workdays:
    """Business days of an office or a person there; a town keeps the holidays of its state or province."""
    if place is None:
        return Workdays()
    home = place if place.abbreviation or place.parent is None else place.parent
    is_country = home.abbreviation == home.country
    return Workdays(home.country, "" if is_country else home.abbreviation)
