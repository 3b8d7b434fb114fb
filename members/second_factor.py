"""The second step at sign-in: whose roles ask for one, and who has none (RELIABILITY.md §8, 6.3.3)."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from advocacy.accounts.models import User
from members.access import reach_of
from members.models import Society


def is_missing(person: User) -> bool:
    """Whether their roles ask for a second step that they do not have. Recovery codes alone are none.

    The fictional people of the demo sign in by a button and carry no device, so the demo asks for none.
    """
    if not reach_of(person).needs_second_factor or _has_one(person):
        return False
    return not (settings.DEMO_SIGN_IN and Society.objects.filter(is_demo=True).exists())


def _has_one(person: User) -> bool:
    devices = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(devices.exists())
