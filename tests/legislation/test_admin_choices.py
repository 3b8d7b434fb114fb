"""What staff choose from another list, such as the measures of a hearing, leaves a line in the history of the row."""

import pytest
from django.urls import reverse

from advocacy.audit.models import Entry
from legislation.models import Hearing
from tests.cast import Cast, browser_of
from tests.factories.hearings import hearing_on
from tests.factories.measures import measure
from tests.legislation.admin_form import form_of

pytestmark = pytest.mark.django_db


def saved(cast: Cast, hearing: Hearing, **said: object) -> int:
    browser = browser_of(cast.jordan)
    address = reverse("admin:legislation_hearing_change", args=[hearing.pk])
    form = form_of(browser, address)
    kept = {"starts_at": "2027-02-16T09:00", "measures": ",".join(map(str, form["measures"]))}
    return browser.post(address, form | kept | said).status_code


def told(hearing: Hearing) -> list[tuple[str, dict]]:
    entries = Entry.objects.about(hearing).order_by("pk").select_related("actor")
    return [(f"{one.actor}: {one.verb}", one.changes) for one in entries]


@pytest.fixture
def hearing(cast: Cast) -> Hearing:
    return hearing_on(measure("HB 1"))


def test_measures_put_on_a_hearing_and_taken_off_it_are_named(cast: Cast, hearing: Hearing):
    assert saved(cast, hearing, measures=str(measure("SB 2").pk)) == 302

    assert told(hearing) == [
        ("Jordan Blake: edited", {"measures": [["HB 1 (90R)"], ["SB 2 (90R)"]]}),
    ]


def test_measures_that_stay_leave_no_line(cast: Cast, hearing: Hearing):
    assert saved(cast, hearing, note="Bring copies.") == 302

    assert [list(changes) for _who, changes in told(hearing)] == [["note"]]


def test_a_hearing_set_with_its_measures_has_one_line(cast: Cast):
    bill = measure("HB 1")
    browser = browser_of(cast.jordan)
    address = reverse("admin:legislation_hearing_add")
    said = {
        "jurisdiction": bill.session.jurisdiction_id,
        "committee_name": "Public Health",
        "measures": str(bill.pk),
        "starts_at": "2027-03-15T09:00",
        "zone": "America/Chicago",
    }

    browser.post(address, form_of(browser, address) | said)

    assert [who for who, _changes in told(Hearing.objects.get())] == ["Jordan Blake: planned"]
