"""`python3 manage.py found_society NAME EMAIL`: the first step of a real portal."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email

from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from advocacy.portal import founding

NEXT_STEPS = """
Next:
  1. Open the link above and choose a password; the portal then asks for a second sign-in step.
  2. Load the officials: python3 manage.py load_record --download (README, "Load the real directory").
  3. In the admin, add regions and chapters with their territory.
  4. Invite the chapters' advocates and presidents from each chapter's page.
""".strip()


def add_founding_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--staff-name", default="", help="full name of the first person of the staff")
    parser.add_argument("--short-name", default="", help="what the society is called for short")
    parser.add_argument(
        "--time-zone",
        default="America/Chicago",
        choices=NORTH_AMERICAN_ZONES,
        metavar="ZONE",
        help="where roles begin and end at midnight (default: %(default)s)",
    )


def found(command: BaseCommand, *, name: str, email: str, **options: Any) -> None:
    """Found the society and say what to do next. Raises CommandError with a sentence to act on."""
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{email} is not an e-mail address.") from None
    try:
        founded = founding.found(
            name=name,
            short_name=options["short_name"] or name[:40],
            time_zone=options["time_zone"],
            email=email,
            full_name=options["staff_name"] or email.partition("@")[0],
        )
    except founding.IsADemo:
        raise CommandError("This is the demo. Remove it first: python3 manage.py start_clean") from None
    command.stdout.write(f"{founded.person} is on the staff of {founded.society}.")
    command.stdout.write(f"Choose a password here: {founded.link}")
    command.stdout.write(NEXT_STEPS)


class Command(BaseCommand):
    help = (
        "Name the society of an empty portal and make its first staff person, who can then invite everybody "
        "else. Run again for a new sign-in link."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the society's full name")
        parser.add_argument("email", help="e-mail address of the first person of the staff")
        add_founding_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        found(self, **options)
