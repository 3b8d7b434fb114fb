"""What keeps a draft from review, each said with what to do."""

from typing import Any

import pytest

from advocacy.positions.models import Standpoint
from campaigns import checks, nonpartisan
from campaigns.models import Campaign, CampaignKind, Compliance, Message, RuleKind, TargetGroup, TargetRule
from legislation.models import ChamberCode
from tests.cast import Cast
from tests.factories.campaigns import drafted, says, to_own_legislators
from tests.factories.log import alma_reyes, official_in, seat_in
from tests.factories.measures import measure, took
from tests.factories.people import canada, province, state


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
