"""Our own table of measures: what it reads, and what it says of cells it cannot use."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.stage import Stage
from legislation.sources.measures import own_table
from legislation.sources.measures.own_cells import JURISDICTIONS
from legislation.sources.measures.records import MeasureRecord, Refused
from legislation.sources.opening import FileRefused

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "measures_csv.md"
ONTARIO = "ocd-jurisdiction/country:ca/province:on/legislature"
BILL = {"jurisdiction": "CA-ON", "session": "44-1", "number": "Bill 11", "title_en": "Records Act"}


def table(*rows, delimiter=","):
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = io.StringIO()
    writer = csv.DictWriter(lines, names, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue().encode()


def read(tmp_path, content):
    path = tmp_path / "ours.csv"
    path.write_bytes(content)
    (file,) = own_table.open_at(path)
    return list(file.records)


def only(tmp_path, *rows):
    (record,) = read(tmp_path, table(*rows))
    assert isinstance(record, MeasureRecord), record
    return record


def problems(tmp_path, *rows):
    found = read(tmp_path, table(*rows))
    assert all(isinstance(one, Refused) for one in found), found
    return [(one.where, one.why) for one in found]


def test_a_row_is_a_measure(tmp_path):
    record = only(
        tmp_path,
        BILL
        | {
            "session_name": "44th Parliament, 1st Session",
            "kind": "resolution",
            "title_fr": "Loi sur les dossiers",
            "summary_en": "One.\nTwo.",
            "subjects": "Health|Privacy|Health",
            "sponsors": "Robin Example | Sasha Sample",
            "url": "https://example.org/11",
        },
    )

    session = record.key.session
    assert (session.jurisdiction, session.identifier, session.name) == (
        ONTARIO,
        "44-1",
        "44th Parliament, 1st Session",
    )
    assert (record.key.number, record.kind) == ("Bill 11", MeasureKind.RESOLUTION)
    assert (record.title_en, record.title_fr) == ("Records Act", "Loi sur les dossiers")
    assert (record.summary_en, record.subjects) == ("One.\nTwo.", ("Health", "Privacy"))
    assert [sponsor.who.name for sponsor in record.sponsors] == ["Robin Example", "Sasha Sample"]
    assert (record.url, record.external_id) == (
        "https://example.org/11",
        "country:ca/province:on/legislature/44-1/BILL11",
    )
    assert (record.stages, record.actions, record.texts) == (None, None, None)


def test_further_rows_are_its_stages_oldest_first_wherever_they_stand(tmp_path):
    late = {
        "stage": "PASSED_1",
        "stage_date": "2026-03-10",
        "stage_label": "Third reading",
        "stage_chamber": "lower",
    }
    early = {"stage": "introduced", "stage_date": "2026-02-03"}
    other = BILL | {"number": "Bill 12"}

    first, second = read(
        tmp_path, table(BILL | late, other, BILL | {"number": "BILL 011", "title_en": ""} | early)
    )

    assert [(s.on.isoformat(), s.stage, s.local_label, s.chamber) for s in first.stages] == [
        ("2026-02-03", Stage.INTRODUCED, "", None),
        ("2026-03-10", Stage.PASSED_1, "Third reading", ChamberCode.LOWER),
    ]
    assert second.key.number == "Bill 12"


def test_the_close_of_comments_is_a_stage_that_keeps_its_hour_and_zone(tmp_path):
    record = only(
        tmp_path,
        BILL
        | {
            "kind": "regulation",
            "stage": "proposed",
            "stage_date": "2026-10-01",
            "comment_closes": "2026-12-15 23:59 America/Toronto",
        },
    )

    assert [(step.on, step.stage, step.local_label) for step in record.stages] == [
        (date(2026, 10, 1), Stage.PROPOSED, ""),
        (date(2026, 12, 15), Stage.COMMENT_CLOSED, "Comments close 2026-12-15 23:59 America/Toronto"),
    ]


@pytest.mark.parametrize(("delimiter", "mark"), [(",", b""), (";", b""), (";", b"\xef\xbb\xbf")])
def test_commas_semicolons_and_a_byte_order_mark_are_read_alike(tmp_path, delimiter, mark):
    content = mark + table(BILL | {"title_fr": "Loi; avec, accents é"}, delimiter=delimiter)

    (record,) = read(tmp_path, content)

    assert record.title_fr == "Loi; avec, accents é"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("CA", "ocd-jurisdiction/country:ca/legislature"),
        ("us-ca", "ocd-jurisdiction/country:us/state:ca/government"),
        ("US-DC", "ocd-jurisdiction/country:us/district:dc/government"),
        (
            "ocd-jurisdiction/country:us/state:tx/place:austin/government",
            "ocd-jurisdiction/country:us/state:tx/place:austin/government",
        ),
    ],
)
def test_a_jurisdiction_is_written_short_or_as_its_id(tmp_path, written, meant):
    assert only(tmp_path, BILL | {"jurisdiction": written}).key.session.jurisdiction == meant


def test_every_state_and_province_has_a_short_form():
    assert len(JURISDICTIONS) == 2 + 56 + 13


@pytest.mark.parametrize(
    ("cells", "column", "allowed"),
    [
        ({"jurisdiction": "Ontario"}, "jurisdiction", "CA-ON"),
        ({"jurisdiction": ""}, "jurisdiction", "every row needs it"),
        ({"session": " "}, "session", "every row needs it"),
        ({"session": "x" * 41}, "session", "40 is the most"),
        ({"number": "–"}, "number", "letter or digit"),
        ({"kind": "law"}, "kind", "bill, resolution, budget_item"),
        ({"title_en": ""}, "title_en", "in English or in French"),
        ({"title_en": "x" * 2001}, "title_en", "2000 is the most"),
        ({"url": "javascript:alert(1)"}, "url", "https://"),
        ({"url": "https://[x"}, "url", "https://"),
        ({"stage": "passed", "stage_date": "2026-01-02"}, "stage", "passed_1"),
        ({"stage": "passed_1"}, "stage_date", "2026-11-21"),
        ({"stage": "passed_1", "stage_date": "02/03/2026"}, "stage_date", "2026-11-21"),
        ({"stage_date": "2026-01-02"}, "stage", "introduced"),
        ({"stage_label": "Adoption"}, "stage", "introduced"),
        (
            {"stage_chamber": "senate", "stage": "died", "stage_date": "2026-01-02"},
            "stage_chamber",
            "upper, lower",
        ),
        ({"comment_closes": "2026-12-15"}, "comment_closes", "America/Toronto"),
        ({"comment_closes": "2026-12-15 23:59 Europe/Paris"}, "comment_closes", "America/Vancouver"),
        ({"comment_closes": "2026-02-30 23:59 America/Toronto"}, "comment_closes", "America/Vancouver"),
        ({"comment_closes": "2026-03-08 02:30 America/Toronto"}, "comment_closes", "America/Vancouver"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_with_what_may_stand_there(tmp_path, cells, column, allowed):
    found = problems(tmp_path, BILL | cells)

    where, why = found[0]
    assert where == f"ours.csv, line 2, column {column}"
    assert allowed in why


def test_all_that_is_wrong_with_a_measure_is_said_at_once_and_the_others_go_in(tmp_path):
    bad = BILL | {"kind": "law", "url": "x"}
    worse = BILL | {"title_en": "", "stage": "gone", "stage_date": "2026-01-02"}
    good = BILL | {"number": "Bill 12"}

    *wrong, record = read(tmp_path, table(bad, worse, good))

    assert [one.where for one in wrong] == [
        "ours.csv, line 2, column kind",
        "ours.csv, line 2, column url",
        "ours.csv, line 3, column stage",
    ]
    assert record.key.number == "Bill 12"


def test_a_measure_that_says_two_things_of_itself_is_left_out(tmp_path):
    found = problems(tmp_path, BILL, BILL | {"title_en": "Another Act"})

    assert found == [
        ("ours.csv, line 3, column title_en", "Line 2 says something else of the same measure. Say it once.")
    ]


def test_a_stage_stands_once_on_its_day(tmp_path):
    step = {"stage": "introduced", "stage_date": "2026-02-03"}

    assert len(only(tmp_path, BILL | step, BILL | step).stages) == 1
    ((where, _why),) = problems(tmp_path, BILL | step, BILL | step | {"stage_label": "Présentation"})
    assert where == "ours.csv, line 3, column stage_label"


def test_a_row_longer_than_its_columns_is_named(tmp_path):
    content = b"jurisdiction,session,number,title_en\nCA-ON,44-1,Bill 11,Act, and more\nCA-ON,44-1,Bill 12\n"

    found = read(tmp_path, content)

    assert [one.where for one in found] == [
        "ours.csv, line 2, column after the last",
        "ours.csv, line 3, column title_en",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"jurisdiction,session,number,titel\n", "not known: titel"),
        (b"jurisdiction,session\n", "lacks the columns number"),
        (b"jurisdiction,session,number,url,url\n", "twice: url"),
        (b"", "lacks the columns"),
        ("jurisdiction,session,number\nCA,1,é\n".encode("latin-1"), "UTF-8"),
        ("jurisdiction,session,number\n".encode("utf-16"), "UTF-8"),
    ],
)
def test_a_file_whose_columns_cannot_be_read_is_refused_whole(tmp_path, content, reason):
    with pytest.raises(FileRefused, match=reason):
        read(tmp_path, content)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="one CSV file"):
        own_table.open_at(tmp_path)


def test_a_number_that_a_spreadsheet_kept_from_running_is_read_as_written(tmp_path):
    assert only(tmp_path, BILL | {"number": "'-11"}).key.number == "-11"


def test_the_same_file_has_the_same_fingerprint_and_a_changed_row_another(tmp_path):
    before, same = only(tmp_path, BILL), only(tmp_path, BILL)
    after = only(tmp_path, BILL | {"title_en": "Records Act, amended"})

    assert before.content_hash == same.content_hash != after.content_hash


def test_an_id_never_outgrows_its_field(tmp_path):
    long = {"jurisdiction": f"ocd-jurisdiction/country:us/state:tx/place:{'x' * 90}/government"}

    assert len(only(tmp_path, BILL | long).external_id) <= 120


def test_the_template_is_a_table_without_rows(tmp_path):
    assert read(tmp_path, own_table.template().encode()) == []


def test_the_guide_names_every_column_kind_stage_and_chamber_and_its_example_is_read(tmp_path):
    guide = GUIDE.read_text()
    named = set(re.findall(r"`([a-z_0-9]+)`", guide))

    missing = {*own_table.COLUMNS, *Stage.values, *MeasureKind.values, *ChamberCode.values} - named
    assert missing == set()

    example = re.search(r"```csv\n(.*?)```", guide, re.DOTALL)
    quebec, consultation = read(tmp_path, example[1].encode())
    assert [step.stage for step in quebec.stages] == [Stage.INTRODUCED, Stage.PRINCIPLE]
    assert [step.stage for step in consultation.stages] == [Stage.PRE_RULE, Stage.COMMENT_CLOSED]
