"""What keeps a draft from review, each said with what to do."""

from datetime import timedelta
from typing import Any

import pytest

from advocacy.kernel import nonpartisan
from advocacy.positions.models import Standpoint
from campaigns import checks
from campaigns.models import (
    Campaign,
    CampaignKind,
    Compliance,
    Message,
    Purpose,
    RuleKind,
    TargetGroup,
    TargetRule,
)
from legislation.models import ChamberCode, Official, Sponsorship
from tests.campaigns.mailing import says_for
from tests.cast import TODAY, Cast
from tests.factories.campaigns import drafted, says, to_own_legislators
from tests.factories.contacts import listed
from tests.factories.log import alma_reyes, official_in, seat_in
from tests.factories.measures import measure, took
from tests.factories.people import canada, province, state, united_states


def ready(cast: Cast, **fields: Any) -> Campaign:
    bill = measure("HB 210")
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    alma_reyes()
    campaign = drafted(cast.dana, bill, cast.gulf_prairie, **fields)
    to_own_legislators(campaign, state("tx", "Texas"))
    return campaign


def to_members_of_parliament(cast: Cast) -> Campaign:
    """Élise's, in English, to one's own MP."""
    bill = measure("S-5", jurisdiction=canada(), session="45-1")
    took(bill, cast.saint_laurent, Standpoint.SUPPORT, cast.jordan)
    official_in(seat_in(canada(), "Outremont"), "Wren Castellan")
    campaign = drafted(cast.elise, bill, cast.saint_laurent)
    to_own_legislators(campaign, canada(), chamber_code=ChamberCode.LOWER)
    return campaign


def test_a_complete_campaign_passes_every_check(cast: Cast):
    found = checks.of(ready(cast))

    assert [check.title for check in found if not check.is_passed] == []
    assert len(found) == 8


def test_a_letter_needs_a_measure_with_an_approved_position(cast: Cast):
    campaign = ready(cast)
    campaign.measures.add(measure("SB 84"))
    without = drafted(cast.dana, None, cast.gulf_prairie, slug="without")

    assert list(checks.position(campaign)) == [
        "SB 84 (90R): Nobody has proposed a position on this measure yet."
    ]
    assert "Name the measure: a campaign that asks legislators is about one." in checks.problems(without)


def test_a_petition_about_no_legislation_needs_no_measure(cast: Cast):
    campaign = drafted(
        cast.dana, None, cast.gulf_prairie, kind=CampaignKind.PETITION, compliance=Compliance.NONE
    )

    assert list(checks.brief(campaign)) == []


def test_french_is_required_where_a_member_of_the_canadian_parliament_is_asked(cast: Cast):
    campaign = to_members_of_parliament(cast)

    found = list(checks.language(campaign))

    assert found == [
        "French text is required for this audience: Everyone without a text of their own.",
        "French text is required for this audience: The ask, at launch.",
        "French text is required for this audience: fill in the name and the ask in French.",
    ]


def test_french_is_there_or_waived_by_staff(cast: Cast):
    campaign = to_members_of_parliament(cast)
    says(campaign, "fr")
    campaign.name_fr, campaign.ask_fr = "Le dossier suit", "appuyez-le"
    complete = list(checks.language(campaign))
    campaign.messages.filter(language="fr").delete()
    campaign.appeals.filter(language="fr").delete()
    campaign.french_waived_because = "Only senators from the Prairies."

    assert complete == []
    assert list(checks.language(campaign)) == []


@pytest.mark.parametrize(("place", "both"), [("qc", True), ("on", False)])
def test_of_the_provinces_quebec_alone_asks_for_both_languages(cast: Cast, place: str, both: bool):
    bill = measure("17", jurisdiction=province(place, place.upper()))
    campaign = drafted(cast.elise, bill, cast.saint_laurent)
    to_own_legislators(campaign, province(place, place.upper()))

    assert checks.languages_needed(campaign) == (["en", "fr"] if both else ["en"])


def test_a_variant_is_written_in_every_language_that_is_needed(cast: Cast):
    campaign = to_members_of_parliament(cast)
    says(campaign, "fr")
    campaign.name_fr, campaign.ask_fr = "Le dossier suit", "appuyez-le"
    says(campaign, "en", TargetGroup.COMMITTED)

    assert list(checks.language(campaign)) == [
        "French text is required for this audience: Already committed: thank-you."
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ password }} {{ constituency }}", "“password” is no token"),
        ("{{ official.user }} {{ constituency }}", "“official.user” is no token"),
        ("{% for x in y %} {{ constituency }", "“{{ constituency }” is no token"),
        ("{{ official", "is no token"),
    ],
)
def test_an_unknown_token_is_named_and_blocks_the_review(cast: Cast, body: str, problem: str):
    campaign = ready(cast)
    Message.objects.filter(campaign=campaign).update(body=body)

    assert any(problem in said for said in checks.problems(campaign))


