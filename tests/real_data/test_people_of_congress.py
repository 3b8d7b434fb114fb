"""The counts and changes that data/README.md states, on the staged files themselves."""

from datetime import date

import pytest

from legislation.models import (
    CommitteeMembership,
    ContactPoint,
    Identifier,
    Office,
    Official,
    SourceRecord,
    Tenure,
)
from tests.legislation.importing import happened, imported, in_office, only
from tests.real_data.staged import staged

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
SOURCE = "congress-legislators"
LEFT = ["David Scott", "Eric Swalwell", "Markwayne Mullin", "Sheila Cherfilus-McCormick", "Tony Gonzales"]
JOINED = ["Alan Armstrong", "Analilia Mejia", "Christian D. Menefee", "Clay Fuller", "James Gallagher"]
VACANT = ["U.S. House CA-14", "U.S. House FL-20", "U.S. House GA-13", "U.S. House TX-23"]


def test_the_counts_of_every_file_are_those_of_the_readme():
    report = imported(SOURCE, staged("us-federal"))

    assert only(report).read == {
        "legislators": 537,
        "legislators-district-offices": 536,
        "district offices": 1312,
        "legislators-social-media": 519,
        "committees": 49,
        "subcommittees": 181,
        "committee seats": 3879,
        "executive": 80,
    }
    assert only(report).in_office == {"lower": 437, "upper": 100, "executive": 2}
    assert Office.objects.filter(kind="district").count() == 1312
    assert CommitteeMembership.objects.filter(ends_on=None).count() == 3879
    assert not ContactPoint.objects.filter(kind="email").exists()
    assert Official.objects.filter(name__contains="García").exists()


def test_the_pair_of_snapshots_gives_exactly_the_changes_of_the_readme():
    imported(SOURCE, staged("us-federal/snapshots/2026-01-13"), on=date(2026, 1, 14))

    report = imported(SOURCE, staged("us-federal"))

    found = happened(report)
    assert (sorted(found["left"]), sorted(found["joined"])) == (LEFT, JOINED)
    assert found["changed_party"] == ["Kevin Kiley"]
    assert only(report).vacancies == VACANT
    assert "moved_seat" not in found
    assert "vanished" not in found


def test_a_second_run_and_an_older_file_change_nothing():
    snapshot = staged("us-federal/snapshots/2026-01-13")
    imported(SOURCE, snapshot, on=date(2026, 1, 14))
    imported(SOURCE, staged("us-federal"))
    before = in_office()

    again = imported(SOURCE, staged("us-federal"))
    older = imported(SOURCE, snapshot)

    assert (only(again).status, again.changes) == ("unchanged", 0)
    assert (only(older).status, older.changes) == ("older", 0)
    assert in_office() == before
    assert set(LEFT).isdisjoint(before)


def test_an_older_file_alone_brings_nobody_into_a_newer_record():
    imported(SOURCE, staged("us-federal"))
    people = Official.objects.count()

    imported(SOURCE, staged("us-federal/snapshots/2026-01-13"))

    assert Official.objects.count() == people


def test_the_two_appointed_senators_stay_after_the_election_day_in_the_file():
    imported(SOURCE, staged("us-federal"))

    unconfirmed = Tenure.objects.unconfirmed(date(2026, 11, 21)).values_list("official__name", flat=True)
    assert sorted(unconfirmed) == ["Ashley Moody", "Jon Husted"]


def test_open_states_adds_only_its_identifiers_to_congress():
    imported(SOURCE, staged("us-federal"))
    people, tenures = Official.objects.count(), Tenure.objects.count()

    report = imported("openstates-people", staged("us-states/openstates-people/us.tar.gz"))

    assert only(report).read["us legislature"] == 536
    assert (Official.objects.count(), Tenure.objects.count()) == (people, tenures)
    assert Identifier.objects.filter(scheme="ocd-person").count() == report.changes
    assert report.changes + len(only(report).notices) == 536
    assert SourceRecord.objects.filter(source__key="openstates-people").count() == 0
