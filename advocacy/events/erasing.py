"""What Advocacy Days keep of a person: their registrations, with districts and needs, and the mail about them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.events.actions import registrations
from advocacy.events.models import Registration
from advocacy.events.models.registration import RegistrationQuerySet
from members.erasing import Keeper, Person, keepers


def _rows(address: str) -> RegistrationQuerySet:
    return Registration.objects.filter(email__iexact=address).order_by("pk")


def _names(address: str) -> Iterable[str]:
    return _rows(address).values_list("name", flat=True)


def _words(count: int) -> str:
    text = ngettext(
        "%(count)d registration for an Advocacy Day, with needs and districts",
        "%(count)d registrations for Advocacy Days, with needs and districts",
        count,
    )
    return text % {"count": count}


def _erase(person: Person, by: User | None, now: datetime) -> None:
    for row in _rows(person.address):
        registrations.erase(row, by=by, now=now)


keepers.register("events", order=20)(
    Keeper(_names, lambda person: _rows(person.address).count(), _words, _erase)
)
