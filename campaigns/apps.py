from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        """Find what each app reminds people of, in its `reminder_rules.py`."""
        autodiscover_modules("reminder_rules")
