"""Roll calls of LegiScan: counts that a bill lists, and the names that come in answers of their own."""

import json
from datetime import date

import pytest

from legislation.actions import load_measures
from legislation.models import Vote
from legislation.models.jurisdiction import ChamberCode
from legislation.models.roll_call import VoteOption, VoteResult
from legislation.sources.measures.records import (
    PersonHint,
    RollCallFact,
    SessionFact,
    VoteFact,
)
from tests.legislation.measures.legiscan import (
    ADA,
    answer,
    bill,
    counted,
    only_measure,
    read,
    read_answers,
    read_bill,
    refusals,
    roll_call,
)
from tests.legislation.measures.loading import noon

OHIO = SessionFact("ocd-jurisdiction/country:us/state:oh/government", "136", "136th General Assembly")
A_HINT = PersonHint("Ada Quill", (("legiscan", "501"),), "7", "R")
B_HINT = PersonHint("Bea Rook", (("legiscan", "502"),), "12", "D")


def test_a_roll_call_that_only_the_bill_lists_is_a_count_without_names(tmp_path):
    found = read_bill(tmp_path, votes=[counted(state_link="https://www.legislature.example/v68")])

    assert found.roll_calls == (
        RollCallFact(
            "8101",
            date(2025, 3, 5),
            "Third Reading: Passed Roll Call # 68",
            chamber=ChamberCode.LOWER,
            number=68,
            result=VoteResult.PASSED,
            yes=2,
            no=1,
            others=1,
            url="https://www.legislature.example/v68",
            votes=None,
        ),
    )


def test_votes_and_names_are_joined_from_the_answers_beside_the_bill(tmp_path):
    found = only_measure(
        read_answers(
            tmp_path,
            answer("roll_call", roll_call()),
            answer("bill", bill(votes=[counted()])),
            answer("person", ADA),
        )
    )

    (vote,) = found.roll_calls or ()
    assert vote.votes == (
        VoteFact(A_HINT, VoteOption.YES),
        VoteFact(PersonHint("LegiScan #502", (("legiscan", "502"),)), VoteOption.ABSENT),
    )


def test_a_roll_call_newer_than_the_bills_list_belongs_to_it_all_the_same(tmp_path):
    found = only_measure(
        read_answers(tmp_path, answer("bill", bill()), answer("roll_call", roll_call(passed=0)))
    )

    (vote,) = found.roll_calls or ()
    assert (vote.external_id, vote.result, len(vote.votes or ())) == ("8101", VoteResult.FAILED, 2)


def test_votes_that_arrive_later_change_the_marker_of_the_bill(tmp_path):
    alone = read_bill(tmp_path, votes=[counted()])

    joined = only_measure(
        read_answers(tmp_path, answer("bill", bill(votes=[counted()])), answer("roll_call", roll_call()))
    )
    again = only_measure(read(tmp_path))

    assert alone.content_hash == "0f" * 16
    assert joined.content_hash not in ("", alone.content_hash)
    assert again.content_hash == joined.content_hash


def test_a_roll_call_on_a_bill_that_is_not_here_is_refused_by_name(tmp_path):
    found = read_answers(tmp_path, answer("roll_call", roll_call()))

    assert refusals(found) == [
        ("000.json", "It is a roll call on bill 7001, whose answer to getBill is not here.")
    ]


def test_votes_under_numbered_keys_are_read_too(tmp_path):
    votes = {"0": {"people_id": 501, "vote_id": 2}}

    found = read_answers(tmp_path, answer("bill", bill()), answer("roll_call", roll_call(votes=votes)))

    (vote,) = only_measure(found).roll_calls or ()
    assert [one.option for one in vote.votes or ()] == [VoteOption.NO]


@pytest.mark.django_db
def test_votes_on_a_bill_that_comes_later_are_refused_by_name_and_come_in_with_it(tmp_path):
    call = tmp_path / "vote" / "8101.json"
    call.parent.mkdir()
    call.write_text(json.dumps(answer("roll_call", roll_call())))
    (before,) = load_measures.run(source="legiscan-json", path=tmp_path, now=noon(date(2025, 3, 6)))

    (tmp_path / "bill.json").write_text(json.dumps(answer("bill", bill())))
    (after,) = load_measures.run(source="legiscan-json", path=tmp_path, now=noon(date(2025, 3, 7)))

    assert (before.all_counts()["refused"], [one.file for one in before.refused]) == (1, ["vote/8101.json"])
    assert "bill 7001" in before.refused[0].why
    assert (after.refused, after.counts["roll_calls"], after.counts["votes"]) == ([], 1, 2)
    assert list(Vote.objects.order_by("order").values_list("name", "option")) == [
        ("LegiScan #501", "yes"), ("LegiScan #502", "absent"),
    ]  # fmt: skip
