"""The public page at work: found, written, sent; the same without a script; nobody is known there."""

import re

import pytest
import time_machine
from django.test import Client

from advocacy.outbox.models import MessageState, OutboundMessage
from campaigns.actions import campaigns
from campaigns.models import (
    Campaign,
    CampaignKind,
    Confirmation,
    Consent,
    Contact,
    Letter,
    Method,
    Participation,
    ParticipationState,
    SpentChallenge,
    Target,
    TargetState,
)
from legislation.models import ContactKind, ContactPoint
from tests.campaigns.acting import OWN_WORDS, PAGE, WHO, Visitor, live_in_houston, of_kind
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_in_houston(cast)


@pytest.fixture
def jane(clock: time_machine.Traveller) -> Visitor:
    return Visitor(clock)


def known_of(letter: Letter) -> tuple[str, str]:
    return letter.method, letter.confirmation


def test_a_supporter_writes_to_her_own_representative(campaign: Campaign, jane: Visitor):
    answer = jane.act()

    letter = Letter.objects.get()
    assert letter.target.official is not None
    assert letter.target.official.name == "Alma Reyes"
    assert "HB 210" in letter.subject
    assert letter.text.split("\n\n")[2] == OWN_WORDS
    assert known_of(letter) == (Method.PORTAL_EMAIL, Confirmation.WAITING)
    assert letter.participation.state == ParticipationState.COUNTED
    assert letter.participation.chapter == campaign.chapter
    assert letter.participation.own_share > 0
    assert "It waits until you open the link that we mailed you." in jane.receipt(answer).content.decode()


def test_the_letter_leaves_in_her_name_once_she_has_opened_the_link(campaign: Campaign, jane: Visitor):
    jane.act()
    assert not OutboundMessage.objects.filter(kind="campaigns.letter").exists()

    jane.open_link()
    jane.open_link()

    mail = OutboundMessage.objects.get(kind="campaigns.letter")
    assert mail.state == MessageState.PENDING
    assert mail.recipient == "alma.reyes@house.example"
    assert mail.sender == "Jane Doe via SHD <letters@localhost>"
    assert mail.headers == {"Reply-To": "jane@example.org"}
    assert mail.text.endswith(
        "\n-- \nJane Doe\n77004\nSent through Society for Health Data; written by me, in my own name.\n"
    )


def test_without_a_script_it_counts_once_the_link_is_opened(campaign: Campaign, jane: Visitor):
    jane.has_script = False

    jane.act()
    before = Participation.objects.get().state
    jane.open_link()

    assert (before, Participation.objects.get().state) == ("held", "counted")
    assert OutboundMessage.objects.filter(kind="campaigns.letter").count() == 1


def test_a_code_in_two_districts_is_asked_about_and_not_guessed(campaign: Campaign, jane: Visitor):
    answer = jane.find()

    assert "Which district is yours?" in jane.text
    assert [len(values) for values in jane.choices.values()] == [3]
    assert answer.status_code == 200
    assert "Alma Reyes" in jane.text


def test_who_does_not_know_her_district_is_not_given_one(campaign: Campaign, jane: Visitor):
    jane.find()
    (name,) = jane.choices
    jane.submit(place="77004", **{name: "0"})

    assert "Nobody to write to from there" in jane.text


def test_somebody_outside_every_district_is_told_so(campaign: Campaign, jane: Visitor):
    jane.find(place="99999")

    assert "Nobody to write to from there" in jane.text
    assert "We do not know the place “99999”." in jane.text


def test_nothing_is_kept_before_the_letter_is_sent(campaign: Campaign, jane: Visitor):
    jane.find()

    assert not Contact.objects.filter(email=WHO["email"]).exists()
    assert not Participation.objects.exists()
    assert not SpentChallenge.objects.exists()


def test_no_answer_sets_a_cookie_or_looks_at_one(campaign: Campaign, jane: Visitor, cast: Cast):
    jane.client.force_login(cast.dana)
    before = dict(jane.client.cookies)

    for answer in (jane.open(), jane.find(), jane.act()):
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
    assert dict(jane.client.cookies) == before
    assert "Dana" not in jane.text


