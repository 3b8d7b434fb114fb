"""Files of officials and staffers in the admin: preview, row errors, confirm, and the way back out."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from advocacy.audit.models import Entry
from legislation.models import (
    Committee,
    ContactPoint,
    Division,
    Jurisdiction,
    Official,
    PartyAffiliation,
    Staffer,
    Tenure,
)
from legislation.resources import OfficialResource
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.people import state

OFFICIALS, STAFFERS = "admin:legislation_official", "admin:legislation_staffer"
HOUSTON = "ocd-division/country:us/state:tx/place:houston"
HOUSTON_GOVERNMENT = "ocd-jurisdiction/country:us/state:tx/place:houston/government"
OFFICIAL_HEADINGS = (
    "name,given_name,family_name,jurisdiction,chamber,district,party,starts_on,ends_on,email,phone\n"
)
TWO_OFFICIALS = (
    OFFICIAL_HEADINGS
    + "Marisol Vance,Marisol,Vance,TX,executive,Governor,,2027-01-19,,office@governor.example,512-555-0100\n"
    + "Théo Côté,Théo,Côté,Texas,lower,12,Democratic,2027-01-12,,,\n"
)
STAFFER_HEADINGS = "official,committee,name,role,title,email,phone,starts_on,ends_on\n"
ONE_STAFFER = STAFFER_HEADINGS + "Alma Reyes,,Kim Ito,Legislative director,,kim@house.example,,2027-01-12,\n"


@pytest.fixture
def texas(cast: Cast):
    return state("tx", "Texas")


def upload(browser: Client, page: str, content: str) -> HttpResponse:
    file = SimpleUploadedFile("rows.csv", content.encode())
    return browser.post(reverse(f"{page}_import"), {"import_file": file, "format": "0", "resource": "0"})


def imported(cast: Cast, page: str, content: str) -> HttpResponse:
    browser = browser_of(cast.jordan)
    preview = upload(browser, page, content)
    return browser.post(
        reverse(f"{page}_process_import"), preview.context["confirm_form"].initial, follow=True
    )


def complaints(answer: HttpResponse) -> list[tuple[int, str, str]]:
    assert "confirm_form" not in answer.context
    return [
        (row.number, column, str(message))
        for row in answer.context["result"].invalid_rows
        for column, messages in row.error_dict.items()
        for message in messages
    ]


def test_a_preview_shows_the_rows_and_changes_nothing(cast, texas):
    answer = upload(browser_of(cast.jordan), OFFICIALS, TWO_OFFICIALS)

    assert [row.import_type for row in answer.context["result"].rows] == ["new", "new"]
    assert "Théo Côté" in answer.content.decode()
    assert (Official.objects.count(), Entry.objects.filter(verb="imported").count()) == (0, 0)


def test_a_confirmed_file_puts_people_into_seats_with_contacts_and_a_trace(cast, texas):
    imported(cast, OFFICIALS, TWO_OFFICIALS)

    seats = Tenure.objects.order_by("pk").values_list("official__name", "seat__label", "starts_on")
    assert list(seats) == [
        ("Marisol Vance", "Governor, Texas", date(2027, 1, 19)),
        ("Théo Côté", "Texas House 12", date(2027, 1, 12)),
    ]
    assert sorted(ContactPoint.objects.values_list("kind", "value")) == [
        ("email", "office@governor.example"),
        ("phone", "512-555-0100"),
    ]
    entry = Entry.objects.about(Official.objects.get(name="Marisol Vance")).get()  # type: ignore[attr-defined]
    assert (entry.actor, entry.verb) == (cast.jordan, "imported")


def test_a_second_import_changes_nothing(cast, texas):
    imported(cast, OFFICIALS, TWO_OFFICIALS)
    before = (Official.objects.count(), Tenure.objects.count(), Entry.objects.count())

    answer = imported(cast, OFFICIALS, TWO_OFFICIALS)

    assert "0 new, 0 updated, 0 deleted and 2 skipped" in answer.content.decode()
    assert (Official.objects.count(), Tenure.objects.count(), Entry.objects.count()) == before


def test_a_changed_row_corrects_the_same_person_and_empty_cells_change_nothing(cast, texas):
    imported(cast, OFFICIALS, TWO_OFFICIALS)

    imported(
        cast,
        OFFICIALS,
        OFFICIAL_HEADINGS + "Théo Côté,,,TX,lower,12,Republican,,2028-01-11,theo@house.example,\n",
    )

    theo = Official.objects.get(name="Théo Côté")
    assert (theo.given_name, theo.family_name) == ("Théo", "Côté")
    assert (theo.tenures.get().starts_on, theo.tenures.get().ends_on) == (
        date(2027, 1, 12),
        date(2028, 1, 11),
    )
    parties = PartyAffiliation.objects.filter(official=theo).order_by("pk")
    assert list(parties.values_list("party", "ends_on")) == [
        ("Democratic", parties[1].starts_on),
        ("Republican", None),
    ]
    assert theo.contact_points.get().value == "theo@house.example"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",,,TX,lower,12,,,,,", "name"),
        ("Bo,,,Atlantis,lower,12,,,,,", "jurisdiction"),
        ("Bo,,,TX,basement,12,,,,,", "chamber"),
        ("Bo,,,TX,lower,12,,soon,,,", "starts_on"),
        ("Bo,,,TX,lower,12,,2027-01-02,2027-01-01,,", "ends_on"),
        ("Bo,,,TX,lower,12,,,,https://form.example,", "email"),
    ],
)
def test_a_wrong_row_is_named_by_number_and_column_and_nothing_is_saved(cast, texas, row, column):
    answer = upload(browser_of(cast.jordan), OFFICIALS, TWO_OFFICIALS + row + "\n")

    assert [(number, name) for number, name, _why in complaints(answer)] == [(3, column)]
    assert Official.objects.count() == 0


def test_staffers_are_filed_under_the_official_or_the_committee_they_are_named_with(cast, texas):
    alma_reyes()

    imported(cast, STAFFERS, ONE_STAFFER)

    staffer = Staffer.objects.get()
    assert (staffer.official.name, staffer.role, staffer.added_by) == (
        "Alma Reyes",
        "legislative_director",
        cast.jordan,
    )
    assert "1 skipped" in imported(cast, STAFFERS, ONE_STAFFER).content.decode()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Nobody Known,,Kim,,,,,,", "official"),
        (",,Kim,,,,,,", "__all__"),
        ("Alma Reyes,,,,,,,,", "name"),
        ("Alma Reyes,,Kim,janitor,,,,,", "role"),
        ("Alma Reyes,,Kim,,,not an address,,,", "email"),
    ],
)
def test_a_staffer_without_a_known_office_is_refused(cast, texas, row, column):
    alma_reyes()

    answer = upload(browser_of(cast.jordan), STAFFERS, STAFFER_HEADINGS + row + "\n")

    assert [name for _number, name, _why in complaints(answer)] == [column]
    assert Staffer.objects.count() == 0


def test_what_goes_out_comes_back_in_unchanged(cast, texas):
    imported(cast, OFFICIALS, TWO_OFFICIALS)
    browser = browser_of(cast.jordan)
    chosen = list(Official.objects.values_list("pk", flat=True))

    answer = browser.post(
        reverse(f"{OFFICIALS}_changelist"), {"action": "export_as_csv", "_selected_action": chosen}
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    assert len(text.splitlines()) == 3
    assert "2 skipped" in imported(cast, OFFICIALS, text).content.decode()


def test_the_door_explains_every_column_and_its_example_is_a_good_file(cast, texas):
    town = Division.objects.create(ocd_id=HOUSTON, name="Houston", kind="place", jurisdiction=texas)
    texas.division_id = town.ocd_id.rpartition("/")[0]
    texas.save()

    door = browser_of(cast.jordan).get(reverse(f"{OFFICIALS}_import"))
    imported(cast, OFFICIALS, door.context["example"])

    shown = door.content.decode()
    assert [name for name in OfficialResource._meta.fields if f"<code>{name}</code>" not in shown] == []
    assert "<code>executive</code>" in shown
    seats = Tenure.objects.order_by("pk").values_list("official__name", "seat__label")
    assert list(seats) == [
        ("Marisol Vance", "Governor, Texas"),
        ("Noor Haddad", "Commissioner of Health, Texas"),
        ("Ines Okafor", "Mayor, Houston"),
    ]
    assert ContactPoint.objects.get(kind="webform").value == "https://governor.example/contact"
    houston = Jurisdiction.objects.get(name="Houston")
    assert (houston.level, houston.parent, houston.ocd_id) == ("local", texas, HOUSTON_GOVERNMENT)
    assert "3 skipped" in imported(cast, OFFICIALS, door.context["example"]).content.decode()


def test_the_example_of_staffers_is_a_good_file(cast, texas):
    alma = alma_reyes()
    Committee.objects.create(
        jurisdiction=alma.tenures.get().seat.chamber.jurisdiction, name="Public Health", external_id="ph"
    )

    door = browser_of(cast.jordan).get(reverse(f"{STAFFERS}_import"))
    imported(cast, STAFFERS, door.context["example"])

    assert sorted(Staffer.objects.values_list("name", "role")) == [
        ("Kim Ito", "legislative_director"),
        ("Rae Lund", "committee_staff"),
    ]


def test_a_town_nobody_lists_is_refused_with_what_to_give(cast, texas):
    answer = upload(browser_of(cast.jordan), OFFICIALS, OFFICIAL_HEADINGS + "Bo,,,Houston,local,Mayor,,,,,\n")

    ((_row, column, why),) = complaints(answer)
    assert column == "jurisdiction"
    assert "Open Civic Data division id" in why
    assert not Jurisdiction.objects.filter(name="Houston").exists()


def test_people_without_the_admin_find_no_import(cast, texas):
    assert browser_of(cast.dana).get(reverse(f"{OFFICIALS}_import")).status_code in (302, 403, 404)
