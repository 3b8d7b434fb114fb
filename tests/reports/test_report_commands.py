"""`manage.py monthly_report`: what it writes, what it refuses, and that nothing is left half written."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from advocacy.reports.actions import locking
from advocacy.reports.writers import formats
from legislation.models import Official
from tests.cast import Cast
from tests.factories import documents
from tests.factories.log import alma_reyes
from tests.factories.months import FEBRUARY, met, story_of_february

AFTER = datetime(2027, 3, 12, 15, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    official = alma_reyes()
    story_of_february(cast, official)
    clock.move_to(AFTER)
    return official


def report(out: Path, form: str = "txt", **options: str) -> Path:
    call_command("monthly_report", **({"period": "2027-02"} | options), format=form, out=out)
    return out


@pytest.mark.parametrize("form", formats.FORMATS)
def test_a_locked_month_is_written_the_same_to_the_byte(
    cast: Cast, reyes: Official, clock, tmp_path: Path, form: str
):
    locking.lock(FEBRUARY, by=cast.angela, now=AFTER)
    first = report(tmp_path / "first.zip", form).read_bytes()
    clock.move_to(datetime(2027, 6, 1, tzinfo=UTC))
    met(cast, reyes, date(2027, 2, 26))
    cast.gulf_prairie.name = "Coastal Prairie"
    cast.gulf_prairie.save()

    assert report(tmp_path / "second.zip", form).read_bytes() == first
    assert report(tmp_path / "third.zip", form, language="fr").read_bytes() != first


def test_csv_is_a_folder_of_tables_or_an_archive(cast: Cast, tmp_path: Path, clock):
    clock.move_to(AFTER)
    report(tmp_path / "tables", "csv")
    report(tmp_path / "tables", "csv")
    report(tmp_path / "tables.zip", "csv")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["tables", "tables.zip"]
    assert (tmp_path / "tables" / "01-headline.csv").read_text("utf-8-sig").startswith("number,value,")


def test_a_month_that_is_not_over_is_written_and_called_a_draft(cast: Cast, tmp_path: Path, capsys):
    out = report(tmp_path / "february.txt")

    assert "Running: the month is not over" in out.read_text()
    assert "2027-02 is not over: this is a draft" in capsys.readouterr().out


def test_one_chapter_alone_says_whose_report_it_is(cast: Cast, reyes: Official, tmp_path: Path):
    text = report(tmp_path / "chapter.txt", chapter="hill-country").read_text()

    assert text.startswith("CHAPTER REPORT: FEBRUARY 2027\nHill Country")
    assert "Meaningful interactions: 1\n" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"period": "2027-13"}, "'2027-13' is not a month: write it as YYYY-MM, for example 2027-02."),
        ({"period": "february"}, "'february' is not a month: write it as YYYY-MM, for example 2027-02."),
        ({"chapter": "hill-contry"}, "No chapter is called 'hill-contry'. Did you mean hill-country?"),
        (
            {"chapter": "xyzzy"},
            "No chapter is called 'xyzzy'. Chapters: cascadia-north, gulf-prairie, hill-country, saint-laurent, "
            "three-capitals.",
        ),
    ],
)
def test_an_error_names_what_is_wrong(cast: Cast, tmp_path: Path, options: dict[str, str], said: str):
    with pytest.raises(CommandError) as error:
        report(tmp_path / "report.txt", **options)

    assert str(error.value) == said
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_named(cast: Cast, tmp_path: Path):
    (tmp_path / "file").write_text("here before")
    for out, form, said in (
        (tmp_path / "gone" / "report.pdf", "pdf", f"There is no folder {tmp_path / 'gone'}: make it first"),
        (tmp_path, "pdf", f"{tmp_path} is a folder: name the file to write."),
        (tmp_path / "file", "csv", f"{tmp_path / 'file'} is a file: name a folder for the tables"),
    ):
        with pytest.raises(CommandError, match="^" + said.replace("(", r"\(")):
            report(out, form)

    assert (tmp_path / "file").read_text() == "here before"


def test_a_write_that_fails_leaves_what_was_there_before(tmp_path: Path, monkeypatch):
    out = tmp_path / "report.txt"
    out.write_text("here before")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        formats.put(documents.national(), "", "txt", out)

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("report.txt", "here before")]
