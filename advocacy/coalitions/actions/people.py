"""Forgetting somebody at a partner: what was done with the partner stays, without who it was."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Greatest

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.models import Grasstops, Influence, OrganisationContact, SignOnInvitation, Touch
from advocacy.kernel.folding import fold
from advocacy.outbox.actions import erasure
from members.taskforce.roster import society_day


@transaction.atomic
def erase(contact: OrganisationContact, *, by: User | None, now: datetime) -> bool:
    """Touches still count, invitations keep their answer, and the coalition its members. False where it is done.

    Who may is decided by `members.erasing`. Their signature stays as that of the organization.
    """
    stored = OrganisationContact.objects.select_for_update().get(pk=contact.pk)
    if stored.is_forgotten:
        return False
    known = Grasstops.objects.filter(contact=stored)
    Influence.objects.filter(grasstops__in=known.order_by()).delete()
    touches = Touch.objects.filter(grasstops__in=known.order_by())
    invitations = SignOnInvitation.objects.filter(contact=stored)
    trail.forget([stored, *known, *touches, *invitations])
    touches.update(summary="")
    today = society_day(now)
    over = When(ends_on=None, then=Greatest(F("starts_on"), Value(today)))
    known.update(notes="", willingness=None, influence=None, ends_on=Case(over, default=F("ends_on")))
    _without_their_name(stored, [row for row in invitations if fold(row.approver_name) == fold(stored.name)])
    address = stored.email.lower()
    OrganisationContact.objects.filter(pk=stored.pk).update(name="", role="", email="", phone="")
    if address:
        beginnings = [
            f"coalitions.{kind}:{row.pk}:" for row in invitations for kind in ("invitation", "reminder")
        ]
        instead = f"partner-{stored.pk}@{erasure.NOBODYS_DOMAIN}"
        erasure.forget_mail(beginnings, to=address, instead=instead, now=now)
    trail.record(by=by, verb="erased", of=OrganisationContact(pk=stored.pk))
    return True


def _without_their_name(contact: OrganisationContact, signed: list[SignOnInvitation]) -> None:
    SignOnInvitation.objects.filter(pk__in=[row.pk for row in signed]).update(
        approver_name="–", approver_title="–"
    )
