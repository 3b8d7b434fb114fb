"""What supporters read: the approved text, in their language, with a link of their own and nothing of others."""

import pytest
from django.core import signing

from advocacy.outbox.models import OutboundMessage
from campaigns import links
from campaigns.actions import campaigns
from campaigns.models import Campaign, Purpose, Recipient
from tests.campaigns.mailing import drafted_for, live_for, says_for, written
from tests.cast import NOW, Cast
from tests.factories.campaigns import approved, launched, says
from tests.factories.contacts import ContactFactory


def mail_to(address: str) -> OutboundMessage:
    return OutboundMessage.objects.get(recipient=address, kind="campaigns.appeal")


def test_a_reader_is_addressed_by_name_and_gets_a_link_that_only_the_portal_can_make(cast: Cast):
    reader = ContactFactory(full_name="Rosa Diaz", email="rosa@example.org")
    campaign = live_for(cast, reader)
    written(campaign)

    mail = mail_to("rosa@example.org")
    recipient = Recipient.objects.get()
    link = links.link_for(recipient)
    assert mail.subject == "Records follow the patient"
    assert mail.text.startswith(f"Rosa Diaz, write today: {link}\n")
    assert f'<a class="button" href="{link}">Take part</a>' in mail.html
    assert link.startswith("http://127.0.0.1:8000/act/records-follow/en/?m=")
    assert links.recipient_of(link.partition("?m=")[2]) == recipient


@pytest.mark.parametrize("token", ["", "x", "W10:x", signing.Signer(salt="other").sign_object([1, 1])])
def test_a_forged_link_leads_to_nobody(db: None, token: str):
    assert links.recipient_of(token) is None


def test_the_mail_says_who_writes_for_whom_where_they_are_and_how_to_stop_it(cast: Cast):
    cast.gulf_prairie.contact_email = "gulf@example.org"
    cast.gulf_prairie.postal_address = "2 Bay Street\nHouston, TX 77004"
    cast.gulf_prairie.save()
    campaign = live_for(cast, ContactFactory(email="rosa@example.org"))
    written(campaign)

    mail = mail_to("rosa@example.org")
    assert mail.sender == "Gulf Prairie <portal@localhost>"
    assert mail.headers["Reply-To"] == "gulf@example.org"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for words in (
        "Gulf Prairie writes on behalf of Society for Health Data.",
        "2 Bay Street\nHouston, TX 77004",
        "/contact/",
        "You get this because your address is on a list of people who want to help.",
    ):
        assert words in mail.text


def test_where_the_chapter_has_no_address_of_its_own_the_society_answers(cast: Cast):
    written(live_for(cast, ContactFactory(email="rosa@example.org")))

    mail = mail_to("rosa@example.org")
    assert mail.headers["Reply-To"] == "campaigns@example.org"
    assert "1 Main Street\nSpringfield, IL 62701" in mail.text


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("", "supporter"),
        ("Win money at http://evil.example", "supporter"),
        ("www.evil.example", "supporter"),
        ("evil.example/x", "supporter"),
        ("Rosa\r\nBcc: all@example.org", "supporter"),
        ("Rosa\u202e Diaz", "Rosa Diaz"),
        ("{{ link }}", "{{ link }}"),
        ("Conan O’Brien <b>", "supporter"),
    ],
)
def test_no_name_becomes_a_header_a_link_or_a_token(cast: Cast, name: str, read: str):
    campaign = drafted_for(cast, ContactFactory(full_name=name, email="rosa@example.org"))
    campaign.appeals.update(subject="For {{ name }}")
    written(launched(campaign, by=cast.dana, approver=cast.jordan))

    mail = mail_to("rosa@example.org")
    assert mail.subject == f"For {read}"
    assert mail.text.startswith(f"{read}, write today: http")


def test_what_an_author_wrote_is_text_in_the_formatted_mail(cast: Cast):
    campaign = drafted_for(cast, ContactFactory(full_name="A & B", email="rosa@example.org"))
    campaign.appeals.update(body="<script>alert(1)</script> {{ name }}\n\n{{ link }}")
    written(launched(campaign, by=cast.dana, approver=cast.jordan))

    html = mail_to("rosa@example.org").html
    assert "<script>" not in html
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; A &amp; B</p>" in html


def test_each_reads_their_own_language(cast: Cast):
    campaign = drafted_for(
        cast,
        ContactFactory(email="rosa@example.org"),
        ContactFactory(email="remi@example.org", language="fr"),
        name_fr="Les dossiers suivent le patient",
        ask_fr="de le parrainer",
    )
    says(campaign, "fr")
    written(launched(campaign, by=cast.dana, approver=cast.jordan))

    assert mail_to("rosa@example.org").subject == "Records follow the patient"
    french = mail_to("remi@example.org")
    assert french.subject == "Les dossiers suivent le patient"
    assert "/act/records-follow/fr/?m=" in french.text


def test_of_two_subjects_about_half_get_each_and_always_the_same_one(cast: Cast):
    people = ContactFactory.create_batch(60)
    campaign = drafted_for(cast, *people)
    campaign.appeals.update(subject="One", subject_b="Two")
    written(launched(campaign, by=cast.dana, approver=cast.jordan))

    said = dict(OutboundMessage.objects.filter(subject__in=("One", "Two")).values_list("pk", "subject"))
    rows = list(Recipient.objects.values_list("message", "variant"))
    assert [said[pk] for pk, _variant in rows] == [{"a": "One", "b": "Two"}[variant] for _pk, variant in rows]
    assert 15 <= sum(variant == "a" for _pk, variant in rows) <= 45


def test_a_text_whose_token_has_no_value_does_not_begin(cast: Cast):
    campaign = drafted_for(cast, ContactFactory())
    says_for(campaign, Purpose.THANKS, body="{{ outcome }} {{ link }}")
    approved(campaign, by=cast.dana, approver=cast.jordan)
    campaigns.launch(campaign, by=cast.dana, now=NOW)

    campaigns.close(campaign, by=cast.dana, now=NOW)

    assert [mailing.purpose for mailing in Campaign.objects.get().mailings.all()] == ["launch"]
