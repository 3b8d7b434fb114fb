"""One-click sign-in as one of the demo's people. It exists only where the society is the demo."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User, UserQuerySet
from advocacy.portal.demo.people import CAST
from advocacy.portal.demo.society import address_of
from members.models import Society


@dataclass(frozen=True)
class Offer:
    """A button: who it signs in, and what that person does. `value` is what the form sends."""

    value: str
    label: str
    description: str | Promise


_WHO = (
    ("dana", _("Chapter advocate, Gulf Prairie: logs contacts, keeps promises")),
    ("elise", _("Chapter advocate, Saint-Laurent: works in French")),
    ("marcus", _("Advocacy volunteer: logs for the chapter")),
    ("sam", _("Member: sees what he took part in")),
    ("chris", _("Chapter president: reads the chapter")),
    ("tom", _("Regional vice chair: reads the southern chapters")),
    ("angela", _("Task force lead: reads every shared record, exports the month")),
    ("jordan", _("National staff: runs the portal and its admin")),
)
_NAMES = {person.key: person.name for person in CAST}


def is_open() -> bool:
    """Is this the demo, on an installation that may show it?"""
    return bool(settings.DEMO_SIGN_IN) and Society.objects.filter(is_demo=True).exists()


def offered() -> list[Offer]:
    """The buttons of the sign-in page; none outside the demo."""
    return [Offer(key, _NAMES[key], description) for key, description in _WHO] if is_open() else []


def person_behind(who: str) -> User | None:
    """The demo's person of this key; None outside the demo and for keys that have no button."""
    if who not in dict(_WHO) or not is_open():
        return None
    return UserQuerySet(User).active().filter(email=address_of(who)).first()
