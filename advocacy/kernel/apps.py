from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from advocacy.kernel import french_days, zones

__all__ = ["KernelConfig", "zones"]  # importing `zones` registers its start-up check


class KernelConfig(AppConfig):
    name = "advocacy.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Write French days as French does; find what higher rooms offer to lower ones."""
        french_days.teach()
        autodiscover_modules(
            "panels",
            "leavers",
            "fact_checkers",
            "measure_filters",
            "feed_gates",
            "wanted_sessions",
            "news_listeners",
            "happening_listeners",
            "offline_pages",
        )
