"""The second factor: who needs one, what counts as one, and the shorter session of those who do."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from members.models import Role, Society
from tests.accounts.test_sign_in import HOME, is_signed_in, sign_in
from tests.cast import Cast, browser_of
from tests.factories.people import PASSWORD, UserFactory, hold, taskforce_lead, with_second_factor


@pytest.mark.parametrize("role", [Role.LEAD, Role.STAFF])
def test_staff_and_leads_must_set_up_a_second_factor_before_anything_else(cast: Cast, role: str):
    newcomer = UserFactory()
    hold(newcomer, role)
    browser = browser_of(newcomer)

    answer = browser.get(reverse(HOME))

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))
    assert browser.get(reverse("mfa_index")).status_code == 200
    assert browser.get(reverse("members:profile")).status_code == 200
    assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize("who", ["dana", "priya", "sam", "chris", "tom"])
def test_others_are_not_asked_for_one(cast: Cast, who: str):
    assert browser_of(getattr(cast, who)).get(reverse(HOME)).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(cast: Cast):
    newcomer = UserFactory()
    hold(newcomer, Role.STAFF)
    Authenticator.objects.create(user=newcomer, type=Authenticator.Type.RECOVERY_CODES, data={})

    assert browser_of(newcomer).get(reverse(HOME)).status_code == 302


def test_a_passkey_is_one(cast: Cast):
    newcomer = UserFactory()
    hold(newcomer, Role.STAFF)
    Authenticator.objects.create(user=newcomer, type=Authenticator.Type.WEBAUTHN, data={})

    assert browser_of(newcomer).get(reverse(HOME)).status_code == 200


def test_the_fictional_people_of_the_demo_carry_no_device(cast: Cast, settings: Settings):
    newcomer = UserFactory()
    hold(newcomer, Role.STAFF)
    Society.objects.update(is_demo=True)
    settings.DEMO_SIGN_IN = True
    assert browser_of(newcomer).get(reverse(HOME)).status_code == 200

    settings.DEMO_SIGN_IN = False
    assert browser_of(newcomer).get(reverse(HOME)).status_code == 302


def test_staff_set_up_an_authenticator_app_and_go_on(cast: Cast):
    newcomer = UserFactory()
    hold(newcomer, Role.STAFF)
    browser, _ = sign_in(newcomer.email)
    asked_again = browser.get(reverse("mfa_activate_totp"))
    assert asked_again.headers["Location"].startswith(reverse("account_reauthenticate"))
    browser.post(asked_again.headers["Location"], {"password": PASSWORD})
    form = browser.get(reverse("mfa_activate_totp"))
    secret = form.context["form"].secret

    answer = browser.post(reverse("mfa_activate_totp"), {"code": totp(secret)})

    assert answer.status_code == 302
    assert browser.get(reverse(HOME)).status_code == 200


def test_with_a_second_factor_the_password_alone_does_not_sign_in(cast: Cast, clock: time_machine.Traveller):
    lead = taskforce_lead(person=UserFactory())
    secret = generate_totp_secret()
    Authenticator.objects.filter(user=lead).delete()
    TOTP.activate(lead, secret)

    browser, answer = sign_in(lead.email)
    assert (is_signed_in(browser), answer.headers["Location"]) == (False, reverse("mfa_authenticate"))

    browser.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    assert browser.get(reverse(HOME)).status_code == 200


def test_with_a_second_factor_a_code_from_the_mail_alone_does_not_sign_in(cast: Cast):
    browser = Client()
    asked = browser.post(reverse("account_request_login_code"), {"email": cast.angela.email})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None

    answer = browser.post(asked.headers["Location"], {"code": code[1]})

    assert (is_signed_in(browser), answer.headers["Location"]) == (False, reverse("mfa_authenticate"))


def test_staff_sign_in_again_after_twelve_hours_and_others_do_not(cast: Cast, clock: time_machine.Traveller):
    lead = taskforce_lead(person=UserFactory())
    secret = generate_totp_secret()
    Authenticator.objects.filter(user=lead).delete()
    TOTP.activate(lead, secret)
    leads, _ = sign_in(lead.email)
    leads.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    advocates, _ = sign_in(cast.dana.email)

    clock.shift(timedelta(hours=12))
    assert leads.get(reverse(HOME)).status_code == 200

    clock.shift(timedelta(seconds=1))
    assert leads.get(reverse(HOME)).headers["Location"] == "/account/login/?next=/people/"
    assert not is_signed_in(leads)
    assert advocates.get(reverse(HOME)).status_code == 200


def test_the_code_of_an_authenticator_app_works_once(cast: Cast):
    person = UserFactory()
    secret = generate_totp_secret()
    device = TOTP.activate(person, secret)
    code = totp(secret)

    assert (device.validate_code(code), device.validate_code(code)) == (True, False)


def test_the_admin_is_for_staff_only_and_asks_them_for_the_second_factor(cast: Cast):
    staff = UserFactory()
    hold(staff, Role.STAFF)

    assert browser_of(staff).get("/admin/").headers["Location"] == reverse("mfa_index")
    assert browser_of(with_second_factor(staff)).get("/admin/").status_code == 200
    for person in (cast.dana, cast.tom, cast.angela, cast.chris):
        assert browser_of(person).get("/admin/").status_code == 302


def test_the_admin_shuts_when_the_staff_role_ends(cast: Cast):
    browser = browser_of(cast.jordan)
    assert browser.get("/admin/").status_code == 200

    cast.jordan.roles.update(ends_on=cast.jordan.roles.get().starts_on)

    assert browser.get("/admin/").status_code in {302, 403}


def test_the_admin_has_no_sign_in_of_its_own(cast: Cast):
    answer = Client().post("/admin/login/", {"username": cast.jordan.email, "password": PASSWORD})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


def totp(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
