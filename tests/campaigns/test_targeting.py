"""From rules to offices, and how the list follows what happens."""

from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.interactions.actions import do_not_contact
from advocacy.interactions.models import OfficialStance
from advocacy.positions.models import Standpoint
from campaigns import targeting
from campaigns.actions import targets
from campaigns.models import Campaign, RuleKind, TargetGroup, TargetRule
from legislation.models import (
    Chamber,
    ChamberCode,
    Committee,
    CommitteeMembership,
    Official,
    PartyAffiliation,
    Seat,
    Sponsorship,
    Tenure,
)
from tests.cast import NOW, TODAY, Cast
from tests.factories.campaigns import drafted, says, to_own_legislators
from tests.factories.log import official_in, seat_in
from tests.factories.measures import measure, took
from tests.factories.people import state, united_states


def texas(cast: Cast, position: Standpoint = Standpoint.SUPPORT) -> Campaign:
    """A campaign on HB 210 while Reyes sits in House 131, Tran in Senate 15, and Dell in Senate 13."""
    bill = measure("HB 210")
    took(bill, cast.gulf_prairie, position, cast.jordan)
    texas = state("tx", "Texas")
    official_in(seat_in(texas, "131"), "Alma Reyes")
    official_in(seat_in(texas, "15", ChamberCode.UPPER), "Joel Tran")
    official_in(seat_in(texas, "13", ChamberCode.UPPER), "Omar Dell")
    return drafted(cast.dana, bill, cast.gulf_prairie)


def names(campaign: Campaign, day: date = TODAY) -> dict[str, str]:
    offices = targeting.offices_of(campaign, day)
    return {str(one.official or one.rule.agency_name): one.left_alone or one.group.value for one in offices}


def official(name: str) -> Official:
    return Official.objects.get(name=name)


def sponsors(name: str, campaign: Campaign, **fields: Any) -> None:
    bill = campaign.measures.get()
    Sponsorship.objects.create(
        measure=bill, name=name, role="cosponsor", official=official(name), on=TODAY, **fields
    )


def rule(campaign: Campaign, kind: RuleKind, **fields: Any) -> TargetRule:
    return TargetRule.objects.create(campaign=campaign, kind=kind, **fields)


def test_ones_own_legislators_are_the_members_of_both_chambers_but_no_executive(cast: Cast):
    campaign = texas(cast)
    official_in(seat_in(state("tx", "Texas"), "governor", ChamberCode.EXECUTIVE), "Gil Navarro")
    to_own_legislators(campaign, state("tx", "Texas"))

    assert list(names(campaign)) == ["Omar Dell", "Alma Reyes", "Joel Tran"]


def test_they_can_be_those_of_one_chamber(cast: Cast):
    campaign = texas(cast)
    to_own_legislators(campaign, state("tx", "Texas"), chamber_code=ChamberCode.UPPER)

    assert list(names(campaign)) == ["Omar Dell", "Joel Tran"]


def test_sponsors_and_everybody_else_are_two_rules(cast: Cast):
    campaign = texas(cast)
    says(campaign, "en", TargetGroup.COMMITTED)
    sponsors("Joel Tran", campaign)
    sponsors("Omar Dell", campaign, withdrawn_on=TODAY)
    first = rule(campaign, RuleKind.SPONSORS)
    joined = names(campaign)
    first.delete()
    rule(campaign, RuleKind.NOT_SPONSORS)

    assert joined == {"Joel Tran": "committed"}
    assert list(names(campaign)) == ["Omar Dell", "Alma Reyes"]


def test_the_committed_are_thanked_where_there_is_a_text_for_it_and_else_left_alone(cast: Cast):
    campaign = texas(cast)
    sponsors("Joel Tran", campaign)
    rule(campaign, RuleKind.CHAMBER, chamber=Chamber.objects.get(code=ChamberCode.UPPER))
    without = names(campaign)
    says(campaign, "en", TargetGroup.COMMITTED)

    assert without["Joel Tran"] == "Committed already, and there is no text that thanks them."
    assert names(campaign)["Joel Tran"] == "committed"


