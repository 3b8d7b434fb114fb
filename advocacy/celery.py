"""The bell and the clock. Rows in the database are the truth; whatever Celery loses, a sweep finds again."""

import os

from celery import Celery, signals

from advocacy.outbox.ending import is_ending

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")

app = Celery("advocacy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_shutting_down.connect
def finish_what_is_in_hand(**kwargs: object) -> None:
    """Told to stop, a worker ends its tasks first: they must not begin anything new meanwhile."""
    is_ending.set()
