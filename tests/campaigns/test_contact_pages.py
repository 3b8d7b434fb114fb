"""What somebody on a list sees and does by the links in our mail: signed out, without a cookie."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from advocacy.outbox.models import OutboundMessage, Suppression
from campaigns import contact_links, renewals
from campaigns.actions import contacts
from campaigns.consent_state import Standing, states
from campaigns.contact_links import preference_token, renewal_token
from campaigns.models import Consent, Contact, Withdrawal
from members.models import Chapter, Society
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory, canadian, implied, listed, said_yes
from tests.factories.people import member_of

DAY = timedelta(days=1)


def page_of(contact: Contact, language: str = "en") -> str:
    return reverse("contacts:preferences", args=[language, preference_token(contact)])


def renewal_page(contact: Contact, until: date, language: str = "en") -> str:
    return reverse("contacts:renew", args=[language, renewal_token(contact, None, until)])


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def test_the_page_shows_what_is_kept_and_sets_no_cookie(cast: Cast, visitor: Client):
    contact = ContactFactory(full_name="Kim Ito", chapter=cast.gulf_prairie)
    said_yes(contact, cast.gulf_prairie)
    listed(contact)

    answer = visitor.get(page_of(contact))

    text = answer.content.decode()
    assert all(
        part in text for part in ("Kim Ito", contact.email, "Yes, you may write", "Friends", "Gulf Prairie")
    )
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_looking_changes_nothing(cast: Cast, visitor: Client):
    contact = ContactFactory(chapter=cast.gulf_prairie)

    visitor.get(page_of(contact), {"act": "stop"})
    visitor.head(page_of(contact))

    assert (Withdrawal.objects.count(), Suppression.objects.count()) == (0, 0)


def test_one_chapters_mail_is_stopped_once(cast: Cast, visitor: Client):
    contact = ContactFactory(chapter=cast.gulf_prairie)
    form = {"act": "stop", "chapter": cast.gulf_prairie.pk}

    for _press in range(2):
        answer = visitor.post(page_of(contact), form, follow=True)

    row = Withdrawal.objects.get()
    assert (row.chapter, row.how, row.recorded_by) == (cast.gulf_prairie, "page", None)
    assert "Gulf Prairie: stopped since Feb. 9, 2027" in answer.content.decode()
    assert not Suppression.objects.exists()


def test_all_mail_is_stopped_by_the_outbox(cast: Cast, visitor: Client):
    contact = ContactFactory()

    answer = visitor.post(page_of(contact), {"act": "stop"}, follow=True)

    assert Suppression.objects.get().stream == "campaign"
    assert "No campaign mail is sent to you" in answer.content.decode()


def test_a_chapter_that_has_nothing_to_do_with_them_is_no_choice(cast: Cast, visitor: Client):
    answer = visitor.post(page_of(ContactFactory()), {"act": "stop", "chapter": cast.hill_country.pk})

    assert (answer.status_code, Withdrawal.objects.count()) == (400, 0)


def test_the_language_is_theirs_to_choose(cast: Cast, visitor: Client):
    contact = ContactFactory()

    answer = visitor.post(page_of(contact), {"act": "language", "language": "fr"}, follow=True)

    contact.refresh_from_db()
    assert contact.language == "fr"
    assert '<html lang="fr"' in answer.content.decode()
    assert visitor.post(page_of(contact), {"act": "language", "language": "de"}).status_code == 400


def test_to_be_forgotten_they_tick_a_box_first(cast: Cast, visitor: Client):
    contact = ContactFactory(full_name="Kim Ito")
    page = page_of(contact)

    assert "Tick this box" in visitor.post(page, {"act": "forget"}).content.decode()
    contact.refresh_from_db()
    assert not contact.is_erased

    visitor.post(page, {"act": "forget", "is_sure": "on"})

    contact.refresh_from_db()
    assert contact.is_erased
    assert visitor.get(page).status_code == 410


@pytest.mark.parametrize("act", ["", "erase", "renew"])
def test_other_acts_are_refused(cast: Cast, visitor: Client, act: str):
    assert visitor.post(page_of(ContactFactory()), {"act": act}).status_code == 400


def test_a_link_dies_with_the_address_it_was_sent_to(cast: Cast, visitor: Client):
    contact = ContactFactory()
    page = page_of(contact)
    contacts.correct(contact, by=None, email="new@example.org")

    assert visitor.get(page).status_code == 410
    assert visitor.get(page_of(contact)).status_code == 200


@pytest.mark.parametrize(
    "token",
    ["no-such-token", signing.dumps([1, "x"], salt="other"), "1:2:3"],
    ids=["words", "signed for another purpose", "numbers"],
)
def test_a_forged_link_shows_nobody(cast: Cast, visitor: Client, token: str):
    for name in ("preferences", "renew"):
        assert visitor.get(reverse(f"contacts:{name}", args=["en", token])).status_code == 410
        assert visitor.post(reverse(f"contacts:{name}", args=["en", token])).status_code == 410


def test_a_language_we_do_not_have_is_no_page(cast: Cast, visitor: Client):
    assert visitor.get(page_of(ContactFactory(), "de")).status_code == 404
    assert visitor.get(renewal_page(ContactFactory(), TODAY, "de")).status_code == 404


def test_the_link_stands_in_the_language_of_the_person(cast: Cast):
    link = contact_links.preference_link(canadian(language="fr"))

    assert "/contact/fr/" in link


def renewals_sent() -> list[OutboundMessage]:
    return list(OutboundMessage.objects.filter(kind="campaigns.renewal").order_by("recipient"))


def test_consent_that_ends_soon_is_asked_about_once_for_each_end(cast: Cast):
    soon, later, express, american = canadian(), canadian(), canadian(), ContactFactory()
    implied(soon, until=TODAY + 30 * DAY)
    implied(later, until=TODAY + 31 * DAY)
    for contact in (express, american):
        implied(contact, until=TODAY + 10 * DAY)
    said_yes(express)

    assert [renewals.ask(now=NOW + day * DAY) for day in (0, 0)] == [1, 0]

    (message,) = renewals_sent()
    assert (message.recipient, message.stream, message.scope) == (soon.email, "campaign", "society")
    assert "/renew/" in message.text
    assert "March 11, 2027" in message.text
    assert "List-Unsubscribe" in message.headers
    assert renewals.ask(now=NOW + DAY) == 1


def test_consent_that_another_ground_prolongs_is_not_asked_about(cast: Cast):
    contact = canadian()
    implied(contact, until=TODAY + 10 * DAY)
    implied(contact, until=TODAY + 400 * DAY, basis="volunteering")

    assert renewals.ask(now=NOW) == 0


def test_former_members_are_asked_before_their_two_years_are_over(cast: Cast):
    ended = date(2025, 2, 20)
    person = member_of(cast.saint_laurent, starts_on=date(2022, 7, 1), ends_on=ended)
    contact = canadian(user=person, email=person.email, language="fr")

    assert renewals.ask(now=NOW) == 1

    (message,) = renewals_sent()
    assert (message.recipient, message.scope) == (contact.email, f"chapter:{cast.saint_laurent.pk}")


def test_the_question_says_who_asks_for_whom_and_where_they_are_found(cast: Cast):
    """CASL, s. 10(1) and 6(2): the chapter's own postal address, or the society's where it has none."""
    Chapter.objects.filter(pk=cast.saint_laurent.pk).update(
        postal_address="1 rue Principale\nMontréal (Québec) H2X 1Y4", contact_email="stl@shd.example"
    )
    Society.objects.update(contact_email="office@shd.example")
    for chapter, email in ((cast.saint_laurent, "a@example.org"), (None, "b@example.org")):
        implied(
            canadian(email=email, full_name="See www.casino.example"), chapter=chapter, until=TODAY + 10 * DAY
        )

    renewals.ask(now=NOW)

    of_chapter, of_society = renewals_sent()
    said = [
        f"{cast.saint_laurent} writes on behalf of Society for Health Data.",
        "1 rue Principale\nMontréal (Québec) H2X 1Y4",
        "stl@shd.example",
        "You can stop this at any time.",
    ]
    assert [one for one in said if one not in of_chapter.text] == []
    assert "1 rue Principale<br>Montréal (Québec) H2X 1Y4" in of_chapter.html
    assert "1 Main Street\nSpringfield, IL 62701" in of_society.text
    assert [mail.headers["Reply-To"] for mail in (of_chapter, of_society)] == [
        "stl@shd.example",
        "office@shd.example",
    ]
    assert cast.saint_laurent.name in of_chapter.sender
    assert "casino" not in of_chapter.text + of_chapter.html


def test_nobody_is_asked_before_there_is_a_postal_address_to_show(cast: Cast):
    implied(canadian(), until=TODAY + 10 * DAY)
    Society.objects.update(postal_address="")

    before = renewals.ask(now=NOW)
    Society.objects.update(postal_address="1 Main Street")

    assert (before, renewals.ask(now=NOW)) == (0, 1)


def test_who_said_no_is_not_asked_to_renew(cast: Cast, visitor: Client):
    contact = canadian()
    implied(contact, until=TODAY + 10 * DAY)
    visitor.post(page_of(contact), {"act": "stop"})

    assert renewals.ask(now=NOW) == 0


def test_a_no_after_the_letter_was_written_takes_it_back(cast: Cast):
    contact = canadian()
    implied(contact, until=TODAY + 10 * DAY)
    renewals.ask(now=NOW)
    written = renewals_sent()
    assert renewals.refused(written, now=NOW) == {}

    Withdrawal.objects.create(contact=contact, how="reply", received_at=NOW, effective_at=NOW)

    assert list(renewals.refused(written, now=NOW)) == [written[0].pk]


def test_the_button_records_the_words_that_were_shown_once(cast: Cast, visitor: Client):
    contact = canadian()
    implied(contact, until=TODAY + 10 * DAY)
    page = renewal_page(contact, TODAY + 10 * DAY)

    shown = visitor.get(page).content.decode()
    assert not Consent.objects.filter(kind="express").exists()
    for _press in range(2):
        answer = visitor.post(page)

    row = Consent.objects.get(kind="express")
    assert row.words in shown
    assert (row.words_version, row.language, row.source, len(row.ip_hash)) == ("renewal 1", "en", "form", 64)
    assert row.page_url == page[:200]
    assert "Thank you" in answer.content.decode()
    assert not answer.cookies
    assert states([contact], None, NOW)[contact.pk].standing == Standing.EXPRESS


def test_who_stopped_all_mail_is_told_so_instead(cast: Cast, visitor: Client):
    contact = canadian()
    implied(contact, until=TODAY + 10 * DAY)
    visitor.post(page_of(contact), {"act": "stop"})

    answer = visitor.post(renewal_page(contact, TODAY + 10 * DAY))

    title = "Campaign mail to you is stopped"
    assert [f"<{tag}>{title}" in answer.content.decode() for tag in ("title", "h1")] == [True, True]
    assert not Consent.objects.filter(kind="express").exists()
