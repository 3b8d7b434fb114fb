"""The counts that data/README.md states, read from the staged files of Open States themselves."""

import json
from collections import Counter

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import Stage
from legislation.sources.measures import openstates_api, openstates_scrape
from legislation.sources.measures.records import MeasureRecord, Refused, RollCallRecord
from legislation.sources.opening import FileRefused, members
from tests.real_data.staged import staged

pytestmark = pytest.mark.real_data
SCRAPE = "bills/openstates-scrape"


def read(name):
    file = openstates_scrape.read(staged(f"{SCRAPE}/{name}"))
    return file, list(file.records)


def bills(records):
    return [record for record in records if isinstance(record, MeasureRecord)]


def calls(records):
    apart = [record.roll_call for record in records if isinstance(record, RollCallRecord)]
    return [call for bill in bills(records) for call in bill.roll_calls or ()] + apart


def counts(records):
    actions = sum(len(bill.actions or ()) for bill in bills(records))
    assert not [record for record in records if isinstance(record, Refused)]
    assert len({bill.external_id for bill in bills(records)}) == len(bills(records))
    assert len({call.external_id for call in calls(records)}) == len(calls(records))
    return len(bills(records)), actions, len(calls(records))


def test_wyoming_has_the_counts_of_the_readme():
    file, records = read("wy-2026.tar.gz")
    raw = [json.loads(one.content) for one in members(staged(f"{SCRAPE}/wy-2026.tar.gz"))]
    printed = [vote["voter_name"] for one in raw for vote in one.get("votes", ())]

    assert counts(records) == (335, 3708, 1249)
    # The scraper reads "Brown, G" as two voters 3,090 times; the chamber's own counts know 45,180 votes.
    assert len(printed) == 48270
    assert sum(len(call.votes) for call in calls(records)) == 48270 - 3090
    assert file.warnings == [
        "Of 48270 votes listed 45180 are kept: 3090 are lone initials of the names before."
    ]
    for call in calls(records):
        assert len(call.votes) == call.yes + call.no + call.others


def test_no_initial_stands_alone_in_wyoming():
    _file, records = read("wy-2026.tar.gz")
    names = Counter(vote.who.name for call in calls(records) for vote in call.votes)

    assert [name for name in names if len(name) < 3] == []
    assert sum(count for name, count in names.items() if name.endswith((", G", ", L"))) == 1000 + 521


def test_senate_files_of_wyoming_begin_in_the_senate():
    _file, records = read("wy-2026.tar.gz")
    firsts = {
        (bill.key.number[:2], step.chamber)
        for bill in bills(records)
        for step in bill.stages
        if step.stage == Stage.PASSED_1
    }

    assert firsts == {
        ("HB", ChamberCode.LOWER),
        ("HJ", ChamberCode.LOWER),
        ("SF", ChamberCode.UPPER),
        ("SJ", ChamberCode.UPPER),
    }


def test_every_bill_of_wyoming_but_one_has_come_to_an_end():
    _file, records = read("wy-2026.tar.gz")
    ends = Counter(bill.stages[-1].stage for bill in bills(records))

    assert ends == {
        Stage.FAILED: 119,
        Stage.ENACTED: 111,
        Stage.DIED: 101,
        Stage.VETOED: 3,
        Stage.RECONCILING: 1,
    }


def test_health_bills_of_congress_have_the_counts_of_the_readme():
    assert counts(read("us-119-health-it.tar.gz")[1]) == (132, 362, 2)


def test_bills_of_congress_with_votes_have_the_counts_of_the_readme():
    _file, records = read("us-119-with-votes.tar.gz")
    apart = [record for record in records if isinstance(record, RollCallRecord)]

    assert counts(records) == (23, 964, 201)
    assert len({record.key.number for record in apart}) == 17
    assert len(apart) == 44
    assert {
        scheme for call in calls(records) for vote in call.votes for scheme, _id in vote.who.identifiers
    } == {
        "bioguide",
        "lis",
    }


def test_every_sponsor_in_congress_has_a_bioguide_id():
    records = read("us-119-health-it.tar.gz")[1] + read("us-119-with-votes.tar.gz")[1]
    schemes = Counter(
        scheme for bill in bills(records) for fact in bill.sponsors for scheme, _id in fact.who.identifiers
    )

    assert schemes == {"bioguide": 1833 + 175}


def test_a_month_brings_twelve_new_bills_and_changes_thirty_six():
    july, august = (
        {bill.external_id: bill.content_hash for bill in bills(read(f"us-119-update/{day}.tar.gz")[1])}
        for day in ("2026-07-27", "2026-08-22")
    )

    assert (len(july), len(august), len(august.keys() - july.keys())) == (44, 56, 12)
    assert sum(august[one] != july[one] for one in july) == 36


def test_guam_has_bills_without_any_history():
    _file, records = read("gu-38th.tar.gz")

    assert counts(records) == (277, 0, 0)
    assert {bill.stages for bill in bills(records)} == {()}


def test_all_archives_of_the_folder_are_read_in_one_go():
    _file, records = read("")

    assert len(bills(records)) == 335 + 132 + 23 + 277


def test_answers_of_the_api_have_the_counts_of_the_readme():
    folder = staged("bills/openstates-v3")
    file = openstates_api.read(folder)
    records = list(file.records)

    assert file.warnings == ["people_tx_name-search.json is no answer about bills and was left out."]
    assert Counter(record.file.partition("_")[0] for record in records) == {"bills": 40, "bill": 3}
    assert not [record for record in records if isinstance(record, Refused)]
    assert {(record.actions, record.sponsors, record.roll_calls) for record in records} == {
        (None, None, None)
    }
    with pytest.raises(FileRefused):
        openstates_api.read(folder / "people_tx_name-search.json")
