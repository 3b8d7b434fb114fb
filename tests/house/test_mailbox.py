"""Mail of an installation without a relay: kept here, read by whom it was for."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.outbox import delivery, tasks
from advocacy.outbox.models import KeptMessage

pytestmark = pytest.mark.django_db
POSTING = "advocacy.outbox.backends.OutboxBackend"
LINK = "http://127.0.0.1:8000/account/confirm/abc/"


@pytest.fixture
def dana() -> User:
    return User.objects.create_user("dana@example.org", full_name="Dana Whitfield")


@pytest.fixture
def open_mailbox(settings):
    settings.MAILBOX_OPEN = True


def kept(**fields: Any) -> KeptMessage:
    given = {
        "recipient": "dana@example.org",
        "subject": "Welcome",
        "text": "Hello.",
        "kept_at": timezone.now(),
    }
    return KeptMessage.objects.create(**given | fields)


def test_mail_is_kept_once_for_each_recipient_and_nothing_is_sent():
    message = EmailMultiAlternatives(
        "Confirm your\n address",
        f"Open {LINK}",
        "Portal <portal@localhost>",
        to=["Dana Whitfield <Dana@Example.org>"],
        cc=["luis@example.org"],
        bcc=["dana@example.org"],
        headers={"List-Unsubscribe": "<https://portal.example.org/stop/>"},
        connection=get_connection(POSTING),
    )
    message.attach_alternative(f"<p>Open <a href='{LINK}'>this</a></p>", "text/html")

    assert message.send() == 1
    delivery.deliver()

    copies = KeptMessage.objects.order_by("recipient")
    assert [copy.recipient for copy in copies] == ["dana@example.org", "luis@example.org"]
    assert {(copy.subject, copy.text) for copy in copies} == {("Confirm your address", f"Open {LINK}")}
    assert copies[0].headers == {
        "From": "Portal <portal@localhost>",
        "To": "dana@example.org",
        "List-Unsubscribe": "<https://portal.example.org/stop/>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    assert "href=" in copies[0].html


def test_people_see_mail_to_their_own_address_and_staff_see_all(dana: User):
    hana = User.objects.create_superuser("hana@example.org", full_name="Hana Sato")
    own, other = kept(), kept(recipient="luis@example.org")

    assert list(KeptMessage.objects.visible_to(dana)) == [own]
    assert list(KeptMessage.objects.visible_to(hana)) == [other, own]
    assert list(KeptMessage.objects.visible_to(AnonymousUser())) == []


def test_the_mailbox_lists_and_shows_ones_own_mail_with_links_to_follow(client: Client, dana: User):
    message, foreign = (
        kept(text=f"Open {LINK} & <b>smile</b>"),
        kept(recipient="luis@example.org", subject="Not hers"),
    )
    client.force_login(dana)

    listing = client.get(reverse("outbox:list"))
    detail = client.get(message.get_absolute_url())

    assert "Welcome" in listing.text
    assert "Not hers" not in listing.text
    assert f'<a href="{LINK}" rel="nofollow">' in detail.text
    assert "&lt;b&gt;smile&lt;/b&gt;" in detail.text
    assert client.get(foreign.get_absolute_url()).status_code == 404


def test_formatted_mail_is_shown_in_a_frame_that_can_do_nothing(client: Client, dana: User):
    message = kept(html="<script>alert(1)</script><p>Hello.</p>")
    client.force_login(dana)

    detail = client.get(message.get_absolute_url())
    frame = client.get(reverse("outbox:formatted", args=[message.pk]))

    assert 'sandbox=""' in detail.text
    assert frame.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert frame.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(reverse("outbox:formatted", args=[kept().pk])).status_code == 404


def test_long_mailboxes_page_by_key(client: Client, dana: User, django_assert_max_num_queries):
    kept(subject="The oldest")
    for number in range(50):
        kept(subject=f"Message {number}")
    client.force_login(dana)

    first = client.get(reverse("outbox:list"))
    last_shown = KeptMessage.objects.get(subject="Message 0")
    second = client.get(reverse("outbox:list"), {"before": last_shown.pk})

    assert "The oldest" not in first.text
    assert f"?before={last_shown.pk}" in first.text
    assert "The oldest" in second.text
    assert client.get(reverse("outbox:list"), {"before": "'; drop"}).status_code == 200
    assert client.get(reverse("outbox:list"), {"before": "9" * 40}).status_code == 200


def test_at_the_demos_own_machine_the_mailbox_is_open(client: Client, open_mailbox):
    message = kept()

    assert "Welcome" in client.get(reverse("outbox:list")).text
    assert client.get(message.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("elsewhere", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_from_elsewhere_the_open_mailbox_asks_for_a_sign_in(
    client: Client, open_mailbox, elsewhere: dict[str, str]
):
    response = client.get(reverse("outbox:list"), **elsewhere)

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_outside_the_demo_the_mailbox_asks_for_a_sign_in(client: Client, settings):
    settings.MAILBOX_OPEN = False
    message = kept()

    for url in (reverse("outbox:list"), message.get_absolute_url()):
        assert client.get(url).status_code == 302


def test_mail_goes_after_thirty_days_and_purging_twice_changes_nothing():
    now = timezone.now()
    kept(kept_at=now - timedelta(days=30, minutes=1))
    young = kept(kept_at=now - timedelta(days=29))

    tasks.purge_kept_messages()
    tasks.purge_kept_messages()

    assert list(KeptMessage.objects.all()) == [young]


def test_mail_sent_in_a_transaction_that_fails_is_not_kept(settings):
    settings.EMAIL_BACKEND = POSTING

    with transaction.atomic():
        send_mail("Welcome", "Hello.", None, ["dana@example.org"])
        transaction.set_rollback(True)
    delivery.deliver()

    assert not KeptMessage.objects.exists()


def test_a_message_needs_a_recipient():
    with pytest.raises(IntegrityError, match="outbox_keptmessage_has_a_recipient"), transaction.atomic():
        kept(recipient="")
