"""The counts and changes that data/README.md states, on the staged archives themselves."""

from datetime import date

import pytest

from legislation.models import Committee, ContactPoint, Seat, SourceRecord
from tests.legislation.importing import happened, imported, in_office, only
from tests.real_data.staged import staged

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
SOURCE = "openstates-people"
CURRENT, EARLIER = "us-states/openstates-people", "us-states/openstates-people-2026-02-01"
GEORGIA = {
    "joined": ["Lanny Thomas", "Sheila Nelson", "Steven McNeel", "Venola Mason"],
    "left": ["Colton Moore", "Dexter Sharper", "Freddie Sims", "Nabilah Parkes"],
}
FLORIDA = {
    "joined": ["Brian Nathan", "Emily Gregory", "Hilary Holley", "Samantha Scott"],
    "left": ["Jenna Persons-Mulicka", "Josie Tomkow"],
}


def test_all_archives_load_with_the_counts_of_the_readme_and_then_change_nothing():
    report = imported(SOURCE, staged(CURRENT))
    again = imported(SOURCE, staged(CURRENT))

    counts = report.counts()
    assert len(report.outcomes) == 38
    assert counts["legislature"] == 5299
    assert counts["us legislature"] + counts["legislature"] == 5835
    assert counts["executive"] == 150
    assert counts["municipalities"] == 493
    assert counts["retired"] + counts["us retired"] == 9748
    assert counts["committees"] + counts["us committees"] == 2323
    assert {outcome.status for outcome in again.outcomes} == {"unchanged"}
    assert again.changes == 0
    assert sum(_legislators(outcome) for outcome in report.outcomes) == 5299
    assert Committee.objects.count() == counts["committees"]
    assert _refused_addresses(report) == ["lori garciasander.house@coleg.gov"]
    # Every active legislator sits in a seat of the list of districts.
    assert (
        not Seat.objects.current()
        .filter(chamber__code__in=["upper", "lower"], division__kind="state")
        .exists()
    )


def test_known_vacancies_are_found():
    expected = {
        "ar": ["Arkansas House 44"],
        "ga": ["Georgia House 177", "Georgia Senate 12", "Georgia Senate 7"],
        "fl": ["Florida House 113", "Florida House 78"],
        "ma": ["Massachusetts House 17th Middlesex", "Massachusetts House 1st Franklin"],
    }
    for state, vacant in expected.items():
        report = imported(SOURCE, staged(f"{CURRENT}/{state}.tar.gz"))
        assert sorted(only(report).vacancies) == vacant


@pytest.mark.parametrize(("state", "expected"), [("ga", GEORGIA), ("fl", FLORIDA)])
def test_half_a_year_gives_the_joiners_and_leavers_of_the_readme(state, expected):
    imported(SOURCE, staged(f"{EARLIER}/{state}.tar.gz"), on=date(2026, 2, 2))

    report = imported(SOURCE, staged(f"{CURRENT}/{state}.tar.gz"))

    found = happened(report)
    assert {kind: sorted(found[kind]) for kind in expected} == expected
    assert "moved_seat" not in found


def test_georgia_had_nine_changes_of_office():
    imported(SOURCE, staged(f"{EARLIER}/ga.tar.gz"), on=date(2026, 2, 2))

    report = imported(SOURCE, staged(f"{CURRENT}/ga.tar.gz"))

    assert len(happened(report)["changed_office"]) == 9


def test_florida_grows_from_156_to_158_legislators():
    before = imported(SOURCE, staged(f"{EARLIER}/fl.tar.gz"), on=date(2026, 2, 2))
    after = imported(SOURCE, staged(f"{CURRENT}/fl.tar.gz"))

    assert [_legislators(only(report)) for report in (before, after)] == [156, 158]


@pytest.mark.parametrize("state", ["ga", "fl"])
def test_the_earlier_archive_after_the_later_one_resurrects_nobody(state):
    imported(SOURCE, staged(f"{CURRENT}/{state}.tar.gz"))
    before = in_office()

    report = imported(SOURCE, staged(f"{EARLIER}/{state}.tar.gz"))

    assert (only(report).status, report.changes) == ("older", 0)
    assert in_office() == before


def test_addresses_with_a_space_and_forms_are_no_email():
    imported(SOURCE, staged(f"{CURRENT}/co.tar.gz"))

    assert not ContactPoint.objects.filter(kind="email", value__contains=" ").exists()
    assert not ContactPoint.objects.filter(kind="email", value__startswith="http").exists()
    assert SourceRecord.objects.filter(content_hash="").count() >= 1


def _legislators(outcome) -> int:
    return sum(outcome.in_office.get(code, 0) for code in ("upper", "lower", "legislature"))


def _refused_addresses(report) -> list[str]:
    refused = [one for outcome in report.outcomes for one in outcome.refused]
    return [one.why.partition(" is neither")[0] for one in refused if "coleg.gov" in one.why]
