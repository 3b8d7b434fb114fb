"""Proving an address: a link by mail, a page that says what will happen, a button that makes it so, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from advocacy.outbox.actions import suppressions
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import MessageState, OutboundMessage, Reason, fingerprint_of
from advocacy.outbox.streams import Stream
from campaigns.actions import address_proofs, contacts
from campaigns.actions.address_proofs import Matter, Proof, matters
from campaigns.models import AddressProof, Contact, SpentChallenge
from tests.cast import NOW, Cast
from tests.factories.contacts import ContactFactory

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]
HOUR = timedelta(hours=1)
followed: list[int | None] = []
matters.register("rehearsal")(
    Matter(
        words=lambda proof: f"Your letter {proof.subject_id} goes to two offices.",
        follow=lambda proof, now: followed.append(proof.subject_id),
    )
)


@pytest.fixture(autouse=True)
def nothing_followed() -> None:
    followed.clear()


@pytest.fixture
def luis() -> Contact:
    return ContactFactory(full_name="Luis Ortega", email="luis@example.org")


def asked(contact: Contact, *, language: str = "en", now=NOW, **fields: Any) -> str:
    """The path that the mail names."""
    address_proofs.ask(contact, language=language, now=now, **fields)
    mail = OutboundMessage.objects.latest("pk")
    found = re.search(r"http://[^/]+(/confirm/\S+)", mail.text)
    assert found is not None
    return found[1]


def token_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def proven(contact: Contact) -> bool:
    contact.refresh_from_db()
    return contact.email_proven_at is not None


def test_the_mail_says_what_will_happen_and_in_whose_name(luis: Contact):
    path = asked(luis, purpose="rehearsal", subject_id=5)
    mail = OutboundMessage.objects.get()

    assert (mail.recipient, mail.subject, mail.stream) == (luis.email, "Confirm your address", Stream.LETTER)
    assert mail.expires_at == NOW + 72 * HOUR
    for text in (mail.text, mail.html):
        assert path in text
        assert "Hello Luis Ortega," in text
        assert "Your letter 5 goes to two offices." in text
    assert "List-Unsubscribe" not in mail.headers
    assert mail.headers["Auto-Submitted"] == "auto-generated"


def test_it_is_written_in_the_language_of_the_page(luis: Contact, client: Client):
    path = asked(luis, language="fr")

    assert path.startswith("/confirm/fr/")
    page = client.get(path)
    assert page.headers["Content-Language"] == "fr"
    assert '<html lang="fr">' in page.content.decode()


def test_the_link_is_kept_nowhere_but_in_the_mail(luis: Contact):
    token = token_of(asked(luis))

    row = AddressProof.objects.values().get()
    assert token not in str(row)
    assert luis.email not in str(row)


def test_looking_proves_nothing_and_the_button_does(luis: Contact, client: Client):
    path = asked(luis, purpose="rehearsal", subject_id=5)

    for _look in range(2):
        page = client.get(path).content.decode()
        client.head(path)
    assert "In the name of Luis Ortega." in page
    assert "Your letter 5 goes to two offices." in page
    assert (proven(luis), followed) == (False, [])

    done = client.post(path).content.decode()

    assert "Your address is confirmed" in done
    assert (proven(luis), followed) == (True, [5])


def test_a_second_click_says_that_it_is_done_and_does_nothing_again(luis: Contact, client: Client):
    path = asked(luis, purpose="rehearsal", subject_id=5)
    client.post(path)

    for page in (client.post(path), client.get(path)):
        assert page.status_code == 200
        assert "You did this already" in page.content.decode()
    assert followed == [5]


def test_after_three_days_the_link_proves_nothing(
    luis: Contact, client: Client, clock: time_machine.Traveller
):
    path = asked(luis, purpose="rehearsal", subject_id=5)
    clock.move_to(NOW + 72 * HOUR)

    assert [client.get(path).status_code, client.post(path).status_code] == [410, 410]
    assert (proven(luis), followed) == (False, [])


def test_what_was_proven_stays_so_after_three_days(luis: Contact):
    token = token_of(asked(luis))
    became = [address_proofs.prove(token, now=NOW + timedelta(hours=hours)) for hours in (71, 73)]

    assert became == [Proof.DONE, Proof.DONE_BEFORE]


@pytest.mark.parametrize("token", ["x", "not-a-token", "a" * 500])
def test_a_link_that_was_never_given_is_gone(client: Client, token: str):
    assert client.get(f"/confirm/en/{token}/").status_code == 410
    assert client.post(f"/confirm/en/{token}/").status_code == 410


def test_the_digest_in_the_table_is_no_link(luis: Contact):
    asked(luis)

    assert address_proofs.prove(AddressProof.objects.get().token_digest, now=NOW) is Proof.GONE


def test_a_language_that_we_do_not_speak_is_no_page(luis: Contact, client: Client):
    path = asked(luis)

    assert client.get(path.replace("/en/", "/de/")).status_code == 404


def test_an_address_that_was_changed_since_needs_a_new_link(luis: Contact):
    token = token_of(asked(luis))
    contacts.correct(luis, by=None, email="new@example.org")

    assert address_proofs.prove(token, now=NOW) is Proof.GONE
    assert not proven(luis)


def test_whoever_was_forgotten_proves_nothing_and_gets_no_mail(luis: Contact):
    token = token_of(asked(luis))
    contacts.erase(luis, now=NOW)
    luis.refresh_from_db()
    address_proofs.ask(luis, language="en", now=NOW)

    assert address_proofs.prove(token, now=NOW) is Proof.GONE
    assert OutboundMessage.objects.filter(kind=address_proofs.KIND).count() == 1


def test_one_address_gets_three_mails_an_hour(luis: Contact, client: Client):
    for _ask in range(5):
        address_proofs.ask(luis, language="en", now=NOW)
    assert OutboundMessage.objects.count() == AddressProof.objects.count() == 3

    address_proofs.ask(luis, language="en", now=NOW + HOUR)
    assert OutboundMessage.objects.count() == 4


def test_asking_never_tells_what_became_of_it(luis: Contact):
    stranger = ContactFactory(email="stranger@example.org")
    suppressions.add_for(
        fingerprint_of(stranger.email), reason=Reason.COMPLAINT, stream="", evidence="x", now=NOW
    )

    answers = [
        address_proofs.ask(contact, language="en", now=NOW) for contact in (luis, stranger, *[luis] * 4)
    ]  # type: ignore[func-returns-value]  # that is the point

    assert answers == [None] * 6


def test_who_complained_of_us_is_left_alone_and_who_wants_no_appeals_can_act(luis: Contact):
    stranger = ContactFactory(email="stranger@example.org")
    for contact, stream, reason in (
        (luis, Stream.CAMPAIGN, Reason.UNSUBSCRIBED),
        (stranger, "", Reason.COMPLAINT),
    ):
        suppressions.add_for(
            fingerprint_of(contact.email), reason=reason, stream=stream, evidence="x", now=NOW
        )
        address_proofs.ask(contact, language="en", now=NOW)

    states = dict(OutboundMessage.objects.values_list("recipient", "state"))
    assert states == {luis.email: MessageState.PENDING, stranger.email: MessageState.SUPPRESSED}


def test_a_name_that_advertises_stands_in_no_mail():
    for name in ("Win at www.pills.example", "x" * 61):
        asked(ContactFactory(full_name=name))
        mail = OutboundMessage.objects.latest("pk")

        assert name not in mail.text + mail.html
        assert "Hello," in mail.text


def test_a_mail_that_waits_goes_no_more_once_the_address_is_proven(luis: Contact):
    first = token_of(asked(luis))
    asked(luis)
    address_proofs.prove(first, now=NOW)

    taken = Ledger("worker").claim(10, now=NOW)

    assert [message.key for message in taken] == [f"campaigns.proof:{AddressProof.objects.first().pk}"]


def test_an_unknown_purpose_is_a_mistake_of_ours(luis: Contact):
    with pytest.raises(LookupError):
        address_proofs.ask(luis, purpose="nothing", language="en", now=NOW)


def test_the_page_looks_at_no_session_and_sets_no_cookie(
    cast: Cast, luis: Contact, django_assert_num_queries: Any
):
    path = asked(luis)
    browser = Client(enforce_csrf_checks=True)

    with django_assert_num_queries(2):
        page = browser.get(path)
    done = browser.post(path)

    assert (page.status_code, done.status_code) == (200, 200)
    assert not page.cookies
    assert not done.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_advocates_see_proofs_of_their_own_chapters_people(cast: Cast, luis: Contact):
    near = ContactFactory(chapter=cast.gulf_prairie)
    for contact in (luis, near):
        asked(contact)

    assert [proof.contact for proof in AddressProof.objects.visible_to(cast.dana)] == [near]
    assert AddressProof.objects.visible_to(cast.jordan).count() == 2


RULES: list[tuple[dict[str, Any], str]] = [
    ({"proven_at": NOW - HOUR}, "after the link was sent"),
    ({"language": "de"}, "which language"),
    ({"purpose": ""}, "for what"),
    ({"token_digest": "taken"}, "given out already"),
]


@pytest.mark.parametrize(("fields", "sentence"), RULES)
def test_a_broken_rule_is_said_in_words_and_refused_by_the_database(
    luis: Contact, fields: dict[str, Any], sentence: str
):
    known = {
        "contact": luis,
        "address": "a",
        "token_digest": "d",
        "purpose": "address",
        "language": "en",
        "sent_at": NOW,
    }
    AddressProof.objects.create(**known | {"token_digest": "taken"})
    row = AddressProof(**known | fields)

    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_constraint_of_the_gate_is_broken_once():
    assert {rule.name for model in (AddressProof, SpentChallenge) for rule in model._meta.constraints} == {
        "campaigns_addressproof_has_a_language_and_a_purpose",
        "campaigns_addressproof_is_proven_after_it_was_sent",
        "campaigns_addressproof_link_is_unique",
        "campaigns_spentchallenge_is_answered_once",
    }
