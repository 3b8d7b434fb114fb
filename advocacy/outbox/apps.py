from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "advocacy.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Find the kinds of mail the other apps send, each in its `mail_kinds.py`."""
        autodiscover_modules("mail_kinds")
