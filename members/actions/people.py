"""Accounts of people: opened by an invitation or a staff import, closed but never deleted."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models.functions import Lower

from advocacy.accounts.models import User
from advocacy.audit import trail

PROFILE_FIELDS = (
    "full_name",
    "language",
    "time_zone",
    "phone",
)


@transaction.atomic
def open_account(
    *,
    by: User | None,
    email: str,
    full_name: str,
    password: str | None = None,
    address_is_proven: bool = False,
    **profile: Any,
) -> User:
    """Make an account. Without a password the person signs in by a code sent to their address.

    `by` is None when the person opens it themselves, from an invitation. Raises IntegrityError when the
    address has an account already.
    """
    person = User.objects.create_user(email, password, full_name=full_name.strip(), **profile)
    EmailAddress.objects.create(user=person, email=person.email, verified=address_is_proven, primary=True)
    trail.record(by=by or person, verb="opened account", of=person)
    return person


@transaction.atomic
def update_profile(person: User, *, by: User, **profile: Any) -> bool:
    """Change what a person says about themselves. False when nothing differs."""
    before = trail.snapshot(person, PROFILE_FIELDS)
    for name, value in profile.items():
        setattr(person, name, value)
    changes = trail.difference(before, trail.snapshot(person, PROFILE_FIELDS))
    if not changes:
        return False
    person.full_clean(exclude=["password"])
    person.save()
    trail.record(by=by, verb="edited profile", of=person, changes=changes)
    return True


@transaction.atomic
def deactivate(person: User, *, by: User, reason: str = "") -> bool:
    """Close the account: no sign-in, and every open session ends. What they wrote keeps its author.

    False when it was closed already.
    """
    if User.objects.filter(pk=person.pk, is_active=True).update(is_active=False) != 1:
        return False
    for session in UserSession.objects.filter(user=person):
        session.end()
    trail.record(by=by, verb="closed account", of=person, reason=reason)
    person.is_active = False
    return True


@transaction.atomic
def reactivate(person: User, *, by: User) -> bool:
    """Open a closed account again. Its roles are what their dates say."""
    if User.objects.filter(pk=person.pk, is_active=False).update(is_active=True) != 1:
        return False
    trail.record(by=by, verb="reopened account", of=person)
    person.is_active = True
    return True


def holder_of(email: str) -> User | None:
    """Whose address this is: the one they sign in with, or another one they have proven."""
    in_any_case = Lower("email")  # what the index of addresses is made of
    by_address = User.objects.alias(address=in_any_case).filter(address=email.lower()).first()
    if by_address is not None:
        return by_address
    addresses = EmailAddress.objects.alias(address=in_any_case).filter(address=email.lower(), verified=True)
    proven = addresses.select_related("user").first()
    return proven.user if proven else None
