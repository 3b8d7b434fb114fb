"""What staff corrected survives imports, and comes up for review when the source has news."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from advocacy.audit.models import Entry
from legislation.actions import corrections
from legislation.actions.corrections import NothingToReview
from legislation.models import ContactPoint, Correction, CorrectionState, Office, Official, Tenure
from tests.cast import Cast, browser_of
from tests.factories.people import UserFactory
from tests.legislation.admin_form import form_of, name_of
from tests.legislation.importing import TODAY, happened, imported, in_office, official, only
from tests.legislation.test_import_openstates import retire
from tests.legislation.upstream import ALBA, STATES, copy_of, rewrite, texas

pytestmark = pytest.mark.django_db
SOURCE = "openstates-people"
NOON = datetime(2026, 8, 23, 12, tzinfo=UTC)


@pytest.fixture
def states(tmp_path):
    folder = copy_of(STATES, tmp_path)
    imported(SOURCE, folder)
    return folder


def corrected(row, **values) -> Correction:
    """Staff put these values of an imported row right."""
    stored = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    corrections.correct(stored, row, by=UserFactory(), now=NOON, reason="They told us.")
    return Correction.objects.get(object_id=row.pk, model=row._meta.label_lower)


def alba_says(states, **values) -> None:
    rewrite(texas(states) / ALBA, lambda content: content.update(values))


def new_number(states, *, number: str) -> None:
    rewrite(texas(states) / ALBA, lambda content: content["offices"][0].update(voice=number))


def alba_mails() -> list[str]:
    rows = official("Alba Ferrante").contact_points.current().filter(kind="email")
    return list(rows.values_list("value", flat=True))


def her_office() -> Office:
    return Office.objects.get(official__name="Alba Ferrante")


def her_mail() -> ContactPoint:
    return ContactPoint.objects.get(official__name="Alba Ferrante", kind="email", value__startswith="alba")


def run(states, number: int, **options) -> None:
    """The import of a later day, in which something else about her changed, so that she is compared anew."""
    alba_says(states, birth_date=f"1970-03-{number:02}")
    report = imported(SOURCE, states, on=TODAY + timedelta(days=number), **options)
    assert only(report).status == "applied"


@pytest.mark.parametrize("review", [False, True])
def test_a_corrected_phone_survives_three_imports_and_others_of_its_fields_follow(states, review):
    correction = corrected(her_office(), phone="512-555-7777")

    for number in (1, 2, 3):
        rewrite(
            texas(states) / ALBA,
            lambda content, number=number: content["offices"][0].update(address=f"Room {number}, Austin"),
        )
        run(states, number, review=review)

    correction.refresh_from_db()
    assert (her_office().phone, her_office().address) == ("512-555-7777", "Room 3, Austin")
    assert not correction.needs_review
    assert Office.objects.filter(official__name="Alba Ferrante").count() == 1


@pytest.mark.parametrize("review", [False, True])
def test_a_source_with_another_value_brings_a_review_that_shows_both(states, cast: Cast, review):
    correction = corrected(her_office(), phone="512-555-7777")

    new_number(states, number="512-555-0888")
    imported(SOURCE, states, on=TODAY + timedelta(days=1), review=review)

    correction.refresh_from_db()
    page = browser_of(cast.jordan).get(reverse("admin:legislation_correction_changelist"))
    assert her_office().phone == "512-555-7777"
    assert correction.needs_review
    assert correction.source_now_on == TODAY + timedelta(days=1)
    for shown in ("512-555-7777", "512-555-0888", "512-555-0131"):
        assert shown in page.content.decode()


def test_taking_theirs_writes_the_value_of_the_source_and_ends_the_correction(states):
    correction = corrected(her_office(), phone="512-555-7777")
    new_number(states, number="512-555-0888")
    imported(SOURCE, states)

    corrections.take_theirs(correction, by=UserFactory(), now=NOON)
    new_number(states, number="512-555-0999")
    imported(SOURCE, states)

    correction.refresh_from_db()
    assert correction.state == CorrectionState.DROPPED
    assert her_office().phone == "512-555-0999"
    with pytest.raises(NothingToReview):
        corrections.keep_ours(correction, by=UserFactory(), now=NOON)


def test_keeping_ours_holds_until_the_source_says_something_new_again(states):
    correction = corrected(her_office(), phone="512-555-7777")
    new_number(states, number="512-555-0888")
    imported(SOURCE, states)

    corrections.keep_ours(correction, by=UserFactory(), now=NOON)
    run(states, 1)
    correction.refresh_from_db()
    assert (correction.state, correction.needs_review) == (CorrectionState.KEPT, False)

    new_number(states, number="512-555-0999")
    imported(SOURCE, states, on=TODAY + timedelta(days=2))
    correction.refresh_from_db()
    assert her_office().phone == "512-555-7777"
    assert correction.needs_review


def test_a_source_that_comes_to_say_what_we_say_needs_no_review(states):
    correction = corrected(her_office(), phone="512-555-7777")

    new_number(states, number="512-555-7777")
    imported(SOURCE, states)

    correction.refresh_from_db()
    assert correction.source_now_says == {"phone": "512-555-7777"}
    assert not correction.needs_review


def test_a_removed_address_stays_removed_even_when_the_source_drops_it_and_lists_it_again(states):
    correction = corrected(her_mail(), ended_on=date(2026, 8, 1))

    run(states, 1)
    alba_says(states, email="")
    run(states, 2)
    alba_says(states, email="alba.ferrante@house.texas.example")
    run(states, 3)

    correction.refresh_from_db()
    assert alba_mails() == []
    assert not correction.needs_review


def test_a_corrected_address_is_not_joined_by_the_wrong_one(states):
    corrected(her_mail(), value="alba@right.example")

    run(states, 1)
    run(states, 2)
    run(states, 3)

    assert alba_mails() == ["alba@right.example"]


def test_another_address_from_the_source_is_reviewed_and_taken_in_place_of_ours(states):
    correction = corrected(her_mail(), value="alba@right.example")

    alba_says(states, email="ferrante@new.example")
    run(states, 1)

    correction.refresh_from_db()
    assert alba_mails() == ["alba@right.example"]
    assert correction.source_now_says["value"] == "ferrante@new.example"
    corrections.take_theirs(correction, by=UserFactory(), now=NOON)
    run(states, 2)
    assert alba_mails() == ["ferrante@new.example"]


def test_a_source_that_comes_to_give_our_address_does_not_bring_it_twice(states):
    corrected(her_mail(), value="alba@right.example")

    alba_says(states, email="alba@right.example")
    run(states, 1)

    assert alba_mails() == ["alba@right.example"]


def test_a_corrected_end_of_a_term_stays_and_the_end_of_the_source_is_reviewed(states):
    tenure = Tenure.objects.get(official__name="Alba Ferrante")
    correction = corrected(tenure, ends_on=date(2026, 5, 1), end_is_expected=False, end_reason="resigned")

    run(states, 1)
    assert "Alba Ferrante" not in in_office()
    rewrite(texas(states) / ALBA, lambda content: content["roles"][0].update(end_date="2028-01-11"))
    run(states, 2)

    tenure.refresh_from_db()
    correction.refresh_from_db()
    assert (tenure.ends_on, tenure.end_reason) == (date(2026, 5, 1), "resigned")
    assert Tenure.objects.filter(official__name="Alba Ferrante").count() == 1
    assert correction.needs_review
    assert correction.source_last_said()["ends_on"] == date(2028, 1, 11)


@pytest.mark.parametrize("review", [False, True])
def test_whom_a_correction_keeps_in_office_does_not_leave_with_the_file(states, review):
    tenure = Tenure.objects.get(official__name="Alba Ferrante")
    correction = corrected(tenure, ends_on=date(2027, 6, 1))

    retire(states, ALBA, date(2026, 8, 1))
    report = imported(SOURCE, states, on=TODAY + timedelta(days=1), review=review)

    correction.refresh_from_db()
    assert "Alba Ferrante" in in_office()
    assert "left" not in happened(report)
    assert correction.needs_review


def test_a_corrected_name_stays_and_search_finds_it(states):
    corrected(official("Alba Ferrante"), name="Alba Ferrante-Ruiz")

    alba_says(states, name="Alba R. Ferrante", given_name="Albina")
    run(states, 1)

    person = official("Alba Ferrante-Ruiz")
    assert person.given_name == "Albina"
    for words in ("ruiz", "albina"):
        assert list(Official.objects.search(words, TODAY)) == [person]


def test_correcting_back_to_what_the_source_says_ends_the_correction(states):
    corrected(her_office(), phone="512-555-7777")

    correction = corrected(her_office(), phone="512-555-0131")

    assert correction.state == CorrectionState.DROPPED


def test_staff_correct_in_the_admin_with_a_reason(states, cast: Cast):
    browser = browser_of(cast.jordan)
    person = official("Alba Ferrante")
    url = reverse("admin:legislation_official_change", args=[person.pk])
    sent = form_of(browser, url)
    sent |= {name_of(sent, "512-555-0131"): "512-555-7777"}

    refused = browser.post(url, sent)
    assert refused.status_code == 200
    assert her_office().phone == "512-555-0131"

    saved = browser.post(url, sent | {"correction_reason": "Her office said so."})
    assert saved.status_code == 302
    correction = Correction.objects.get()
    assert (correction.before, correction.corrected) == ({"phone": "512-555-0131"}, {"phone": "512-555-7777"})
    assert (correction.made_by, correction.reason) == (cast.jordan, "Her office said so.")
    assert Entry.objects.about(person).filter(verb="corrected", reason="Her office said so.").exists()


def test_staff_correct_a_name_with_a_reason(states, cast: Cast):
    browser = browser_of(cast.jordan)
    person = official("Alba Ferrante")
    url = reverse("admin:legislation_official_change", args=[person.pk])
    sent = form_of(browser, url) | {"suffix": "Jr."}

    assert browser.post(url, sent).status_code == 200
    saved = browser.post(url, sent | {"correction_reason": "On her card."})
    assert saved.status_code == 302
    assert Correction.objects.get().corrected == {"suffix": "Jr."}


def test_an_imported_row_is_ended_and_not_deleted(states, cast: Cast):
    browser = browser_of(cast.jordan)
    person = official("Alba Ferrante")
    url = reverse("admin:legislation_official_change", args=[person.pk])
    sent = form_of(browser, url) | {"offices-0-DELETE": "on", "correction_reason": "Closed."}

    browser.post(url, sent)

    assert her_office().phone == "512-555-0131"


def test_staff_decide_in_the_queue(states, cast: Cast):
    correction = corrected(her_office(), phone="512-555-7777")
    new_number(states, number="512-555-0888")
    imported(SOURCE, states)

    browser_of(cast.jordan).post(
        reverse("admin:legislation_correction_changelist"),
        {"action": "take_theirs", "_selected_action": [correction.pk]},
    )

    assert her_office().phone == "512-555-0888"


def test_theirs_is_refused_where_the_row_cannot_say_so(states):
    correction = corrected(her_mail(), value="alba@right.example")
    Correction.objects.update(
        needs_review=True,
        source_now_on=TODAY,
        source_now_says={"value": "not an address", "label": "", "ended_on": None},
    )

    with pytest.raises(ValidationError):
        corrections.take_theirs(correction, by=UserFactory(), now=NOON)

    assert alba_mails() == ["alba@right.example"]
