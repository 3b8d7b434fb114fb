"""Roll calls as the scrapers of Open States write them: beside their bill, or apart."""

from datetime import date

from legislation.models.jurisdiction import ChamberCode
from legislation.models.roll_call import VoteOption, VoteResult
from legislation.sources.measures import openstates_scrape
from legislation.sources.measures.records import (
    MeasureKey,
    MeasureRecord,
    Refused,
    RollCallRecord,
    SessionFact,
)
from tests.legislation.measures.openstates_files import (
    CONGRESS,
    bill,
    body,
    federal_bill,
    only,
    read,
    roll_call,
    written,
)


def test_a_roll_call_comes_with_its_bill(tmp_path):
    vote = roll_call(
        "HB 126",
        ("Yin", "yes"),
        ("Bear", "no"),
        ("Filer", "excused"),
        start_date="2026-02-12T00:03:40+00:00",
        identifier="wy-2026-lower-7",
        extras={"house-rollcall-num": "7"},
    )
    (call,) = only(written(tmp_path, vote, bill("HB0126"))).roll_calls

    assert (call.external_id, call.number) == ("us/state:wy/2026/HB126/wy-2026-lower-7", 7)
    assert (call.on, call.motion, call.chamber) == (
        date(2026, 2, 11),
        "H 3rd Reading:Passed",
        ChamberCode.LOWER,
    )
    assert (call.result, call.yes, call.no, call.others) == (VoteResult.PASSED, 1, 1, 1)
    assert call.url == "https://leg.example/HB0126/votes"
    assert [(vote.who.name, vote.option) for vote in call.votes] == [
        ("Yin", VoteOption.YES),
        ("Bear", VoteOption.NO),
        ("Filer", VoteOption.ABSENT),
    ]


def test_a_roll_call_without_an_id_is_told_from_others_by_its_moment_and_question(tmp_path):
    votes = [
        roll_call(motion_text="Passed"),
        roll_call(motion_text="Laid back"),
        roll_call(motion_text="Passed", start_date="2026-02-12T18:00:00+00:00"),
    ]
    first = only(written(tmp_path / "a", bill(), *votes)).roll_calls
    again = only(written(tmp_path / "b", bill(), *reversed(votes))).roll_calls

    assert len({call.external_id for call in first}) == 3
    assert {call.external_id for call in first} == {call.external_id for call in again}


def test_a_roll_call_for_a_bill_that_is_not_in_the_set_comes_apart(tmp_path):
    federal = {"legislative_session": "119", "organization": body("upper"), "result": "fail"}
    votes = [roll_call("HJRes 140", ("King (I-ME)", "no"), **federal)]
    apart, beside = sorted(
        read(written(tmp_path, federal_bill("HJRES 187"), *votes, under="us")),
        key=lambda one: type(one).__name__,
        reverse=True,
    )

    assert isinstance(apart, RollCallRecord)
    assert isinstance(beside, MeasureRecord)
    assert apart.key == MeasureKey(SessionFact(CONGRESS["id"], "119"), "HJRes 140")
    assert (apart.roll_call.result, apart.roll_call.chamber) == (VoteResult.FAILED, ChamberCode.UPPER)
    assert beside.roll_calls is None


def test_a_roll_call_is_of_the_jurisdiction_of_its_folder(tmp_path):
    federal = roll_call("HR 21", legislative_session="119")
    written(tmp_path, bill(), under="wy")
    found = read(written(tmp_path, federal, under="us"))
    alone = only(written(tmp_path / "alone", federal, under="us"))

    assert [one.key for one in found if isinstance(one, RollCallRecord)] == [alone.key]
    assert alone.key == MeasureKey(SessionFact(CONGRESS["id"], "119"), "HR 21")


def test_members_of_congress_vote_under_the_id_that_is_noted_beside_them(tmp_path):
    vote = roll_call("HR 21", legislative_session="119")
    vote["votes"] = [
        {"option": "yes", "voter_name": "Adams", "note": "A000370"},
        {"option": "not voting", "voter_name": "Alsobrooks (D-MD)", "note": "S428"},
        {"option": "abstain", "voter_name": "Bo", "note": "paired with none"},
    ]
    (call,) = only(written(tmp_path, federal_bill(), vote, under="us")).roll_calls

    assert [(one.who.name, one.who.identifiers, one.option) for one in call.votes] == [
        ("Adams", (("bioguide", "A000370"),), VoteOption.YES),
        ("Alsobrooks (D-MD)", (("lis", "S428"),), VoteOption.NOT_VOTING),
        ("Bo", (), VoteOption.PRESENT),
    ]


def test_a_voter_who_was_split_into_a_name_and_an_initial_is_one_again_and_the_file_says_so(tmp_path):
    split = [("Brown", "yes"), ("G", "yes"), ("Byron", "yes"), ("Larson", "no"), ("JT", "no")]
    counts = [{"option": "yes", "value": 2}, {"option": "no", "value": 1}]
    file = openstates_scrape.read(written(tmp_path, bill(), roll_call("HB0126", *split, counts=counts)))
    (found,) = file.records

    assert [vote.who.name for vote in found.roll_calls[0].votes] == ["Brown, G", "Byron", "Larson, JT"]
    assert file.warnings == ["Of 5 votes listed 3 are kept: 2 are lone initials of the names before."]
    assert file.listed == {"votes": 5}


def test_a_short_name_stays_a_name_where_the_count_has_room_for_it(tmp_path):
    voters = [("LEE", "yes"), ("NG", "yes")]
    (call,) = only(written(tmp_path, bill(), roll_call("HB0126", *voters))).roll_calls

    assert [vote.who.name for vote in call.votes] == ["LEE", "NG"]


def test_a_roll_call_of_nowhere_is_refused(tmp_path):
    found = only(written(tmp_path, roll_call(), under="somewhere"))

    assert found == Refused(found.where, "nothing says which jurisdiction it is of")
