"""`python3 manage.py portal`: everything the portal needs, in one process."""

import errno
import os
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from ipaddress import ip_address
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.shortcuts import resolve_url
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.portal.demo import furnish
from advocacy.portal.embedded import AlreadyRunning, Backstage, FrontDoor, only_portal


class Command(BaseCommand):
    help = (
        "Run the portal on this machine: prepares the database, furnishes an empty one with a demo, and "
        "starts web server, worker and scheduler in one process. Stop it with Ctrl-C."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument(
            "--port", type=port_number, default=8000, help="port to listen on (default: %(default)s)"
        )
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "REDIS_URL is set: this installation runs as several processes. Start web, worker and "
                "scheduler as docker-compose.yml does, or unset REDIS_URL to run all in this one process."
            )
        # A shell script that starts us with & has Ctrl-C ignored; whoever sends us the signal means it.
        signal.signal(signal.SIGINT, leave)
        signal.signal(signal.SIGTERM, leave)
        try:
            with only_portal(settings.VAR_DIR):
                self.run_portal(**options)
        except AlreadyRunning:
            raise CommandError(
                f"Another portal is running with the data in {settings.VAR_DIR}. Stop it first, or set "
                "VAR_DIR to another folder."
            ) from None
        except KeyboardInterrupt:
            pass  # asked to stop before the door was open; there is nothing more to do

    def run_portal(self, *, host: str, port: int, no_demo: bool, **options: Any) -> None:
        door = self.open_door(host, port)
        lead_to(host, port)
        self.prepare_database()
        if furnish.is_empty() and not no_demo:
            self.furnish()
        backstage = Backstage()
        try:
            backstage.start()
            door.warm_up(resolve_url(settings.LOGIN_URL))
            self.announce(host, port)
            connection.close()
            door.serve()
        finally:
            self.close_down(backstage)

    def close_down(self, backstage: Backstage) -> None:
        self.say("Stopping…")
        if not backstage.stop():
            # Its thread would keep this process alive until the step ends.
            self.say("A job was in the middle of a step; it begins again at the next start.")
            sys.stdout.flush()
            os._exit(0)

    def open_door(self, host: str, port: int) -> FrontDoor:
        try:
            return FrontDoor(get_wsgi_application(), host=host, port=port)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {port} is in use by another program. Choose another one: "
                    f"python3 manage.py portal --port {port + 1}"
                ) from None
            raise CommandError(f"Cannot listen on {host}, port {port}: {error.strerror}.") from None

    def prepare_database(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)

    def furnish(self) -> None:
        self.say("Furnishing the empty portal with the demo…")
        furnish.furnish(now=timezone.now())

    def announce(self, host: str, port: int) -> None:
        self.say(f"The portal is open: {address_of(host, port)}/")
        if not User.objects.exists():
            self.say("Nobody can sign in yet. Begin with:")
            self.say('python3 manage.py found_society "Name of the society" you@example.org')
        elif settings.DEMO_SIGN_IN and furnish.is_furnished():
            self.say("It shows a demo with fictional people; sign in with one click on the first page.")
            if not is_loopback(host):
                self.say("Others on your network can do so too. DEMO_SIGN_IN=0 takes the buttons away.")
        self.say("Ctrl-C stops it.")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def address_of(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def lead_to(host: str, port: int) -> None:
    """Links in mail and files lead to this door, unless PORTAL_URL says where people find the portal.

    A portal that listens everywhere has no address of its own; on its own machine it is found at 127.0.0.1.
    """
    if "PORTAL_URL" not in os.environ:
        host = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  (compared, not listened at)
        settings.PORTAL_URL = address_of(host, port)


def port_number(text: str) -> int:
    number = int(text)
    if not 0 < number < 65_536:
        raise ArgumentTypeError(f"{number} is not between 1 and 65535")
    return number


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def leave(number: int, frame: FrameType | None) -> None:
    """Asked to stop: leave every `with` in order."""
    raise KeyboardInterrupt