def test_where_we_oppose_the_measure_its_sponsors_stand_against_us(cast: Cast):
    campaign = texas(cast, Standpoint.OPPOSE)
    sponsors("Joel Tran", campaign)
    rule(campaign, RuleKind.CHAMBER, chamber=Chamber.objects.get(code=ChamberCode.UPPER))

    targets.renew(campaign, now=NOW)

    groups = dict(campaign.targets.values_list("official__name", "group"))
    assert groups == {"Omar Dell": "everyone", "Joel Tran": "opposed"}


def test_whom_a_note_asks_to_leave_alone_is_not_written_to(cast: Cast):
    campaign = texas(cast)
    until = TODAY + timedelta(days=30)
    do_not_contact.ask(
        by=cast.jordan, official=official("Alma Reyes"), until=until, reason="Bereavement", on=TODAY
    )
    to_own_legislators(campaign, state("tx", "Texas"))

    assert names(campaign)["Alma Reyes"] == "A note asks to leave this office alone."


def test_an_agency_is_an_office_too(cast: Cast):
    campaign = texas(cast)
    rule(campaign, RuleKind.AGENCY, agency_name="Health Commission", agency_email="rules@health.example")

    assert names(campaign) == {"Health Commission": "everyone"}


def test_an_official_whom_two_rules_name_is_one_target(cast: Cast):
    campaign = texas(cast)
    to_own_legislators(campaign, state("tx", "Texas"))
    rule(campaign, RuleKind.NAMED).officials.add(official("Alma Reyes"))

    targets.renew(campaign, now=NOW)

    assert campaign.targets.filter(official__name="Alma Reyes").count() == 1


def test_who_leaves_office_in_the_middle_is_marked_and_the_successor_is_added(cast: Cast):
    campaign = texas(cast)
    to_own_legislators(campaign, state("tx", "Texas"))
    targets.renew(campaign, now=NOW)
    Tenure.objects.filter(official__name="Omar Dell").update(ends_on=TODAY)
    holt = Official.objects.create(name="Bea Holt")
    Tenure.objects.create(official=holt, seat=Seat.objects.get(district="13"), starts_on=TODAY)

    changed = targets.renew(campaign, now=NOW)

    states = dict(campaign.targets.values_list("official__name", "state"))
    assert changed == {"added": 1, "left": 1, "changed": 0}
    assert states == {
        "Alma Reyes": "active",
        "Joel Tran": "active",
        "Omar Dell": "left",
        "Bea Holt": "active",
    }


def test_looking_again_changes_nothing(cast: Cast):
    campaign = texas(cast)
    to_own_legislators(campaign, state("tx", "Texas"))
    targets.renew(campaign, now=NOW)

    assert targets.renew(campaign, now=NOW) == {"added": 0, "left": 0, "changed": 0}


@pytest.mark.parametrize("level", ["chapter", "restricted"])
def test_what_a_chapter_keeps_to_itself_decides_no_group(cast: Cast, level: str):
    campaign = texas(cast)
    rule(campaign, RuleKind.STANCE, stances=[TargetGroup.OPPOSED])
    noted = OfficialStance.objects.create(
        official=official("Alma Reyes"),
        measure=campaign.measures.get(),
        stance="no",
        evidence="inferred",
        as_of=TODAY,
        chapter=cast.gulf_prairie,
        noted_by=cast.dana,
        confidentiality=level,
    )
    hidden = names(campaign)
    noted.confidentiality = "shared"
    noted.save()

    assert hidden == {}
    assert names(campaign) == {"Alma Reyes": "opposed"}


def test_ones_own_are_those_of_the_legislature_that_the_rule_names(cast: Cast):
    campaign = texas(cast)
    official_in(seat_in(united_states(), "TX-18"), "Gwen Marsh")
    official_in(seat_in(state("va", "Virginia"), "48"), "Ada Pine")
    to_own_legislators(campaign, state("tx", "Texas"))

    assert list(names(campaign)) == ["Omar Dell", "Alma Reyes", "Joel Tran"]


