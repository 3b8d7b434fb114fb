"""What the saved places say together: how many of our people live in a district. Nobody is named by it."""

from collections.abc import Collection, Iterable
from datetime import date

from advocacy.accounts.models import User
from legislation.lookup.record import Record
from members.actions.saved_places import is_outdated
from members.models import RoleAssignment, SavedDistrict, SavedPlace

# Below this a number could point at somebody.
FEWEST_TOLD = 5


def members_in_district(division_ids: Collection[int], day: date) -> int | None:
    """How many people with a role in force remembered a place in one of these divisions; None below five.

    Places whose lines have changed since do not count.
    """
    serving = RoleAssignment.objects.in_force(day).values("person")
    districts = SavedDistrict.objects.filter(
        division__in=division_ids, place__person__in=serving, place__person__is_active=True
    )
    count = len({one.place_id for one in _in_today(districts.select_related("place", "edition"), day)})
    return count if count >= FEWEST_TOLD else None


def place_in_district(user: User, division_ids: Collection[int], day: date) -> SavedPlace | None:
    """The person's own saved place, where it lies in one of these divisions by today's lines."""
    districts = SavedDistrict.objects.filter(
        division__in=division_ids, place__in=SavedPlace.objects.visible_to(user)
    )
    return next((one.place for one in _in_today(districts.select_related("place", "edition"), day)), None)


def _in_today(districts: Iterable[SavedDistrict], day: date) -> list[SavedDistrict]:
    rows = list(districts)
    record = Record(day, None)
    return [one for one in rows if not is_outdated(one, record, one.place.remembered_on)]
