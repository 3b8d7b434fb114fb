"""What came of campaigns, in the admin: the queue of those held, letters, mailings, files, and what needs a look."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.outbox.models import MessageState, OutboundMessage
from campaigns.actions import campaigns
from campaigns.models import Campaign, Contact, Letter, Mailing, Participation
from tests.campaigns.mailing import acted, drafted_for, live_for, written
from tests.campaigns.staffing import CAMPAIGN, page_of, said
from tests.cast import NOW, Cast, browser_of
from tests.factories.contacts import ContactFactory


@pytest.fixture
def jordan(cast: Cast) -> Client:
    return browser_of(cast.jordan)


def list_of(model: str, query: str = "") -> str:
    return reverse(f"admin:campaigns_{model}_changelist") + query


def held(contact: Contact, campaign: Campaign, *reasons: str) -> Participation:
    row = acted(contact, campaign)
    Participation.objects.filter(pk=row.pk).update(state="held", held_because=list(reasons))
    return row


def wrote(participation: Participation, **fields: Any) -> Letter:
    known = {"method": "portal_email", "confirmation": "failed", "fingerprint": "x", "at": NOW}
    target = participation.campaign.targets.get()
    return Letter.objects.create(participation=participation, target=target, **(known | fields))


def chosen(browser: Client, model: str, action: str, *rows: Any) -> HttpResponse:
    keys = [row.pk for row in rows]
    return browser.post(list_of(model), {"action": action, "_selected_action": keys}, follow=True)  # type: ignore[return-value]


def test_what_was_held_is_let_through_or_refused_many_at_once(cast: Cast, jordan: Client):
    kim, ana, lee = (ContactFactory(full_name=name) for name in ("Kim Ito", "Ana Diaz", "Lee Park"))
    campaign = live_for(cast, kim, ana, lee)
    rows = [held(kim, campaign, "too_fast", "links"), held(ana, campaign), held(lee, campaign)]

    queue = said(jordan.get(list_of("participation", "?state__exact=held")))
    let = chosen(jordan, "participation", "let_through", *rows[:2])
    again = chosen(jordan, "participation", "let_through", *rows[:2])
    chosen(jordan, "participation", "refuse", rows[2])

    assert "Sent faster than a person types, The personal text has links in it" in queue
    assert "2 count now." in said(let)
    assert "0 count now." in said(again)
    states = Participation.objects.order_by("contact__full_name").values_list("state", "judged_by")
    assert list(states) == [
        ("counted", cast.jordan.pk),
        ("counted", cast.jordan.pk),
        ("refused", cast.jordan.pk),
    ]
    assert Entry.objects.filter(actor=cast.jordan, verb__in=("accepted", "rejected")).count() == 3


def test_what_needs_a_look_is_counted_and_each_number_opens_its_rows(cast: Cast, jordan: Client):
    kim, ana = ContactFactory(full_name="Kim Ito"), ContactFactory(full_name="Ana Diaz")
    campaign = live_for(cast, kim, ana)
    mailing = campaign.mailings.get()
    Mailing.objects.update(begun_at=NOW - timedelta(minutes=16))
    still = list(_troubles(jordan).values())
    written(campaign)
    held(kim, campaign)
    wrote(acted(ana, campaign))
    OutboundMessage.objects.filter(recipient=kim.email).update(state=MessageState.REJECTED, settled_at=NOW)

    found = _troubles(jordan, campaign)

    assert still == [0, 0, 0, 1]
    assert list(found.values()) == [1, 1, 1, 0]
    pages = [said(jordan.get(address)) for address in found]
    assert ["Kim Ito" in page for page in pages[:3]] == [True, False, True]
    assert ["Ana Diaz" in page for page in pages[:3]] == [False, True, False]
    assert str(mailing.pk) not in pages[3].partition("result_list")[2]


def _troubles(browser: Client, campaign: Campaign | None = None) -> dict[str, int]:
    query = f"?campaign={campaign.pk}" if campaign else ""
    context: Any = browser.get(reverse(f"{CAMPAIGN}_trouble") + query).context
    return {one["url"]: one["trouble"].count for one in context["troubles"]}


def test_trouble_of_one_campaign_is_not_that_of_another(cast: Cast, jordan: Client):
    kim = ContactFactory(full_name="Kim Ito")
    held(kim, live_for(cast, kim))
    other = drafted_for(cast, slug="other", name="Another")

    assert next(iter(_troubles(jordan, other).values())) == 0
    assert next(iter(_troubles(jordan).values())) == 1


@pytest.mark.parametrize("model", ["campaign", "participation", "letter", "mailing", "recipient"])
def test_the_rows_of_a_list_are_taken_away_as_the_list_shows_them(cast: Cast, jordan: Client, model: str):
    kim = ContactFactory(full_name="=Kim Ito")
    campaign = live_for(cast, kim)
    written(campaign)
    letter = wrote(acted(kim, campaign))
    row = {
        "campaign": campaign,
        "letter": letter,
        "participation": letter.participation,
        "mailing": campaign.mailings.get(),
        "recipient": campaign.mailings.get().recipients.get(),
    }[model]

    text = b"".join(chosen(jordan, model, "export_as_csv", row)).decode("utf-8-sig")
    xlsx = chosen(jordan, model, "export_as_xlsx", row)

    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.content)).worksheets[0]
    cells = list(sheet.iter_rows(values_only=True))
    lines = list(csv.reader(io.StringIO(text)))
    assert (len(lines), len(cells)) == (2, 2)
    assert lines[0] == [str(one) for one in cells[0]]
    assert not lines[1][0].startswith("=")
    assert Entry.objects.filter(verb="exported", actor=cast.jordan).count() == 2
    if model == "letter":
        assert cells[1][4:6] == ("Sent by the portal to the office’s address", "Could not be delivered")


def imported(browser: Client, model: str, text: str) -> tuple[Any, Any]:
    """The preview, and what came of confirming it; None where rows had errors."""
    file = SimpleUploadedFile("texts.csv", text.encode(), content_type="text/csv")
    base = f"admin:campaigns_{model}"
    context: Any = browser.post(reverse(f"{base}_import"), {"import_file": file, "format": "0"}).context
    form = context.get("confirm_form")
    return context["result"], form and browser.post(
        reverse(f"{base}_process_import"), form.initial, follow=True
    )


def test_texts_are_taken_in_from_a_file(cast: Cast, jordan: Client):
    campaign = drafted_for(cast)
    rows = (
        "campaign,group,language,subject,body,prompt\n"
        f"{campaign.slug},everyone,en,Another subject,,\n"
        f'{campaign.slug},opposed,en,For you,"Dear {{{{ official }}}},",\n'
    )

    broken, _nothing = imported(jordan, "message", rows)
    imported(jordan, "message", rows.replace("subject,,\n", "subject,Dear all,\n"))

    assert "body" in str(broken.invalid_rows[0].error_dict)
    texts = campaign.messages.order_by("group").values_list("group", "subject", "body")
    assert list(texts) == [
        ("everyone", "Another subject", "Dear all"),
        ("opposed", "For you", "Dear {{ official }},"),
    ]
    assert Entry.objects.about(campaign).filter(verb="edited", actor=cast.jordan).count() == 2


def test_a_file_changes_no_text_that_somebody_submitted(cast: Cast, jordan: Client):
    campaign = drafted_for(cast, ContactFactory())
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    result, done = imported(
        jordan, "appeal", f"campaign,purpose,language,subject,body\n{campaign.slug},launch,en,New,New\n"
    )

    assert "is no draft: take it back first." in str(result.invalid_rows[0].error_dict)
    assert done is None
    assert campaign.appeals.get().subject == "{{ campaign }}"


def test_lists_and_the_page_cost_the_same_whatever_hangs_on_them(cast: Cast, jordan: Client):
    kim = ContactFactory()
    campaign = live_for(cast, kim)
    wrote(acted(kim, campaign))
    written(campaign)
    addresses = [
        *(
            list_of(name)
            for name in ("campaign", "participation", "letter", "mailing", "recipient", "message")
        ),
        page_of(campaign),
    ]
    few = [_queries(jordan, address) for address in addresses]
    for number in range(3):
        contact = ContactFactory()
        other = live_for(cast, contact, slug=f"other-{number}", name=f"Other {number}")
        wrote(acted(contact, other))
        written(other)
        wrote(acted(ContactFactory(), campaign))

    assert [_queries(jordan, address) for address in addresses] == few


def _queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)
