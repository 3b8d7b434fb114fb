"""Roll calls of the Senate: whose votes they are, and of which measure."""

from datetime import date

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.roll_call import VoteOption, VoteResult
from legislation.sources.measures import senate_votes
from legislation.sources.measures.records import PersonHint, Refused, RollCallFact, VoteFact
from tests.legislation.measures.congress import only, saved

MENU = "<vote_summary><votes><vote><vote_number>00001</vote_number></vote></votes></vote_summary>"
ALBA = ("Alba", "Ferrante", "D", "TN", "Yea", "S901")
BAO = ("Bao", "Nguyen", "R", "KY", "Nay", "S902")


def member(first, last, party, state, cast, lis):
    return (
        f"<member><member_full>{last} ({party}-{state})</member_full><last_name>{last}</last_name>"
        f"<first_name>{first}</first_name><party>{party}</party><state>{state}</state>"
        f"<vote_cast>{cast}</vote_cast><lis_member_id>{lis}</lis_member_id></member>"
    )


def vote(
    *members, result="Bill Passed", document="S.", number="12", amended="", counts="", question=None, **more
):
    said = {
        "congress": "119",
        "session": "1",
        "vote_number": "00042",
        "vote_date": "March 4, 2025,  05:27 PM",
    } | more
    head = "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?><roll_call_vote>{head}
  <modify_date>March 5, 2025,  01:00 AM</modify_date>
  <vote_question_text>{question or f"On Passage of the Bill {document} {number}"}</vote_question_text>
  <vote_result>{result}</vote_result>
  <document><document_congress>119</document_congress><document_type>{document}</document_type>
    <document_number>{number}</document_number></document>
  <amendment><amendment_to_document_number>{amended}</amendment_to_document_number></amendment>
  <count>{counts or "<yeas>52</yeas><nays>47</nays><present/><absent>1</absent>"}</count>
  <tie_breaker><by_whom/><tie_breaker_vote/></tie_breaker>
  <members>{"".join(member(*one) for one in members)}</members>
