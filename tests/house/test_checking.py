"""What `python3 manage.py test` itself does: counts honestly, keeps nothing quiet, reads catalogues."""

import shutil
from pathlib import Path

import django
import pytest

from advocacy.portal.checking import catalogues, services
from advocacy.portal.checking.outcomes import Count, Outcome, Verdict, failed, left_out, total
from advocacy.portal.checking.suites import Suites

pytestmark = pytest.mark.apart
DJANGOS_OWN = Path(django.__file__).parent / "conf" / "locale" / "fr" / "LC_MESSAGES"
THREE_TESTS = """
import os
import pytest

def test_passes():
    assert "SECRET_KEY" not in os.environ

def test_fails():
    assert os.environ["VAR_DIR"] == "somewhere else"

@pytest.mark.skip(reason="not here")
def test_is_skipped():
    pass
"""


@pytest.fixture
def suites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Suites:
    """A project of three tests, checked from an installation with settings of its own."""
    monkeypatch.setenv("SECRET_KEY", "of the installation")
    monkeypatch.delenv("PORTAL_TESTS_REQUIRE", raising=False)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_three.py").write_text(THREE_TESTS)
    (tmp_path / "tests" / "minimum").write_text("2\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser: b\n  services: s\n  apart: a\n")
    return Suites(tmp_path, tmp_path)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Django's own French catalogue: a real one, with plurals and contexts."""
    for name in ("django.po", "django.mo"):
        shutil.copy(DJANGOS_OWN / name, tmp_path)
    return tmp_path / "django.po"


def test_a_run_counts_what_passed_failed_and_was_skipped(suites: Suites):
    outcome = suites.on_sqlite()

    assert (outcome.verdict, outcome.count) == (Verdict.FAILED, Count(passed=1, failed=1, skipped=1))


def test_a_run_with_fewer_tests_than_there_should_be_fails(suites: Suites, tmp_path: Path):
    (tmp_path / "tests" / "test_three.py").write_text("def test_passes():\n    pass\n")

    outcome = suites.on_sqlite()

    assert (outcome.verdict, outcome.note) == (Verdict.FAILED, "only 1 tests ran; tests/minimum expects 2")


def test_a_suite_of_which_nothing_is_found_is_left_out_and_says_so(suites: Suites, monkeypatch):
    monkeypatch.setattr(services, "browser", lambda: "/usr/bin/true")

    assert suites.in_browser()[0] == left_out("tests in Chromium", "there are no such tests")


def test_what_is_required_may_not_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORTAL_TESTS_REQUIRE", "postgres redis browser")
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://nobody@127.0.0.1:1/portal_check")
    monkeypatch.setenv("TEST_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "missing"))
    suites = Suites(tmp_path, tmp_path)

    outcomes = [suites.on_postgres(), suites.with_services(), *suites.in_browser()]

    assert [outcome.verdict for outcome in outcomes] == [Verdict.FAILED] * 4
    assert {outcome.note.split(",")[0] for outcome in outcomes} == {"required"}


def test_the_last_line_sums_all_runs():
    runs = [
        Outcome("tests on SQLite", Verdict.OK, count=Count(10, 0, 2)),
        Outcome("tests on PostgreSQL", Verdict.FAILED, count=Count(9, 1, 2)),
        left_out("tests in Chromium", "no Chromium found"),
    ]

    assert str(total(runs)) == "19 passed, 1 failed, 4 skipped"
    assert failed(runs) == [runs[1]]


def test_a_catalogue_equals_what_was_compiled_from_it(catalogue: Path):
    assert catalogues.stale(catalogue) == []
    assert catalogues.untranslated(catalogue) == []


def test_a_translation_changed_after_compiling_is_found(catalogue: Path):
    text = catalogue.read_text()
    assert text.count('msgstr "Afrikaans"') == 1

    catalogue.write_text(text.replace('msgstr "Afrikaans"', 'msgstr "Afrikander"'))

    assert catalogues.stale(catalogue) == ["Afrikaans"]


def test_missing_and_doubtful_translations_are_found(catalogue: Path):
    text = catalogue.read_text()
    text = text.replace('msgstr "Afrikaans"', 'msgstr ""')
    text = text.replace('msgid "Arabic"', '#, fuzzy\nmsgid "Arabic"')

    catalogue.write_text(text)

    assert catalogues.untranslated(catalogue) == ["Afrikaans", "Arabic"]


def test_a_catalogue_without_a_compiled_one_is_found(catalogue: Path):
    catalogue.with_suffix(".mo").unlink()

    assert catalogues.stale(catalogue) == ["django.mo is missing"]
