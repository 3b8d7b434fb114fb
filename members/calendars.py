"""The working calendar of a person: due dates skip the holidays they keep, not the reader's."""

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from members.access import home_jurisdiction


def workdays_of(person: User) -> Workdays:
    """Business days where the person's primary chapter is at home; the United States when it is nowhere."""
    home = home_jurisdiction(person)
    if home is None:
        return Workdays()
    is_country = home.abbreviation == home.country
    return Workdays(home.country, "" if is_country else home.abbreviation)
