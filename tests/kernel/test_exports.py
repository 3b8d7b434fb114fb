import csv
import io
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.kernel.exports import Table, csv_lines, plain_text, safe_text, write_xlsx

FORMULAS = [
    "=1+1", "==1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝cmd()", "  =1+1", "=cmd|' /C calc'!A0", "|x", "'=1",
]  # fmt: skip
text = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=60)


def _read_csv(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(csv_lines(table)).removeprefix("﻿"), newline="")))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_csv_cell_never_begins_like_a_formula(formula):
    [[_], [cell]] = _read_csv(Table("t", ["c"], [[formula]]))

    assert cell.startswith("'")
    assert plain_text(cell) == formula


@given(text)
def test_text_survives_export_and_import(value):
    assert plain_text(safe_text(value)) == value


@given(st.lists(text, min_size=1, max_size=5))
def test_rows_survive_the_file(cells):
    [_, row] = _read_csv(Table("t", [str(n) for n in range(len(cells))], [cells]))

    assert [plain_text(cell) for cell in row] == cells


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_workbook_types_text_as_text(formula):
    file = io.BytesIO()
    write_xlsx(file, [Table("t", ["c"], [[formula]])])

    cell = openpyxl.load_workbook(io.BytesIO(file.getvalue())).active["A2"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == formula


def test_dates_numbers_and_nothing_keep_their_type_in_a_workbook():
    row = [date(2027, 2, 9), datetime(2027, 2, 9, 13, 30), time(9, 5), 42, Decimal("12.50"), None, "Élise"]  # noqa: DTZ001 (a wall-clock cell)
    file = io.BytesIO()
    write_xlsx(file, [Table("t", list("abcdefg"), [row])])

    sheet = openpyxl.load_workbook(io.BytesIO(file.getvalue())).active
    assert [cell.value for cell in sheet[2]] == [
        datetime(2027, 2, 9),  # noqa: DTZ001 (as above)
        datetime(2027, 2, 9, 13, 30),  # noqa: DTZ001 (as above)
        time(9, 5),
        42,
        12.5,
        None,
        "Élise",
    ]


def test_a_negative_number_stays_a_number_in_csv():
    assert _read_csv(Table("t", ["n"], [[-3]]))[1] == ["-3"]


def test_accents_open_intact():
    assert "".join(csv_lines(Table("t", ["Élise"], []))).startswith("﻿Élise")