</roll_call_vote>"""


@pytest.fixture
def read(tmp_path):
    return lambda *members, **more: only(senate_votes, saved(tmp_path, "v.xml", vote(*members, **more)))


def test_a_roll_call_knows_its_measure_its_count_and_its_members_by_lis(read):
    record = read(ALBA, BAO)

    assert (record.key.session.identifier, record.key.number, record.file) == ("119", "S. 12", "v.xml")
    assert record.roll_call == RollCallFact(
        "119-1-senate-42",
        date(2025, 3, 4),
        "On Passage of the Bill S. 12",
        chamber=ChamberCode.UPPER,
        number=42,
        result=VoteResult.PASSED,
        yes=52,
        no=47,
        others=1,
        url="https://www.senate.gov/legislative/LIS/roll_call_votes/vote1191/vote_119_1_00042.htm",
        votes=(
            VoteFact(PersonHint("Alba Ferrante", (("lis", "S901"),), "TN", "D"), VoteOption.YES),
            VoteFact(PersonHint("Bao Nguyen", (("lis", "S902"),), "KY", "R"), VoteOption.NO),
        ),
    )


def test_a_vote_on_an_amendment_is_one_on_the_measure_that_it_would_change(read):
    assert read(document="S.Amdt.", number="", amended="H.R. 82").key.number == "H.R. 82"


@pytest.mark.parametrize(
    ("document", "printed"),
    [("H.J.Res.", "H.J.Res. 12"), ("S.Con.Res.", "S.Con.Res. 12"), ("S.Res.", "S.Res. 12")],
)
def test_resolutions_are_measures(read, document, printed):
    assert read(document=document).key.number == printed


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("Bill Passed", VoteResult.PASSED),
        ("Amendment Agreed to", VoteResult.PASSED),
        ("Veto Overridden", VoteResult.PASSED),
        ("Decision of Chair Sustained", VoteResult.PASSED),
        ("Amendment Rejected", VoteResult.FAILED),
        ("Cloture Motion Rejected", VoteResult.FAILED),
        ("Bill Defeated", VoteResult.FAILED),
        ("Veto Sustained", VoteResult.FAILED),
        ("Decision of Chair Not Sustained", VoteResult.FAILED),
        ("Motion to Table Failed", VoteResult.FAILED),
        ("Held", VoteResult.UNKNOWN),
        ("", VoteResult.UNKNOWN),
    ],
)
def test_the_result_is_read_from_its_words(read, result, expected):
    assert read(result=result).roll_call.result == expected


@pytest.mark.parametrize(
    ("cast", "option"),
    [
        ("Not Voting", VoteOption.NOT_VOTING),
        ("Present", VoteOption.PRESENT),
        ("Present, Giving Live Pair", VoteOption.PAIRED),
        ("Guilty", VoteOption.YES),
        ("Not Guilty", VoteOption.NO),
        ("Absent", VoteOption.ABSENT),
        ("Aye, with reservations", VoteOption.OTHER),
    ],
)
def test_every_way_to_vote_has_its_option(read, cast, option):
    assert read((*ALBA[:4], cast, "S901")).roll_call.votes[0].option == option


def test_a_member_without_an_id_stays_a_name_and_one_listed_twice_votes_once(read):
    votes = read((*ALBA[:5], ""), BAO, BAO).roll_call.votes

    assert [(one.who.name, one.who.identifiers) for one in votes] == [
        ("Alba Ferrante", ()),
        ("Bao Nguyen", (("lis", "S902"),)),
    ]


def test_the_vice_president_breaks_a_tie(tmp_path):
    tied = vote(ALBA, BAO).replace(
        "<by_whom/><tie_breaker_vote/>",
        "<by_whom>Vice President</by_whom><tie_breaker_vote>Yea</tie_breaker_vote>",
    )

    votes = only(senate_votes, saved(tmp_path, "v.xml", tied)).roll_call.votes

    assert votes[-1] == VoteFact(PersonHint("Vice President"), VoteOption.YES)


def test_an_empty_count_is_none_and_a_missing_one_is_not_known(read):
    empty = read(counts="<yeas>1</yeas><nays/><present/><absent/>").roll_call
    missing = read(counts="<present>3</present>").roll_call

    assert (empty.yes, empty.no, empty.others) == (1, 0, 0)
    assert (missing.yes, missing.no, missing.others) == (None, None, None)


def test_votes_on_no_measure_and_the_menu_are_passed_over_and_said(tmp_path):
    saved(tmp_path, "a.xml", vote(ALBA, document="PN", number="1020", question="On the Nomination PN1020"))
    saved(tmp_path, "b.xml", vote(ALBA, document="Treaty Doc.", number="117-1"))
    saved(tmp_path, "menu.xml", MENU)
    saved(tmp_path, "v.xml", vote(ALBA))

    (file,) = senate_votes.open_at(tmp_path)

    assert [one.file for one in file.records] == ["v.xml"]
    assert file.scheme == "senate-votes"
    assert file.warnings == [
        "menu.xml is the menu of votes and holds none. It was passed over.",
        "2 votes concern no measure and were passed over (the first: a.xml: On the Nomination PN1020).",
    ]


def test_the_hash_is_of_the_vote_and_not_of_the_day_of_its_last_change(read, tmp_path):
    first = read(ALBA)

    changed = vote(ALBA).replace("March 5, 2025", "March 9, 2025")
    touched = only(senate_votes, saved(tmp_path, "v.xml", changed))
    corrected = read(BAO)

    assert first.content_hash == touched.content_hash
    assert first.content_hash != corrected.content_hash


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<roll_call_vote>", "XML"),
        ("<!DOCTYPE html><title>404</title>", "web page"),
        ('<!DOCTYPE a [<!ENTITY b "x">]><roll_call_vote>&b;</roll_call_vote>', "document type"),
        ("<billStatus/>", "billStatus"),
        (vote(congress="x"), "missing"),
        (vote(vote_number=""), "missing"),
        (vote(vote_date="March 41, 2025"), "missing"),
        (vote(vote_date="2025-03-04"), "missing"),
    ],
)
def test_what_is_no_roll_call_is_refused_by_name_and_the_others_are_read(tmp_path, content, reason):
    saved(tmp_path, "a-broken.xml", content)
    saved(tmp_path, "v.xml", vote(ALBA))

    (file,) = senate_votes.open_at(tmp_path)
    refused, record = file.records

    assert isinstance(refused, Refused)
    assert refused.where == "a-broken.xml"
    assert reason in refused.why
    assert record.key.number == "S. 12"
