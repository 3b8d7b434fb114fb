"""The portal's settings with the rehearsal's kinds of work, for tests that start processes of their own."""

import os

from advocacy.settings import *  # noqa: F403  (settings are meant to be taken whole)

INSTALLED_APPS = [*INSTALLED_APPS, "tests.house.rehearsal"]  # noqa: F405

# Real schedulers whose minute is shorter, for tests that wait for them; they tick for mail only.
if tick := float(os.environ.get("REHEARSAL_TICK_SECONDS", "0")):
    CELERY_BEAT_SCHEDULE = {
        name: {**entry, "schedule": tick}
        for name, entry in CELERY_BEAT_SCHEDULE.items()  # noqa: F405
        if entry["task"] in ("campaigns.tasks.plan_reminders", "advocacy.outbox.tasks.sweep")
    }
    CELERY_BEAT_MAX_LOOP_INTERVAL = tick
