import csv
import io
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from advocacy.audit.models import Entry
from advocacy.interactions.models import Confidentiality
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, logged, official_in, seat_in
from tests.factories.people import province


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("﻿"), newline="")))


def _downloaded(cast: Cast, address: str) -> list[dict[str, str]]:
    answer = browser_of(cast.dana).get(address)
    return _rows(b"".join(answer.streaming_content).decode())


def test_the_export_holds_what_the_filtered_screen_shows(cast: Cast):
    reyes = alma_reyes()
    logged(cast.dana, [reyes], summary="A call", kind="phone_call")
    logged(cast.dana, [reyes], summary="A meeting")

    rows = _downloaded(cast, "/log/export.csv?kind=phone_call")

    assert [row["Summary"] for row in rows] == ["A call"]
    assert "1 result" in browser_of(cast.dana).get("/log/?kind=phone_call").content.decode()


def test_restricted_records_leave_in_no_export_and_the_screen_says_so(cast: Cast):
    reyes = alma_reyes()
    logged(cast.dana, [reyes], summary="Open")
    logged(cast.dana, [reyes], summary="Zebra", confidentiality=Confidentiality.RESTRICTED)

    assert [row["Summary"] for row in _downloaded(cast, "/log/export.csv")] == ["Open"]
    page = browser_of(cast.dana).get("/log/").content.decode()
    assert "2 results" in page
    assert "1 restricted, not exported" in page


def test_impressions_leave_in_no_export(cast: Cast):
    logged(
        cast.dana, [alma_reyes()], impressions="private concern zebra", impressions_confidentiality="shared"
    )

    answer = browser_of(cast.dana).get("/log/export.csv")

    assert b"zebra" not in b"".join(answer.streaming_content)


def test_a_summary_like_a_formula_is_text_in_both_files(cast: Cast):
    logged(cast.dana, [alma_reyes()], summary="=HYPERLINK(1)")
    workbook = b"".join(browser_of(cast.dana).get("/log/export.xlsx").streaming_content)

    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
    titles = [cell.value for cell in sheet[1]]
    cell = sheet.cell(row=2, column=titles.index("Summary") + 1)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert _downloaded(cast, "/log/export.csv")[0]["Summary"] == "'=HYPERLINK(1)"


def test_headings_speak_the_readers_language(cast: Cast):
    minister = official_in(seat_in(province("qc", "Quebec", "Québec"), "Laurier"), "Anne Roy")
    logged(cast.elise, [minister], summary="Échange")

    answer = browser_of(cast.elise).get("/log/export.csv")

    assert "Résumé" in b"".join(answer.streaming_content).decode()


def test_every_export_is_on_record(cast: Cast):
    _downloaded(cast, "/log/export.csv")

    assert Entry.objects.filter(verb="exported", actor=cast.dana).count() == 1


class TestTheMonth:
    def test_a_lead_takes_contacts_officials_and_follow_ups_as_one_workbook(self, cast: Cast, tmp_path: Path):
        logged(cast.dana, [alma_reyes()], summary="In February")
        out = tmp_path / "february.xlsx"

        call_command("export_month", "--period", "2027-02", "--format", "xlsx", "--out", str(out))

        workbook = openpyxl.load_workbook(out)
        counts = {sheet.title: sheet.max_row - 1 for sheet in workbook}
        assert counts == {"Interactions": 1, "Officials reached": 1, "Follow-ups": 1}

    def test_csv_puts_the_other_tables_beside_the_contacts(self, cast: Cast, tmp_path: Path):
        logged(cast.dana, [alma_reyes()], summary="In February")

        call_command("export_month", "--period=2027-02", "--format=csv", f"--out={tmp_path / 'm.csv'}")

        assert sorted(path.name for path in tmp_path.iterdir()) == [
            "m-follow-ups.csv",
            "m-officials.csv",
            "m.csv",
        ]
        assert [row["Summary"] for row in _rows((tmp_path / "m.csv").read_text())] == ["In February"]

    def test_only_what_every_lead_may_read_is_in_it(self, cast: Cast, tmp_path: Path):
        reyes = alma_reyes()
        for level in Confidentiality:
            logged(cast.dana, [reyes], summary=f"A {level} record", confidentiality=level)

        call_command("export_month", "--period=2027-02", "--format=csv", f"--out={tmp_path / 'm.csv'}")

        assert [row["Summary"] for row in _rows((tmp_path / "m.csv").read_text())] == ["A shared record"]

    def test_one_chapter_is_what_is_credited_to_it(self, cast: Cast, tmp_path: Path):
        reyes = alma_reyes()
        ours = logged(cast.dana, [reyes], summary="Joint")
        ours.credits.create(chapter=cast.hill_country)
        logged(cast.dana, [reyes], summary="Gulf Prairie alone")

        call_command(
            "export_month",
            "--period=2027-02",
            "--chapter=hill-country",
            "--format=csv",
            f"--out={tmp_path / 'm.csv'}",
        )

        assert [row["Summary"] for row in _rows((tmp_path / "m.csv").read_text())] == ["Joint"]

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            ({"period": "2027-13"}, "not a month"),
            ({"chapter": "atlantis"}, "No chapter is called 'atlantis'"),
            ({"out": "/nowhere/at/all.csv"}, "There is no folder"),
        ],
    )
    def test_what_cannot_be_written_is_said_in_words(self, cast: Cast, tmp_path: Path, options, sentence):
        given = {"period": "2027-02", "format": "csv", "out": str(tmp_path / "m.csv")} | options

        with pytest.raises(CommandError, match=sentence):
            call_command("export_month", *(f"--{name}={value}" for name, value in given.items()))

    def test_the_lead_downloads_it_from_the_portal(self, cast: Cast):
        logged(cast.dana, [alma_reyes()], summary="In February")

        answer = browser_of(cast.angela).get("/log/month.csv?period=2027-02&part=0")

        assert answer.status_code in (200, 302)