def test_without_a_legislature_they_are_those_where_the_chapters_work_and_of_the_countries_above(cast: Cast):
    campaign = texas(cast)
    official_in(seat_in(united_states(), "TX-18"), "Gwen Marsh")
    official_in(seat_in(state("va", "Virginia"), "48"), "Ada Pine")
    rule(campaign, RuleKind.MY_REPRESENTATIVES)
    in_texas = list(names(campaign))

    campaign.chapters.add(cast.three_capitals)

    assert in_texas == ["Omar Dell", "Gwen Marsh", "Alma Reyes", "Joel Tran"]
    assert list(names(campaign)) == ["Omar Dell", "Gwen Marsh", "Ada Pine", "Alma Reyes", "Joel Tran"]


def test_where_no_chapter_takes_part_yet_the_one_that_runs_it_says_where(cast: Cast):
    campaign = texas(cast)
    campaign.chapters.clear()
    rule(campaign, RuleKind.MY_REPRESENTATIVES)

    assert list(names(campaign)) == ["Omar Dell", "Alma Reyes", "Joel Tran"]


def test_of_a_committee_those_are_written_to_who_sit_on_it_that_day_as_lawmakers(cast: Cast):
    campaign = texas(cast)
    health = Committee.objects.create(jurisdiction=state("tx", "Texas"), name="Public Health")
    governor = official_in(seat_in(state("tx", "Texas"), "governor", ChamberCode.EXECUTIVE), "Gil Navarro")
    for one, ends_on in ((official("Alma Reyes"), None), (official("Omar Dell"), TODAY), (governor, None)):
        CommitteeMembership.objects.create(committee=health, official=one, ends_on=ends_on)
    rule(campaign, RuleKind.COMMITTEE, committee=health)

    assert list(names(campaign)) == ["Alma Reyes"]
    assert list(names(campaign, TODAY - timedelta(days=1))) == ["Omar Dell", "Alma Reyes"]


def test_a_rule_narrowed_by_party_names_those_who_belong_to_it_that_day(cast: Cast):
    campaign = texas(cast)
    for name, ends_on in (("Omar Dell", None), ("Joel Tran", TODAY)):
        PartyAffiliation.objects.create(official=official(name), party="Unity", ends_on=ends_on)
    to_own_legislators(campaign, state("tx", "Texas"), party="Unity")

    assert list(names(campaign)) == ["Omar Dell"]


def test_a_note_whose_day_has_come_leaves_the_office_to_be_written_to_again(cast: Cast):
    campaign = texas(cast)
    until = TODAY + timedelta(days=30)
    do_not_contact.ask(
        by=cast.jordan, official=official("Alma Reyes"), until=until, reason="Bereavement", on=TODAY
    )
    to_own_legislators(campaign, state("tx", "Texas"))

    assert names(campaign, until)["Alma Reyes"] == "everyone"


def test_a_sponsor_who_is_no_lawmaker_any_more_is_not_written_to(cast: Cast):
    campaign = texas(cast)
    says(campaign, "en", TargetGroup.COMMITTED)
    official_in(seat_in(state("tx", "Texas"), "governor", ChamberCode.EXECUTIVE), "Gil Navarro")
    sponsors("Gil Navarro", campaign)
    sponsors("Joel Tran", campaign)
    rule(campaign, RuleKind.SPONSORS)

    assert list(names(campaign)) == ["Joel Tran"]


def test_the_first_rule_that_names_an_office_says_who_may_write_there(cast: Cast):
    campaign = texas(cast)
    to_own_legislators(campaign, state("tx", "Texas"))
    later, fallback = (rule(campaign, RuleKind.NAMED, is_fallback=last) for last in (False, True))
    later.officials.add(official("Alma Reyes"))
    fallback.officials.add(official("Alma Reyes"))

    targets.renew(campaign, now=NOW)

    reyes = campaign.targets.get(official__name="Alma Reyes")
    assert (reyes.is_own_only, reyes.is_fallback) == (True, False)


def test_who_is_left_alone_stands_on_the_list_as_excluded(cast: Cast):
    campaign = texas(cast)
    sponsors("Joel Tran", campaign)
    to_own_legislators(campaign, state("tx", "Texas"))

    targets.renew(campaign, now=NOW)

    excluded = campaign.targets.filter(state="excluded")
    assert [(str(one), one.why) for one in excluded] == [
        ("Joel Tran", "Committed already, and there is no text that thanks them.")
    ]
