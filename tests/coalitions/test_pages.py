"""The pages of partners and sign-on letters."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from advocacy.audit.models import Entry
from advocacy.coalitions.actions import letters
from advocacy.coalitions.models import Organisation, SignOnInvitation, SignOnLetter
from advocacy.outbox.models import OutboundMessage
from tests.cast import Cast, browser_of
from tests.factories.letters import (
    DEADLINE,
    OrganisationFactory,
    answered,
    asked_by,
    letter_of,
    partner,
    signed,
)
from tests.factories.measures import measure

LIST = reverse("coalitions:letter_list")
LATE = DEADLINE + timedelta(seconds=1)


def address(name: str, *arguments: object) -> str:
    return reverse(f"coalitions:{name}", args=arguments)


def typed(cast: Cast, **fields: object) -> dict[str, object]:
    known = {
        "chapter": cast.gulf_prairie.pk, "title": "Keep telehealth open", "text": "Extend it.", "agency": "Health",
        "owner": cast.dana.pk, "received_on": "2027-02-08", "zone": "America/New_York",
        "soft_deadline_at": "2027-02-16T17:00", "hard_deadline_at": "2027-02-19T17:00",
    }  # fmt: skip
    return known | fields


def test_a_deadline_is_read_by_the_clock_of_its_zone(cast: Cast):
    browser_of(cast.dana).post(address("letter_new"), typed(cast))

    letter = SignOnLetter.objects.get()
    assert (letter.hard_deadline_at, letter.brought_in_by, letter.chapter) == (
        DEADLINE,
        cast.dana,
        cast.gulf_prairie,
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", "", "Give the text in English, in French, or in both."),
        ("agency", "", "Say to whom it is addressed: an agency, or officials."),
        ("hard_deadline_at", "9999-12-31T23:00", "Check the year."),
        ("soft_deadline_at", "2027-02-20T17:00", "The soft deadline cannot be after the hard one."),
    ],
)
def test_what_is_missing_is_said_by_the_field(cast: Cast, field: str, value: str, words: str):
    page = browser_of(cast.dana).post(address("letter_new"), typed(cast, **{field: value}))

    assert words in page.content.decode()
    assert not SignOnLetter.objects.exists()


def test_finding_an_official_saves_nothing_and_complains_of_nothing(cast: Cast):
    page = browser_of(cast.dana).post(address("letter_new"), {"find": "officials", "officials__q": "reyes"})

    assert page.status_code == 200
    assert "field--error" not in page.content.decode()


def test_the_form_of_a_letter_shows_its_deadline_as_it_was_typed(cast: Cast):
    letter = letter_of(cast)
    page = browser_of(cast.dana).get(address("letter_edit", letter.pk)).content.decode()

    assert 'value="2027-02-19T17:00"' in page


def test_saving_the_form_as_it_is_changes_nothing(cast: Cast):
    browser, before = browser_of(cast.dana), Entry.objects.count()
    browser.post(address("letter_new"), typed(cast))
    letter = SignOnLetter.objects.get()
    browser.post(address("letter_edit", letter.pk), typed(cast))

    assert Entry.objects.count() == before + 1


def test_a_signed_text_is_not_offered_to_be_changed(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    browser = browser_of(cast.dana)
    page = browser.get(address("letter_edit", letter.pk)).content.decode()
    browser.post(
        address("letter_edit", letter.pk), typed(cast, text="Other", hard_deadline_at="2027-02-22T17:00")
    )

    letter.refresh_from_db()
    assert 'name="text"' not in page
    assert (letter.text, letter.hard_deadline_at) == (
        "We ask you to extend it.",
        DEADLINE + timedelta(days=3),
    )


def test_the_president_decides_and_a_refusal_needs_its_reason(cast: Cast):
    letter = letter_of(cast)
    page = browser_of(cast.chris).post(address("letter_decide", letter.pk), {"decision": "decline"})
    browser_of(cast.chris).post(
        address("letter_decide", letter.pk), {"decision": "decline", "reason": "Too broad."}
    )

    letter.refresh_from_db()
    assert "Say why, or what should change." in page.content.decode()
    assert (letter.decision, letter.decided_by) == ("decline", cast.chris)


def test_on_a_measure_without_a_position_the_page_says_why_we_cannot_sign(cast: Cast):
    letter = letter_of(cast, measure=measure("HB 210"))
    detail = browser_of(cast.chris).get(letter.get_absolute_url()).content.decode()
    page = browser_of(cast.chris).post(
        address("letter_decide", letter.pk), {"decision": "sign", "signed_as": "Gulf"}
    )

    assert "Nobody has proposed a position on this measure yet." in detail
    assert "Nobody has proposed a position on this measure yet." in page.content.decode()
    assert not SignOnLetter.objects.exclude(decision="").exists()


def test_after_the_deadline_the_decision_is_locked_for_all_but_staff(
    cast: Cast, clock: time_machine.Traveller
):
    letter = letter_of(cast)
    clock.move_to(LATE)
    url = address("letter_decide", letter.pk)

    assert browser_of(cast.chris).get(url).status_code == 404
    assert "Why it comes late" in browser_of(cast.jordan).get(url).content.decode()
    browser_of(cast.jordan).post(
        url, {"decision": "sign", "signed_as": "Gulf", "late_reason": "They waited."}
    )
    letter.refresh_from_db()
    assert letter.late_reason == "They waited."


def test_inviting_writes_to_each_of_the_chosen_once(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    contacts = [partner("Harbor Patients").pk, partner("Élan Santé", language="fr").pk]
    browser = browser_of(cast.dana)
    for _twice in range(2):
        browser.post(address("letter_invite", letter.pk), {"contacts": contacts})

    assert SignOnInvitation.objects.count() == 2
    assert OutboundMessage.objects.filter(kind="coalitions.invitation").count() == 2


def test_one_person_of_each_organisation_is_invited(cast: Cast):
    letter, first = signed(letter_of(cast), cast.chris), partner("Harbor Patients")
    second = first.organisation.contacts.create(name="Lee", email="lee@example.org")
    page = browser_of(cast.dana).post(
        address("letter_invite", letter.pk), {"contacts": [first.pk, second.pk]}
    )

    assert "Choose one person of each organization." in page.content.decode()
    assert not SignOnInvitation.objects.exists()


def test_nobody_is_invited_before_we_signed(cast: Cast):
    assert browser_of(cast.dana).get(address("letter_invite", letter_of(cast).pk)).status_code == 404


def test_a_letter_goes_from_locked_to_sent_to_closed(cast: Cast):
    letter, browser = signed(letter_of(cast), cast.chris), browser_of(cast.dana)
    early = browser.get(address("letter_step", letter.pk, "send")).status_code
    browser.post(address("letter_step", letter.pk, "lock"))
    browser.post(address("letter_step", letter.pk, "send"), {"sent_on": "2027-02-09"})
    browser.post(address("letter_step", letter.pk, "close"), {"outcome": "Extended."})

    letter.refresh_from_db()
    assert (early, letter.status, letter.final_count, letter.outcome) == (404, "closed", 1, "Extended.")


def test_a_letter_is_not_sent_on_a_day_to_come(cast: Cast):
    letter, browser = signed(letter_of(cast), cast.chris), browser_of(cast.dana)
    letters.lock(letter, by=cast.dana)
    page = browser.post(address("letter_step", letter.pk, "send"), {"sent_on": "2027-02-10"})

    assert "This day has not come yet." in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_one_letter_and_for_three(
    cast: Cast, django_assert_num_queries, count: int
):
    for number in range(count):
        letter_of(cast, title=f"Letter {number}", lead=OrganisationFactory())
    browser = browser_of(cast.dana)
    browser.get(LIST)

    with django_assert_num_queries(10):
        browser.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_a_letter_asks_the_same_number_of_questions_for_one_partner_and_for_three(
    cast: Cast, django_assert_num_queries, count: int
):
    letter = signed(letter_of(cast), cast.chris)
    for number in range(count):
        answered(asked_by(letter, partner(f"Partner {number}")))
    browser = browser_of(cast.dana)
    browser.get(letter.get_absolute_url())

    with django_assert_num_queries(13):
        browser.get(letter.get_absolute_url())


def test_filters_stand_in_the_address_and_narrow_the_list(cast: Cast):
    letter_of(cast, title="Ours alone")
    signed(letter_of(cast, title="Theirs", lead=OrganisationFactory()), cast.chris)
    browser = browser_of(cast.dana)

    def shown(query: str) -> list[bool]:
        page = browser.get(f"{LIST}?{query}").content.decode()
        return [title in page for title in ("Ours alone", "Theirs")]

    assert shown("") == [True, True]
    assert shown("led_by=ours") == [True, False]
    assert shown("led_by=partners") == [False, True]
    assert shown("status=to_decide") == [True, False]
    assert shown("status=locked") == [False, False]
    assert shown("q=theirs") == [False, True]
    assert shown("order=earliest&status=nonsense") == [True, True]


def test_partners_are_found_whatever_their_accents(cast: Cast):
    OrganisationFactory(name="Élan Santé")
    OrganisationFactory(name="Harbor Patients", kind="hie")
    browser, url = browser_of(cast.dana), address("organisation_list")

    assert "Élan Santé" in browser.get(f"{url}?q=elan sante").content.decode()
    assert "Élan Santé" not in browser.get(f"{url}?kind=hie").content.decode()
    assert "Élan Santé" in browser.get(f"{reverse('portal:search')}?q=elan").content.decode()


def test_an_organisation_and_its_people_are_put_on_record(cast: Cast):
    browser = browser_of(cast.dana)
    said = {"name": "Harbor Patients", "kind": "patients", "status": "active", "owner": cast.dana.pk}
    browser.post(address("organisation_new"), said)
    organisation = Organisation.objects.get()
    person = {"name": "Lee Park", "email": "lee@example.org", "language": "en", "zone": "America/Denver"}
    for _twice in range(2):
        page = browser.post(address("contact_add", organisation.pk), person)

    assert [str(contact) for contact in organisation.contacts.all()] == ["Lee Park"]
    assert "on record for this organization already" in page.content.decode()
    second = browser.post(address("organisation_new"), said | {"name": "HARBOR PATIENTS"})
    assert "An organization with this name is here already." in second.content.decode()


def test_the_table_of_signatories_comes_as_csv_and_workbook_and_leaves_a_trace(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    answered(asked_by(letter, partner("Élan Santé")), approver_name="=cmd()")
    browser = browser_of(cast.dana)
    csv = b"".join(browser.get(address("letter_export", letter.pk, "csv"))).decode("utf-8-sig")  # type: ignore[arg-type]  # a stream
    book = b"".join(browser.get(address("letter_export", letter.pk, "xlsx")))  # type: ignore[arg-type]  # as above
    sheet = load_workbook(BytesIO(book)).active

    assert [line.split(",")[:2] for line in csv.splitlines()] == [
        ["Signed as", "Approved by"],
        ["Élan Santé", "'=cmd()"],
        ["Gulf Prairie Chapter", "Chris Lang"],
    ]
    assert [row[0].value for row in sheet.iter_rows()] == ["Signed as", "Élan Santé", "Gulf Prairie Chapter"]
    assert Entry.objects.filter(verb="exported", actor=cast.dana).count() == 2


def test_the_letters_on_a_measure_stand_on_its_page(cast: Cast):
    bill = measure("HB 210")
    letter_of(cast, measure=bill)
    pages = {
        name: browser_of(getattr(cast, name)).get(bill.get_absolute_url()).content.decode()
        for name in ("dana", "noor")
    }

    assert {name: "Keep telehealth open" in page for name, page in pages.items()} == {
        "dana": True,
        "noor": False,
    }


def test_staff_import_partners_and_a_second_time_changes_nothing(cast: Cast):
    OrganisationFactory(name="Harbor Patients", kind="patients")
    from_file = (
        "name,name_fr,kind,status,website,notes\nHARBOR patients,,hie,dormant,,\nÉlan Santé,,hie,active,,\n"
    )
    browser, url = browser_of(cast.jordan), reverse("admin:coalitions_organisation_import")
    for _twice in range(2):
        confirm = browser.post(
            url,
            {
                "import_file": SimpleUploadedFile("partners.csv", from_file.encode()),
                "format": "0",
                "resource": "0",
            },
        )
        form = confirm.context["confirm_form"]
        browser.post(reverse("admin:coalitions_organisation_process_import"), form.initial)

    assert list(Organisation.objects.values_list("name", "kind", "status")) == [
        ("Élan Santé", "hie", "active"),
        ("Harbor Patients", "hie", "dormant"),
    ]
    assert Entry.objects.filter(verb="imported").count() == 2
