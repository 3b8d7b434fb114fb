"""Putting partners and their people on record."""

from typing import Any

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.errors import MayNotWrite
from advocacy.coalitions.models import Organisation, OrganisationContact
from advocacy.coalitions.models.visibility import keeps_partners
from members.access import reach_of

_TRACED = ("name", "name_fr", "kind", "status", "jurisdictions", "website", "owner", "notes")


@transaction.atomic
def keep(organisation: Organisation, *, by: User, jurisdictions: Any = None) -> Organisation:
    """Add it, or what was changed on it. `jurisdictions` None leaves them as they are. Raises MayNotWrite."""
    stored = Organisation.objects.editable_by(by).filter(pk=organisation.pk).first()
    if stored is None and (organisation.pk or not may_add(by)):
        raise MayNotWrite
    before = trail.snapshot(stored, _TRACED) if stored else {}
    organisation.save()
    if jurisdictions is not None:
        organisation.jurisdictions.set(jurisdictions)
    if stored is None:
        trail.record(by=by, verb="added", of=organisation)
    elif changes := trail.difference(before, trail.snapshot(organisation, _TRACED)):
        trail.record(by=by, verb="edited", of=organisation, changes=changes)
    return organisation


@transaction.atomic
def add_contact(contact: OrganisationContact, *, by: User) -> OrganisationContact:
    """The same person twice, address or not, is the one that is there. Raises MayNotWrite."""
    if not Organisation.objects.editable_by(by).filter(pk=contact.organisation_id).exists():
        raise MayNotWrite
    organisation = Organisation.objects.select_for_update().get(pk=contact.organisation_id)
    alike = {name: getattr(contact, name) for name in ("name", "role", "email", "phone")}
    if known := organisation.contacts.filter(**alike).first():
        return known
    contact.save()
    trail.record(by=by, verb="added", of=contact)
    return contact


def may_add(user: User) -> bool:
    return keeps_partners(reach_of(user))
