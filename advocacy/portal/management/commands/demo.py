"""`python3 manage.py demo`: furnish an empty database."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from advocacy.portal.demo import furnish


class Command(BaseCommand):
    help = (
        "Furnish an empty database with the demo: a fictional society, its people, fictional officials and "
        "a year of contacts. Does nothing where the demo is already; refuses where anything real is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            is_new = furnish.furnish(now=timezone.now())
        except furnish.NotEmpty:
            raise CommandError(
                "This database holds real people or officials; the demo goes into an empty one only. To look "
                "at the demo, start a second portal with data of its own: "
                "VAR_DIR=demo-data python3 manage.py portal --port 8001"
            ) from None
        self.stdout.write("The demo is ready." if is_new else "The demo is here already; nothing changed.")