def test_a_second_click_finds_the_same_receipt(campaign: Campaign, jane: Visitor):
    jane.find()
    jane.submit(place="77004", **jane.in_131())
    page = jane.text

    first = jane.receipt(jane.send()).content
    jane.text = page
    second = jane.send(own_words="Something else entirely, sent by the same form.")

    assert jane.receipt(second).content.count(b"<section") == first.count(b"<section")
    assert OWN_WORDS in jane.text
    assert (Participation.objects.count(), Letter.objects.count()) == (1, 1)


def test_the_same_person_is_told_that_she_wrote_there_and_counts_once(campaign: Campaign, jane: Visitor):
    jane.act()
    jane.now = NOW.replace(hour=12)

    answer = jane.act(who={"email": "JANE@example.org"})

    assert "it is already recorded, and counts once" in jane.receipt(answer).content.decode()
    assert (Participation.objects.count(), Letter.objects.count()) == (1, 1)


def test_her_own_words_are_asked_for(campaign: Campaign, jane: Visitor):
    jane.act(own_words="")

    assert not Participation.objects.exists()
    assert "There is a problem" in jane.text
    assert jane.fields["name"] == "Jane Doe"


def test_nobody_acts_but_as_a_private_citizen(campaign: Campaign, jane: Visitor):
    jane.act(acknowledged="(off)")

    assert not Participation.objects.exists()
    assert "Confirm this to take part." in jane.text


def test_the_word_limit_of_the_office_counts_her_words_too(cast: Cast, jane: Visitor):
    live_in_houston(cast, word_limit=50)

    jane.act(own_words="word " * 50)

    assert not Participation.objects.exists()
    assert "This office takes 50 words" in jane.text


def test_what_she_sends_herself_is_counted_at_once_as_self_reported(campaign: Campaign, jane: Visitor):
    target = Target.objects.get(official__name="Alma Reyes")

    answer = jane.act(**{f"way_{target.pk}": "web_form"})

    assert known_of(Letter.objects.get()) == (Method.WEB_FORM, Confirmation.SELF_REPORTED)
    receipt = jane.receipt(answer).content.decode()
    assert "https://house.example/contact/131" in receipt
    jane.submit()
    assert Letter.objects.get().told_at is not None


def test_a_way_that_leads_nowhere_is_not_offered(campaign: Campaign, jane: Visitor):
    target = Target.objects.get(official__name="Alma Reyes")
    jane.find()
    jane.submit(place="77004", **jane.in_131())

    assert jane.choices[f"way_{target.pk}"] == ["portal_email", "web_form", "own_mail", "print"]
    assert target.official is not None
    target.official.contact_points.update(ended_on=NOW.date())
    jane.open()
    jane.submit(**WHO)
    jane.submit(place="77004", **jane.in_131())
    assert f"way_{target.pk}" not in jane.choices
    assert jane.fields[f"way_{target.pk}"] == "print"


def test_her_consent_to_mail_counts_once_her_address_is_proven(campaign: Campaign, jane: Visitor):
    jane.act(news="on")
    before = Consent.objects.count()

    jane.open_link()

    consent = Consent.objects.latest("pk")
    assert before == 0
    assert consent.words == (
        "Gulf Prairie (1 Main Street, Springfield, IL 62701, campaigns@example.org) may write to me by e-mail about "
        "its campaigns. I can stop this at any time."
    )
    assert consent.contact.email == "jane@example.org"


def test_a_stranger_who_types_her_address_changes_nothing_of_hers(campaign: Campaign, jane: Visitor):
    contact = Contact.objects.create(email="jane@example.org", full_name="Jane Q. Doe", added_at=NOW)

    jane.act(who={"name": "Mallory"})

    contact.refresh_from_db()
    assert contact.full_name == "Jane Q. Doe"
    assert contact.email_proven_at is None
    assert contact.participations.get().signed_as == "Mallory"


def test_a_letter_written_while_the_campaign_was_paused_is_not_lost(
    campaign: Campaign, jane: Visitor, cast: Cast
):
    jane.find()
    jane.submit(place="77004", **jane.in_131())
    campaigns.pause(campaign, by=cast.dana, now=jane.now)

    jane.send()

    assert "This campaign is paused" in jane.text
    assert OWN_WORDS in jane.text
    assert not Participation.objects.exists()


def test_a_letter_to_somebody_who_left_meanwhile_is_not_lost(campaign: Campaign, jane: Visitor):
    jane.find()
    jane.submit(place="77004", **jane.in_131())
    Target.objects.update(state=TargetState.LEFT)

    jane.send()

    assert "is not written to any more" in jane.text
    assert "I live in" in jane.text
    assert not Letter.objects.exists()