def test_a_token_without_a_value_in_this_campaign_is_named(cast: Cast):
    campaign = ready(cast, ask="")

    assert (
        "Everyone without a text of their own (English): the token “ask” has no value in this campaign."
        in checks.problems(campaign)
    )


def test_an_appeal_without_its_link_leads_nowhere(cast: Cast):
    campaign = ready(cast)
    campaign.appeals.update(body="Write today.")

    assert list(checks.token(campaign)) == [
        "The ask, at launch (English): put {{ link }} where readers go on."
    ]


def test_subject_and_first_line_carry_number_position_and_constituency(cast: Cast):
    campaign = ready(cast)
    campaign.messages.update(subject="Please read", body="{{ salutation }},\n\nHello.\n\n{{ measure }}")

    assert list(checks.opening(campaign)) == [
        "Everyone without a text of their own (English): the subject or the first line must carry"
        " {{ measure }}, {{ position }}, {{ constituency }}."
    ]


def test_rules_that_name_nobody_are_said(cast: Cast):
    campaign = ready(cast)
    campaign.rules.all().delete()
    nobody = list(checks.target(campaign))
    TargetRule.objects.create(campaign=campaign, kind=RuleKind.NAMED)

    assert nobody == ["Say whom supporters write to."]
    assert list(checks.target(campaign)) == ["The rules name nobody who may be written to."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Republicans and Democrats agree", ["republicans", "democrats"]),
        ("Votez pour le Parti québécois", ["votez", "parti quebecois"]),
        ("Before the election, re-elect her", ["election", "re elect"]),
        ("A liberal reading of the bill; a party to it", []),
        ("Elected members selected the text", []),
    ],
)
def test_words_of_parties_and_elections_are_pointed_at(text: str, words: list[str]):
    assert nonpartisan.words_to_look_at([text]) == words


def test_no_federal_office_of_the_united_states_asks_for_french(cast: Cast):
    campaign = ready(cast)
    to_own_legislators(campaign, united_states())

    assert checks.languages_needed(campaign) == ["en"]


@pytest.mark.parametrize(("name_fr", "ask_fr"), [("Le dossier suit", ""), ("", "appuyez-le")])
def test_name_and_ask_are_both_needed_in_french(cast: Cast, name_fr: str, ask_fr: str):
    campaign = to_members_of_parliament(cast)
    says(campaign, "fr")
    campaign.name_fr, campaign.ask_fr = name_fr, ask_fr

    assert list(checks.language(campaign)) == [
        "French text is required for this audience: fill in the name and the ask in French."
    ]


def test_each_mail_that_is_written_is_written_in_every_language_that_is_needed(cast: Cast):
    campaign = to_members_of_parliament(cast)
    says(campaign, "fr")
    campaign.name_fr, campaign.ask_fr = "Le dossier suit", "appuyez-le"
    says_for(campaign, Purpose.THANKS)

    assert list(checks.language(campaign)) == [
        "French text is required for this audience: Thank-you at the end."
    ]


def test_a_campaign_says_whom_it_asks(cast: Cast):
    campaign = ready(cast, asks_members=False)
    nobody = list(checks.brief(campaign))
    campaign.lists.add(listed())

    assert nobody == ["Choose whom to ask: the members of the chapters, or a list."]
    assert list(checks.brief(campaign)) == []


def test_below_its_mail_stands_a_postal_address_of_the_chapter_or_of_the_society(cast: Cast):
    campaign = ready(cast)
    cast.society.postal_address = ""
    cast.society.save()
    without = list(checks.brief(campaign))
    cast.gulf_prairie.postal_address = "2 Bay Street"
    cast.gulf_prairie.save()
    campaign.chapter.refresh_from_db()

    assert without == ["Enter the postal address of the society: it stands below every mail of a campaign."]
    assert list(checks.brief(campaign)) == []


def test_a_position_of_one_chapter_is_not_anothers_to_use(cast: Cast):
    campaign = ready(cast)
    campaign.chapter = cast.hill_country

    assert len(list(checks.position(campaign))) == 1


@pytest.mark.parametrize("missing", ["opens_at", "closes_at"])
def test_a_window_has_two_ends(cast: Cast, missing: str):
    campaign = ready(cast)
    setattr(campaign, missing, None)

    assert list(checks.window(campaign)) == ["Say when the campaign opens and closes."]


def test_a_window_is_over_at_the_moment_it_closes(cast: Cast):
    campaign = ready(cast)

    assert not checks.is_over(campaign, campaign.closes_at - timedelta(seconds=1))
    assert checks.is_over(campaign, campaign.closes_at)


