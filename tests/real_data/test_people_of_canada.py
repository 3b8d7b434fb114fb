"""The 343 members of Parliament of the staged list."""

import pytest

from legislation.models import ContactPoint, Official, Seat
from tests.legislation.importing import TODAY, imported, only
from tests.real_data.staged import staged

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
SOURCE = "canada-mps"


def test_343_members_sit_for_343_ridings_of_the_2023_order():
    report = imported(SOURCE, staged("canada"))

    assert only(report).read == {"members of Parliament": 343}
    assert only(report).vacancies == []
    assert Seat.objects.filter(division__ocd_id__endswith="-2023").count() == 343
    assert Official.objects.in_office(TODAY).count() == 343
    assert ContactPoint.objects.filter(kind="email").count() == 343


def test_a_riding_is_found_by_its_name_without_accents_in_either_language():
    imported(SOURCE, staged("canada"))

    found = Official.objects.search("beausejour new brunswick", TODAY)
    assert [str(member) for member in found] == ["Dominic LeBlanc"]
    assert Official.objects.search("beausejour nouveau-brunswick", TODAY).get() == found.get()


def test_a_second_run_changes_nothing():
    imported(SOURCE, staged("canada"))

    report = imported(SOURCE, staged("canada"))

    assert (only(report).status, report.changes) == ("unchanged", 0)
