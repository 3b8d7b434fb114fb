"""The page that stops mail speaks as the mail did, whatever the browser asks for."""

import re

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from advocacy.outbox.models import OutboundMessage, fingerprint_of
from tests.cast import NOW, Cast
from tests.outbox.posting import ASK, posted

pytestmark = pytest.mark.django_db
ENGLISH_BROWSER = {"Accept-Language": "en-US,en;q=0.9"}
STRANGER = "stranger@example.org"


def link_in(message: OutboundMessage) -> str:
    found = re.search(r"http://\S+(/mail/stop/\S+/)", message.text)
    assert found
    return found[1]


def spoken(link: str, client: Client | None = None) -> tuple[str, str]:
    page = (client or Client()).get(link, headers=ENGLISH_BROWSER)
    language = re.search(r'<html lang="(\w+)"', page.content.decode())
    assert language
    return language[1], page.headers["Content-Language"]


@pytest.fixture
def link(db: None) -> str:
    """In a mail that was written in French to somebody without a sign-in."""
    with override("fr"):
        return link_in(posted(STRANGER, of=ASK, now=NOW))


def test_somebody_without_a_sign_in_reads_it_in_the_language_of_the_mail(link: str):
    assert spoken(link) == spoken(f"{link}now/") == ("fr", "fr")


def test_what_they_chose_on_our_pages_comes_first(link: str):
    visitor = Client()
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert spoken(link, visitor) == ("en", "en")


def test_a_person_reads_it_in_their_own(cast: Cast):
    cast.dana.language = "fr"
    cast.dana.save()

    assert spoken(link_in(posted(cast.dana.email, of=ASK, now=NOW))) == ("fr", "fr")


@pytest.mark.parametrize("language", [[], ["de"]])
def test_a_link_that_names_none_of_ours_follows_the_browser(db: None, language: list[str]):
    """Links of mails that were sent before they named one are good for half a year."""
    token = signing.dumps([None, fingerprint_of(STRANGER), "campaign", *language], salt="outbox.stop")

    assert spoken(reverse("outbox:unsubscribe", args=[token])) == ("en", "en")
