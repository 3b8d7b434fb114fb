"""The page of a partner behind the signed link: no sign-in, no cookie, only their own row."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from advocacy.coalitions import links
from advocacy.coalitions.actions import letters
from advocacy.coalitions.models import SignOnInvitation, SignOnLetter
from tests.cast import NOW, TODAY, Cast
from tests.factories.letters import DEADLINE, answered, asked_by, letter_of, partner, signed

SIGNS = {
    "answer": "sign",
    "signed_as": "Harbor Patients",
    "approver_name": "Kim Ito",
    "approver_title": "Chair",
}
SECOND = timedelta(seconds=1)


@pytest.fixture
def letter(cast: Cast) -> SignOnLetter:
    return signed(letter_of(cast), cast.chris)


@pytest.fixture
def invitation(letter: SignOnLetter) -> SignOnInvitation:
    return asked_by(letter, partner("Harbor Patients"))


def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def rows() -> list[tuple[str, str]]:
    return list(SignOnInvitation.objects.order_by("pk").values_list("signed_as", "answer"))


def test_looking_answers_nothing_and_leaves_no_cookie(invitation: SignOnInvitation):
    response = visitor().get(links.path_of(invitation, "en"))

    assert response.status_code == 200
    assert response.cookies == {}
    assert rows() == [("", "")]


def test_they_read_both_languages_and_the_deadline_by_their_clock_and_the_letters(
    invitation: SignOnInvitation,
):
    text = visitor().get(links.path_of(invitation, "en")).content.decode()

    assert '<section class="stack stack-tight" lang="en">' in text
    assert '<section class="stack stack-tight" lang="fr">' in text
    assert "Friday Feb. 19, 2027, 14:00 your time (Friday Feb. 19, 2027, 17:00, New York time)" in text


def test_the_language_of_the_page_is_that_of_its_address(invitation: SignOnInvitation):
    page = visitor().get(links.path_of(invitation, "fr"), headers={"accept-language": "en"}).content.decode()

    assert '<html lang="fr">' in page
    assert "<h1>Maintenir la télésanté</h1>" in page
    assert page.index('<section class="stack stack-tight" lang="fr">') < page.index(
        '<section class="stack stack-tight" lang="en">'
    )


def test_a_partner_signs_without_an_account_or_a_token_of_a_session(invitation: SignOnInvitation):
    response = visitor().post(links.path_of(invitation, "en"), SIGNS)

    assert (response.status_code, response.cookies) == (303, {})
    assert rows() == [("Harbor Patients", "sign")]
    page = visitor().get(links.path_of(invitation, "en")).content.decode()
    assert "you sign as Harbor Patients, approved by Kim Ito, Chair." in page


@pytest.mark.parametrize(
    "said", [{"answer": "decline"}, {"answer": "changes", "reason": " "}, {"answer": "sign"}, {}]
)
def test_an_incomplete_answer_comes_back_with_what_is_missing(
    invitation: SignOnInvitation, said: dict[str, str]
):
    response = visitor().post(links.path_of(invitation, "en"), said)

    assert response.status_code == 422
    assert rows() == [("", "")]


def test_a_partner_sees_only_its_own_row_until_the_letter_is_sent(
    cast: Cast, letter: SignOnLetter, invitation: SignOnInvitation
):
    answered(asked_by(letter, partner("Zebra Health")))
    answered(asked_by(letter, partner("Quiet Corner")), "decline")
    before = visitor().get(links.path_of(invitation, "en")).content.decode()
    letters.lock(letter, by=cast.dana)
    letters.send(letter, by=cast.dana, now=NOW, sent_on=TODAY)
    after = visitor().get(links.path_of(invitation, "en")).content.decode()

    assert [name in before for name in ("Zebra Health", "Gulf Prairie Chapter", "Quiet Corner")] == [
        False
    ] * 3
    assert [name in after for name in ("Zebra Health", "Gulf Prairie Chapter")] == [True, True]
    assert "Quiet Corner" not in after


def test_after_the_deadline_an_answer_is_refused_in_words(
    invitation: SignOnInvitation, clock: time_machine.Traveller
):
    clock.move_to(DEADLINE)
    in_time = visitor().post(links.path_of(invitation, "en"), SIGNS).status_code
    clock.move_to(DEADLINE + SECOND)

    late = visitor().post(links.path_of(invitation, "en"), {"answer": "decline", "reason": "No."})

    assert (in_time, late.status_code) == (303, 409)
    assert "The deadline has passed, so the answer is locked." in late.content.decode()
    assert "<form" not in late.content.decode()
    assert rows() == [("Harbor Patients", "sign")]


@pytest.mark.parametrize(
    "spoil", [lambda token: token[:-3], lambda token: "x" + token, lambda token: "no-such-token"]
)
def test_a_link_that_is_cut_or_forged_opens_nothing(invitation: SignOnInvitation, spoil):
    path = links.path_of(invitation, "en")
    token = links.token_of(invitation)

    response = visitor().get(path.replace(token, spoil(token)))

    assert response.status_code == 410
    assert "Keep telehealth open" not in response.content.decode()


def test_a_new_link_makes_the_old_one_void(invitation: SignOnInvitation):
    path = links.path_of(invitation, "en")
    SignOnInvitation.objects.update(link_key=uuid.uuid4())

    assert visitor().post(path, SIGNS).status_code == 410
    assert rows() == [("", "")]


def test_another_language_than_ours_does_not_exist(invitation: SignOnInvitation):
    assert visitor().get(links.path_of(invitation, "de")).status_code == 404


def test_a_letter_that_we_no_longer_sign_takes_no_signatures(
    cast: Cast, letter: SignOnLetter, invitation: SignOnInvitation
):
    letters.decide(letter, by=cast.chris, now=NOW, decision="decline", reason="The text was wrong.")

    response = visitor().post(links.path_of(invitation, "en"), SIGNS)

    assert response.status_code == 409
    assert rows() == [("", "")]
