"""Contacts, their consent and their lists for tests."""

from datetime import date, datetime
from typing import Any

import factory

from campaigns.models import Basis, Consent, ConsentKind, ConsentSource, Contact, ContactList, ListEntry
from members.models import Chapter
from tests.cast import NOW

WORDS = "Yes, you may write to me about campaigns."


class ContactFactory(factory.django.DjangoModelFactory):
    """Somebody in the United States, of no chapter and without a sign-in."""

    class Meta:
        model = Contact

    email = factory.Sequence(lambda n: f"supporter{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Supporter {n:03}")
    country = "US"
    added_at = NOW


def canadian(**fields: Any) -> Contact:
    return ContactFactory(country="CA", **fields)


def said_yes(contact: Contact, chapter: Chapter | None = None, *, at: datetime = NOW) -> Consent:
    return Consent.objects.create(
        contact=contact,
        chapter=chapter,
        kind=ConsentKind.EXPRESS,
        basis_on=at.date(),
        words=WORDS,
        source=ConsentSource.FORM,
        given_at=at,
    )


def implied(
    contact: Contact,
    *,
    until: date,
    chapter: Chapter | None = None,
    basis: str = Basis.DONATION,
    since: date = date(2020, 1, 1),
) -> Consent:
    return Consent.objects.create(
        contact=contact,
        chapter=chapter,
        kind=ConsentKind.IMPLIED,
        basis=basis,
        basis_on=since,
        expires_on=until,
        source=ConsentSource.STAFF,
        given_at=NOW,
    )


def listed(*contacts: Contact, name: str = "Friends", **fields: Any) -> ContactList:
    found = ContactList.objects.create(name=name, **fields)
    ListEntry.objects.bulk_create(
        ListEntry(contact_list=found, contact=contact, added_at=NOW) for contact in contacts
    )
    return found
