"""Every page on a supporter's way is graded A+ by its headers, keeps no cookie, and only the embedded one is framed.

Asked of the server itself, with the settings of a real address (RELIABILITY.md §2, S4; issue 6, acceptance 4).
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import time_machine

from advocacy.coalitions import links as sign_on_links
from advocacy.outbox import stop_links
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream
from campaigns import contact_links
from campaigns.actions import address_proofs, campaigns
from campaigns.models import Campaign, Contact, Method
from tests.browser.over_https import SITE, Answer, Wire, portal_over_https
from tests.campaigns.acting import PAGE, WHO, Visitor, live_in_houston
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory
from tests.factories.letters import asked_by, letter_of, partner, signed
from tests.house.observatory import directives_of
from tests.house.processes import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FRENCH = PAGE.replace("/en/", "/fr/")
# Forms of the portal like any other, with the token that they carry against forgery: the button that stops mail, and
# the choice of a language on a page of no campaign.
WITH_A_FORM_OF_THE_PORTAL = {"stop mail", "stop mail, gone", "no such address"}
FRAMED = {"embedded", "embedded, district", "embedded, letters", "embedded, thanks"}


@dataclass
class Walk:
    """The answers of a walk by their names, and what is wrong with each."""

    wire: Wire
    seen: dict[str, Answer] = field(default_factory=dict)

    def note(self, name: str, answer: Any, status: int = 200) -> Answer:
        assert answer.status_code == status, (name, answer.status_code, answer.content[:2000].decode())
        self.seen[name] = answer
        return answer

    def look(self, name: str, path: str, status: int = 200) -> Answer:
        return self.note(name, self.wire.get(path), status)

    def grades(self) -> dict[str, str]:
        """Of those that are not A+."""
        graded = {name: self.wire.graded(answer) for name, answer in self.seen.items()}
        return {name: str(one) for name, one in graded.items() if one.letter != "A+"}

    def frameable(self) -> set[str]:
        return {name for name, answer in self.seen.items() if SITE in _ancestors(answer)}

    def with_cookies(self) -> set[str]:
        return {name for name, answer in self.seen.items() if answer.cookies}


def _ancestors(answer: Answer) -> list[str]:
    return directives_of(answer.headers["Content-Security-Policy"])["frame-ancestors"]


@pytest.fixture
def walk(cast: Cast, tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    with portal_over_https(
        tmp_path, now=NOW, ACTS_AN_HOUR_FROM_ONE_CLIENT=getattr(request, "param", "60")
    ) as wire:
        yield Walk(wire)


@pytest.fixture
def take_part(walk: Walk, clock: time_machine.Traveller) -> Callable[..., Visitor]:
    """Somebody at the second step, in 131."""

    def begin(path: str = PAGE, name: str = "", **who: str) -> Visitor:
        visitor = Visitor(clock, path=path, client=walk.wire)  # type: ignore[arg-type]  # reads answers alike
        walk.note(f"{name}district", visitor.find(**who))
        walk.note(f"{name}letters", visitor.submit(place="77004", **visitor.in_131()))
        return visitor

    return begin


def judge(walk: Walk, framed: Collection[str] = ()) -> None:
    assert walk.grades() == {}
    assert walk.frameable() == set(framed)
    assert walk.with_cookies() == WITH_A_FORM_OF_THE_PORTAL & set(walk.seen)


def test_the_way_to_a_receipt(cast: Cast, walk: Walk, take_part: Callable[..., Visitor]):
    live_in_houston(cast)

    walk.look("English", PAGE)
    walk.look("French", FRENCH)
    walk.note("nobody there", take_part(email="sea@example.org").find(place="99999"))
    jane = take_part()
    walk.note("refused", jane.send(acknowledged="(off)"))
    walk.note("errors", jane.find(name="", email="x", place=""))

    judge(walk)


def test_each_way_of_delivery_and_its_receipt(cast: Cast, walk: Walk, take_part: Callable[..., Visitor]):
    live_in_houston(cast, handover_url="https://centre.example/act")
    ways = (Method.PORTAL_EMAIL, Method.OWN_MAIL, Method.WEB_FORM, Method.PRINT, Method.HANDOVER)

    for way in ways:
        visitor = take_part(email=f"{way}@example.org")
        (name,) = (one for one in visitor.choices if one.startswith("way_"))
        sent = walk.note(f"{way}, sent", visitor.send(**{name: way}), 303)
        walk.look(f"{way}, receipt", sent.headers["Location"])
    walk.look("letters on paper", f"{sent.headers['Location']}letters.pdf")

    judge(walk)


@pytest.mark.parametrize("kind", ["call", "petition"])
def test_a_call_and_a_petition(cast: Cast, walk: Walk, take_part: Callable[..., Visitor], kind: str):
    live_in_houston(cast, kind=kind, needs_own_words=False)

    sent = walk.note("sent", take_part().send(), 303)
    walk.look("receipt", sent.headers["Location"])

    judge(walk)


def test_the_frame_and_nothing_but_the_frame(cast: Cast, walk: Walk, take_part: Callable[..., Visitor]):
    live_in_houston(cast)

    walk.look("embedded", f"{PAGE}embed/")
    visitor = take_part(f"{PAGE}embed/", "embedded, ")
    thanks = walk.note("embedded, thanks", visitor.send())
    link = re.search(rb'href="(/act/receipt/[^"]+)"', thanks.content)
    assert link
    walk.look("its receipt", link[1].decode())
    walk.look("the page itself", PAGE)

    judge(walk, framed=FRAMED)
    assert all("X-Frame-Options" not in walk.seen[name].headers for name in FRAMED)


@pytest.mark.parametrize("walk", ["1"], indirect=True)
def test_what_is_missing_closed_paused_or_too_much(cast: Cast, walk: Walk, take_part: Callable[..., Visitor]):
    campaign = live_in_houston(cast)

    walk.note("held for a look", take_part().send(homepage="https://casino.example"), 303)
    walk.note("too many", take_part(email="other@example.org").send(), 429)
    walk.look("no such campaign", "/act/no-such/en/", 404)
    walk.look("no such receipt", "/act/receipt/forged/", 404)
    walk.look("any language", "/act/records-follow/", 302)
    walk.look("no such address", "/no/such/page/", 404)
    walk.look("a puzzle", "/confirm/challenge/")
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    assert eventually(lambda: b"This campaign is paused" in walk.look("paused", PAGE).content)
    campaigns.resume(Campaign.objects.get(), by=cast.dana, now=NOW)
    campaigns.close(Campaign.objects.get(), by=cast.dana, now=NOW, outcome="It passed.")
    assert eventually(lambda: b"This campaign is closed" in walk.look("closed", PAGE).content)

    judge(walk)


def test_links_in_mails(cast: Cast, walk: Walk):
    live_in_houston(cast)
    contact = ContactFactory(email=WHO["email"], language="fr", chapter=cast.gulf_prairie)
    Contact.objects.filter(pk=contact.pk).update(language="fr")
    address_proofs.ask(contact, language="fr", now=NOW)
    proof = re.search(r"(/confirm/\S+)", OutboundMessage.objects.get(kind="campaigns.proof").text)
    assert proof
    stop = stop_links.token_for(None, contact.email, Stream.CAMPAIGN, "fr")
    invitation = asked_by(signed(letter_of(cast), cast.chris), partner("Harbor Patients"))

    walk.look("confirm", proof[1])
    walk.note("confirmed", walk.wire.post(proof[1], {}))
    walk.look("confirm, gone", "/confirm/en/forged/", 410)
    walk.look("preferences", _path(contact_links.preference_link(contact)))
    walk.look("preferences, gone", _path(contact_links.preference_link(contact)).replace(":", "x"), 410)
    walk.look("renewal", _path(contact_links.renewal_link(contact, None, TODAY)))
    walk.look("stop mail", f"/mail/stop/{stop}/")
    walk.look("stop mail, gone", "/mail/stop/forged/", 410)
    walk.look("sign-on", sign_on_links.path_of(invitation, "en"))

    judge(walk)


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_a_page_that_says_less_would_be_noticed(cast: Cast, walk: Walk):
    """The grade is not a formality: the same page without its policy is no A+."""
    live_in_houston(cast)
    answer = walk.look("English", PAGE)

    headers = {name: one for name, one in answer.headers.items() if name != "Content-Security-Policy"}
    walk.seen["English"] = Answer(answer.status_code, headers, (), answer.content, answer.path)

    assert list(walk.grades()) == ["English"]
