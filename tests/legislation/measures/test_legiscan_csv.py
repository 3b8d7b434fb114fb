"""The tables of LegiScan's weekly dataset, joined bill by bill."""

import tarfile
import tempfile
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.roll_call import VoteOption, VoteResult
from legislation.models.sponsorship import SponsorRole
from legislation.models.stage import Stage
from legislation.sources.measures import legiscan_csv
from legislation.sources.measures.legiscan_rows import GroupedTable
from legislation.sources.measures.records import (
    ActionFact,
    MeasureKey,
    MeasureRecord,
    PersonHint,
    RollCallFact,
    SessionFact,
    SponsorFact,
    StageFact,
    TextFact,
    VoteFact,
)
from legislation.sources.opening import Document, FileRefused
from tests.legislation.measures.legiscan import TABLES, by_number, dataset, read_tables, refusals

OHIO = SessionFact("ocd-jurisdiction/country:us/state:oh/government", "136", "136th General Assembly")
HOUSE, SENATE = ChamberCode.LOWER, ChamberCode.UPPER
A_HINT = PersonHint("Ada Quill", (("legiscan", "501"),), "7", "R")
B_HINT = PersonHint("Bea Rook", (("legiscan", "502"),), "12", "D")
ROWS = {name.removesuffix(".csv"): lines[1:] for name, lines in TABLES.items()}


def test_a_bill_has_all_that_belongs_to_it_wherever_the_rows_lie(tmp_path):
    found = by_number(read_tables(dataset(tmp_path)))["HB210"]

    assert found == MeasureRecord(
        "7001",
        "OH/2025-2026_136th_General_Assembly/csv/bills.csv",
        MeasureKey(OHIO, "HB210"),
        found.content_hash,
        MeasureKind.BILL,
        title_en="Health: telehealth, parity",
        url="https://www.legislature.example/hb210",
        actions=(
            ActionFact(date(2025, 2, 4), "Introduced", chamber=HOUSE),
            ActionFact(date(2025, 2, 11), "Referred To Committee On Health", chamber=HOUSE),
            ActionFact(date(2025, 3, 5), "Passed Roll Call # 68", chamber=HOUSE),
        ),
        stages=(
            StageFact(date(2025, 2, 4), Stage.INTRODUCED, "Introduced", HOUSE),
            StageFact(date(2025, 2, 11), Stage.COMMITTEE_1, "Referred To Committee On Health", HOUSE),
            StageFact(date(2025, 3, 5), Stage.PASSED_1, "Passed Roll Call # 68", HOUSE),
        ),
        sponsors=(SponsorFact(A_HINT, SponsorRole.SPONSOR), SponsorFact(B_HINT, SponsorRole.COSPONSOR)),
        texts=(TextFact("3001", "Introduced", url="https://www.legislature.example/3001"),),
        roll_calls=(
            RollCallFact(
                "8101",
                date(2025, 3, 5),
                "Third Reading: Passed Roll Call # 68",
                chamber=HOUSE,
                number=68,
                result=VoteResult.UNKNOWN,
                yes=2,
                no=1,
                others=1,
                votes=(VoteFact(A_HINT, VoteOption.YES), VoteFact(B_HINT, VoteOption.ABSENT)),
            ),
        ),
    )


def test_a_resolution_of_a_committee_is_one(tmp_path):
    found = by_number(read_tables(dataset(tmp_path)))["SR4"]

    committee = PersonHint("Health Committee", (("legiscan", "590"),), is_committee=True)
    assert found.kind == MeasureKind.RESOLUTION
    assert found.sponsors == (SponsorFact(committee, SponsorRole.SPONSOR),)
    assert [(step.stage, step.local_label) for step in found.stages or ()] == [
        (Stage.INTRODUCED, "Introduced"),
        (Stage.PASSED_1, "Adopted"),
        (Stage.ENACTED, "Adopted"),
    ]
    assert (found.texts, found.roll_calls) == ((), ())


def test_fiscal_notes_are_counted_and_are_no_texts(tmp_path):
    (found,) = legiscan_csv.open_at(dataset(tmp_path))

    list(found.records)

    assert found.warnings == [
        "1 document is a fiscal note or an analysis, no text of a bill; it was left out."
    ]


def test_a_table_that_is_missing_says_nothing_rather_than_that_there_is_nothing(tmp_path):
    some = dataset(
        tmp_path, history=None, sponsors=None, documents=None, rollcalls=None, votes=None, people=None
    )

    found = by_number(read_tables(some))["HB210"]

    assert (found.actions, found.sponsors, found.texts, found.roll_calls) == (None, None, None, None)


