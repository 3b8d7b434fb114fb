"""The bell and the clock. Rows in the database are the truth; whatever Celery loses, a sweep finds again."""

import os

from celery import Celery, signals
from kombu.transport import redis

from advocacy.outbox.ending import is_ending

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")

app = Celery("advocacy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# What a worker had not begun when it lost Redis, or was told to stop, is not put back but found by the sweep: kombu
# puts it back over a connection that is gone, and then writes it into a file of its own.
redis.Channel.do_restore = False


@signals.worker_shutting_down.connect
def finish_what_is_in_hand(**kwargs: object) -> None:
    """Told to stop, a worker ends its tasks first: they must not begin anything new meanwhile."""
    is_ending.set()
