"""What staff put right about seats and committees survives imports, and comes up for review when there is news."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from legislation.actions import corrections
from legislation.models import Committee, CommitteeMembership, Correction, CorrectionState, Seat, Tenure
from tests.cast import Cast, browser_of
from tests.factories.people import UserFactory
from tests.legislation.admin_form import form_of
from tests.legislation.importing import TODAY, happened, imported, official, only, tenures_of
from tests.legislation.proposing import NOON, SOURCE
from tests.legislation.upstream import ALBA, PUBLIC_HEALTH, STATES, copy_of, rewrite, texas

pytestmark = pytest.mark.django_db
STARTED, ENDS = date(2025, 1, 14), date(2027, 1, 12)


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
    (made,) = corrections.correct(stored, row, by=UserFactory(), now=NOON, reason="They told us.")
    return made


def run(states, number: int, **options):
    """The import of a later day, in which something else about her changed, so that she is compared anew."""
    rewrite(texas(states) / ALBA, lambda content: content.update(birth_date=f"1970-03-{number:02}"))
    report = imported(SOURCE, states, on=TODAY + timedelta(days=number), **options)
    assert only(report).status in ("applied", "unchanged")
    return report


def her_role(states, **values) -> None:
    rewrite(texas(states) / ALBA, lambda content: content["roles"][0].update(values))


def seat(district: str) -> Seat:
    return Seat.objects.get(chamber__code="lower", district=district)


def her_term() -> Tenure:
    return Tenure.objects.get(official__name="Alba Ferrante")


def membership(name: str = "Alba Ferrante") -> CommitteeMembership:
    return CommitteeMembership.objects.get(official__name=name, committee__name="Public Health")


def members(states, change) -> None:
    rewrite(texas(states) / PUBLIC_HEALTH, lambda content: change(content["members"]))


def without_alba(states) -> None:
    members(states, lambda listed: listed.__delitem__(0))


def with_alba(states, role: str = "chair") -> None:
    person = "ocd-person/11111111-1111-4111-8111-111111111111"
    alba = {"name": "Alba Ferrante", "role": role, "person_id": person}
    members(states, lambda listed: listed.insert(0, alba))


# --- Seats ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("review", [False, True])
def test_a_corrected_seat_survives_three_imports(states, review):
    correction = corrected(her_term(), seat=seat("27"))

    for number in (1, 2, 3):
        report = run(states, number, review=review)
        assert "moved_seat" not in happened(report)

    correction.refresh_from_db()
    assert tenures_of("Alba Ferrante") == [("Texas House 27", STARTED, ENDS, True)]
    assert not correction.needs_review


def test_what_else_the_source_says_of_a_term_reaches_it_in_its_corrected_seat(states):
    corrected(her_term(), seat=seat("27"))

    rewrite(texas(states) / ALBA, lambda content: content["extras"].update(title="Speaker"))
    her_role(states, end_date="2027-02-01")
    run(states, 1)

    assert tenures_of("Alba Ferrante") == [("Texas House 27", STARTED, date(2027, 2, 1), True)]
    assert her_term().title == "Speaker"


@pytest.mark.parametrize("review", [False, True])
def test_another_seat_for_the_same_term_is_reviewed_with_both_values_and_can_be_taken(
    cast: Cast, states, review
):
    correction = corrected(her_term(), seat=seat("27"))

    her_role(states, district="26")
    report = run(states, 1, review=review)

    correction.refresh_from_db()
    page = browser_of(cast.jordan).get(reverse("admin:legislation_correction_changelist")).content.decode()
    assert tenures_of("Alba Ferrante") == [("Texas House 27", STARTED, ENDS, True)]
    assert "moved_seat" not in happened(report)
    assert correction.needs_review
    assert all(f"Texas House {district}" in page for district in ("26", "27", "131"))
    corrections.take_theirs(correction, by=cast.jordan, now=NOON)
    run(states, 2, review=review)
    assert tenures_of("Alba Ferrante") == [("Texas House 26", STARTED, ENDS, True)]


def test_a_source_that_comes_to_name_our_seat_agrees(states):
    correction = corrected(her_term(), seat=seat("27"))

    her_role(states, district="27")
    run(states, 1)
    run(states, 2)

    correction.refresh_from_db()
    assert tenures_of("Alba Ferrante") == [("Texas House 27", STARTED, ENDS, True)]
    assert correction.source_last_said() == {"seat_id": seat("27").pk}
    assert not correction.needs_review


def test_whoever_really_moves_to_a_third_seat_moves(states):
    corrected(her_term(), seat=seat("27"))

    her_role(states, district="26", start_date="2026-08-01")
    report = run(states, 1)

    assert happened(report)["moved_seat"] == ["Alba Ferrante"]
    assert [(label, ends) for label, _start, ends, _expected in tenures_of("Alba Ferrante")] == [
        ("Texas House 27", date(2026, 8, 1)),
        ("Texas House 26", ENDS),
    ]


# --- Committees -------------------------------------------------------------------------------------------------


def test_a_corrected_role_survives_three_imports_and_another_one_is_reviewed(cast: Cast, states):
    correction = corrected(membership(), role="member", role_raw="")

    for number in (1, 2, 3):
        run(states, number)
        assert membership().role == "member"
    assert not Correction.objects.get().needs_review
    members(states, lambda listed: listed[0].update(role="vice chair"))
    run(states, 4)

    correction.refresh_from_db()
    page = browser_of(cast.jordan).get(reverse("admin:legislation_correction_changelist")).content.decode()
    assert membership().role == "member"
    assert correction.needs_review
    assert all(f"role: {role}" in page for role in ("Member", "Chair", "Vice chair"))
    corrections.take_theirs(correction, by=cast.jordan, now=NOON)
    assert (membership().role, membership().role_raw) == ("vice_chair", "vice chair")


def test_whom_staff_took_off_a_committee_stays_off(states):
    correction = corrected(membership(), ends_on=date(2026, 8, 1))

    run(states, 1)
    without_alba(states)
    run(states, 2)
    with_alba(states)
    run(states, 3)

    correction.refresh_from_db()
    assert membership().ends_on == date(2026, 8, 1)
    assert not correction.needs_review


def test_whom_staff_put_on_a_committee_stays_on_whatever_the_source_lists(states):
    cy = official("Cy Marlowe")
    row = CommitteeMembership.objects.create(
        committee=Committee.objects.get(name="Public Health"), official=cy, starts_on=date(2026, 8, 1)
    )
    correction = corrections.sits_against_the_source(row, by=UserFactory(), now=NOON, reason="They told us.")
    assert correction is not None

    for number in (1, 2, 3):
        run(states, number)
        assert membership("Cy Marlowe").ends_on is None
    person = "ocd-person/33333333-3333-4333-8333-333333333333"
    listed = {"name": "Cy Marlowe", "role": "member", "person_id": person}
    members(states, lambda rows: rows.append(listed))
    run(states, 4)

    correction.refresh_from_db()
    assert membership("Cy Marlowe").ends_on is None
    assert correction.source_now_says["ends_on"] is None


def test_a_member_whom_the_source_lets_go_stays_where_staff_say_so_and_is_reviewed(states):
    correction = corrected(membership(), starts_on=date(2025, 2, 1))

    without_alba(states)
    run(states, 1)

    correction.refresh_from_db()
    assert membership().ends_on is None
    assert correction.needs_review
    with_alba(states)
    run(states, 2)
    assert CommitteeMembership.objects.filter(official__name="Alba Ferrante").count() == 2
    assert membership().ends_on is None


def test_a_committee_that_vanishes_does_not_end_a_membership_that_staff_put_right(states):
    correction = corrected(membership(), starts_on=date(2025, 2, 1))

    (texas(states) / PUBLIC_HEALTH).unlink()
    run(states, 1)

    correction.refresh_from_db()
    assert membership().ends_on is None
    assert correction.needs_review


def test_a_membership_without_a_correction_still_follows_its_source(states):
    corrected(membership("Bảo Nguyễn"), starts_on=date(2025, 2, 1))

    without_alba(states)
    run(states, 1)

    assert membership().ends_on is not None


def test_staff_correct_a_role_and_add_a_member_in_the_admin_with_a_reason(cast: Cast, states):
    browser = browser_of(cast.jordan)
    url = reverse("admin:legislation_official_change", args=[official("Cy Marlowe").pk])
    committee = Committee.objects.get(name="Public Health")
    sent = form_of(browser, url)
    number = sent["committee_memberships-TOTAL_FORMS"]
    sent |= {
        "committee_memberships-TOTAL_FORMS": int(number) + 1,
        f"committee_memberships-{number}-committee": committee.pk,
        f"committee_memberships-{number}-role": "vice_chair",
    }

    refused = browser.post(url, sent)
    assert refused.status_code == 200
    saved = browser.post(url, sent | {"correction_reason": "Named today."})

    assert saved.status_code == 302
    correction = Correction.objects.get()
    assert (correction.reason, correction.state) == ("Named today.", CorrectionState.IN_FORCE)
    assert membership("Cy Marlowe").role == "vice_chair"
    run(states, 1)
    assert membership("Cy Marlowe").ends_on is None


def test_the_committee_of_a_membership_is_not_changed_but_ended(cast: Cast, states):
    browser = browser_of(cast.jordan)
    url = reverse("admin:legislation_official_change", args=[official("Bảo Nguyễn").pk])
    sent = form_of(browser, url) | {
        "committee_memberships-0-committee": Committee.objects.get(name="Telehealth").pk,
        "correction_reason": "Moved.",
    }

    assert browser.post(url, sent).status_code == 302

    assert membership("Bảo Nguyễn").committee.name == "Public Health"


def test_the_profile_says_that_staff_put_a_committee_right(cast: Cast, states):
    made = corrected(membership(), role="member", role_raw="")
    Correction.objects.update(made_at=datetime(2027, 2, 1, 12, tzinfo=UTC))

    page = browser_of(cast.dana).get(made.official.get_absolute_url()).content.decode()

    assert "Corrected by staff on Feb. 1, 2027: role (They told us.)" in page
