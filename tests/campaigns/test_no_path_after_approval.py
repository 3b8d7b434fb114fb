"""What changes after the approval, by whatever way: nothing is launched, written or sent under it any more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.models import Position, Standpoint
from campaigns import approval, checks, refusals
from campaigns.act import drafts, facts, shown
from campaigns.actions import campaigns, clock, trials
from campaigns.content import content_of, fingerprint_of
from campaigns.errors import NotReady, NotWhatWasApproved
from campaigns.models import Appeal, Campaign, Message, RuleKind, Status
from campaigns.tokens import Writer
from legislation.models import Chamber, Jurisdiction
from tests.campaigns.doors import open_doors
from tests.campaigns.mailing import drafted_for, live_for, says_for, write_all
from tests.cast import NOW, TODAY, Cast
from tests.factories.campaigns import approved, drafted, launched, says, to_own_legislators
from tests.factories.contacts import ContactFactory, listed
from tests.factories.measures import measure, took
from tests.factories.people import province

MINUTE = timedelta(minutes=1)
Change = Callable[[Cast, Campaign], Any]


def _replaced(cast: Cast, campaign: Campaign) -> None:
    """The chapter turned round: the same words would now ask for the opposite."""
    campaign.measures.get().positions.update(status="withdrawn", ends_on=TODAY)
    took(campaign.measures.get(), cast.gulf_prairie, Standpoint.OPPOSE, cast.jordan)


def _became_quebec(cast: Cast, campaign: Campaign) -> None:
    """Nothing in the campaign changed, but both languages are owed now."""
    Jurisdiction.objects.filter(name="Texas").update(country="CA", abbreviation="QC", level="province")


def field(**fields: Any) -> Change:
    return lambda cast, campaign: Campaign.objects.filter(pk=campaign.pk).update(**fields)


CHANGES: dict[str, Change] = {
    "position withdrawn": lambda cast, campaign: Position.objects.update(status="withdrawn", ends_on=TODAY),
    "position ended": lambda cast, campaign: Position.objects.update(ends_on=TODAY),
    "position turned round in its row": lambda cast, campaign: Position.objects.update(position="oppose"),
    "position replaced by its opposite": _replaced,
    "both languages required since": _became_quebec,
    "text changed": lambda cast, campaign: campaign.messages.update(body="Vote against {{ measure }}."),
    "text emptied": lambda cast, campaign: campaign.messages.update(body=" "),
    "text taken out": lambda cast, campaign: campaign.messages.all().delete(),
    "text added": lambda cast, campaign: Message.objects.create(
        campaign=campaign, group="opposed", language="en", subject="Hear, hear", body="You are wrong."
    ),
    "mail changed": lambda cast, campaign: campaign.appeals.update(body="Vote! {{ link }}"),
    "mail added": lambda cast, campaign: Appeal.objects.create(
        campaign=campaign, purpose="last_day", language="en", subject="Now", body="{{ link }}"
    ),
    "measure added": lambda cast, campaign: campaign.measures.add(measure("SB 84")),
    "measure taken out": lambda cast, campaign: campaign.measures.clear(),
    "list added": lambda cast, campaign: campaign.lists.add(listed(ContactFactory(), name="Everybody")),
    "chapter added": lambda cast, campaign: campaign.chapters.add(cast.hill_country),
    "members asked": field(asks_members=True),
    "run by another chapter": field(chapter=None),
    "ask changed": field(ask="vote against it"),
    "no longer about legislation": field(compliance="none"),
    "window moved": field(closes_at=NOW + timedelta(days=90)),
    "rule aimed elsewhere": lambda cast, campaign: campaign.rules.update(chamber_code="upper"),
    "rule added": lambda cast, campaign: campaign.rules.create(kind=RuleKind.AGENCY, agency_name="Board"),
    "version returned after all": lambda cast, campaign: campaign.revisions.update(
        verdict="returned", note="No."
    ),
    "version with other words": lambda cast, campaign: campaign.revisions.update(content={"name": "x"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_after_the_approval_is_not_launched(cast: Cast, name: str):
    campaign = approved(drafted_for(cast, ContactFactory()), by=cast.dana, approver=cast.jordan)

    CHANGES[name](cast, campaign)

    assert open_doors(cast, campaign) == []


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_while_it_was_live_is_written_to_nobody_and_halted_by_the_clock(cast: Cast, name: str):
    campaign = live_for(cast, ContactFactory(email="rosa@example.org"))

    CHANGES[name](cast, campaign)
    write_all()
    clock.tick(NOW + MINUTE)

    assert not OutboundMessage.objects.filter(kind="campaigns.appeal").exists()
    campaign.refresh_from_db()
    # Without any approval it is not live for the clock either, whatever its row says.
    halted = name != "version returned after all"
    assert campaign.status == (Status.PAUSED if halted else Status.LIVE)
    assert {"mailing", "writer", "resume", "launch", "clock"}.isdisjoint(open_doors(cast, campaign))


POSITIONS = [name for name in CHANGES if name.startswith("position ")]


@pytest.mark.parametrize("name", POSITIONS)
def test_mail_that_waits_does_not_leave_under_another_position(cast: Cast, name: str):
    campaign = live_for(cast, ContactFactory(email="rosa@example.org"))
    write_all()
    mail = OutboundMessage.objects.get(kind="campaigns.appeal")
    before = refusals.changed([mail])

    CHANGES[name](cast, campaign)

    why = "The position under which it was approved has changed."
    assert (before, refusals.changed([mail])) == ({}, {mail.pk: why})
    assert "act" not in open_doors(cast, campaign)
    page = shown.shown(shown.standing_of(campaign.slug), "en", NOW)  # type: ignore[arg-type]  # it was launched
    assert not drafts.basis_of(page, TODAY).has_positions


def test_the_owner_learns_why_the_clock_halted_it_and_it_goes_on_when_the_position_is_back(cast: Cast):
    campaign = live_for(cast, ContactFactory(email="rosa@example.org"))
    write_all()
    held = Position.objects.get()
    Position.objects.update(status="withdrawn", ends_on=TODAY)

    clock.tick(NOW + MINUTE)
    clock.tick(NOW + 2 * MINUTE)

    mail = OutboundMessage.objects.get(kind="campaigns.notice", subject__startswith="Paused")
    note = campaign.status_changes.get(after="paused").note
    assert (mail.recipient, note in mail.text) == (cast.dana.email, True)
    assert note.startswith("HB 210")
    assert [one.kind for one in Ledger("w").claim(10, now=NOW + 3 * MINUTE)] == ["campaigns.notice"] * 2
    Position.objects.filter(pk=held.pk).update(status="approved", ends_on=None)
    campaign.refresh_from_db()
    campaigns.resume(campaign, by=cast.dana, now=NOW + 4 * MINUTE)
    assert campaign.status == Status.LIVE


def test_who_took_part_is_thanked_though_the_position_has_ended(cast: Cast):
    campaign = drafted_for(cast, ContactFactory())
    says_for(campaign, "thanks", body="{{ name }}: {{ link }}")  # type: ignore[arg-type]  # a purpose
    launched(campaign, by=cast.dana, approver=cast.jordan)
    Position.objects.update(status="withdrawn", ends_on=TODAY)

    campaigns.close(campaign, by=cast.dana, now=NOW + MINUTE, outcome="It died in committee.")

    assert list(campaign.mailings.values_list("purpose", "state")) == [
        ("thanks", "preparing"),
        ("launch", "stopped"),
    ]


def test_a_name_that_changed_or_another_language_is_no_other_content(cast: Cast):
    campaign = approved(drafted_for(cast, ContactFactory()), by=cast.dana, approver=cast.jordan)
    before = fingerprint_of(content_of(campaign))
    cast.gulf_prairie.name, cast.gulf_prairie.name_fr = "Gulf and Prairie", "Golfe et Prairie"
    cast.gulf_prairie.save()
    campaign.lists.update(name="Renamed")

    with translation.override("fr"):
        in_french = fingerprint_of(content_of(Campaign.objects.get()))
        campaigns.launch(Campaign.objects.get(), by=cast.dana, now=NOW)

    assert in_french == before


def test_letters_carry_the_approved_ask_whatever_the_row_says(cast: Cast):
    campaign = live_for(cast, ContactFactory())
    field(ask="vote against it")(cast, campaign)
    page = shown.shown(shown.standing_of(campaign.slug), "en", NOW)  # type: ignore[arg-type]  # it was launched

    draft = drafts.Drafts(drafts.basis_of(page, TODAY), Writer("Jane", "Houston")).of(campaign.targets.get())

    assert "cosponsor it" in draft.body
    assert "against" not in draft.body


def test_another_campaign_leads_only_to_what_was_approved_under_its_approved_name(cast: Cast):
    following = live_for(cast, ContactFactory(), slug="next", name="Next step")
    campaign = live_for(cast, ContactFactory(), next_campaign=following)
    Campaign.objects.filter(pk=following.pk).update(name="Unseen words")

    named = facts.next_after(Campaign.objects.get(pk=campaign.pk), "en")
    following.revisions.update(verdict="returned", note="No.")

    assert named == ("/act/next/en/", "Next step")
    assert facts.next_after(Campaign.objects.get(pk=campaign.pk), "en") == ("", "")


def in_quebec(cast: Cast) -> Campaign:
    """Élise's campaign on a Quebec bill, in both languages."""
    quebec = province("qc", "Quebec")
    bill = measure("17", jurisdiction=quebec)
    took(bill, cast.saint_laurent, Standpoint.SUPPORT, cast.jordan)
    fields = {"name_fr": "Le dossier suit", "ask_fr": "appuyez-le"}
    campaign = drafted(cast.elise, bill, cast.saint_laurent, **fields)
    says(campaign, "fr")
    to_own_legislators(campaign, quebec)
    return campaign


