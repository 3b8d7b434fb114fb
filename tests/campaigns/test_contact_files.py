"""Files of contacts in the admin: what a row does, what it cannot do, and what staff are told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.outbox.actions import suppressions
from advocacy.outbox.models import Reason, Suppression
from campaigns.actions import contacts
from campaigns.consent_state import Standing, states
from campaigns.models import Consent, Contact, Withdrawal
from tests.cast import NOW, Cast, browser_of
from tests.factories.contacts import ContactFactory, listed

CONTACTS = "admin:campaigns_contact"
HEADINGS = "email,full_name,language,country,postal_code,chapter,basis,basis_on,words,contact_list\n"
TWO = (
    HEADINGS
    + "Kim.Ito@Health.example,Kim Ito,en,US,77004,gulf-prairie,,,,Friends\n"
    + "jean.roy@sante.example,Jean Roy,,CA,h2x 1y4,Saint-Laurent,donation,2026-11-30,,Friends\n"
)


@pytest.fixture
def friends(cast: Cast) -> None:
    listed(name="Friends")


def upload(browser: Client, text: str) -> HttpResponse:
    file = SimpleUploadedFile("people.csv", text.encode(), content_type="text/csv")
    return browser.post(reverse(f"{CONTACTS}_import"), {"import_file": file, "format": "0"})  # type: ignore[return-value]


def imported(cast: Cast, text: str) -> HttpResponse:
    browser = browser_of(cast.jordan)
    form = upload(browser, text).context["confirm_form"]  # type: ignore[attr-defined]
    return browser.post(reverse(f"{CONTACTS}_process_import"), form.initial, follow=True)  # type: ignore[return-value]


def test_a_preview_shows_the_rows_and_stores_nothing(cast: Cast, friends: None):
    answer = upload(browser_of(cast.jordan), TWO)

    assert [row.import_type for row in answer.context["result"].rows] == ["new", "new"]  # type: ignore[attr-defined]
    assert "Jean Roy" in answer.content.decode()
    assert (Contact.objects.count(), Consent.objects.count()) == (0, 0)


def test_a_file_adds_people_with_their_consent_and_list(cast: Cast, friends: None):
    imported(cast, TWO)

    kim, jean = Contact.objects.get(full_name="Kim Ito"), Contact.objects.get(full_name="Jean Roy")
    assert (kim.email, kim.chapter, kim.postal_code) == ("kim.ito@health.example", cast.gulf_prairie, "77004")
    assert (jean.language, jean.postal_code) == ("fr", "H2X1Y4")
    consent = Consent.objects.get()
    assert (consent.contact, consent.chapter, consent.basis, str(consent.expires_on), consent.source) == (
        jean,
        cast.saint_laurent,
        "donation",
        "2028-11-30",
        "import",
    )
    assert [entry.contact for entry in kim.lists.get().entries.order_by("pk")] == [kim, jean]
    entry = Entry.objects.about(kim).order_by("pk").first()  # type: ignore[attr-defined]
    assert (entry.verb, entry.label) == ("imported", f"Contact {kim.pk}")


def test_a_second_import_changes_nothing(cast: Cast, friends: None):
    imported(cast, TWO)
    before = (Contact.objects.count(), Consent.objects.count(), Entry.objects.count())

    answer = imported(cast, TWO)

    assert "0 new, 0 updated, 0 deleted and 2 skipped" in answer.content.decode()
    assert (Contact.objects.count(), Consent.objects.count(), Entry.objects.count()) == before


def test_the_columns_a_file_may_bring_are_named_before_it_is_chosen(cast: Cast):
    page = browser_of(cast.jordan).get(reverse(f"{CONTACTS}_import"))

    [(_kind, columns)] = page.context["fields_list"]
    assert {"email", "contact_list"} < set(columns)
    assert "remark" not in columns


def test_empty_cells_change_nothing(cast: Cast, friends: None):
    imported(cast, TWO)

    imported(cast, "email,full_name,postal_code\nKIM.ITO@health.example,Kim Itoh,\n")

    kim = Contact.objects.get(email="kim.ito@health.example")
    assert (kim.full_name, kim.postal_code, kim.chapter) == ("Kim Itoh", "77004", cast.gulf_prairie)


def test_who_is_suppressed_and_unknown_is_not_added_and_reported(cast: Cast, friends: None):
    suppressions.add("kim.ito@health.example", reason=Reason.UNSUBSCRIBED, stream="campaign", now=NOW)

    answer = imported(cast, TWO)

    assert list(Contact.objects.values_list("full_name", flat=True)) == ["Jean Roy"]
    assert "1 address stays without mail: row 1." in answer.content.decode()
    assert Suppression.objects.get().lifted_at is None


def test_who_was_forgotten_does_not_come_back(cast: Cast, friends: None):
    contacts.erase(ContactFactory(email="kim.ito@health.example"), now=NOW)

    imported(cast, TWO)

    assert not Contact.objects.known().filter(email="kim.ito@health.example").exists()


def test_a_no_outlives_every_file(cast: Cast, friends: None):
    kim = ContactFactory(email="kim.ito@health.example", country="CA")
    Withdrawal.objects.create(contact=kim, how="reply", received_at=NOW, effective_at=NOW)
    row = "kim.ito@health.example,Kim,en,CA,,,express,2027-02-08,You may write to me.,\n"

    answer = imported(cast, HEADINGS + row)

    assert states([kim], None, NOW)[kim.pk].standing == Standing.WITHDRAWN
    assert Consent.objects.get().words == "You may write to me."
    assert "1 address stays without mail" in answer.content.decode()


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("no-address,Kim,,,,,,,,", "email", "valid email"),
        ("kim@health.example,Kim,de,,,,,,,", "language", "not one of the available"),
        ("kim@health.example,Kim,,,1234,,,,,", "postal_code", "five digits"),
        ("kim@health.example,Kim,,,,Atlantis,,,,", "chapter", "“Atlantis” is not known"),
        ("kim@health.example,Kim,,,,,donation,,,", "basis_on", "Enter the day"),
        ("kim@health.example,Kim,,,,,donation,2027-02-10,,", "basis_on", "still to come"),
        ("kim@health.example,Kim,,,,,,2027-02-01,,", "basis", "Say what happened"),
        ("kim@health.example,Kim,,,,,express,2027-02-01,,", "words", "Enter the words"),
        ("kim@health.example,Kim,,,,,,,,Nobody", "contact_list", "Add it first"),
    ],
)
def test_a_row_with_an_error_names_the_column_and_what_to_do(
    cast: Cast, friends: None, row: str, column: str, says: str
):
    answer = upload(browser_of(cast.jordan), TWO + row + "\n")

    (found,) = answer.context["result"].invalid_rows  # type: ignore[attr-defined]
    assert (found.number, list(found.error_dict)) == (3, [column])
    assert says in str(found.error_dict[column])
    assert "confirm_form" not in answer.context  # type: ignore[attr-defined]


def test_an_export_is_a_file_of_people_that_leaves_a_trace(cast: Cast):
    kim = ContactFactory(full_name="=Kim", email="kim@health.example", chapter=cast.gulf_prairie)
    form = {"action": "export_as_csv", "_selected_action": [kim.pk]}

    answer = browser_of(cast.jordan).post(reverse(f"{CONTACTS}_changelist"), form)

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "email,full_name,language,country,region,postal_code,chapter"
    assert lines[1] == "kim@health.example,'=Kim,en,US,,,gulf-prairie"
    assert Entry.objects.filter(verb="exported", actor=cast.jordan).count() == 1


def test_staff_forget_people_after_they_are_asked_again(cast: Cast):
    kim, browser = ContactFactory(full_name="Kim Ito"), browser_of(cast.jordan)
    form = {"action": "forget", "_selected_action": [kim.pk]}

    question = browser.post(reverse(f"{CONTACTS}_changelist"), form)
    assert "Kim Ito" in question.content.decode()
    kim.refresh_from_db()
    assert not kim.is_erased

    browser.post(reverse(f"{CONTACTS}_changelist"), form | {"confirmed": "yes"})

    kim.refresh_from_db()
    assert kim.is_erased


def test_staff_note_a_withdrawal_they_were_told_of(cast: Cast):
    kim = ContactFactory()
    form = {"action": "stop_all_mail", "_selected_action": [kim.pk]}

    browser_of(cast.jordan).post(reverse(f"{CONTACTS}_changelist"), form)

    row = Withdrawal.objects.get()
    assert (row.contact, row.how, row.recorded_by) == (kim, "staff", cast.jordan)


def test_staff_add_and_correct_a_contact_by_the_same_actions(cast: Cast):
    browser = browser_of(cast.jordan)
    form = {"full_name": "Kim", "email": "Kim@Health.example", "language": "en", "postal_code": "h2x1y4"}

    browser.post(reverse(f"{CONTACTS}_add"), form)
    kim = Contact.objects.get()
    unchanged = {
        f"{part}-{count}": 0
        for part in ("consents", "withdrawals")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    browser.post(reverse(f"{CONTACTS}_change", args=[kim.pk]), form | unchanged | {"full_name": "Kim Ito"})

    kim.refresh_from_db()
    assert (kim.email, kim.postal_code, kim.full_name) == ("kim@health.example", "H2X1Y4", "Kim Ito")
    assert list(Entry.objects.about(kim).order_by("pk").values_list("verb", "label", "reason")) == [  # type: ignore[attr-defined]
        ("added", f"Contact {kim.pk}", ""),
        ("edited", f"Contact {kim.pk}", "name"),
    ]
