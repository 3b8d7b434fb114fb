"""One worker of the portal: hands over everything that is due when it is told to. The settings say where to."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")

import django

django.setup()

from advocacy.outbox import delivery
from benchmarks.mail.portal_kind import KIND
from benchmarks.mail.stopwatch import wait_for_go

if __name__ == "__main__":
    assert KIND
    wait_for_go(lambda: delivery.deliver()["sent"])
