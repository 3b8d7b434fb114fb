"""The classes of mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stream(models.TextChoices):
    """What a person can refuse as one thing, and what a suppression covers (DOMAIN.md §7)."""

    ACCOUNT = "account", _("Sign-in and account")
    DUTY = "duty", _("Duties of a role")
    ALERT = "alert", _("Alerts")
    EVENT = "event", _("Advocacy Days")
    OPTIONAL = "optional", _("Digests and hints")
    CAMPAIGN = "campaign", _("Campaigns")
    LETTER = "letter", _("Letters to officials")


# A role's duties come with the role: they can wait, or come together, but not be switched off.
DUTIES = [Stream.DUTY]
MAY_BE_OFF = [Stream.ALERT, Stream.EVENT, Stream.OPTIONAL, Stream.CAMPAIGN]