FRENCH: dict[str, Change] = {
    "text taken out": lambda cast, campaign: campaign.messages.filter(language="fr").delete(),
    "text emptied": lambda cast, campaign: campaign.messages.filter(language="fr").update(body=" \n"),
    "mail taken out": lambda cast, campaign: campaign.appeals.filter(language="fr").delete(),
    "mail emptied": lambda cast, campaign: campaign.appeals.filter(language="fr").update(body=""),
    "name taken out": field(name_fr=""),
    "ask taken out": field(ask_fr=""),
}


@pytest.mark.parametrize("name", FRENCH)
def test_where_both_languages_are_owed_nothing_goes_on_without_the_french(cast: Cast, name: str):
    campaign = in_quebec(cast)
    complete = list(checks.language(campaign))

    FRENCH[name](cast, campaign)
    campaign.refresh_from_db()

    assert complete == []
    with pytest.raises(NotReady, match="French text is required"):
        campaigns.submit(campaign, by=cast.elise, now=NOW)


@pytest.mark.parametrize("kind", [RuleKind.STANCE, RuleKind.NOT_SPONSORS, RuleKind.CHAMBER])
def test_a_rule_that_names_a_chamber_of_quebec_owes_both_languages_whatever_its_measure(
    cast: Cast, kind: str
):
    campaign = drafted(cast.elise, measure("HB 210"), cast.saint_laurent)
    chamber = Chamber.objects.create(
        jurisdiction=province("qc", "Quebec"), code="legislature", name="Assembly"
    )

    campaign.rules.create(kind=kind, chamber=chamber, stances=["supportive"])

    assert checks.languages_needed(campaign) == ["en", "fr"]


def test_a_list_for_tests_is_no_way_to_write_to_everybody(cast: Cast):
    campaign = drafted_for(cast, ContactFactory())
    crowd = ContactFactory.create_batch(trials.MOST_TESTERS)
    campaign.lists.add(listed(*crowd, name="Tests", is_test=True))

    with pytest.raises(NotReady, match="at most"):
        trials.send(campaign, by=cast.dana, now=NOW)

    assert not OutboundMessage.objects.exists()


def test_why_not_says_what_changed(cast: Cast):
    campaign = live_for(cast, ContactFactory())
    fine = approval.why_not(campaign)
    campaign.appeals.update(body="Vote! {{ link }}")

    assert (fine, approval.why_not(campaign)) == ("", str(NotWhatWasApproved()))
