"""Signing in: by code, by password, with a second factor; and what ends a session."""

import re
from email.message import EmailMessage

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password, make_password
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from advocacy.accounts.hashers import BoundedArgon2PasswordHasher
from advocacy.accounts.models import User
from members.actions import people
from members.models import Role
from tests.cast import Cast, browser_of
from tests.factories.people import PASSWORD, hold
from tests.mail import Sink

NEW_PASSWORD = "two otters, one river"
HOME = "members:person_list"


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def sign_in(email: str, password: str = PASSWORD) -> tuple[Client, HttpResponse]:
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": email, "password": password})
    return browser, answer


def body_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


# --- by password ---


def test_people_sign_in_with_their_address_in_any_case(cast: Cast):
    browser, _ = sign_in("Dana.Whitfield@Example.org")

    assert browser.get(reverse(HOME)).status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(cast: Cast):
    _, wrong = sign_in(cast.dana.email, "not the password")
    _, unknown = sign_in("nobody@example.org", "not the password")

    def without_what_was_typed(answer: HttpResponse, email: str) -> str:
        return re.sub(
            r'(csrfmiddlewaretoken|nonce)\S* ?value="\S+"|nonce="\S+"', "", answer.content.decode()
        ).replace(email, "")

    assert wrong.status_code == unknown.status_code == 200
    assert without_what_was_typed(wrong, cast.dana.email) == without_what_was_typed(
        unknown, "nobody@example.org"
    )
    assert mail.outbox == []


def test_the_sixth_wrong_password_is_refused_even_if_it_is_right(cast: Cast):
    for _attempt in range(5):
        sign_in(cast.dana.email, "not the password")

    browser, answer = sign_in(cast.dana.email)

    assert not is_signed_in(browser)
    assert "Too many failed login attempts" in answer.content.decode()


def test_a_closed_account_does_not_open(cast: Cast):
    people.deactivate(cast.dana, by=cast.jordan)

    browser, _ = sign_in(cast.dana.email)

    assert not is_signed_in(browser)


def test_an_address_that_is_not_proven_must_be_proven_first(cast: Cast):
    EmailAddress.objects.filter(user=cast.dana).update(verified=False)

    browser, answer = sign_in(cast.dana.email)

    assert not is_signed_in(browser)
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    assert mail.outbox[0].to == [cast.dana.email]


