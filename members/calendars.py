"""The working calendar of a person or an office: due dates skip the holidays they keep, not the reader's."""

from collections.abc import Collection
from datetime import date

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from legislation.models import Jurisdiction
from members.access import home_jurisdiction, home_jurisdictions


def workdays_of(person: User) -> Workdays:
    """Business days where the person's primary chapter is at home; the United States when it is nowhere."""
    return workdays_in(home_jurisdiction(person))


def workdays_of_all(people: Collection[User], today: date) -> dict[int, Workdays]:
    """The same for many people, by their key, without asking for each."""
    homes = home_jurisdictions(people, today)
    return {person.pk: workdays_in(homes.get(person.pk)) for person in people}


def workdays_in(place: Jurisdiction | None) -> Workdays:
    """Business days of an office or a person there; a town keeps the holidays of its state or province."""
    if place is None:
        return Workdays()
    home = place if place.abbreviation or place.parent is None else place.parent
    is_country = home.abbreviation == home.country
    return Workdays(home.country, "" if is_country else home.abbreviation)
