"""Story A6: Élise asks people to write to their own MP, in two languages, after Jordan has agreed."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from advocacy.accounts.models import User
from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from campaigns import audience
from campaigns.actions import consents, editing
from campaigns.models import Campaign, Contact, HowWithdrawn, Participation
from legislation.models import ContactKind, ContactPoint, Measure
from tests.browser.conftest import Screen, SitDown
from tests.campaigns.mailing import write_all
from tests.cast import NOW, Cast
from tests.factories.contacts import ContactFactory, implied, listed, said_yes
from tests.factories.maps import division, edition, holds, lies_in, seat, with_division
from tests.factories.measures import Standpoint, measure, took
from tests.factories.people import canada, province

pytestmark = [pytest.mark.browser, pytest.mark.story]


def s_5(cast: Cast) -> Measure:
    """The approved "Support" on S-5 (45-1), and the MP of the riding that H2X 1Y4 lies in, who has a web form."""
    country, quebec = with_division(canada()), with_division(province("qc", "Quebec", "Québec"))
    bill = measure("S-5", jurisdiction=country, session="45-1")
    took(bill, cast.saint_laurent, Standpoint.SUPPORT, cast.jordan)
    riding = division("ocd-division/country:ca/ed:24999-2023", quebec, name="Laurier")
    wren = holds(seat(country, "lower", "Laurier", riding, label="Laurier"), "Wren Castellan")
    ContactPoint.objects.create(official=wren, kind=ContactKind.WEBFORM, value="https://parl.example/wren")
    lies_in(edition("fed2023", country, "lower", date(2025, 3, 23)), "H2X1Y4", riding)
    return bill


def four_contacts(cast: Cast) -> None:
    """Two may be asked; one unsubscribed, and of one the implied consent is over."""
    known = {"chapter": cast.saint_laurent, "country": "CA", "language": "fr"}
    people = [ContactFactory(full_name=name, **known) for name in ("Ada Oui", "Bo Oui", "Cy Non", "Di Échue")]
    for contact in people[:3]:
        said_yes(contact)
    consents.withdraw(people[2], chapter=None, how=HowWithdrawn.LINK, now=NOW)
    implied(people[3], until=date(2027, 1, 1))
    listed(*people, name="Amis", chapter=cast.saint_laurent)


def begin(page: Page, bill: Measure) -> Campaign:
    """From the measure, in English only."""
    page.goto(bill.get_absolute_url())
    page.get_by_role("link", name="Create campaign").click()
    page.get_by_label("Name", exact=True).fill("My own MP")
    page.get_by_role("group", name="Propose texts in").get_by_text("French").click()
    page.get_by_role("button", name="Begin").last.click()
    expect(page.get_by_role("heading", name="My own MP")).to_be_visible()
    return Campaign.objects.get()


def fill_in(page: Page, campaign: Campaign) -> None:
    """Brief, targets and audience."""
    page.get_by_role("link", name="Edit the brief").click()
    page.get_by_label("Goal").fill("The committee hears from home.")
    page.get_by_label("Opens on").fill("2027-02-09")
    page.get_by_label("Closes on").fill("2027-03-01")
    save(page)
    page.goto(reverse("campaigns:campaign_targets", args=[campaign.pk]))
    page.get_by_role("link", name="The supporter’s own representatives").click()
    page.get_by_label("Jurisdiction").select_option(label="Canada")
    save(page)
    expect(page.get_by_role("link", name="Wren Castellan")).to_be_visible()
    page.goto(reverse("campaigns:campaign_asked", args=[campaign.pk]))
    page.get_by_label("Ask the members of the chapters taking part").uncheck()
    page.get_by_role("group", name="Lists").get_by_text("Amis").click()
    save(page)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def press(page: Page, campaign: Campaign, move: str) -> None:
    """The button on the campaign's page, and again on the page that asks once more."""
    page.goto(campaign.get_absolute_url())
    page.get_by_role("link", name=move, exact=True).click()
    page.get_by_role("button", name=move, exact=True).click()


def add_french(page: Page, campaign: Campaign) -> None:
    for name, key in (("campaign_message", "everyone"), ("campaign_appeal", "launch")):
        page.goto(reverse(f"campaigns:{name}", args=[campaign.pk, key]))
        page.get_by_role("link", name="Propose a text: French").click()
        page.wait_for_url("**propose=fr")
        save(page)
    page.goto(reverse("campaigns:campaign_brief", args=[campaign.pk]))
    page.get_by_label("Name in French").fill("Mon député")
    page.get_by_label("Ask in French").fill("appuyer le projet de loi S-5")
    save(page)


