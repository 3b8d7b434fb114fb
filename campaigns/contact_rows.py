"""One row of a file of contacts: what it says, whether that is news, and putting it on record."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from campaigns import audience
from campaigns.actions import consents, contacts
from campaigns.actions.consents import Evidence
from campaigns.consent_state import Standing, states
from campaigns.models import Consent, ConsentKind, ConsentSource, Contact, ContactList, ListEntry
from members.models import Chapter

EXPRESS = str(ConsentKind.EXPRESS)
_OWN = ("full_name", "language", "country", "region", "postal_code", "chapter")


@dataclass(frozen=True)
class ContactRow:
    """What is empty says nothing. `basis` is what implies consent, or that the person said so in `words`."""

    email: str
    full_name: str = ""
    language: str = ""
    country: str = ""
    region: str = ""
    postal_code: str = ""
    chapter: Chapter | None = None
    basis: str = ""
    basis_on: date | None = None
    words: str = ""
    contact_list: ContactList | None = None

    def said(self) -> dict[str, Any]:
        """The fields of the contact that the row fills."""
        return {name: value for name in _OWN if (value := getattr(self, name))}

    def differs(self, contact: Contact) -> bool:
        return any(getattr(contact, name) != value for name, value in self.said().items())

    def is_news(self, contact: Contact) -> bool:
        """Whether the row says anything that is not on record."""
        if self.differs(contact):
            return True
        if self.contact_list and not self.contact_list.entries.filter(contact=contact).exists():
            return True
        return self.basis_on is not None and not self._consents(contact, self.basis_on).exists()

    def _consents(self, contact: Contact, on: date) -> Any:
        is_express = self.basis == EXPRESS
        return Consent.objects.filter(
            contact=contact,
            chapter=self.chapter,
            kind=ConsentKind.EXPRESS if is_express else ConsentKind.IMPLIED,
            basis="" if is_express else self.basis,
            basis_on=on,
            words=self.words,
        )


def warning(row: ContactRow, contact: Contact | None, now: datetime) -> str:
    """What no file changes: somebody wants no mail, or mail to them fails."""
    if contact is None:
        return _("Not added: the address is suppressed.") if contacts.is_left_alone(row.email) else ""
    skip = next((skip for _pk, skip in audience.left_alone([contact])), None)
    state = states([contact], row.chapter, now)[contact.pk]
    if skip is None and state.standing == Standing.WITHDRAWN:
        skip = audience.said_no(state)
    return _("Stays without mail: %(why)s") % {"why": skip} if skip else ""


def enter(row: ContactRow, *, source: str, by: User | None, now: datetime) -> Contact:
    """Add or correct the contact, and note consent and list. Raises contacts.WantsToBeLeftAlone."""
    contact = Contact.objects.at(row.email).first()
    if contact is None:
        known = {"language": row.chapter.language if row.chapter else "en"} | row.said()
        contact = contacts.add(email=row.email, by=by, now=now, verb="imported", **known)
    else:
        contacts.correct(contact, by=by, verb="imported", **row.said())
    _note_consent(row, contact, source=source, by=by, now=now)
    if row.contact_list:
        _put_on(row.contact_list, contact, by=by, now=now)
    return contact


def _note_consent(row: ContactRow, contact: Contact, *, source: str, by: User | None, now: datetime) -> None:
    if not row.basis or row.basis_on is None:
        return
    evidence = Evidence(
        ConsentSource.IMPORT,
        words=row.words,
        language=contact.language if row.words else "",
        detail=source,
    )
    known = {"chapter": row.chapter, "evidence": evidence, "on": row.basis_on, "by": by, "now": now}
    if row.basis == EXPRESS:
        consents.give(contact, **known)  # type: ignore[arg-type]  # named above
    else:
        consents.imply(contact, basis=row.basis, **known)  # type: ignore[arg-type]  # named above


def _put_on(contact_list: ContactList, contact: Contact, *, by: User | None, now: datetime) -> None:
    entry, is_new = ListEntry.objects.get_or_create(
        contact_list=contact_list, contact=contact, defaults={"added_at": now, "added_by": by}
    )
    if is_new:
        trail.record(by=by, verb="imported", of=contacts.nameless(contact), reason=str(entry.contact_list))
