"""Tokens: made by their owner, shown once, and never more than the owner's reach."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django.fixtures import Settings

from advocacy.api.actions import tokens
from advocacy.api.models import ApiToken, Scope
from advocacy.audit.models import Entry
from members.models import RoleAssignment, Society
from tests.api.asking import ask, token_of
from tests.cast import NOW, Cast
from tests.factories.people import with_second_factor


def test_only_a_digest_of_the_secret_is_kept(cast: Cast):
    secret = token_of(cast.dana)

    token = ApiToken.objects.get()
    assert secret.startswith(token.prefix)
    assert secret not in str(ApiToken.objects.values_list().get())
    assert tokens.behind(secret, now=NOW) == token


def test_a_token_says_in_whose_name_it_speaks(cast: Cast):
    secret = token_of(cast.dana, Scope.LOG_READ)

    answer = ask(secret, "/me")

    assert answer.json() == {
        "name": "Dana Whitfield",
        "scopes": ["log:read"],
        "expires_at": "2027-05-10T16:00:00Z",
        "logs_for": [{"slug": "gulf-prairie", "name": "Gulf Prairie"}],
    }


@pytest.mark.parametrize("secret", ["", "cap_wrong", "nonsense", "cap_" + "x" * 500, "cap_é"])
def test_a_secret_that_is_none_is_turned_away_with_advice(cast: Cast, secret: str):
    answer = ask(secret, "/me")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Authorization: Bearer" in answer.json()["detail"]


def test_a_revoked_token_opens_nothing(cast: Cast):
    secret = token_of(cast.dana)
    assert ask(secret, "/me").status_code == 200

    assert tokens.revoke(ApiToken.objects.get(), by=cast.jordan, now=NOW) is True

    assert ask(secret, "/me").status_code == 401
    assert tokens.revoke(ApiToken.objects.get(), by=cast.dana, now=NOW) is False
    assert list(Entry.objects.order_by("pk").values_list("verb", "actor__full_name")) == [
        ("made API token", "Dana Whitfield"),
        ("revoked API token", "Jordan Blake"),
    ]


def test_a_token_runs_out(cast: Cast, clock: time_machine.Traveller):
    secret = token_of(cast.dana)
    clock.move_to(NOW + timedelta(days=89))
    assert ask(secret, "/me").status_code == 200

    clock.move_to(NOW + timedelta(days=91))

    assert ask(secret, "/me").status_code == 401


def test_a_role_that_ends_closes_the_token_at_once(cast: Cast):
    secret = token_of(cast.dana)
    assert ask(secret, "/me").status_code == 200

    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=NOW.date())

    assert ask(secret, "/me").status_code == 401


def test_an_account_that_is_closed_closes_its_tokens(cast: Cast):
    secret = token_of(cast.dana)
    cast.dana.is_active = False
    cast.dana.save()

    assert ask(secret, "/me").status_code == 401


@pytest.mark.parametrize("who", ["jordan", "angela"])
def test_where_a_role_asks_for_a_second_step_its_loss_shuts_the_token_until_there_is_one(
    cast: Cast, who: str
):
    person = getattr(cast, who)
    secret = token_of(person)
    assert ask(secret, "/me").status_code == 200

    Authenticator.objects.filter(user=person).delete()
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert ask(secret, "/me").status_code == 401

    with_second_factor(person)
    assert ask(secret, "/me").status_code == 200


def test_the_fictional_people_of_the_demo_need_no_second_step_for_a_token(cast: Cast, settings: Settings):
    secret = token_of(cast.jordan)
    Authenticator.objects.filter(user=cast.jordan).delete()
    Society.objects.update(is_demo=True)

    settings.DEMO_SIGN_IN = True
    assert ask(secret, "/me").status_code == 200

    settings.DEMO_SIGN_IN = False
    assert ask(secret, "/me").status_code == 401


def test_twenty_tokens_that_work_are_the_most_that_one_person_has(cast: Cast):
    for _number in range(20):
        token_of(cast.dana)

    with pytest.raises(tokens.TooMany):
        token_of(cast.dana)
    token_of(cast.luis)

    tokens.revoke(ApiToken.objects.owned_by(cast.dana)[0], by=cast.dana, now=NOW)
    token_of(cast.dana)
    assert ApiToken.objects.owned_by(cast.dana).working(NOW).count() == 20


def test_tokens_that_have_run_out_make_room(cast: Cast, clock: time_machine.Traveller):
    for _number in range(20):
        token_of(cast.dana)

    clock.move_to(NOW + timedelta(days=91))

    assert ask(token_of(cast.dana), "/me").status_code == 200


def test_the_day_of_its_last_use_is_noted_once_a_day(cast: Cast):
    secret = token_of(cast.dana)

    ask(secret, "/me")

    assert ApiToken.objects.get().last_used_on == NOW.date()


def test_a_token_is_for_something_that_there_is(cast: Cast):
    for scopes in ([], ["everything"]):
        with pytest.raises(ValidationError):
            tokens.make(
                by=cast.dana, name="x", scopes=scopes, lives_for=timedelta(days=1), now=timezone.now()
            )


def test_one_sees_ones_own_tokens_and_staff_see_all(cast: Cast):
    for person in (cast.dana, cast.luis):
        token_of(person)

    assert [token.owner for token in ApiToken.objects.visible_to(cast.dana)] == [cast.dana]
    assert ApiToken.objects.visible_to(cast.jordan).count() == 2
    assert ApiToken.objects.visible_to(cast.angela).count() == 0