def write_in_french(page: Page, link: str, clock: time_machine.Traveller) -> None:
    """As the mail leads there: own words, the private-citizen acknowledgment, the office's web form."""
    page.goto(link)
    page.get_by_label("Votre nom").fill("Ada Oui")
    page.get_by_label("Votre adresse de courriel").fill(Contact.objects.get(full_name="Ada Oui").email)
    page.get_by_label("Code ZIP, code postal ou adresse").fill("h2x1y4")
    page.get_by_role("button", name="Trouver mes titulaires").click()
    page.get_by_role("textbox", name="Vos propres mots").fill(
        "Ma clinique attend une semaine chaque dossier."
    )
    page.get_by_label("Copier et ouvrir le formulaire web").check()
    page.get_by_label("J’agis à titre personnel").check()
    # What comes within three seconds is held: nobody writes so fast, and here the clock stands still.
    clock.shift(timedelta(minutes=2))
    page.get_by_role("button", name="Continuer", exact=True).click()
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()


def link_in(message: OutboundMessage, part: str) -> str:
    """The address in this mail that has this part, below the portal's own."""
    found = re.search(rf"https?://[^/\s]+({part}\S+)", message.text)
    assert found, message.text
    return found[1]


def test_a_bilingual_campaign_from_the_measure_to_the_letter_and_the_last_mail(
    cast: Cast, clock: time_machine.Traveller, sit_down: SitDown, screen: Screen
):
    bill = s_5(cast)
    four_contacts(cast)
    User.objects.filter(pk=cast.elise.pk).update(language="en")
    cast.elise.refresh_from_db()
    elise = sit_down(cast.elise, screen)

    campaign = begin(elise, bill)
    fill_in(elise, campaign)
    elise.goto(campaign.get_absolute_url())
    elise.get_by_role("link", name="Submit for review", exact=True).click()
    expect(elise.get_by_text("French text is required for this audience").first).to_be_visible()
    expect(elise.get_by_role("button", name="Submit for review", exact=True)).to_have_count(0)
    campaign.refresh_from_db()
    assert campaign.status == "draft"

    add_french(elise, campaign)
    press(elise, campaign, "Submit for review")
    expect(elise.get_by_text("Submitted. A second person decides now.")).to_be_visible()

    jordan = sit_down(cast.jordan, screen)
    jordan.goto(reverse("campaigns:campaign_review", args=[campaign.pk]))
    jordan.get_by_text("Approve it", exact=True).click()
    jordan.get_by_label("It names no party, no candidate and no election").check()
    jordan.get_by_role("button", name="Decide").click()
    expect(jordan.get_by_text("Decided. The campaign is Approved.")).to_be_visible()

    press(elise, campaign, "Launch")
    expect(elise.get_by_text("It is live.")).to_be_visible()
    write_all()
    delivery.deliver()
    elise.goto(reverse("campaigns:campaign_sendlog", args=[campaign.pk]))
    expect(elise.get_by_text("2 sent, 2 skipped")).to_be_visible()
    expect(elise.get_by_text("Skipped: Unsubscribed").last).to_be_visible()
    expect(elise.get_by_text("Skipped: Implied consent is over").last).to_be_visible()

    ask = OutboundMessage.objects.get(campaign_recipient__contact__full_name="Ada Oui")
    supporter = sit_down(None, screen)
    write_in_french(supporter, link_in(ask, "/act/"), clock)
    supporter.get_by_role("button", name="Je l’ai envoyée").click()

    taken = Participation.objects.get()
    (letter,) = taken.letters.all()
    assert (letter.method, letter.confirmation) == ("web_form", "self_reported")
    assert (taken.language, taken.is_personalised, taken.state, taken.held_because) == (
        "fr",
        True,
        "counted",
        [],
    )
    elise.goto(campaign.get_absolute_url())
    expect(elise.get_by_text("100%").first).to_be_visible()

    write_in_french(supporter, link_in(ask, "/act/"), clock)
    expect(supporter.get_by_text("déjà")).to_be_visible()
    assert Participation.objects.count() == 1

    supporter.goto(link_in(ask, "/mail/stop/"))
    supporter.locator("main button").click()
    expect(supporter.get_by_role("heading", name="Vous n’en recevrez plus")).to_be_visible()
    again = editing.begin_like(campaign, by=cast.elise, now=NOW, chapter=cast.saint_laurent, name="Again")
    assert audience.skips([taken.contact], again, NOW)[taken.contact.pk].reason == "unsubscribed"
