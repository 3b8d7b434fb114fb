"""Whatever lies where answers of LegiScan should: errors, broken files, archives, and answers about something else."""

import gzip
import json
import zipfile

import pytest

from legislation.sources.measures import legiscan_json
from legislation.sources.measures.records import (
    PersonHint,
    SessionFact,
)
from legislation.sources.opening import FileRefused
from tests.legislation.measures.legiscan import (
    answer,
    bill,
    counted,
    only_measure,
    read,
    read_answers,
    refusals,
    roll_call,
)

OHIO = SessionFact("ocd-jurisdiction/country:us/state:oh/government", "136", "136th General Assembly")
A_HINT = PersonHint("Ada Quill", (("legiscan", "501"),), "7", "R")
B_HINT = PersonHint("Bea Rook", (("legiscan", "502"),), "12", "D")


def test_an_error_of_legiscan_is_refused_with_its_own_words(tmp_path):
    said = {"status": "ERROR", "alert": {"message": "Unknown bill id"}}

    found = read_answers(tmp_path, said, answer("bill", bill()))

    assert refusals(found) == [("000.json", "LegiScan answered with an error: Unknown bill id")]
    assert len(found) == 2


@pytest.mark.parametrize("broken", [b"{", b"\xff", b"[" * 100_000])
def test_a_broken_file_does_not_keep_the_others_back(tmp_path, broken):
    (tmp_path / "a.json").write_bytes(broken)

    found = read_answers(tmp_path, answer("bill", bill()))

    ((where, _why),) = refusals(found)
    assert where == "a.json"
    assert len(found) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"bill_id": 0},
        {"bill_id": None},
        {"bill_number": ""},
        {"session": []},
        {"title": "a\0b"},
        {"history": [{"date": "yesterday", "action": "Introduced"}]},
        {"sponsors": [{"people_id": 1, "name": ""}]},
        {"state": "ON"},
        {"votes": [counted(yea=10**12)]},
    ],
)
def test_a_bill_that_cannot_be_read_is_refused_and_the_next_is_read(tmp_path, changes):
    found = read_answers(tmp_path, [answer("bill", bill(**changes)), answer("bill", bill())])

    ((where, _why),) = refusals(found)
    assert where == "000.json, answer 1"
    assert len(found) == 2


@pytest.mark.parametrize("content", [1, None, "text", [[]], {}, {"results": []}])
def test_what_is_no_answer_of_legiscan_is_refused(tmp_path, content):
    assert len(refusals(read_answers(tmp_path, content))) == 1


@pytest.mark.parametrize("votes", [[{"people_id": 501}], [5], [{"people_id": -1, "vote_id": 1}], {"a": 1}])
def test_a_roll_call_with_a_broken_vote_is_refused(tmp_path, votes):
    found = read_answers(tmp_path, answer("bill", bill()), answer("roll_call", roll_call(votes=votes)))

    ((where, _why),) = refusals(found)
    assert where == "001.json"
    assert len(found) == 2


def test_answers_that_say_nothing_of_a_measure_are_passed_over(tmp_path):
    assert read_answers(tmp_path, answer("text", {"doc_id": 1}), answer("masterlist", {})) == []


def test_a_single_file_an_archive_and_a_compressed_list_are_read_alike(tmp_path):
    content = json.dumps([answer("bill", bill())]).encode()
    plain, compressed, archive = (tmp_path / name for name in ("a.json", "b.json.gz", "c.zip"))
    plain.write_bytes(content)
    compressed.write_bytes(gzip.compress(content))
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("OH/2025-2026_136th_General_Assembly/bill/HB210.json", content)
        opened.writestr("OH/2025-2026_136th_General_Assembly/hash.md5", "00")

    found = [only_measure(read(path)) for path in (plain, compressed, archive)]

    assert [one.key for one in found] == [found[0].key] * 3


def test_a_path_without_an_answer_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")

    for name in ("empty", "notes.txt", "broken.zip", "missing.json"):
        with pytest.raises(FileRefused, match=name):
            legiscan_json.open_at(tmp_path / name)
