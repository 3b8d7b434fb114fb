"""What campaigns keep of a person: the contact, with what they wrote and where they live."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import ngettext

from advocacy.accounts.models import User
from campaigns.actions import contacts
from campaigns.models import Contact, ContactQuerySet
from members.erasing import Keeper, Person, keepers


def _rows(address: str) -> ContactQuerySet:
    return Contact.objects.known().filter(email=address.lower())


def _names(address: str) -> Iterable[str]:
    return _rows(address).values_list("full_name", flat=True)


def _words(count: int) -> str:
    text = ngettext(
        "%(count)d contact for campaigns, with what they wrote and their place",
        "%(count)d contacts for campaigns, with what they wrote and their place",
        count,
    )
    return text % {"count": count}


def _erase(person: Person, by: User | None, now: datetime) -> None:
    for contact in _rows(person.address).select_related("user"):
        contacts.erase(contact, by=by, now=now)


keepers.register("campaigns", order=10)(
    Keeper(_names, lambda person: _rows(person.address).count(), _words, _erase)
)
