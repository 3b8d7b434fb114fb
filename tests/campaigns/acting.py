"""A live campaign in Houston, and somebody who takes part by the public page, as a browser without scripts does."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import time_machine
from django.http import HttpResponse
from django.test import Client

from advocacy.outbox.models import OutboundMessage
from advocacy.positions.models import Standpoint
from campaigns.gate import proof_of_work
from campaigns.models import Campaign, CampaignKind
from legislation.models import ContactKind, ContactPoint, Official
from tests.cast import NOW, Cast
from tests.factories.campaigns import drafted, launched, to_own_legislators
from tests.factories.maps import houston
from tests.factories.measures import measure, took
from tests.factories.people import state

PAGE = "/act/records-follow/en/"
OWN_WORDS = "My clinic waits a week for every record from the hospital next door."
WHO = {"name": "Jane Doe", "email": "jane@example.org", "place": "77004"}


def live_in_houston(cast: Cast, **fields: Any) -> Campaign:
    """Dana's campaign on HB 210 to one's own Texas legislators. Rep. Reyes publishes an address and a web form."""
    place = houston()
    reaches(place.reyes, ContactKind.EMAIL, "alma.reyes@house.example")
    reaches(place.reyes, ContactKind.WEBFORM, "https://house.example/contact/131")
    bill = measure("HB 210")
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    campaign = drafted(cast.dana, bill, cast.gulf_prairie, **fields)
    to_own_legislators(campaign, state("tx", "Texas"))
    return launched(campaign, by=cast.dana, approver=cast.jordan)


def reaches(official: Official, kind: str, value: str) -> ContactPoint:
    return ContactPoint.objects.create(official=official, kind=kind, value=value)


class _Forms(HTMLParser):
    """What a browser would send of the forms of a page, and where to."""

    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields, self.choices = "", {}, {}
        self._text_of = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = known.get("action", "")
        name, value, kind = known.get("name", ""), known.get("value", ""), known.get("type", "text")
        if tag == "textarea":
            self._text_of, self.fields[name] = name, ""
        elif tag == "input" and name and kind in ("radio", "checkbox"):
            self.choices.setdefault(name, []).append(value)
            if "checked" in known:
                self.fields[name] = value
        elif tag == "input" and name:
            self.fields[name] = value

    def handle_data(self, data: str) -> None:
        if self._text_of:
            self.fields[self._text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser drops the first line end.
            self.fields[self._text_of] = self.fields[self._text_of].removeprefix("\n")
            self._text_of = ""


@dataclass
class Visitor:
    """Reads a page, fills in its form and sends it, with the seconds a person needs and, if asked, the puzzle."""

    clock: time_machine.Traveller
    path: str = PAGE
    has_script: bool = True
    now: datetime = NOW
    client: Client = field(default_factory=Client)
    text: str = ""

    def open(self) -> HttpResponse:
        return self._read(self.client.get(self.path))

    def find(self, **said: str) -> HttpResponse:
        self.open()
        return self.submit(**(WHO | said))

    def act(self, who: dict[str, str] | None = None, **said: str) -> HttpResponse:
        """All of it: from opening the page to the receipt. 147 is not asked about: Jane lives in House 131."""
        response = self.find(**(who or {}))
        if "district_" in self.text:
            response = self.submit(place=(who or {}).get("place", WHO["place"]), **self.in_131())
        return self.send(**said) if "form_work" in self.text else response

    def in_131(self) -> dict[str, str]:
        found = re.search(r'name="(district_\d+)" value="(\d+)"[^>]*>\s*<span>[^<]*131', self.text)
        assert found, self.text
        return {found[1]: found[2]}

    def send(self, **said: str) -> HttpResponse:
        work = proof_of_work.answer_to(proof_of_work.challenge(now=self.now)) if self.has_script else ""
        known = {"acknowledged": "on", "form_work": work}
        if "own_words" in self.fields:
            known["own_words"] = OWN_WORDS
        return self.submit(**(known | said))

    def submit(self, **said: str) -> HttpResponse:
        """Press the button, some seconds later."""
        self.now += timedelta(seconds=20)
        self.clock.move_to(self.now)
        form = _Forms()
        form.feed(self.text)
        sent = {name: value for name, value in (form.fields | said).items() if value != "(off)"}
        return self._read(self.client.post(form.action, sent))

    @property
    def fields(self) -> dict[str, str]:
        form = _Forms()
        form.feed(self.text)
        return form.fields

    @property
    def choices(self) -> dict[str, list[str]]:
        form = _Forms()
        form.feed(self.text)
        return form.choices

    def receipt(self, response: HttpResponse) -> HttpResponse:
        assert response.status_code == 303, response.content.decode()
        return self._read(self.client.get(response.headers["Location"]))

    def open_link(self) -> HttpResponse:
        """The link that proves the address, and the button behind it."""
        mail = OutboundMessage.objects.filter(kind="campaigns.proof").latest("pk")
        found = re.search(r"https?://[^/]+(/confirm/\S+)", mail.text)
        assert found
        return self.client.post(found[1])

    def _read(self, response: Any) -> HttpResponse:
        self.text = response.content.decode() if "html" in response.headers.get("Content-Type", "") else ""
        return response


def of_kind(kind: CampaignKind) -> dict[str, str]:
    return {"kind": kind, "needs_own_words": False}
