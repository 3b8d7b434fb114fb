"""The first steps of a real society: its name, and the first person, who invites everybody else."""

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from advocacy.accounts.models import User
from members.access import society_today
from members.actions import roles
from members.models import Role, RoleAssignment, Society


class IsADemo(RuntimeError):
    """A real society is not founded inside the demo."""


@dataclass(frozen=True)
class Founded:
    society: Society
    person: User
    # Where the person chooses a password; works for as long as any password reset link.
    link: str


@transaction.atomic
def found(*, name: str, short_name: str, time_zone: str, email: str, full_name: str) -> Founded:
    """Name the society where it has no name yet, and make `email` its national staff. Raises IsADemo.

    Called again it changes nothing that is there, and gives a new link: the first may have expired.
    """
    society = Society.objects.first()
    if society is None:
        society = Society.objects.create(name=name, short_name=short_name, time_zone=time_zone)
    if society.is_demo:
        raise IsADemo
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        person = User.objects.create_user(email, full_name=full_name, time_zone=time_zone)
    address, _ = EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": True}
    )
    if not address.verified:
        EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    _make_staff(person)
    return Founded(society, person, link=_link_to_choose_a_password(person))


def _make_staff(person: User) -> None:
    today = society_today()
    if not RoleAssignment.objects.filter(person=person, role=Role.STAFF).in_force(today).exists():
        roles.give(by=None, person=person, role=Role.STAFF, starts_on=today)


def _link_to_choose_a_password(person: User) -> str:
    key = default_token_generator.make_token(person)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )
    return f"{settings.PORTAL_URL.rstrip('/')}{path}"
