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
