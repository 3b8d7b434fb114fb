"""The staff's door to Advocacy Days: files of people by the rule of places, and the same acts behind the buttons."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from advocacy.events.models import AdvocacyEvent, Registration
from tests.cast import Cast
from tests.factories.advocacy_days import coming, day_of

_IMPORT = "/admin/events/registration/import/"
_HEAD = "event,email,name,language,access_needs"


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast, cap=2)


@pytest.fixture
def staff(cast: Cast, client):
    client.force_login(cast.jordan)
    return client


def preview(staff, *lines: str):
    file = SimpleUploadedFile("people.csv", "\n".join([_HEAD, *lines]).encode())
    return staff.post(_IMPORT, {"import_file": file, "format": "0", "resource": ""})


def statuses() -> list[tuple[str, str]]:
    return list(Registration.objects.order_by("pk").values_list("name", "status"))


def test_a_file_is_previewed_and_each_new_person_gets_a_place_or_waits(event: AdvocacyEvent, staff):
    coming(event, "Ann", email="ANN@example.org")
    shown = preview(
        staff, f"{event.pk},ann@example.org,Ann Doe,en,", f"{event.pk},bo@example.org,Bo Li,en,Captions",
        f"{event.pk},cy@example.org,Cy Fox,en,",
    )  # fmt: skip
    before = statuses()
    confirm = shown.context["confirm_form"]
    staff.post("/admin/events/registration/process_import/", confirm.initial)

    assert before == [("Ann", "registered")]
    assert statuses() == [("Ann Doe", "registered"), ("Bo Li", "registered"), ("Cy Fox", "waiting")]


def test_what_is_wrong_in_a_row_is_said_by_the_row_and_nothing_is_written(event: AdvocacyEvent, staff):
    shown = preview(staff, f"{event.pk},bo@example.org,Bo Li,en,", f"{event.pk},no address,Cy Fox,en,")

    assert shown.context["result"].has_validation_errors()
    assert statuses() == []


def test_the_buttons_act_by_the_rules_of_the_pages(event: AdvocacyEvent, staff):
    rows = [coming(event, name) for name in ("Ann", "Bo")]
    coming(event, "Cy", status="waiting")
    path = "/admin/events/registration/"
    staff.post(path, {"action": "withdraw", "_selected_action": [rows[0].pk]})
    moved = statuses()
    staff.post(path, {"action": "forget", "confirmed": "yes", "_selected_action": [rows[1].pk]})

    assert moved == [("Ann", "withdrawn"), ("Bo", "registered"), ("Cy", "registered")]
    assert statuses()[1] == ("", "withdrawn")
