from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        """Find what each app keeps of people, in its `erasing.py`."""
        autodiscover_modules("erasing")
