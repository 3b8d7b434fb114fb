"""What we keep of people at partners: who to write to, the grasstops contact of each chapter, and their signatures."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.coalitions.actions import people
from advocacy.coalitions.models import OrganisationContact
from advocacy.coalitions.models.organisation import OrganisationContactQuerySet
from members.erasing import Keeper, Person, keepers


def _rows(address: str) -> OrganisationContactQuerySet:
    return OrganisationContact.objects.filter(email__iexact=address).exclude(email="").order_by("pk")


def _names(address: str) -> Iterable[str]:
    return _rows(address).values_list("name", flat=True)


def _words(count: int) -> str:
    text = ngettext(
        "%(count)d record of somebody at a partner, with the notes on them and whom they reach",
        "%(count)d records of somebody at partners, with the notes on them and whom they reach",
        count,
    )
    return text % {"count": count}


def _erase(person: Person, by: User | None, now: datetime) -> None:
    for contact in _rows(person.address):
        people.erase(contact, by=by, now=now)


keepers.register("coalitions", order=30)(
    Keeper(_names, lambda person: _rows(person.address).count(), _words, _erase)
)