def test_roll_calls_without_the_table_of_votes_are_counts(tmp_path):
    found = by_number(read_tables(dataset(tmp_path, votes=None)))["HB210"]

    assert [(vote.yes, vote.votes) for vote in found.roll_calls or ()] == [(2, None)]


def test_people_who_are_in_no_list_keep_their_id(tmp_path):
    found = by_number(read_tables(dataset(tmp_path, people=None)))["HB210"]

    assert [sponsor.who.name for sponsor in found.sponsors or ()] == ["LegiScan #501", "LegiScan #502"]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("history", "7001,2025-03-06,House,4,Transmitted"),
        ("sponsors", "7001,590,3"),
        ("votes", "8101,590,1,Yea"),
        ("documents", "7001,3003,text,Engrossed,https://legiscan.com/OH/text/3003,"),
    ],
)
def test_a_bill_has_changed_when_any_row_of_it_has_and_only_then(tmp_path, table, row):
    before = by_number(read_tables(dataset(tmp_path)))
    again = by_number(read_tables(dataset(tmp_path)))
    after = by_number(read_tables(dataset(tmp_path, **{table: (*ROWS[table], row)})))

    assert again["HB210"].content_hash == before["HB210"].content_hash
    assert after["HB210"].content_hash != before["HB210"].content_hash
    assert after["SR4"].content_hash == before["SR4"].content_hash


