"""`python3 manage.py start_clean`: from the demo to an empty portal."""

import shutil
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import BaseCommand, CommandError

from advocacy.portal.demo import clean
from advocacy.portal.management.commands.found_society import add_founding_arguments, found

FIRST_STEP = (
    'The portal is empty. Begin with: python3 manage.py found_society "Name of the society" you@example.org'
)


class Command(BaseCommand):
    help = (
        "Remove the demo, its people, contacts and invented officials, and leave an empty portal. Refuses to "
        "touch a real society. With --society and --staff it goes on to found the real one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask before removing")
        parser.add_argument("--society", default="", help="then found a society of this name")
        parser.add_argument("--staff", default="", metavar="EMAIL", help="e-mail address of its first staff")
        add_founding_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["society"]) != bool(options["staff"]):
            raise CommandError("Give --society and --staff together, or neither.")
        if not (options["yes"] or self.is_confirmed()):
            raise CommandError("Nothing was removed.")
        self.remove()
        if options["society"]:
            found(self, name=options["society"], email=options["staff"], **options)
        else:
            self.stdout.write(FIRST_STEP)

    def is_confirmed(self) -> bool:
        self.stdout.write("This removes the demo and everything that was entered while playing with it.")
        try:
            return input("Type yes to go on: ").strip().lower() == "yes"
        except EOFError:
            return False

    def remove(self) -> None:
        try:
            removed = clean.remove()
        except clean.NotADemo as refusal:
            raise CommandError(f"{refusal} is a real society. Nothing was removed.") from None
        if removed:
            cache.clear()
            shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        self.stdout.write("The demo is gone." if removed else "There was no demo here.")
