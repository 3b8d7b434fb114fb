"""The command is thin: what it says, and what it refuses to begin."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from legislation.models import ImportRun, Measure

pytestmark = pytest.mark.django_db
BILL = {
    "identifier": "HB0126",
    "title": "Health data exchange",
    "legislative_session": "2026",
    "jurisdiction": {"id": "ocd-jurisdiction/country:us/state:wy/government"},
    "actions": [{"date": "2026-02-09", "description": "Introduced", "classification": ["introduction"]}],
    "sponsorships": [
        {"name": "Reyes", "classification": "primary", "primary": True, "entity_type": "person"}
    ],
}


@pytest.fixture
def scraped(tmp_path: Path) -> Path:
    folder = tmp_path / "wy" / "2026" / "HB0126"
    folder.mkdir(parents=True)
    (folder / "metadata.json").write_text(json.dumps(BILL))
    return tmp_path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_measures", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_says_how_far_it_is_what_changed_and_who_was_not_found(scraped):
    said = run("openstates-scrape", scraped)

    assert f"{scraped.name}: 1 measure read" in said
    assert f"openstates-scrape, {scraped.name}: 1 changed." in said
    assert "  created: 1\n" in said
    assert "  unmatched: Reyes (1)" in said
    assert Measure.objects.get().number_key == "HB126"


def test_a_second_run_says_that_nothing_changed(scraped):
    run("openstates-scrape", scraped)

    assert ": 0 changed." in run("openstates-scrape", scraped)


def test_a_dry_run_says_what_it_would_do_and_does_not_do_it(scraped):
    assert ": 1 would change." in run("openstates-scrape", scraped, "--dry-run")

    assert (Measure.objects.count(), ImportRun.objects.get().dry_run) == (0, True)


def test_json_is_one_document_without_progress(scraped):
    (report,) = json.loads(run("openstates-scrape", scraped, "--json"))

    assert (report["changes"], report["counts"]["actions"], report["unmatched"]) == (1, 1, {"Reyes": 1})


def test_every_run_is_kept_with_its_counts(scraped):
    run("openstates-scrape", scraped)

    kept = ImportRun.objects.get()
    assert (kept.source.key, kept.counts["created"], str(kept.upstream_date)) == (
        "openstates-scrape",
        1,
        "2026-02-09",
    )


@pytest.mark.parametrize("path", ["/nowhere/at/all", Path(__file__)])
def test_a_path_without_anything_of_the_source_is_refused(path):
    with pytest.raises(CommandError):
        run("openstates-scrape", path)