def test_nobody_signs_up_without_an_invitation(db: None):
    answer = Client().post(
        reverse("account_signup"), {"email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert answer.status_code in {200, 302}
    assert User.objects.count() == 0


# --- by code ---


def test_people_sign_in_by_a_code_from_their_mail(cast: Cast, smtp_sink: Sink):
    browser = Client()
    asked = browser.post(reverse("account_request_login_code"), {"email": cast.dana.email})
    (message,) = smtp_sink.messages
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", body_of(message), re.MULTILINE)

    assert message["To"] == cast.dana.email
    assert code is not None
    answer = browser.post(asked.headers["Location"], {"code": code[1]})

    assert answer.status_code == 302
    assert browser.get(reverse(HOME)).status_code == 200


def test_a_wrong_code_does_not_open(cast: Cast):
    browser = Client()
    asked = browser.post(reverse("account_request_login_code"), {"email": cast.dana.email})

    browser.post(asked.headers["Location"], {"code": "AAAA-AAAA"})

    assert not is_signed_in(browser)


def test_asking_for_a_code_does_not_tell_who_has_an_account(cast: Cast):
    known = Client().post(reverse("account_request_login_code"), {"email": cast.dana.email})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [message.to for message in mail.outbox] == [[cast.dana.email], ["nobody@example.org"]]


def test_an_imported_person_proves_the_address_by_the_first_code(cast: Cast, smtp_sink: Sink):
    newcomer = people.open_account(by=cast.jordan, email="ada@example.org", full_name="Ada")
    hold(newcomer, Role.MEMBER, chapter=cast.gulf_prairie)
    browser = Client()
    asked = browser.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", body_of(smtp_sink.messages[0]), re.MULTILINE)
    assert code is not None

    browser.post(asked.headers["Location"], {"code": code[1]})

    assert browser.get(reverse(HOME)).status_code == 200
    assert EmailAddress.objects.get(user=newcomer).verified


# --- passwords ---


def test_a_forgotten_password_is_reset_by_mail(cast: Cast, smtp_sink: Sink):
    other_session = browser_of(cast.dana)
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": cast.dana.email})
    link = re.search(r"https?://\S+?(/\S*password/reset/key/\S+)", body_of(smtp_sink.messages[0]))
    assert link is not None

    form = browser.get(link[1], follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    cast.dana.refresh_from_db()
    assert cast.dana.check_password(NEW_PASSWORD)
    assert other_session.get(reverse(HOME)).status_code == 302
    browser, _ = sign_in(cast.dana.email, NEW_PASSWORD)
    assert is_signed_in(browser)


def test_a_reset_does_not_tell_who_has_an_account(cast: Cast):
    known = Client().post(reverse("account_reset_password"), {"email": cast.dana.email})
    unknown = Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def test_changing_the_password_ends_every_other_session(cast: Cast):
    other = browser_of(cast.dana)
    browser, _ = sign_in(cast.dana.email)

    browser.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert other.get(reverse(HOME)).status_code == 302


@pytest.mark.parametrize("password", ["short", "password1234", "dana.whitfield"])
def test_weak_passwords_are_refused(cast: Cast, password: str):
    browser, _ = sign_in(cast.dana.email)

    browser.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    cast.dana.refresh_from_db()
    assert cast.dana.check_password(PASSWORD)


def test_a_password_of_a_hundred_letters_with_spaces_is_welcome(cast: Cast):
    long = "a heron " * 13
    browser, _ = sign_in(cast.dana.email)

    browser.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": long, "password2": long}
    )

    cast.dana.refresh_from_db()
    assert cast.dana.check_password(long)


def test_passwords_are_kept_with_bounded_argon2(settings: Settings):
    settings.PASSWORD_HASHERS = ["advocacy.accounts.hashers.BoundedArgon2PasswordHasher"]

    kept = make_password(PASSWORD)

    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(PASSWORD, kept)
    assert BoundedArgon2PasswordHasher.parallelism == 1


# --- sessions ---


def test_a_sign_in_gets_a_new_session_key(cast: Cast):
    browser = Client()
    browser.get(reverse("account_login"))
    session = browser.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    browser.post(reverse("account_login"), {"login": cast.dana.email, "password": PASSWORD})

    assert is_signed_in(browser)
    assert browser.session.session_key != planted


def test_people_see_where_they_are_signed_in_and_end_it(cast: Cast):
    phone, _ = sign_in(cast.dana.email)
    laptop, _ = sign_in(cast.dana.email)
    listed = laptop.get(reverse("usersessions_list"))

    assert listed.status_code == 200
    assert UserSession.objects.filter(user=cast.dana).count() == 2
    laptop.post(reverse("usersessions_list"))

    assert phone.get(reverse(HOME)).status_code == 302
    assert laptop.get(reverse(HOME)).status_code == 200


def test_closing_an_account_ends_its_sessions_at_once(cast: Cast):
    browser, _ = sign_in(cast.dana.email)

    people.deactivate(cast.dana, by=cast.jordan, reason="Asked to leave")

    assert browser.get(reverse(HOME)).status_code == 302
    assert UserSession.objects.filter(user=cast.dana).count() == 0


def test_an_account_that_stops_being_active_in_any_way_is_out_at_the_next_click(cast: Cast):
    browser = browser_of(cast.dana)

    User.objects.filter(pk=cast.dana.pk).update(is_active=False)

    assert browser.get(reverse(HOME)).status_code == 302


def test_a_closed_account_can_be_opened_again(cast: Cast):
    assert people.deactivate(cast.dana, by=cast.jordan)
    assert not people.deactivate(cast.dana, by=cast.jordan)

    assert people.reactivate(cast.dana, by=cast.jordan)
    assert not people.reactivate(cast.dana, by=cast.jordan)
    assert browser_of(cast.dana).get(reverse(HOME)).status_code == 200
