from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "advocacy.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Find the kinds of work the other apps offer, each in its `jobs.py`."""
        autodiscover_modules("jobs")
