from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from advocacy.kernel import zones

__all__ = ["KernelConfig", "zones"]  # importing `zones` registers its start-up check


class KernelConfig(AppConfig):
    name = "advocacy.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Find what higher rooms offer to lower ones."""
        autodiscover_modules(
            "panels",
            "leavers",
            "fact_checkers",
            "measure_filters",
            "feed_gates",
            "wanted_sessions",
            "news_listeners",
            "happening_listeners",
        )
