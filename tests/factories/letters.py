"""Partners and sign-on letters: `asked_by(letter, partner("Café Santé"))` invites one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory

from advocacy.accounts.models import User
from advocacy.coalitions.actions import invitations, letters
from advocacy.coalitions.actions.invitations import Answered
from advocacy.coalitions.models import (
    Decision,
    Organisation,
    OrganisationContact,
    SignOnInvitation,
    SignOnLetter,
)
from tests.cast import NOW, Cast

# 17:00 in New York is 14:00 in Los Angeles.
DEADLINE = datetime(2027, 2, 19, 22, 0, tzinfo=UTC)
SOFT_DEADLINE = datetime(2027, 2, 16, 22, 0, tzinfo=UTC)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organization {n:03}")
    kind = "patients"
    status = "active"


def partner(name: str, *, zone: str = "America/Los_Angeles", **fields: Any) -> OrganisationContact:
    """Somebody we can write to at an organisation of this name."""
    organisation = OrganisationFactory(name=name)
    address = f"office{organisation.pk}@example.org"
    known = {"name": "Robin Vale", "role": "Director", "email": address, "zone": zone}
    return OrganisationContact.objects.create(organisation=organisation, **(known | fields))


def letter_of(cast: Cast, by: User | None = None, **fields: Any) -> SignOnLetter:
    """One of our own, begun by Dana for Gulf Prairie, with a deadline at 17:00 in New York."""
    known: dict[str, Any] = {
        "title": "Keep telehealth open",
        "title_fr": "Maintenir la télésanté",
        "text": "We ask you to extend it.",
        "text_fr": "Nous vous demandons de la prolonger.",
        "agency": "Department of Health",
        "chapter": cast.gulf_prairie,
        "received_on": date(2027, 2, 8),
        "soft_deadline_at": SOFT_DEADLINE,
        "hard_deadline_at": DEADLINE,
        "zone": "America/New_York",
    }
    return letters.bring_in(by=by or cast.dana, **(known | fields))


def signed(letter: SignOnLetter, by: User, *, now: datetime = NOW) -> SignOnLetter:
    """Our own signature is approved."""
    letters.decide(letter, by=by, now=now, decision=Decision.SIGN, signed_as="Gulf Prairie Chapter")
    letter.refresh_from_db()
    return letter


def asked_by(letter: SignOnLetter, contact: OrganisationContact, *, now: datetime = NOW) -> SignOnInvitation:
    (made,) = invitations.invite(letter, by=letter.brought_in_by, now=now, contacts=[contact])
    return made


def answered(invitation: SignOnInvitation, answer: str = "sign", *, now: datetime = NOW, **said: str) -> bool:
    known = {"signed_as": str(invitation.organisation), "approver_name": "Kim Ito", "approver_title": "Chair"}
    if answer != "sign":
        known = {"reason": "Our board does not meet in time."}
    done = invitations.answer(invitation, now=now, said=Answered(answer, **(known | said)))
    invitation.refresh_from_db()
    return done


def after(moment: datetime, **parts: int) -> datetime:
    return moment + timedelta(**parts)
