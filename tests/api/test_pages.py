"""The pages for tokens and webhooks, the reference, and staff's door."""

from django.test import Client
from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.api.actions import endpoints
from advocacy.api.models import ApiToken, WebhookDelivery, WebhookEndpoint, WebhookEvent
from tests.api.asking import ask, token_of
from tests.cast import NOW, Cast, browser_of
from tests.factories.people import PASSWORD

WANTED = {"name": "Board tool", "scopes": ["log:read"], "days": "30"}


def just_signed_in(person: User) -> Client:
    """A browser whose person has proved a moment ago who they are."""
    browser = browser_of(person)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def hook(owner: User) -> WebhookEndpoint:
    return endpoints.make(by=owner, url="https://hooks.example.org/x", events=["interaction.logged"], now=NOW)


def told(owner: User) -> WebhookDelivery:
    event = WebhookEvent.objects.create(kind="interaction.logged", subject=1, at=NOW, spread_at=NOW)
    return WebhookDelivery.objects.create(
        endpoint=hook(owner), event=event, payload="{}", state="delivered", last_code=200, attempts=1
    )


def test_a_person_makes_a_token_and_sees_its_secret_once(cast: Cast):
    browser, address = just_signed_in(cast.dana), reverse("api:token_list")

    made = browser.post(address, WANTED)
    secret = made.context["secret"]
    again = browser.get(address).content.decode()

    assert secret in made.content.decode()
    assert secret not in again
    assert "Board tool (cap_" in again
    assert ask(secret, "/me").json()["scopes"] == ["log:read"]


def test_making_a_token_asks_again_who_it_is(cast: Cast):
    answer = browser_of(cast.dana).post(reverse("api:token_list"), WANTED)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not ApiToken.objects.exists()


def test_a_token_without_a_purpose_is_not_made(cast: Cast):
    answer = just_signed_in(cast.dana).post(reverse("api:token_list"), {"name": "x", "days": "30"})

    assert list(answer.context["form"].errors) == ["scopes"]
    assert not ApiToken.objects.exists()


def test_a_token_beyond_the_twentieth_is_refused_in_words(cast: Cast):
    for _number in range(20):
        token_of(cast.dana)

    answer = just_signed_in(cast.dana).post(reverse("api:token_list"), WANTED)

    assert answer.context["form"].non_field_errors() == [
        "You have 20 tokens that work. Revoke one that you no longer need first."
    ]
    assert (answer.context["secret"], ApiToken.objects.count()) == ("", 20)


def test_one_revokes_ones_own_token_and_nobody_elses(cast: Cast):
    token_of(cast.dana)
    address = reverse("api:token_revoke", args=[ApiToken.objects.get().pk])

    assert browser_of(cast.luis).post(address).status_code == 404
    assert browser_of(cast.dana).post(address).status_code == 302

    assert ApiToken.objects.get().revoked_by == cast.dana


def test_a_webhook_is_added_with_a_secret_shown_once(cast: Cast):
    browser, address = browser_of(cast.dana), reverse("api:webhook_list")

    made = browser.post(address, {"url": "https://hooks.example.org/x", "events": ["measure.changed"]})
    secret = WebhookEndpoint.objects.get().secret

    assert secret in made.content.decode()
    assert secret not in browser.get(address).content.decode()


def test_an_address_inside_is_refused_beside_its_field(cast: Cast):
    answer = browser_of(cast.dana).post(
        reverse("api:webhook_list"), {"url": "https://127.0.0.1/", "events": ["measure.changed"]}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["url"]


def test_the_log_of_a_webhook_offers_to_send_again(cast: Cast):
    delivery = told(cast.dana)
    page = reverse("api:webhook_detail", args=[delivery.endpoint_id])
    again = reverse("api:delivery_again", args=[delivery.pk])
    browser = browser_of(cast.dana)
    assert again in browser.get(page).content.decode()

    assert browser_of(cast.luis).get(page).status_code == 404
    assert browser_of(cast.luis).post(again).status_code == 404
    browser.post(again)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)
    assert again not in browser.get(page).content.decode()


def test_why_a_call_failed_is_said_in_words(cast: Cast):
    delivery = told(cast.dana)
    delivery.last_problem = "ConnectError"
    delivery.save()

    answer = browser_of(cast.dana).get(reverse("api:webhook_detail", args=[delivery.endpoint_id]))

    assert "<span>No connection could be made.</span>" in answer.content.decode()


def test_a_webhook_is_switched_off(cast: Cast):
    delivery = told(cast.dana)
    address = reverse("api:webhook_off", args=[delivery.endpoint_id])

    assert browser_of(cast.luis).post(address).status_code == 404
    browser_of(cast.dana).post(address)

    assert not WebhookEndpoint.objects.get().is_active
    assert browser_of(cast.dana).post(reverse("api:delivery_again", args=[delivery.pk])).status_code == 302
    assert WebhookDelivery.objects.get().state == "delivered"


def test_staff_revoke_switch_off_and_send_again_in_the_admin(cast: Cast):
    token_of(cast.dana)
    delivery = told(cast.dana)
    browser = browser_of(cast.jordan)

    def act(model: str, name: str, pk: int) -> None:
        address = reverse(f"admin:api_{model}_changelist")
        answer = browser.post(address, {"action": name, "_selected_action": [pk]})
        assert answer.status_code == 302

    act("webhookdelivery", "send_again", delivery.pk)
    assert WebhookDelivery.objects.get().state == "waiting"
    act("webhookendpoint", "switch_off", delivery.endpoint_id)
    act("apitoken", "revoke", ApiToken.objects.get().pk)

    assert ApiToken.objects.get().revoked_by == cast.jordan
    assert not WebhookEndpoint.objects.get().is_active
    assert WebhookDelivery.objects.get().state == "failed"


def test_the_reference_is_public_and_names_every_address(cast: Cast):
    page = Client().get("/api/v1/docs").content.decode()
    document = Client().get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) >= 15
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page


def test_the_document_says_how_errors_come():
    document = Client().get("/api/v1/openapi.json").json()

    for methods in document["paths"].values():
        for entry in methods.values():
            for status, answer in entry["responses"].items():
                wanted = "application/json" if status < "300" else "application/problem+json"
                assert set(answer.get("content", {})) <= {wanted}
