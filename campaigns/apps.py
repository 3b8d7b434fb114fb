from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns and reminders")

    def ready(self) -> None:
        """Find what each app reminds people of, in its `reminder_rules.py`."""
        autodiscover_modules("reminder_rules")
