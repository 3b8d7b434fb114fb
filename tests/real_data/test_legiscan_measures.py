"""What LegiScan published: Michigan's dataset, bills of Alabama, and three roll calls of Wyoming."""

import json
import shutil
from collections import Counter

import pytest

from legislation.models.measure import MeasureKind
from legislation.models.roll_call import VoteOption
from legislation.models.stage import Stage
from legislation.sources.measures import legiscan_csv, legiscan_json
from legislation.sources.measures.records import MeasureRecord, Reading, Refused
from tests.legislation.measures.legiscan import answer, bill, only_measure
from tests.real_data.staged import staged

pytestmark = pytest.mark.real_data
MICHIGAN = "bills/legiscan-csv/mi-2025-2026.tar.gz"
ALABAMA = "bills/legiscan-json/al-2025_getBill_array.json.gz"
ROLL_CALLS = "bills/legiscan-json/vote"


@pytest.fixture(scope="module")
def michigan() -> list[MeasureRecord]:
    (found,) = legiscan_csv.open_at(staged(MICHIGAN))
    return _measures(list(found.records))


def _measures(readings: list[Reading]) -> list[MeasureRecord]:
    found = [one for one in readings if isinstance(one, MeasureRecord)]
    assert len(found) == len(readings), [one for one in readings if isinstance(one, Refused)][:3]
    return found


def test_every_row_of_michigan_is_read(michigan):
    roll_calls = [vote for one in michigan for vote in one.roll_calls or ()]

    assert len(michigan) == len({one.external_id for one in michigan}) == 1_400
    assert sum(len(one.actions or ()) for one in michigan) == 7_588
    assert sum(len(one.sponsors or ()) for one in michigan) == 16_373
    assert len(roll_calls) == 692
    assert sum(len(vote.votes or ()) for vote in roll_calls) == 26_244
    assert len({cast.who for vote in roll_calls for cast in vote.votes or ()}) == 147


def test_of_the_3066_documents_of_michigan_1923_are_texts_and_the_rest_are_counted():
    (found,) = legiscan_csv.open_at(staged(MICHIGAN))

    texts = sum(len(one.texts or ()) for one in _measures(list(found.records)))

    assert texts == 3_066 - 1_143
    assert found.warnings == [
        "1143 documents are fiscal notes or analyses, no texts of a bill; they were left out."
    ]


def test_the_votes_of_michigan_add_up_to_the_counts(michigan):
    for vote in (vote for one in michigan for vote in one.roll_calls or ()):
        cast = Counter(one.option for one in vote.votes or ())
        assert (cast[VoteOption.YES], cast[VoteOption.NO]) == (vote.yes, vote.no), vote.external_id
        assert cast[VoteOption.NOT_VOTING] + cast[VoteOption.ABSENT] == vote.others, vote.external_id


def test_bills_of_michigan_are_in_the_session_open_states_calls_2025_2026(michigan):
    assert {one.key.session.identifier for one in michigan} == {"2025-2026"}
    assert Counter(one.kind for one in michigan) == {MeasureKind.BILL: 1_178, MeasureKind.RESOLUTION: 222}


def test_every_bill_of_michigan_was_introduced_and_the_passed_ones_are_done(michigan):
    reached = Counter(stage for one in michigan for stage in {step.stage for step in one.stages or ()})

    assert reached[Stage.INTRODUCED] == 1_400
    assert reached[Stage.ENACTED] == 184
    assert reached[Stage.FAILED] == 2


def test_the_way_of_one_act_of_michigan_is_told_in_the_legislatures_words(michigan):
    (act,) = (one for one in michigan if one.key.number == "HB4090")

    assert [(f"{step.on}", step.stage.value) for step in act.stages or ()] == [
        ("2025-02-19", "introduced"),
        ("2025-02-19", "committee_1"),
        ("2025-05-08", "reported_1"),
        ("2025-05-14", "passed_1"),
        ("2025-05-20", "committee_2"),
        ("2025-06-11", "reported_2"),
        ("2025-06-12", "reported_2"),
        ("2025-06-25", "passed_2"),
        ("2025-06-25", "enrolled"),
        ("2025-07-01", "enacted"),
    ]
    assert (act.stages or ())[-1].local_label == "Approved By The Governor 06/27/2025 09:30 Am"


def test_71_bills_of_alabama_are_read_with_the_markers_of_legiscan():
    (found,) = legiscan_json.open_at(staged(ALABAMA))

    bills = _measures(list(found.records))

    assert len(bills) == len({one.content_hash for one in bills}) == 71
    assert {one.key.session.identifier for one in bills} == {"2025rs"}
    assert {tuple(step.stage for step in one.stages or ()) for one in bills} == {
        (Stage.PREFILED, Stage.INTRODUCED, Stage.COMMITTEE_1)
    }
    assert sum(len(one.sponsors or ()) for one in bills) == sum(len(one.texts or ()) for one in bills) == 71
    assert {(one.key.number, other.other.number) for one in bills for other in one.relations or ()} == {
        ("HB8", "SB2"),
        ("SB2", "HB8"),
    }


def test_three_roll_calls_of_wyoming_are_read_with_thirty_votes_each(tmp_path):
    for path in staged(ROLL_CALLS).glob("*.json"):
        folder = tmp_path / path.stem
        folder.mkdir()
        shutil.copy(path, folder)
        its_bill = json.loads(path.read_bytes())["roll_call"]["bill_id"]
        (folder / "bill.json").write_text(json.dumps(answer("bill", bill(bill_id=its_bill, state="WY"))))
        (found,) = legiscan_json.open_at(folder)

        (vote,) = only_measure(list(found.records)).roll_calls or ()

        assert (vote.external_id, len(vote.votes or ())) == (path.stem, 30)
        assert (vote.yes or 0) + (vote.no or 0) + (vote.others or 0) == 30
    assert len(list(tmp_path.iterdir())) == 3


def test_the_whole_folder_is_read_and_roll_calls_of_bills_that_are_not_in_it_are_named():
    (found,) = legiscan_json.open_at(staged("bills/legiscan-json"))

    readings = list(found.records)

    assert sum(isinstance(one, MeasureRecord) for one in readings) == 71
    assert [one.where for one in readings if isinstance(one, Refused)] == [
        "vote/154366.json",
        "vote/154367.json",
        "vote/154371.json",
    ]
