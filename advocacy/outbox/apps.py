from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from advocacy.outbox import checks

__all__ = ["OutboxConfig", "checks"]  # importing `checks` registers the one made at start-up


class OutboxConfig(AppConfig):
    name = "advocacy.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Find the kinds of mail the other apps send, each in its `mail_kinds.py`."""
        autodiscover_modules("mail_kinds")
