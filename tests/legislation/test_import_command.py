import json
from io import StringIO

import httpx
import pytest
from django.core.management import CommandError, call_command

from legislation.models import ImportRun, Official
from legislation.sources import download
from legislation.sources.opening import FileRefused
from tests.legislation.upstream import CANADA, CONGRESS, STATES, copy_of

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_officials", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_report_says_who_is_vacant_refused_and_how_much_changed():
    said = run("openstates-people", STATES)

    assert "Texas: applied, 46 changes. 3 legislature, 1 executive" in said
    assert "  vacant: Texas House 27" in said
    assert "cy marlowe@senate.texas.example is neither an e-mail address" in said
    assert "openstates-people: 46 rows changed." in said


def test_a_second_run_says_that_nothing_changed():
    run("openstates-people", STATES)

    assert "openstates-people: 0 rows changed." in run("openstates-people", STATES)


def test_json_is_one_document_with_counts_and_jurisdictions():
    report = json.loads(run("canada-mps", CANADA, "--json"))

    assert (report["source"], report["dry_run"], report["counts"]["members of Parliament"]) == (
        "canada-mps",
        False,
        2,
    )
    assert [one["status"] for one in report["jurisdictions"]] == ["applied"]
    assert report["jurisdictions"][0]["vacancies"] == ["House of Commons, Emptyville"]


def test_a_dry_run_is_on_record_and_changes_nothing():
    said = run("canada-mps", CANADA, "--dry-run")

    assert "rows would change." in said
    assert Official.objects.count() == 0
    assert ImportRun.objects.get().dry_run is True


def test_every_run_is_kept_with_its_counts_and_the_newest_fact():
    run("openstates-people", STATES)

    kept = ImportRun.objects.get()
    assert (kept.label, kept.counts["legislature"], str(kept.upstream_date)) == (
        "openstates",
        3,
        "2025-01-14",
    )


def test_a_refused_file_ends_the_command_with_its_reason_after_the_others_are_in(tmp_path):
    folder = copy_of(CANADA, tmp_path)
    (folder / "mps.json").write_text("{")

    with pytest.raises(CommandError, match=r"mps\.json is not readable as JSON"):
        run("canada-mps", folder)


def test_a_path_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="nothing at"):
        run("canada-mps", "/nowhere/at/all")


@pytest.mark.parametrize("arguments", [(), (CANADA, "--download")])
def test_either_a_path_or_a_download_is_needed(arguments):
    with pytest.raises(CommandError, match="either a PATH or --download"):
        run("canada-mps", *arguments)


def test_another_list_of_districts_can_be_named(tmp_path):
    folder = copy_of(STATES, tmp_path)
    elsewhere = (folder / "districts.csv").rename(tmp_path / "mine.csv")

    said = run("openstates-people", folder, "--districts", elsewhere)

    assert "vacant: Texas House 27" in said


def publisher(answers: dict[str, bytes]) -> httpx.MockTransport:
    """Stands for the publishers' web servers: the world outside."""

    def answer(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        return httpx.Response(200, content=answers[name]) if name in answers else httpx.Response(404)

    return httpx.MockTransport(answer)


def test_what_is_downloaded_is_imported_like_files(tmp_path):
    files = {path.name: path.read_bytes() for path in CONGRESS.glob("*.yaml")} | {"executive.yaml": b"[]"}

    with httpx.Client(transport=publisher(files)) as client:
        folder = download.fetch("congress-legislators", tmp_path, client)

    assert sorted(path.name for path in folder.iterdir()) == sorted(files)


def test_a_download_that_fails_says_what_to_do(tmp_path):
    with (
        httpx.Client(transport=publisher({})) as client,
        pytest.raises(FileRefused, match="You can also give a PATH"),
    ):
        download.fetch("canada-mps", tmp_path, client)
