"""Files of chapters and roles in the admin: preview, row errors, confirm, and safe exports."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.kernel.imports import MOST_ROWS, Csv, UnreadableFile, Xlsx
from members.access import reach_of
from members.models import Chapter, Role, RoleAssignment
from tests.cast import Cast, browser_of

ROLES = "admin:members_roleassignment"
CHAPTERS = "admin:members_chapter"
HEADINGS = "email,full_name,role,chapter,region,title,starts_on,ends_on,language,time_zone\n"
GOOD = (
    HEADINGS
    + "ada@example.org,Ada New,chapter_advocate,gulf-prairie,,Co-chair,2027-01-01,2027-07-01,,\n"
    + "Zoe@Example.org,Zoé Côté,Advocacy volunteer,Saint-Laurent,,,2027-01-01,,fr,America/Toronto\n"
    + "ada@example.org,Ada New,member,hill-country,,,2027-01-01,,,\n"
    + "vera@example.org,Vera Chair,regional_vice_chair,,eastern,,2027-01-01,,,\n"
)
TABLES = (User, EmailAddress, RoleAssignment, Chapter, Entry)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


def upload(browser: Client, page: str, content: str | bytes, *, xlsx: bool = False) -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("people.xlsx" if xlsx else "people.csv", data)
    return browser.post(
        reverse(f"{page}_import"), {"import_file": file, "format": "1" if xlsx else "0", "resource": "0"}
    )


def confirm(browser: Client, page: str, preview: HttpResponse) -> HttpResponse:
    return browser.post(
        reverse(f"{page}_process_import"), preview.context["confirm_form"].initial, follow=True
    )


def import_roles(cast: Cast, content: str = GOOD) -> HttpResponse:
    browser = browser_of(cast.jordan)
    return confirm(browser, ROLES, upload(browser, ROLES, content))


def complaints(answer: HttpResponse) -> list[tuple[int, str, str]]:
    assert "confirm_form" not in answer.context
    return [
        (row.number, column, str(message))
        for row in answer.context["result"].invalid_rows
        for column, messages in row.error_dict.items()
        for message in messages
    ]


# --- importing roles ---


def test_a_preview_changes_nothing(cast: Cast):
    before = counts()

    answer = upload(browser_of(cast.jordan), ROLES, GOOD)

    assert [row.import_type for row in answer.context["result"].rows] == ["new"] * 4
    assert "<ins>Zoé Côté</ins>" in answer.content.decode()
    assert counts() == before


def test_a_confirmed_file_opens_accounts_and_gives_roles(cast: Cast):
    answer = import_roles(cast)

    assert "4 new" in answer.content.decode()
    ada = User.objects.get(email="ada@example.org")
    assert reach_of(ada).advocate_of == {cast.gulf_prairie.pk}
    assert reach_of(ada).belongs_to == {cast.gulf_prairie.pk, cast.hill_country.pk}
    assert ada.roles.get(role=Role.ADVOCATE).title == "Co-chair"
    assert not ada.has_usable_password()
    assert not EmailAddress.objects.get(user=ada).verified
    zoe = User.objects.get(email="zoe@example.org")
    assert (zoe.language, zoe.time_zone, zoe.roles.get().role) == ("fr", "America/Toronto", Role.VOLUNTEER)
    given = Entry.objects.about(ada.roles.get(role=Role.MEMBER)).get()  # type: ignore[attr-defined]
    assert (given.actor, given.verb) == (cast.jordan, "gave role")


def test_a_second_import_changes_nothing(cast: Cast):
    import_roles(cast)
    before = counts()

    answer = import_roles(cast)

    assert "0 new, 0 updated, 0 deleted and 4 skipped" in answer.content.decode()
    assert counts() == before


def test_a_file_neither_lifts_an_end_nor_deletes_a_role(cast: Cast):
    import_roles(cast)
    RoleAssignment.objects.filter(person__email="zoe@example.org").update(ends_on=date(2027, 2, 1))

    import_roles(
        cast, HEADINGS + "ada@example.org,Other Name,chapter_advocate,gulf-prairie,,,2027-01-01,,,\n"
    )
    import_roles(cast)

    assert RoleAssignment.objects.get(person__email="zoe@example.org").ends_on == date(2027, 2, 1)
    advocate = RoleAssignment.objects.get(person__email="ada@example.org", role=Role.ADVOCATE)
    assert (advocate.ends_on, advocate.person.full_name) == (date(2027, 7, 1), "Ada New")


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (
            "not-an-address,Ada,member,gulf-prairie,,,2027-01-01,,,",
            (2, "email", "Enter a valid email address."),
        ),
        ("a@example.org,,member,gulf-prairie,,,2027-01-01,,,", (2, "full_name", "This field is required.")),
        ("a@example.org,Ada,emperor,gulf-prairie,,,2027-01-01,,,", (2, "role", "“emperor” is not a role.")),
        ("a@example.org,Ada,member,atlantis,,,2027-01-01,,,", (2, "chapter", "“atlantis” is not known.")),
        ("a@example.org,Ada,member,gulf-prairie,,,31 June,,,", (2, "starts_on", "Enter a valid date.")),
        ("a@example.org,Ada,member,gulf-prairie,,,,,,", (2, "starts_on", "This field is required.")),
        (
            "a@example.org,Ada,member,gulf-prairie,,,2027-01-01,2026-01-01,,",
            (2, "__all__", "A role ends on or after the day it starts."),
        ),
        (
            "a@example.org,Ada,member,,,,2027-01-01,,,",
            (
                2,
                "__all__",
                "A chapter role needs a chapter, a vice chair a region, and a national role neither.",
            ),
        ),
    ],
)
def test_a_bad_row_is_named_with_its_column_and_nothing_is_imported(
    cast: Cast, row: str, complaint: tuple[int, str, str]
):
    before = counts()
    fine = "fine@example.org,Fine,member,gulf-prairie,,,2027-01-01,,,\n"

    answer = upload(browser_of(cast.jordan), ROLES, HEADINGS + fine + row + "\n")

    assert complaints(answer) == [complaint]
    assert complaint[2] in answer.content.decode()
    assert counts() == before


def test_a_row_that_turns_bad_after_the_preview_takes_the_whole_file_with_it(cast: Cast):
    browser = browser_of(cast.jordan)
    preview = upload(browser, ROLES, GOOD)
    Chapter.objects.filter(slug="hill-country").update(slug="hills", name="Hills")
    before = counts()

    confirm(browser, ROLES, preview)

    assert counts() == before


def test_a_workbook_works_like_a_text_file(cast: Cast):
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(HEADINGS.strip().split(","))
    sheet.append(["ada@example.org", "Ada New", "member", "gulf-prairie", None, None, date(2027, 1, 1)])
    sheet.append([])
    file = io.BytesIO()
    workbook.save(file)
    browser = browser_of(cast.jordan)

    confirm(browser, ROLES, upload(browser, ROLES, file.getvalue(), xlsx=True))

    assert RoleAssignment.objects.get(person__email="ada@example.org").starts_on == date(2027, 1, 1)


@pytest.mark.parametrize("who", ["dana", "chris", "tom", "angela"])
def test_only_staff_import(cast: Cast, who: str):
    browser = browser_of(getattr(cast, who))
    before = counts()

    upload(browser, ROLES, GOOD)

    assert counts() == before


# --- importing chapters ---


def test_chapters_are_added_corrected_and_left_alone(cast: Cast):
    browser = browser_of(cast.jordan)
    rows = "slug,name,region,time_zone,starts_on,legal_name\n"
    rows += "lone-star,Lone Star,southern,America/Chicago,2026-07-01,\n"
    rows += "gulf-prairie,Gulf Prairie,Southern,,,Gulf Prairie Inc.\n"

    confirm(browser, CHAPTERS, upload(browser, CHAPTERS, rows))
    after = counts()
    again = confirm(browser, CHAPTERS, upload(browser, CHAPTERS, rows))

    assert Chapter.objects.get(slug="lone-star").society == cast.society
    cast.gulf_prairie.refresh_from_db()
    assert (cast.gulf_prairie.legal_name, cast.gulf_prairie.time_zone) == (
        "Gulf Prairie Inc.",
        "America/Chicago",
    )
    assert "0 new, 0 updated, 0 deleted and 2 skipped" in again.content.decode()
    assert counts() == after
    entry = Entry.objects.about(cast.gulf_prairie).get()  # type: ignore[attr-defined]
    assert (entry.verb, entry.changes) == ("imported", {"legal_name": ["", "Gulf Prairie Inc."]})


def test_what_stands_below_the_mail_of_a_chapter_comes_and_goes_with_its_file(cast: Cast):
    browser = browser_of(cast.jordan)
    rows = "slug,postal_address,contact_email\n"
    rows += 'gulf-prairie,"2 Bay Street\nHouston, TX 77004",gulf@example.org\n'

    confirm(browser, CHAPTERS, upload(browser, CHAPTERS, rows))
    data = {"action": "export_as_csv", "_selected_action": [cast.gulf_prairie.pk]}
    exported = browser.post(reverse(f"{CHAPTERS}_changelist"), data).getvalue().decode("utf-8-sig")
    again = confirm(browser, CHAPTERS, upload(browser, CHAPTERS, exported))

    cast.gulf_prairie.refresh_from_db()
    assert cast.gulf_prairie.postal_address == "2 Bay Street\nHouston, TX 77004"
    assert cast.gulf_prairie.contact_email == "gulf@example.org"
    assert "gulf@example.org" in exported
    assert "0 new, 0 updated, 0 deleted and 1 skipped" in again.content.decode()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("new,New,Atlantic,America/Chicago,2026-07-01,", "region"),
        ("new,New,Southern,Mars/Olympus,2026-07-01,", "time_zone"),
        ("new,New,Southern,America/Chicago,yesterday,", "starts_on"),
        ("not a slug,New,Southern,America/Chicago,2026-07-01,", "slug"),
    ],
)
def test_a_bad_chapter_row_names_the_column(cast: Cast, row: str, column: str):
    rows = "slug,name,region,time_zone,starts_on,legal_name\n" + row + "\n"

    answer = upload(browser_of(cast.jordan), CHAPTERS, rows)

    assert column in {name for _, name, _ in complaints(answer)}
    assert Chapter.objects.count() == 5


# --- files that are not what they claim ---


def _sheet(*rows: list[Any]) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "is_workbook", "complaint"),
    [
        ("email,full_name\né".encode("latin-1"), False, "not in UTF-8"),
        (b"", False, "must name every column"),
        (b"email,,role\n", False, "must name every column"),
        (b"email,Email\n", False, "Two columns have the same heading"),
        (b"email\na@example.org,extra\n", False, "Row 2 has more cells"),
        (b'email\n"never closed', False, "is not CSV"),
        (b"x" * 5_000_001, False, "larger than 5 MB"),
        (b"email\n" + b"a\n" * (MOST_ROWS + 1), False, "more than 2,000 rows"),
        (b"email,role\n", True, "not an XLSX workbook"),
        (_bomb(), True, "unpacks to more than 25 MB"),
        (_sheet(["email"])[:-30], True, "not an XLSX workbook"),
    ],
    ids=[
        "latin-1",
        "empty",
        "gap",
        "twice",
        "long row",
        "quote",
        "large",
        "many",
        "text",
        "bomb",
        "truncated",
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused_with_a_reason(
    content: bytes, is_workbook: bool, complaint: str
):
    with pytest.raises(UnreadableFile, match=complaint):
        (Xlsx if is_workbook else Csv)().create_dataset(content)


def test_the_page_shows_the_reason(cast: Cast):
    answer = upload(browser_of(cast.jordan), ROLES, "email,full_name\né".encode("latin-1"))

    assert "The file is not in UTF-8." in answer.content.decode()


def test_a_workbook_without_a_workbook_inside_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("hello.txt", "hello")

    with pytest.raises(UnreadableFile, match="cannot be read"):
        Xlsx().create_dataset(file.getvalue())


# --- exporting ---


def export(cast: Cast, action: str) -> bytes:
    keys = [str(role.pk) for role in RoleAssignment.objects.all()]
    answer = browser_of(cast.jordan).post(
        reverse(f"{ROLES}_changelist"), {"action": action, "_selected_action": keys}
    )
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return bytes(content)


def test_an_export_can_be_imported_again_and_changes_nothing(cast: Cast):
    User.objects.filter(pk=cast.dana.pk).update(full_name="=1+1 Dana")
    exported = export(cast, "export_as_csv").decode("utf-8-sig")
    before = counts()

    answer = import_roles(cast, exported)

    assert "0 new, 0 updated, 0 deleted and 13 skipped" in answer.content.decode()
    assert counts() == before


@pytest.mark.parametrize("start", [*"=+-@\t", "'", "==", " ="])
def test_no_cell_of_an_export_runs_as_a_formula(cast: Cast, start: str):
    User.objects.filter(pk=cast.dana.pk).update(full_name=f'{start}HYPERLINK("http://x")')

    csv = export(cast, "export_as_csv").decode()
    workbook = openpyxl.load_workbook(io.BytesIO(export(cast, "export_as_xlsx")))

    shown = next(row for row in Csv().create_dataset(csv.encode()).dict if "HYPERLINK" in row["full_name"])
    assert shown["full_name"] == f'{start}HYPERLINK("http://x")'
    assert f"'{start}HYPERLINK" in csv
    cells = [cell for row in workbook.worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert f'{start}HYPERLINK("http://x")' in {cell.value for cell in cells}


def test_taking_a_list_of_people_away_leaves_a_trace(cast: Cast):
    export(cast, "export_as_csv")

    entry = Entry.objects.get(verb="exported")
    assert (entry.actor, entry.reason) == (cast.jordan, "members.roleassignment: 13")
