"""Mail scanners follow every link in every mail, before its reader does: that changes nothing."""

import json
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings as project_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from campaigns.reminders import planner
from members.actions import invitations
from members.models import Role
from members.taskforce.models import MeetingInvitation
from tests.access.fingerprint import fingerprint
from tests.campaigns.reminding import chicago, promised
from tests.cast import TODAY, Cast, browser_of
from tests.factories.meetings import the_meeting
from tests.outbox.posting import AGAIN, ASK, DIGEST, LETTER, ONCE, posted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_of_accounts_is_ours(settings: Settings) -> None:
    """As it is outside of tests: Django's own mail goes through the outbox too."""
    settings.EMAIL_BACKEND = "advocacy.outbox.backends.OutboxBackend"


# Where the portal says it is, and where the test's browser believes it to be.
LINK = re.compile(rf"(?:{re.escape(project_settings.PORTAL_URL)}|http://testserver)(/[^\s\"'<>)\]]*)")
# What a visit itself leaves: whether the visitor has been seen, nothing that anybody asked for.
VISITS = {"django_session"}


def write_every_kind_of_mail(cast: Cast, clock: time_machine.Traveller) -> None:
    the_meeting(cast)
    invitations.invite(
        by=cast.chris,
        email="ada@example.org",
        full_name="Ada New",
        role=Role.ADVOCATE,
        chapter=cast.gulf_prairie,
        starts_on=TODAY,
        now=timezone.now(),
    )
    for page in ("account_reset_password", "account_request_login_code"):
        assert Client().post(reverse(page), {"email": cast.luis.email}).status_code == 302
    browser_of(cast.dana).post(reverse("account_email"), {"email": "dana.new@example.org", "action_add": ""})
    for kind in (ONCE, AGAIN, DIGEST, ASK, LETTER):
        for person in (cast.noor.email, "a-stranger@example.org"):
            posted(person, of=kind, key=f"{kind}:{person}", now=timezone.now())
    promised(cast.dana, due_on=date(2027, 2, 12))
    clock.move_to(chicago(2, 11))
    planner.tick(timezone.now())
    clock.move_to(chicago(2, 9, 12))


def links() -> list[str]:
    """Every address of ours in any part of any mail: text, HTML, headers."""
    found = set()
    for mail in OutboundMessage.objects.all():
        found |= set(LINK.findall(f"{mail.text}\n{mail.html}\n{json.dumps(dict(mail.headers))}"))
    return sorted(path.rstrip(".,;") for path in found)


def without_visits() -> dict[str, str]:
    return {table: rows for table, rows in fingerprint().items() if table not in VISITS}


def test_following_every_link_of_every_mail_changes_nothing(cast: Cast, clock: time_machine.Traveller):
    write_every_kind_of_mail(cast, clock)
    followed, before = links(), without_visits()

    answers = {}
    for path in followed:
        for scanner in (Client(), browser_of(cast.tom)):
            address = urlsplit(path)
            for method in (scanner.get, scanner.head):
                answers[path] = method(f"{address.path}?{address.query}", follow=True).status_code

    kinds = {path.split("/")[1] for path in followed}
    assert len(followed) >= 15, followed
    assert {"meetings", "account", "mail", "invitation"} <= kinds, kinds
    after = without_visits()
    signed_in = {"accounts_user", "usersessions_usersession", "audit_entry"}  # by tom's own sign-in
    assert {table for table in after if after[table] != before[table]} <= signed_in
    assert all(status < 500 for status in answers.values()), answers


def test_after_the_scanner_the_reader_still_answers_and_the_one_click_still_works(cast: Cast):
    invitation = the_meeting(cast).invitations.get(person=cast.noor)
    message = posted(cast.noor.email, of=DIGEST, user=cast.noor, now=timezone.now())
    one_click = urlsplit(message.headers["List-Unsubscribe"].strip("<>")).path
    paths = [path for path in links() if "/answer/" in path or path == one_click]
    for path in paths:
        Client().get(path)
    untouched = MeetingInvitation.objects.exclude(answer="").count()

    (answer,) = (
        path for path in paths if "/answer/" in path and "Noor" in Client().get(path).content.decode()
    )
    Client().post(answer, {"answer": "yes"})
    Client().post(one_click, {"List-Unsubscribe": "One-Click"})
    delivery.deliver()

    invitation.refresh_from_db()
    message.refresh_from_db()
    assert (untouched, invitation.answer) == (0, "yes")
    assert (message.state, message.resolution) == ("cancelled", "Switched off by the reader.")