def test_a_call_has_a_script_and_an_outcome(cast: Cast, jane: Visitor):
    live_in_houston(cast, **of_kind(CampaignKind.CALL))

    answer = jane.act()
    jane.receipt(answer)
    jane.submit(outcome="voicemail")

    letter = Letter.objects.get()
    assert known_of(letter) == (Method.CALL, Confirmation.SELF_REPORTED)
    assert letter.call_outcome == "voicemail"


def test_a_petition_is_signed_and_sends_nothing(cast: Cast, jane: Visitor):
    live_in_houston(cast, **of_kind(CampaignKind.PETITION))

    answer = jane.act()

    assert Participation.objects.get().state == ParticipationState.COUNTED
    assert not Letter.objects.exists()
    assert "It is recorded that you took part." in jane.receipt(answer).content.decode()


@pytest.mark.parametrize(
    ("kind", "is_mailed", "button"),
    [
        (CampaignKind.LETTER, True, "Send"),
        (CampaignKind.LETTER, False, "Go on"),
        (CampaignKind.CALL, True, "Go on"),
        (CampaignKind.PETITION, True, "Sign"),
    ],
)
def test_the_button_says_what_pressing_does(
    cast: Cast, jane: Visitor, kind: CampaignKind, is_mailed: bool, button: str
):
    live_in_houston(cast, **of_kind(kind))
    if not is_mailed:
        ContactPoint.objects.filter(kind=ContactKind.EMAIL).delete()

    jane.find()
    if "district_" in jane.text:
        jane.submit(**jane.in_131())

    assert re.findall(r'class="button primary" type="submit">([^<]+)<', jane.text) == [button]


def test_a_robot_is_thanked_and_held(campaign: Campaign, jane: Visitor):
    answer = jane.act(homepage="https://casino.example")

    assert answer.status_code == 303
    assert Participation.objects.get().state == ParticipationState.HELD
    assert not OutboundMessage.objects.filter(kind="campaigns.proof").exists()


def test_a_second_message_with_links_is_sent_back_with_words_and_the_first_counts_on(
    campaign: Campaign, jane: Visitor
):
    jane.act()

    answer = jane.act(own_words="Look at www.casino.example before you vote on it.")

    assert answer.status_code == 400
    assert "This further message was not taken as it is" in jane.text
    assert "www.casino.example" in jane.text
    assert Participation.objects.get().state == ParticipationState.COUNTED
    assert OWN_WORDS in Letter.objects.get().text


def test_too_many_from_one_connection_are_told_when_to_come_again(
    campaign: Campaign, jane: Visitor, settings
):
    settings.ACTS_AN_HOUR_FROM_ONE_CLIENT = 1
    jane.act()

    answer = jane.act(who={"email": "other@example.org"})

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert OWN_WORDS in jane.text
    assert Participation.objects.count() == 1


def test_the_letters_come_on_paper(campaign: Campaign, jane: Visitor):
    jane.receipt(jane.act())
    link = re.search(r'href="(/act/receipt/[^"]+letters.pdf)"', jane.text)
    assert link

    answer = jane.client.get(link[1])

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_receipt_shows_the_letters_of_one_form_only(campaign: Campaign, jane: Visitor):
    jane.act()

    stranger = Visitor(jane.clock, now=jane.now)
    receipt = stranger.receipt(stranger.act(own_words="I am somebody else who typed her address."))

    assert OWN_WORDS not in receipt.content.decode()


def test_a_forged_receipt_is_missing(campaign: Campaign):
    assert Client().get("/act/receipt/abc/").status_code == 404


def test_the_meter_tells_how_much_is_her_own(campaign: Campaign):
    ours = "I ask you to cosponsor this bill because patients wait for their records."

    answer = Client().post(f"{PAGE}meter/", {"text": ours, "ours": ours, "own_words": ""})

    assert (answer.status_code, answer.json()["own_percent"]) == (200, 0)


def test_a_page_that_was_left_open_keeps_what_was_written(campaign: Campaign, jane: Visitor):
    jane.find()
    jane.submit(place="77004", **jane.in_131())
    jane.now = NOW.replace(day=10, hour=12)

    answer = jane.send()

    assert answer.status_code in (200, 400)
    assert not Participation.objects.exists()
    assert OWN_WORDS in jane.text or "Which district is yours?" in jane.text
