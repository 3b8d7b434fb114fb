"""Who writes on a campaign, and when; and what a draft begins with."""

from datetime import timedelta

import pytest

from advocacy.audit.models import Entry
from campaigns import checks
from campaigns.actions import campaigns, editing
from campaigns.content import content_of, differences
from campaigns.errors import MayNotChoose, MayNotRun, NotToEdit
from campaigns.models import Campaign, CampaignKind, RuleKind, TargetRule
from legislation.models import Official
from tests.campaigns.workshop import HOUR, begun, bill_with_position, ready, to_own_legislators
from tests.cast import NOW, Cast
from tests.factories.contacts import ContactFactory, listed


def test_a_draft_begins_with_texts_that_an_office_can_sort(cast: Cast):
    campaign = begun(cast, languages=["en", "fr"], name_fr="Le dossier suit", ask_fr="appuyer HB 210")

    assert sorted(campaign.messages.values_list("group", "language")) == [
        ("everyone", "en"),
        ("everyone", "fr"),
    ]
    assert [list(check(campaign)) for check in (checks.token, checks.opening, checks.language)] == [
        [],
        [],
        [],
    ]


@pytest.mark.parametrize("kind", CampaignKind.values)
@pytest.mark.parametrize("has_measure", [True, False])
def test_the_proposed_texts_of_every_kind_pass_the_checks_of_texts(cast: Cast, kind: str, has_measure: bool):
    if has_measure:
        campaign = begun(cast, kind=kind, languages=["en", "fr"])
    else:
        known = {"kind": kind, "languages": ["en", "fr"], "name": "A rule", "ask": "adopt it"}
        campaign = editing.begin(by=cast.dana, now=NOW, chapter=cast.gulf_prairie, **known)

    found = [*checks.token(campaign), *(checks.opening(campaign) if has_measure else ())]
    assert found == []


def test_a_second_press_finds_what_the_first_began(cast: Cast):
    bill = bill_with_position(cast)

    first = begun(cast, bill)
    second = begun(cast, bill, now=NOW + timedelta(seconds=5))
    later = begun(cast, bill, now=NOW + HOUR)

    assert (second, later.slug) == (first, "records-follow-the-patient-2")


def test_a_copy_takes_words_and_rules_and_no_people_dates_or_approvals(cast: Cast):
    past = ready(cast)
    editing.edit(past, by=cast.dana, lists=[listed(ContactFactory(), chapter=cast.gulf_prairie)])
    named = TargetRule.objects.create(campaign=past, kind=RuleKind.NAMED)
    named.officials.set(Official.objects.all())
    campaigns.submit(past, by=cast.dana, now=NOW)

    copied = editing.begin_like(past, by=cast.luis, now=NOW, chapter=cast.hill_country, name="Once more")

    assert (copied.status, copied.created_by, copied.opens_at, copied.revision) == (
        "draft",
        cast.luis,
        None,
        None,
    )
    assert list(copied.lists.all()) == []
    assert list(copied.chapters.all()) == [cast.hill_country]
    assert list(copied.messages.values_list("subject", "body")) == list(
        past.messages.values_list("subject", "body")
    )
    assert [(rule.kind, rule.officials.count()) for rule in copied.rules.all()] == [
        ("my_representatives", 0),
        ("named", 1),
    ]
    assert past.messages.count() == 1


def test_a_change_is_kept_in_the_history_with_old_and_new(cast: Cast):
    campaign = begun(cast)

    assert editing.edit(campaign, by=cast.dana, goal="It becomes law.", needs_own_words=True)
    assert not editing.edit(campaign, by=cast.dana, goal="It becomes law.")

    entry = Entry.objects.filter(verb="edited").get()
    assert entry.changes == {"goal": ["It leaves its committee.", "It becomes law."]}


@pytest.mark.parametrize("act", ["edit", "message", "appeal", "rule", "remove"])
def test_what_was_submitted_is_not_written_on(cast: Cast, act: str):
    campaign = ready(cast)
    rule = campaign.rules.get()
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    attempts = {
        "edit": lambda: editing.edit(campaign, by=cast.dana, goal="Another."),
        "message": lambda: _message(campaign, cast),
        "appeal": lambda: _appeal(campaign, cast),
        "rule": lambda: editing.save_rule(rule, by=cast.dana),
        "remove": lambda: editing.remove_rule(rule, by=cast.dana),
    }

    with pytest.raises(NotToEdit):
        attempts[act]()


def _message(campaign: Campaign, cast: Cast) -> bool:
    return editing.write_message(
        campaign, by=cast.dana, group="everyone", language="en", subject="a", body="b", prompt=""
    )


def _appeal(campaign: Campaign, cast: Cast) -> bool:
    return editing.write_appeal(
        campaign, by=cast.dana, purpose="launch", language="en", subject="a", subject_b="", body="b"
    )


def test_an_advocate_of_another_chapter_does_not_write_on_it(cast: Cast):
    campaign = begun(cast)
    campaign.chapters.add(cast.hill_country)

    with pytest.raises(MayNotRun):
        editing.edit(campaign, by=cast.luis, goal="Another.")


def test_an_advocate_asks_members_of_the_state_team_and_of_nobody_else(cast: Cast):
    campaign = begun(cast)

    editing.edit(campaign, by=cast.dana, chapters=[cast.gulf_prairie, cast.hill_country])
    with pytest.raises(MayNotChoose):
        editing.edit(campaign, by=cast.dana, chapters=[cast.three_capitals])
    editing.edit(campaign, by=cast.jordan, chapters=[cast.three_capitals])
    editing.edit(campaign, by=cast.dana, chapters=[cast.gulf_prairie, cast.three_capitals])

    assert set(campaign.chapters.all()) == {cast.gulf_prairie, cast.three_capitals}


def test_an_advocate_asks_only_the_lists_of_their_chapters(cast: Cast):
    campaign = begun(cast)
    theirs = listed(ContactFactory(), name="Theirs", chapter=cast.hill_country)

    with pytest.raises(MayNotChoose):
        editing.edit(campaign, by=cast.dana, lists=[theirs])


def test_only_staff_waive_the_french_text_and_narrow_by_party(cast: Cast):
    campaign = begun(cast)
    rule = to_own_legislators(campaign)
    rule.party = "Unity"

    with pytest.raises(MayNotChoose):
        editing.edit(campaign, by=cast.dana, french_waived_because="No time.")
    with pytest.raises(MayNotChoose):
        editing.save_rule(rule, by=cast.dana)
    editing.save_rule(rule, by=cast.jordan)
    editing.save_rule(rule, by=cast.dana)

    assert TargetRule.objects.get().party == "Unity"


def test_a_text_without_subject_and_words_is_taken_out(cast: Cast):
    campaign = begun(cast, languages=["en", "fr"])

    taken = editing.write_message(
        campaign, by=cast.dana, group="everyone", language="fr", subject="", body="", prompt=""
    )

    assert taken
    assert list(campaign.messages.values_list("language", flat=True)) == ["en"]


def test_what_changed_reads_as_words_and_names_no_keys(cast: Cast):
    campaign = begun(cast)
    to_own_legislators(campaign)

    found = {one.label: one.after for one in differences({}, content_of(campaign))}

    assert found["Kind"] == "Letter"
    assert found["Run by"] == "Gulf Prairie"
    assert found["Opens"] == "Tuesday Feb. 9, 2027, 10:00"
    assert found["Measures"] == "HB 210 (90R): Support"
    assert found["Target rules"] == "The supporter’s own representatives: Texas"
    assert "Messages · Everyone without a text of their own (English) · text" in found
