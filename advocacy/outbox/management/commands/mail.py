"""`manage.py mail status | arm | stop --because "…"`: whether mail leaves this installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.outbox import arming


class Command(BaseCommand):
    help = (
        "Say whether mail leaves this installation and what would go; arm it for real mail, or stop all mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["status", "arm", "stop"])
        parser.add_argument("--because", default="", help="why mail is stopped; shown to staff")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "arm":
            arming.arm(by=None, now=timezone.now())
        elif options["act"] == "stop":
            if not options["because"]:
                raise CommandError(_("Say why: --because “…”."))
            arming.disarm(by=None, because=options["because"])
        self.stdout.write(arming.in_words())
        for group in arming.would_go():
            said = {"count": group.count, "kind": group.label, "oldest": f"{group.oldest:%Y-%m-%d %H:%M}"}
            self.stdout.write(_("%(count)d × %(kind)s, the oldest of %(oldest)s UTC") % said)
