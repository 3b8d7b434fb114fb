"""Pages, forms, files and the API: whatever is sent to them, nothing opens without a second person."""

from typing import Any

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import URLPattern, reverse

from campaigns import act_urls, moves, urls
from campaigns.actions import campaigns
from campaigns.models import Campaign, Mailing, Message, Recipient, Revision, Status
from campaigns.text_files import MessageResource
from tests.api.asking import send, token_of
from tests.campaigns.doors import open_doors
from tests.campaigns.mailing import drafted_for, live_for
from tests.campaigns.staffing import CAMPAIGN, filled, page_of, robin, said
from tests.cast import NOW, Cast, browser_of
from tests.factories.campaigns import approved
from tests.factories.contacts import ContactFactory

# Everything that somebody could hope a form takes over.
HOPE: dict[str, Any] = {
    "status": "live", "launched_at": "2027-02-09T10:00", "verdict": "approve", "is_nonpartisan": "on",
    "decided_by": "1", "revision": "1", "expected": "1", "version": "1", "note": "Fine.", "by": "", "outcome": "Won.",
    "outcome_fr": "Gagné.", "lessons": "None.", "approved_by": "1", "created_by": "1", "_save": "1",
}  # fmt: skip
NUMBERED = ("pk", "group", "purpose", "kind", "move", "file_format", "slug", "language", "token")


def addresses(campaign: Campaign, patterns: list[Any], namespace: str) -> list[str]:
    """Each address of these patterns, about this campaign; each move by its own."""
    words = {
        "pk": campaign.pk,
        "slug": campaign.slug,
        "language": "en",
        "group": "everyone",
        "purpose": "launch",
    }
    known = words | {"kind": "agency", "file_format": "csv", "token": "x"}
    found = []
    for one in patterns:
        assert isinstance(one, URLPattern)
        names = list(one.pattern.converters)
        assert set(names) <= set(NUMBERED), "an address of a new kind: say here what stands in it"
        chosen: list[dict[str, Any]] = [{"move": name} for name in moves.BY_NAME] if "move" in names else [{}]
        for more in chosen:
            values = known | more
            found.append(reverse(f"{namespace}:{one.name}", kwargs={name: values[name] for name in names}))
    return found


def press_everything(browser: Client, campaign: Campaign) -> None:
    for address in [
        *addresses(campaign, urls.urlpatterns, "campaigns"),
        *addresses(campaign, act_urls.urlpatterns, "act"),
    ]:
        browser.post(address, HOPE)


def press_everything_in_the_admin(browser: Client, campaign: Campaign) -> None:
    for name in ("change", "decide", "preview", "audience", "trial"):
        browser.post(page_of(campaign, name), HOPE)
    for name in moves.BY_NAME:
        browser.post(page_of(campaign, "move", name), HOPE)
    picked = {"_selected_action": [campaign.pk], "action": "delete_selected", "post": "yes"}
    browser.post(reverse(f"{CAMPAIGN}_changelist"), HOPE | picked)


def nobody_else_spoke(campaign: Campaign) -> bool:
    """Whatever became of it, no version was approved."""
    campaign.refresh_from_db()
    quiet = campaign.status in (Status.DRAFT, Status.IN_REVIEW, Status.CLOSED, Status.EVALUATED)
    return (
        quiet and not campaign.revisions.filter(verdict="approved").exists() and campaign.launched_at is None
    )


@pytest.mark.parametrize("is_submitted", [False, True])
@pytest.mark.parametrize("who", ["dana", "jordan"])
def test_whoever_began_it_presses_every_button_there_is_and_nothing_opens(
    cast: Cast, who: str, is_submitted: bool
):
    author = getattr(cast, who)
    campaign = drafted_for(cast, ContactFactory())
    Campaign.objects.filter(pk=campaign.pk).update(created_by=author, owner=author)
    campaign.refresh_from_db()
    if is_submitted:
        campaigns.submit(campaign, by=author, now=NOW)
    browser = browser_of(author)

    for _again in range(2):
        press_everything(browser, campaign)
        press_everything_in_the_admin(browser, campaign)

    assert nobody_else_spoke(campaign)
    assert open_doors(cast, campaign) == []


