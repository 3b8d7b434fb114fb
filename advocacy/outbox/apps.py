from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from advocacy.outbox import checks

__all__ = ["OutboxConfig", "checks"]  # importing `checks` registers the one made at start-up


class OutboxConfig(AppConfig):
    name = "advocacy.outbox"
    verbose_name = _("Mail")
    label = "outbox"

    def ready(self) -> None:
        """Find the kinds of mail the other apps send, each in its `mail_kinds.py`."""
        autodiscover_modules("mail_kinds")