@pytest.mark.parametrize(
    ("table", "row", "line", "why"),
    [
        ("history", "7001,yesterday,House,4,Moved", 7, "date is no date: yesterday"),
        ("history", "7001,,House,4,Moved", 7, "It has no date."),
        ("history", "7001,2025-03-06,House", 7, "It has 3 columns where the first line has 5."),
        ("history", "seven,2025-03-06,House,4,Moved", 7, "bill_id is no number."),
        ("history", "7009,2025-03-06,House,4,Moved", 7, "bill_id 7009 is in no other file."),
        ("history", '7001,2025-03-06,House,4,"Moved', 7, "A quotation mark in it is never closed."),
        ("history", "7001,2025-03-06,House,4,a\0b", 7, "It holds a character that no text has."),
        ("sponsors", "7001,ada,3", 5, "people_id is no number: ada"),
        ("people", "503,,R,HD-001,0", 5, "It has no id or no name of a person."),
        ("rollcalls", "7001,8102,,House,Passed,1,1,0,0,2", 3, "It has no date."),
        ("votes", "8109,501,1,Yea", 4, "roll_call_id 8109 is in no other file."),
        ("rollcalls", "7001,8102,2025-03-06,House,Passed,9999999999,1,0,0,2", 3, "yea is no number: 9999999999"),
        ("votes", "8101,501,aye,Yea", 4, "vote is no number: aye"),
        ("bills", "7003,9001,,1,,,Without a number,,,", 4, "It has no id or no number of a bill."),
        ("bills", "7001,9001,HB210,1,,,Again,,,", 4, "Bill 7001 stands in this file twice; the first one was read."),
        ("bills", "7003,9001,HB9,1,,soon,A title,,,", 4, "status_date is no date: soon"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_by_file_and_line_and_the_others_go_on(tmp_path, table, row, line, why):
    found = read_tables(dataset(tmp_path, **{table: (*ROWS[table], row)}))

    where = f"OH/2025-2026_136th_General_Assembly/csv/{table}.csv, line {line}"
    assert refusals(found) == [(where, why)]
    assert sorted(by_number(found)) == ["HB210", "SR4"]


def test_a_quotation_that_never_ends_costs_its_line_alone(tmp_path):
    rows = ('7001,2025-02-04,House,1,"Introduced', *ROWS["history"])

    found = read_tables(dataset(tmp_path, history=rows))

    assert [where.rpartition(", ")[2] for where, _why in refusals(found)] == ["line 2"]
    assert len(by_number(found)["HB210"].actions or ()) == 3


def test_a_quotation_that_runs_into_a_later_one_costs_its_line_alone_too(tmp_path):
    rows = ('7001,2025-02-03,House,1,"Filed', *ROWS["history"], '7001,2025-03-06,House,4,"Moved, on"')

    found = read_tables(dataset(tmp_path, history=rows))

    assert [where.rpartition(", ")[2] for where, _why in refusals(found)] == ["line 2"]
    assert len(by_number(found)["HB210"].actions or ()) == 4


def test_a_row_over_several_lines_is_one_and_the_lines_after_it_are_counted_right(tmp_path):
    rows = ('7001,2025-02-04,House,1,"Introduced\nby ""all""\nmembers"', "7001,never,House,2,Moved")

    found = read_tables(dataset(tmp_path, history=rows))

    assert [action.text for action in by_number(found)["HB210"].actions or ()] == [
        'Introduced by "all" members'
    ]
    assert [where.rpartition(", ")[2] for where, _why in refusals(found)] == ["line 5"]


def test_a_line_in_another_encoding_is_refused(tmp_path):
    (table,) = dataset(tmp_path).rglob("history.csv")
    table.write_bytes(table.read_bytes() + "7001,2025-03-06,House,4,Modifié\n".encode("latin-1"))

    found = read_tables(tmp_path)

    assert [why for _where, why in refusals(found)] == ["It is not in UTF-8."]
    assert len(by_number(found)["HB210"].actions or ()) == 3


def test_columns_are_known_by_name_and_a_mark_of_byte_order_is_no_part_of_it(tmp_path):
    (table,) = dataset(tmp_path).rglob("votes.csv")
    table.write_text("\ufeffvote,roll_call_id,people_id\n2,8101,502\n")

    (vote,) = by_number(read_tables(tmp_path))["HB210"].roll_calls or ()

    assert vote.votes == (VoteFact(B_HINT, VoteOption.NO),)


def test_a_table_without_its_columns_is_refused(tmp_path):
    (table,) = dataset(tmp_path).rglob("votes.csv")
    table.write_text("who,what\n1,2\n")

    with pytest.raises(FileRefused, match=r"votes\.csv lacks columns"):
        legiscan_csv.open_at(tmp_path)


@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_an_archive_is_read_like_its_folder(tmp_path, kind):
    folder = dataset(tmp_path / "folder")
    archive = tmp_path / ("set.tar.gz" if kind == "tar" else "set.zip")
    if kind == "tar":
        with tarfile.open(archive, "w:gz") as packed:
            packed.add(folder / "OH", "OH")
    else:
        with zipfile.ZipFile(archive, "w") as zipped:
            for path in sorted(folder.rglob("*.csv")):
                zipped.write(path, path.relative_to(folder))

    assert read_tables(archive) == read_tables(folder)


def test_a_folder_with_two_sessions_is_two(tmp_path):
    first = dataset(tmp_path) / "OH"
    first.joinpath("2025-2026_136th_General_Assembly").rename(first / "2023-2024_135th_General_Assembly")
    dataset(tmp_path)

    labels = [found.label for found in legiscan_csv.open_at(tmp_path)]

    assert labels == ["OH 135th General Assembly", "OH 136th General Assembly"]


def test_the_session_is_told_by_the_folders_around_or_the_name_of_the_archive(tmp_path):
    inside = dataset(tmp_path) / "OH" / "2025-2026_136th_General_Assembly" / "csv"
    archive = tmp_path / "oh-2025-2026.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(inside, "csv")

    assert by_number(read_tables(inside))["SR4"].key.session == OHIO
    assert by_number(read_tables(archive))["SR4"].key.session.identifier == "136"


def test_a_dataset_that_does_not_say_its_session_is_refused(tmp_path):
    inside = dataset(tmp_path / "a") / "OH" / "2025-2026_136th_General_Assembly" / "csv"
    inside.rename(tmp_path / "tables")

    with pytest.raises(FileRefused, match="Which session tables is of cannot be told"):
        legiscan_csv.open_at(tmp_path / "tables")


def test_a_path_without_a_table_of_bills_is_refused(tmp_path):
    with pytest.raises(FileRefused, match=r"bills\.csv is missing"):
        legiscan_csv.open_at(dataset(tmp_path / "a", bills=None))
    with pytest.raises(FileRefused, match="is not there"):
        legiscan_csv.open_at(tmp_path / "missing.tar.gz")


def test_a_table_of_many_rows_holds_their_places_and_not_the_rows():
    rows = "".join(f"{number // 100},{number},1\n" for number in range(100_000))
    document = Document("votes.csv", b"roll_call_id,people_id,vote\n" + rows.encode())

    tracemalloc.start()
    table = GroupedTable(document, frozenset({"people_id"}), "roll_call_id")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 1_000_000
    assert len(table.take(7)[0]) == 100


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(junk):
    with tempfile.TemporaryDirectory() as folder:
        (table,) = dataset(Path(folder)).rglob("history.csv")
        table.write_bytes(table.read_bytes() + junk)

        assert sorted(by_number(read_tables(Path(folder)))) == ["HB210", "SR4"]
