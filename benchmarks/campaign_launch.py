"""What the launch of a campaign costs: audience count, the launch itself, the mail written, and the first mail out.

    .venv/bin/python -m benchmarks.campaign_launch                         # SQLite in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.campaign_launch   # makes and drops a test database
    .venv/bin/python -m benchmarks.campaign_launch --people 10000 100000

For each size a process of its own: questions for 1,000 people, the most memory used, seconds until the first message
could leave, and seconds until all is written.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from advocacy.accounts.models import User
from advocacy.outbox.models import OutboundMessage
from campaigns import audience
from campaigns.actions import campaigns, mailings
from campaigns.models import Appeal, Campaign, Contact, ContactList, ListEntry, Message, TargetRule
from members.models import Chapter, Region, RoleAssignment, Society

NOW = datetime(2027, 2, 9, 16, tzinfo=UTC)
SIZES = (10_000, 100_000)
BATCH = 5_000
SECONDS_TO_THE_FIRST = 10.0


def prepared(count: int) -> Campaign:
    """A petition to one agency, approved, that asks a list of so many people."""
    society = Society.objects.create(
        name="Society", short_name="S", time_zone="America/Chicago", postal_address="1 Main Street"
    )
    chapter = Chapter.objects.create(
        society=society,
        region=Region.objects.create(society=society, name="South"),
        name="Gulf",
        slug="gulf",
        starts_on=date(2020, 7, 1),
    )
    author, approver = (
        User.objects.create(email=f"{name}@example.org", full_name=name) for name in ("ann", "ben")
    )
    for person in (author, approver):
        RoleAssignment.objects.create(person=person, role="national_staff", starts_on=date(2026, 7, 1))
    campaign = campaigns.begin(
        by=author,
        now=NOW,
        chapter=chapter,
        name="Records follow",
        slug="records",
        kind="petition",
        compliance="none",
        goal="A rule.",
        ask="adopt the rule",
        asks_members=False,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=20),
    )
    TargetRule.objects.create(campaign=campaign, kind="agency", agency_name="Agency")
    Message.objects.create(campaign=campaign, subject="{{ ask }}", body="{{ salutation }}: {{ ask }}")
    Appeal.objects.create(
        campaign=campaign, subject="{{ campaign }}", subject_b="Now", body="{{ name }}: {{ link }}"
    )
    campaign.lists.add(listed(count))
    campaigns.submit(campaign, by=author, now=NOW)
    campaigns.approve(campaign, by=approver, now=NOW, is_nonpartisan=True)
    return campaign


def listed(count: int) -> ContactList:
    found = ContactList.objects.create(name="Everybody")
    for first in range(0, count, BATCH):
        people = Contact.objects.bulk_create(
            Contact(
                email=f"supporter{number}@d{number % 100}.example",
                full_name=f"Supporter {number}",
                country="US",
                added_at=NOW,
            )
            for number in range(first, min(first + BATCH, count))
        )
        ListEntry.objects.bulk_create(
            ListEntry(contact_list=found, contact=one, added_at=NOW) for one in people
        )
    return found


def measure(count: int) -> None:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        # Else it would be in memory, and so the mail in what is measured.
        connection.settings_dict["TEST"]["NAME"] = (
            f"{tempfile.mkdtemp(prefix='portal-benchmark-')}/{count}.sqlite3"
        )
    connection.creation.create_test_db(verbosity=0)
    try:
        campaign = prepared(count)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        counted = audience.audience_of(campaign, NOW).count()
        seconds_to_count = time.perf_counter() - began
        campaigns.launch(campaign, by=campaign.owner, now=NOW)
        mailing = campaign.mailings.get()
        with CaptureQueriesContext(connection) as asked:
            assert mailings.write_more(mailing.pk, now=NOW)
        first, questions = time.perf_counter() - began, len(asked)
        reset_queries()
        while mailings.write_more(mailing.pk, now=NOW):
            pass
        seconds = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        written = OutboundMessage.objects.filter(kind="campaigns.appeal").count()
        assert counted == written == mailing.recipients.count() == count
        sys.stdout.write(
            f"{connection.vendor}, {count:,} people: counted in {seconds_to_count:.2f} s; "
            f"{questions} questions for 1,000; first mail after {first:.1f} s; all written after "
            f"{seconds:.0f} s ({count / seconds:.0f} a second); at most {used // 1024} MB, "
            f"{(used - before) // 1024} MB of it for the mailing\n"
        )
        assert first < SECONDS_TO_THE_FIRST, first
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=SIZES)
    parser.add_argument("--here", action="store_true", help="in this process, not one for each size")
    chosen = parser.parse_args()
    for count in chosen.people:
        if chosen.here:
            measure(count)
        else:
            command = [sys.executable, "-m", "benchmarks.campaign_launch", "--here", "--people", str(count)]
            subprocess.run(command, check=True)  # noqa: S603 (our own program)


if __name__ == "__main__":
    main()
