"""Adding people to an office's staff, and keeping the entries right."""

from datetime import date

import pytest

from advocacy.audit.models import Entry
from legislation.models import Committee, Official, Staffer
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.people import state

FORM = {"name": "Kim Ito", "role": "policy_adviser", "title": "", "email": "", "phone": "", "starts_on": ""}


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def kim(reyes: Official, cast: Cast) -> Staffer:
    """Kim Ito, whom Dana added."""
    return Staffer.objects.create(official=reyes, name="Kim Ito", role="policy_adviser", added_by=cast.dana)


def test_anybody_with_a_role_adds_a_staffer_and_is_remembered(cast: Cast, reyes: Official):
    response = browser_of(cast.sam).post(f"/officials/{reyes.pk}/staffers/new/", FORM)

    assert response.url == f"/officials/{reyes.pk}/#staff"
    staffer = Staffer.objects.get()
    assert (staffer.name, staffer.official, staffer.added_by) == ("Kim Ito", reyes, cast.sam)
    entry = Entry.objects.get(verb="added")
    assert (entry.actor, entry.label) == (cast.sam, "Kim Ito")


def test_the_same_person_is_not_added_twice_to_one_office(cast: Cast, reyes: Official):
    kim(reyes, cast)

    response = browser_of(cast.luis).post(
        f"/officials/{reyes.pk}/staffers/new/", {**FORM, "name": " kim  ito "}
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "name": ["This person is on the staff of this office already."]
    }
    assert Staffer.objects.count() == 1


def test_an_entry_that_cannot_be_saved_keeps_what_was_typed(cast: Cast, reyes: Official):
    response = browser_of(cast.dana).post(
        f"/officials/{reyes.pk}/staffers/new/", {**FORM, "email": "not an address"}
    )

    assert response.status_code == 422
    assert 'value="not an address"' in response.content.decode()
    assert not Staffer.objects.exists()


def test_whoever_added_an_entry_ends_the_job_and_the_change_is_on_record(cast: Cast, reyes: Official):
    staffer = kim(reyes, cast)

    response = browser_of(cast.dana).post(
        f"/officials/staffers/{staffer.pk}/edit/", {**FORM, "ends_on": "2027-02-01"}
    )

    assert response.url == f"/officials/{reyes.pk}/#staff"
    staffer.refresh_from_db()
    assert staffer.ends_on == date(2027, 2, 1)
    assert Entry.objects.get(verb="edited").changes == {"ends_on": [None, "2027-02-01"]}


def test_the_history_is_shown_below_the_form(cast: Cast, reyes: Official):
    staffer = kim(reyes, cast)
    browser = browser_of(cast.dana)
    address = f"/officials/staffers/{staffer.pk}/edit/"
    browser.post(address, {**FORM, "role": "scheduler"})

    text = browser.get(address).content.decode()

    assert "Role: <del>Policy adviser</del> <ins>Scheduler</ins>" in text
    assert "Dana Whitfield</span> changed it" in text


def test_saving_without_a_change_leaves_no_trace(cast: Cast, reyes: Official):
    staffer = kim(reyes, cast)

    browser_of(cast.dana).post(f"/officials/staffers/{staffer.pk}/edit/", FORM)

    assert not Entry.objects.exists()


def test_staff_may_correct_what_others_added(cast: Cast, reyes: Official):
    staffer = kim(reyes, cast)

    browser_of(cast.jordan).post(f"/officials/staffers/{staffer.pk}/edit/", {**FORM, "phone": "555-0100"})

    staffer.refresh_from_db()
    assert staffer.phone == "555-0100"


@pytest.mark.parametrize("who", ["luis", "chris", "angela", "sam"])
def test_to_everybody_else_the_form_looks_missing(cast: Cast, reyes: Official, who: str):
    staffer = kim(reyes, cast)
    browser = browser_of(getattr(cast, who))

    assert browser.get(f"/officials/staffers/{staffer.pk}/edit/").status_code == 404
    assert browser.post(f"/officials/staffers/{staffer.pk}/edit/", FORM).status_code == 404
    assert f"/staffers/{staffer.pk}/edit/" not in browser.get(reyes.get_absolute_url()).content.decode()


def test_a_job_cannot_end_before_it_begins(cast: Cast, reyes: Official):
    staffer = kim(reyes, cast)

    response = browser_of(cast.dana).post(
        f"/officials/staffers/{staffer.pk}/edit/",
        {**FORM, "starts_on": "2027-02-01", "ends_on": "2027-02-01"},
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {"ends_on": ["The last day comes after the first."]}
    staffer.refresh_from_db()
    assert staffer.starts_on is None


def test_a_committee_s_staffer_leads_back_to_the_committee(cast: Cast):
    committee = Committee.objects.create(
        jurisdiction=state("tx", "Texas"), name="Public Health", external_id="h"
    )
    staffer = Staffer.objects.create(committee=committee, name="Kim Ito", added_by=cast.dana)

    response = browser_of(cast.dana).post(f"/officials/staffers/{staffer.pk}/edit/", FORM)

    assert response.url == committee.get_absolute_url()