def test_what_was_approved_is_changed_by_no_page_of_its_author(cast: Cast):
    campaign = approved(drafted_for(cast, ContactFactory()), by=cast.dana, approver=cast.jordan)
    words = {
        "name": "Other",
        "ask": "vote against it",
        "subject": "Other",
        "body": "Other",
        "name_fr": "Autre",
    }
    browser = browser_of(cast.dana)

    for address in addresses(campaign, urls.urlpatterns, "campaigns"):
        if not any(f"/{name}/" in address for name in moves.BY_NAME):
            browser.post(address, HOPE | words)

    campaign.refresh_from_db()
    assert (campaign.ask, campaign.messages.get().subject[:9]) == ("cosponsor it", "{{ positi")
    assert (campaign.status, campaign.revisions.count()) == ("approved", 1)


def test_the_form_of_one_campaign_changes_no_text_of_another(cast: Cast):
    live = live_for(cast, ContactFactory())
    draft = drafted_for(cast, ContactFactory(), slug="draft")
    message = live.messages.get()
    browser = browser_of(cast.jordan)
    typed = filled(browser, draft) | {
        "messages-0-id": message.pk, "messages-0-campaign": live.pk, "messages-0-subject": "Other", "status": "live"
    }  # fmt: skip

    browser.post(page_of(draft), typed)

    message.refresh_from_db()
    assert message.subject != "Other"
    assert Campaign.objects.get(pk=draft.pk).status == Status.DRAFT


def test_a_file_of_texts_changes_no_campaign_that_was_approved(cast: Cast):
    campaign = live_for(cast, ContactFactory())
    resource = MessageResource()
    data = resource.export(Message.objects.all())
    line = dict(zip(data.headers, data[0], strict=True)) | {"body": "Vote against {{ measure }}."}
    data.pop()
    data.append([line[name] for name in data.headers])

    result = resource.import_data(data, raise_errors=False)

    assert result.has_errors() or result.has_validation_errors()
    assert "against" not in campaign.messages.get().body


def test_the_admin_adds_neither_versions_nor_mailings_nor_recipients(cast: Cast):
    browser = browser_of(cast.jordan)

    assert Revision not in site._registry
    for model in (Mailing, Recipient, Message):
        name = model._meta.model_name
        assert browser.post(reverse(f"admin:campaigns_{name}_add"), HOPE).status_code in (403, 404), name


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_reads_campaigns_and_writes_none(cast: Cast, method: str):
    campaign = drafted_for(cast, ContactFactory())

    token = token_of(cast.dana)

    for path in ("/campaigns", f"/campaigns/{campaign.pk}"):
        assert send(token, path, HOPE, method=method).status_code in (404, 405)

    assert Campaign.objects.get().status == Status.DRAFT


def test_who_read_an_older_version_is_shown_the_new_one_and_asked_again(cast: Cast):
    campaign = drafted_for(cast, ContactFactory())
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    def url(name: str) -> str:
        return reverse(f"campaigns:campaign_{name}", args=[campaign.pk])

    pages = {
        url("review"): url("decide"),
        page_of(campaign, "decide"): page_of(campaign, "decide"),
    }
    browser = browser_of(cast.jordan)
    read = {page: browser.get(page).context["form"]["version"].value() for page in pages}
    campaigns.withdraw(campaign, by=cast.dana, now=NOW)
    Campaign.objects.filter(pk=campaign.pk).update(ask="vote against it")
    campaign.refresh_from_db()
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    for page, decide in pages.items():
        verdict = {"verdict": "approve", "is_nonpartisan": "on", "version": read[page]}
        answer = browser.post(decide, verdict)

        assert "It was submitted anew while you read it." in said(answer)
        assert answer.context["form"]["version"].value() == 2
        assert campaign.revisions.waiting().exists()


def test_a_second_person_opens_it_by_the_same_pages(cast: Cast):
    """Else the tests above would say nothing."""
    campaign = drafted_for(cast, ContactFactory())
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    browser = browser_of(robin())

    browser.post(page_of(campaign, "decide"), HOPE)
    browser.post(page_of(campaign, "move", "launch"), HOPE)

    campaign.refresh_from_db()
    assert campaign.status == Status.LIVE