def test_without_a_measure_its_tokens_have_no_value(cast: Cast):
    campaign = drafted(cast.dana, None, cast.gulf_prairie)

    assert [said.partition("the token ")[2] for said in checks.token(campaign)] == [
        "“measure” has no value in this campaign.",
        "“position” has no value in this campaign.",
    ]


def test_of_the_society_there_is_no_chapter_to_name(cast: Cast):
    campaign = ready(cast)
    campaign.messages.update(body="{{ measure }} {{ chapter }}")
    before = list(checks.token(campaign))
    campaign.chapter = None

    assert before == []
    assert [said.partition("the token ")[2] for said in checks.token(campaign)] == [
        "“chapter” has no value in this campaign."
    ]


@pytest.mark.parametrize(
    ("purpose", "problems"), [(Purpose.REMINDER, 1), (Purpose.THANKS, 0), (Purpose.OUTCOME, 0)]
)
def test_what_came_of_it_is_told_only_afterwards(cast: Cast, purpose: Purpose, problems: int):
    campaign = ready(cast)
    says_for(campaign, purpose, body="{{ outcome }} {{ link }}")

    assert len(list(checks.token(campaign))) == problems


@pytest.mark.parametrize(
    ("purpose", "problems"), [(Purpose.REMINDER, 1), (Purpose.THANKS, 1), (Purpose.OUTCOME, 0)]
)
def test_every_mail_but_the_last_leads_on(cast: Cast, purpose: Purpose, problems: int):
    campaign = ready(cast)
    says_for(campaign, purpose, body="Thank you.")

    assert len(list(checks.token(campaign))) == problems


def test_the_second_subject_is_looked_at_too(cast: Cast):
    campaign = ready(cast)
    campaign.appeals.update(subject_b="{{ password }}")

    assert any("“password” is no token" in said for said in checks.token(campaign))


def test_the_line_after_the_greeting_is_the_first_and_a_later_one_is_not(cast: Cast):
    campaign = ready(cast)
    named = "{{ measure }} {{ position }} {{ constituency }}"
    campaign.messages.update(subject="Please read", body=f"{{{{ salutation }}}},\n\n{named}\n\nThanks")
    first = list(checks.opening(campaign))
    campaign.messages.update(body=f"{{{{ salutation }}}},\n\nHello.\n\n{named}")

    assert first == []
    assert len(list(checks.opening(campaign))) == 1


def test_a_thank_you_needs_no_position(cast: Cast):
    campaign = ready(cast)
    says(campaign, "en", TargetGroup.COMMITTED)
    campaign.messages.filter(group=TargetGroup.COMMITTED).update(
        subject="Thank you for {{ measure }}", body="{{ salutation }},\n\nwe in {{ constituency }} thank you."
    )

    assert list(checks.opening(campaign)) == []


def test_where_everybody_named_is_left_alone_there_is_nobody_to_write_to(cast: Cast):
    campaign = ready(cast)
    bill, reyes = campaign.measures.get(), Official.objects.get(name="Alma Reyes")
    Sponsorship.objects.create(measure=bill, name="Reyes", role="cosponsor", official=reyes, on=TODAY)

    assert list(checks.target(campaign)) == ["The rules name nobody who may be written to."]


def test_who_sponsors_what_we_oppose_is_not_committed_to_us_and_is_written_to(cast: Cast):
    bill = measure("HB 211")
    took(bill, cast.gulf_prairie, Standpoint.OPPOSE, cast.jordan)
    reyes = alma_reyes()
    Sponsorship.objects.create(measure=bill, name="Reyes", role="cosponsor", official=reyes, on=TODAY)
    campaign = drafted(cast.dana, bill, cast.gulf_prairie)
    TargetRule.objects.create(campaign=campaign, kind=RuleKind.SPONSORS)

    assert list(checks.target(campaign)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda one: Campaign.objects.filter(pk=one.pk).update(summary="Republicans"),
        lambda one: Campaign.objects.filter(pk=one.pk).update(ask_fr="Républicains et Republicans"),
        lambda one: one.messages.update(prompt="Republicans"),
        lambda one: one.appeals.update(subject_b="Republicans"),
    ],
)
def test_every_text_of_a_campaign_is_looked_through_for_such_words(cast: Cast, change: Any):
    campaign = ready(cast)
    before = checks.of(campaign)[-1].remarks
    change(campaign)

    assert before == []
    assert checks.of(Campaign.objects.get(pk=campaign.pk))[-1].remarks == [
        "Read it again, it may sound partisan: republicans"
    ]


def test_a_word_that_only_holds_such_a_word_is_not_pointed_at():
    assert nonpartisan.words_to_look_at(["A preelection of gopher tunnels"]) == []
