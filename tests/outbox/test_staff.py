"""What staff see of the mail, and what they decide about it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.audit.models import Entry
from advocacy.outbox import arming, delivery
from advocacy.outbox.actions import messages, suppressions
from advocacy.outbox.models import (
    Installation,
    Lane,
    MessageState,
    OutboundMessage,
    Reason,
    Suppression,
    fingerprint_of,
)
from tests.cast import NOW, Cast, browser_of
from tests.outbox.posting import AGAIN, now_of, posted
from tests.outbox.relay import CUT, Relay

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "admin:outbox_outboundmessage_changelist"


@pytest.fixture
def staff(cast: Cast) -> Client:
    return browser_of(cast.jordan)


def one(name: str, pk: int) -> str:
    return reverse(f"admin:outbox_{name}", args=[pk])


def uncertain() -> OutboundMessage:
    message = posted(now=NOW)
    OutboundMessage.objects.filter(pk=message.pk).update(state=MessageState.UNCERTAIN, maybe_delivered=True)
    return now_of(message)


@pytest.mark.parametrize("by_what", ["recipient", "subject", "message_id", "key"])
def test_a_message_is_found_by_what_people_know_of_it(staff: Client, by_what: str):
    message = posted("dana@example.org", now=NOW)
    other = posted("other@example.org", now=NOW)
    OutboundMessage.objects.filter(pk=other.pk).update(subject="Another")

    page = staff.get(reverse(LIST), {"q": getattr(now_of(message), by_what)}).content.decode()

    assert one("outboundmessage_change", message.pk) in page
    assert one("outboundmessage_change", other.pk) not in page


def test_the_tries_stand_beside_an_uncertain_message(staff: Client, relay: Relay):
    relay.misbehave = lambda phase, _to: CUT if phase == "reply" else None
    message = posted(now=NOW)
    delivery.deliver()

    page = staff.get(one("outboundmessage_change", message.pk)).content.decode()

    assert "Nobody knows whether it arrived" in page
    assert "Waiting for the answer" in page
    assert f"127.0.0.1:{relay.port}" in page


def test_staff_send_an_uncertain_message_again_with_a_reason(staff: Client, cast: Cast):
    message = uncertain()
    address = one("outboundmessage_send_again", message.pk)

    asked = staff.get(address)
    staff.post(address, {"reason": ""})
    without_reason = now_of(message).state
    staff.post(address, {"reason": "The relay's log does not show it."})

    assert asked.status_code == 200
    assert without_reason == "uncertain"
    assert (now_of(message).state, now_of(message).resolved_by) == ("pending", cast.jordan)
    entry = Entry.objects.about(message).get()
    assert (entry.verb, entry.actor, entry.reason) == (
        "sent again", cast.jordan, "The relay's log does not show it.",
    )  # fmt: skip


def test_a_second_decision_says_that_somebody_was_faster(staff: Client):
    message = uncertain()
    staff.post(one("outboundmessage_arrived", message.pk), {"reason": "She answered."})

    answer = staff.post(one("outboundmessage_send_again", message.pk), {"reason": "Again."}, follow=True)

    assert now_of(message).state == "sent"
    assert "not uncertain any more" in answer.content.decode()


def test_staff_cancel_what_waits_and_only_that(staff: Client, relay: Relay):
    waiting, gone = posted(now=NOW), posted("luis@example.org", now=NOW)
    OutboundMessage.objects.filter(pk=gone.pk).update(state=MessageState.SENT, settled_at=NOW)

    staff.post(one("outboundmessage_cancel", waiting.pk), {"reason": "A wrong date."})
    staff.post(one("outboundmessage_cancel", gone.pk), {"reason": "A wrong date."})
    delivery.deliver()

    assert (now_of(waiting).state, now_of(waiting).resolution) == ("cancelled", "A wrong date.")
    assert now_of(gone).state == "sent"
    assert relay.connections == 0


def test_nobody_reads_the_text_of_account_mail(staff: Client):
    message = posted(of=AGAIN, now=NOW)

    page = staff.get(one("outboundmessage_change", message.pk)).content.decode()

    assert "In plain text." not in page
    assert "shown to nobody" in page


def test_the_text_of_other_mail_is_shown_without_the_link_of_its_reader(staff: Client):
    message = posted(now=NOW)

    page = staff.get(one("outboundmessage_change", message.pk)).content.decode()

    assert "In plain text." in page
    assert "/mail/stop/" in message.text
    assert "/mail/stop/" not in page


LINKS = """Confirm http://portal.example/confirm/en/SeCrEt-1/.
Sign (https://old.example/coalitions/sign/fr/SeCrEt-2/) or look at http://portal.example/campaigns/7/?next=8
Act: http://portal.example/act/records-follow/en/?m=SeCrEt-3 Read http://cms.example/rules/SHOWN?docket=1
Gone: http://portal.example/once/SeCrEt-4"""


def test_staff_read_no_link_that_acts_in_the_name_of_its_reader(staff: Client, settings: Any):
    settings.PORTAL_URL = "http://portal.example"
    message = posted(now=NOW)
    OutboundMessage.objects.filter(pk=message.pk).update(text=LINKS)

    page = staff.get(one("outboundmessage_change", message.pk)).content.decode()

    assert "SeCrEt" not in page
    assert "http://portal.example/confirm/en/…/." in page
    assert "https://old.example/coalitions/sign/fr/…/)" in page
    assert "http://portal.example/campaigns/7/?…" in page
    assert "http://portal.example/act/records-follow/en/?…" in page
    assert "http://cms.example/rules/SHOWN?docket=1" in page


@pytest.mark.parametrize("how", ["sent", "expired", "cancelled", "suppressed", "suppressed at once"])
def test_the_text_of_account_mail_is_gone_once_it_is_settled(relay: Relay, cast: Cast, how: str):
    if how == "suppressed at once":
        suppressions.add("dana@example.org", reason=Reason.HARD_BOUNCE, stream="account", now=NOW)
    message = posted(of=AGAIN, now=NOW, html="<p>In plain text.</p>")
    if how == "cancelled":
        messages.cancel(message, by=cast.jordan, because="A mistake.", now=NOW)
    if how == "suppressed":
        suppressions.add("dana@example.org", reason=Reason.HARD_BOUNCE, stream="account", now=NOW)
    if how == "expired":
        delivery.sweep(now=message.expires_at)
    delivery.deliver()

    settled = now_of(message)
    assert (settled.state, settled.text, settled.html) == (how.removesuffix(" at once"), "", "")


def test_the_text_of_other_mail_stays_with_its_row(relay: Relay):
    message = posted(now=datetime.now(UTC))

    delivery.deliver()

    assert (now_of(message).state, now_of(message).text) == ("sent", message.text)
    assert message.text.startswith("In plain text.")


# --- addresses, limits ---


def test_staff_leave_an_address_alone_and_find_it_by_asking_for_it(staff: Client, cast: Cast):
    staff.post(
        reverse("admin:outbox_suppression_add"),
        {"address": "Dana@Example.org", "stream": "campaign", "evidence": "She rang."},
    )

    row = Suppression.objects.get()
    found = staff.get(
        reverse("admin:outbox_suppression_changelist"), {"q": "dana@example.org"}
    ).content.decode()
    other = staff.get(
        reverse("admin:outbox_suppression_changelist"), {"q": "luis@example.org"}
    ).content.decode()
    assert (row.address, row.stream, row.reason) == (fingerprint_of("dana@example.org"), "campaign", "staff")
    assert one("suppression_change", row.pk) in found
    assert one("suppression_change", row.pk) not in other
    assert Entry.objects.about(row).get().actor == cast.jordan


def test_a_suppression_is_lifted_with_a_reason_only(staff: Client, cast: Cast):
    row = suppressions.add("dana@example.org", reason=Reason.HARD_BOUNCE, now=NOW)

    staff.post(one("suppression_lift", row.pk), {"reason": ""})
    still = Suppression.objects.in_force().count()
    staff.post(one("suppression_lift", row.pk), {"reason": "A new server."})

    row.refresh_from_db()
    assert (still, row.lifted_by, row.lifted_because) == (1, cast.jordan, "A new server.")


@pytest.mark.parametrize(("name", "is_made"), [("domain:example.org", True), ("example.org", False)])
def test_a_limit_names_what_it_limits(staff: Client, name: str, is_made: bool):
    form = {"name": name, "per_hour": "20", "paused_until": "", "paused_because": ""}

    staff.post(reverse("admin:outbox_lane_add"), form)

    assert Lane.objects.filter(name=name, per_hour=20).exists() is is_made


# --- the switch ---


def test_the_page_of_the_switch_says_what_would_go_and_writes_nothing(staff: Client, relay: Relay):
    Installation.objects.all().delete()
    posted(now=NOW)

    page = staff.get(reverse("admin:outbox_installation_changelist")).content.decode()

    assert "Nobody has armed this installation" in page
    assert "Rehearsal: 1, the oldest of" in page
    assert not Installation.objects.exists()


def test_staff_arm_and_stop(staff: Client, cast: Cast, relay: Relay):
    Installation.objects.all().delete()
    arm, stop = (reverse(f"admin:outbox_installation_{act}") for act in ("arm", "stop"))

    staff.get(arm)
    looked = arming.why_not_armed()
    staff.post(arm)
    armed = arming.why_not_armed()
    staff.post(stop, {"reason": "A wrong link."})

    assert (looked != "", armed) == (True, "")
    assert arming.why_not_armed() == "A wrong link."
    acts = Entry.objects.filter(model="outbox.installation", actor=cast.jordan).order_by("pk")
    assert list(acts.values_list("verb", flat=True)) == ["armed", "disarmed"]


def test_an_epoch_kept_in_the_environment_is_followed(relay: Relay, settings: Any):
    settings.INSTALLATION_EPOCH = "4d3ffb2a-54a5-4f1c-9d0e-8a2f1f0f7c11"
    before = arming.why_not_armed()

    arming.arm(by=None, now=timezone.now())

    assert "backup or a copy" in before
    assert arming.why_not_armed() == ""


def test_the_command_arms_stops_and_tells(relay: Relay, capsys: pytest.CaptureFixture[str]):
    posted(now=NOW)

    call_command("mail", "stop", because="A wrong link.")
    stopped = capsys.readouterr().out
    call_command("mail", "arm")
    armed = capsys.readouterr().out

    assert "Mail is stopped: A wrong link." in stopped
    assert "1 × Rehearsal" in stopped
    assert f"Mail leaves by 127.0.0.1:{relay.port}." in armed
    with pytest.raises(CommandError, match="Say why"):
        call_command("mail", "stop")


@pytest.mark.parametrize(("waits", "says"), [(True, True), (False, False)])
def test_the_first_page_of_staff_says_when_mail_is_stopped(
    staff: Client, cast: Cast, relay: Relay, waits: bool, says: bool
):
    arming.disarm(by=cast.jordan, because="A wrong link.")
    if waits:
        posted(now=NOW)
    home = reverse("portal:home")

    assert ("One message waits, and no mail leaves" in staff.get(home).content.decode()) is says
    assert "no mail leaves" not in browser_of(cast.dana).get(home).content.decode()
