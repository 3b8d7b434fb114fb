"""Each rule of the tables of contacts, consent and lists, broken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from campaigns.models import Consent, Contact, ContactList, ListEntry, Withdrawal
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory, listed

Row = Callable[[Cast], models.Model]


def contact(**fields: Any) -> Row:
    return lambda cast: Contact(**({"email": "kim@example.org", "added_at": NOW} | fields))


def consent(**fields: Any) -> Row:
    known = {"kind": "express", "words": "Yes.", "basis_on": TODAY, "source": "staff", "given_at": NOW}
    return lambda cast: Consent(contact=ContactFactory(), **(known | fields))


def withdrawal(cast: Cast) -> models.Model:
    late = NOW + timedelta(minutes=1)
    return Withdrawal(contact=ContactFactory(), how="reply", received_at=late, effective_at=NOW)


def same_address(cast: Cast) -> models.Model:
    return Contact(email=ContactFactory().email, added_at=NOW)


def same_list(**fields: Any) -> Row:
    def made(cast: Cast) -> models.Model:
        chapter = {"chapter": cast.gulf_prairie} if fields else {}
        ContactList.objects.create(name="Friends", **chapter)
        return ContactList(name="FRIENDS", **chapter)

    return made


def same_entry(cast: Cast) -> models.Model:
    person = ContactFactory()
    return ListEntry(contact_list=listed(person), contact=person, added_at=NOW)


IMPLIED = {"kind": "implied", "words": "", "basis": "donation"}
ERASED = {"email": "contact-1@erased.invalid", "erased_at": NOW}
BROKEN: list[tuple[Row, str, str]] = [
    (same_address, "campaigns_contact_address_is_unique", "address already"),
    (contact(email="Kim@example.org"), "campaigns_contact_address_has_one_spelling", "small letters"),
    (contact(email=""), "campaigns_contact_address_has_one_spelling", "small letters"),
    (contact(erased_at=NOW), "campaigns_contact_erased_names_nobody", "keeps nothing"),
    (contact(**ERASED, full_name="Kim"), "campaigns_contact_erased_names_nobody", "keeps nothing"),
    (contact(**ERASED, postal_code="77004"), "campaigns_contact_erased_names_nobody", "keeps nothing"),
    (contact(**ERASED, email_proven_at=NOW), "campaigns_contact_erased_names_nobody", "keeps nothing"),
    (contact(email=ERASED["email"]), "campaigns_contact_erased_names_nobody", "keeps nothing"),
    (contact(country="MX"), "campaigns_contact_has_a_known_country_and_language", "one of the countries"),
    (contact(language="es"), "campaigns_contact_has_a_known_country_and_language", "one of the countries"),
    (consent(words=""), "campaigns_consent_express_has_its_words", "keeps the words"),
    (consent(expires_on=TODAY), "campaigns_consent_implied_has_a_basis_and_an_end", "has a basis and ends"),
    (consent(**IMPLIED), "campaigns_consent_implied_has_a_basis_and_an_end", "has a basis and ends"),
    (
        consent(**IMPLIED, expires_on=TODAY),
        "campaigns_consent_implied_has_a_basis_and_an_end",
        "has a basis and ends",
    ),
    (
        consent(**(IMPLIED | {"basis": ""}), expires_on=TODAY + timedelta(days=1)),
        "campaigns_consent_implied_has_a_basis_and_an_end",
        "has a basis and ends",
    ),
    (withdrawal, "campaigns_withdrawal_takes_effect_once_received", "takes effect"),
    (same_list(chapter=True), "campaigns_contactlist_name_is_unique_in_its_chapter", "this name already"),
    (same_list(), "campaigns_contactlist_name_is_unique_in_the_society", "this name already"),
    (same_entry, "campaigns_listentry_once_on_a_list", "on the list already"),
]


@pytest.mark.parametrize(("make", "name", "sentence"), BROKEN)
def test_a_broken_rule_is_said_in_words_and_refused_by_the_database(
    cast: Cast, make: Row, name: str, sentence: str
):
    row = make(cast)

    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_constraint_stands_in_this_list():
    tables = (Contact, Consent, Withdrawal, ContactList, ListEntry)

    assert {rule.name for table in tables for rule in table._meta.constraints} == {
        name for _row, name, _sentence in BROKEN
    }
