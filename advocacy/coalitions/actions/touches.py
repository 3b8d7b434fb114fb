"""Logging how we keep in touch with partners, and which of them were with us at an office."""

from uuid import UUID

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.errors import MayNotWrite, NotOfThisPartner
from advocacy.coalitions.models import Organisation, OrganisationContact, Presence, Touch
from advocacy.coalitions.models.visibility import works_with_partners
from advocacy.interactions.models import Interaction
from members.access import chapters_to_log_for, reach_of

_TRACED = (
    "kind", "occurred_on", "summary", "chapter", "grasstops", "organisation", "coalition", "interaction",
    "confidentiality",
)  # fmt: skip


@transaction.atomic
def log(touch: Touch, *, by: User, form_key: UUID) -> tuple[Touch, bool]:
    """Put it on record. Returns it, and whether this call made it: one filled form, one touch.

    Raises MayNotWrite for a chapter the person does not log for.
    """
    if not chapters_to_log_for(by).filter(pk=touch.chapter_id).exists():
        raise MayNotWrite
    if known := Touch.objects.filter(form_key=form_key, logged_by=by).first():
        return known, False
    touch.logged_by, touch.form_key = by, form_key
    touch.save()
    trail.record(by=by, verb="logged", of=touch)
    return touch, True


@transaction.atomic
def correct(touch: Touch, *, by: User) -> Touch:
    """Raises MayNotWrite."""
    stored = Touch.objects.editable_by(by).with_subjects().filter(pk=touch.pk).first()
    if stored is None or not chapters_to_log_for(by).filter(pk=touch.chapter_id).exists():
        raise MayNotWrite
    before = trail.snapshot(stored, _TRACED)
    touch.save()
    if changes := trail.difference(before, trail.snapshot(touch, _TRACED)):
        trail.record(by=by, verb="edited", of=touch, changes=changes)
    return touch


def may_note_presence(user: User, interaction: Interaction) -> bool:
    """Whoever may correct the record of the contact, and works with partners."""
    if not works_with_partners(reach_of(user)):
        return False
    return Interaction.objects.editable_by(user).filter(pk=interaction.pk).exists()


@transaction.atomic
def note_presence(
    interaction: Interaction,
    *,
    by: User,
    organisation: Organisation,
    contact: OrganisationContact | None = None,
) -> bool:
    """They were there with us; the trail names the partner and no person. False where that is on record already.

    Raises MayNotWrite and NotOfThisPartner.
    """
    if not may_note_presence(by, interaction):
        raise MayNotWrite
    if contact and contact.organisation_id != organisation.pk:
        raise NotOfThisPartner
    _presence, is_new = Presence.objects.get_or_create(
        interaction=interaction, organisation=organisation, contact=contact
    )
    if is_new:
        trail.record(by=by, verb="edited", of=interaction, changes={"presences": [None, str(organisation)]})
    return is_new


@transaction.atomic
def strike_presence(presence: Presence, *, by: User) -> None:
    """They were not there after all. Raises MayNotWrite."""
    if not may_note_presence(by, presence.interaction):
        raise MayNotWrite
    changes = {"presences": [str(presence.organisation), None]}
    trail.record(by=by, verb="edited", of=presence.interaction, changes=changes)
    presence.delete()
