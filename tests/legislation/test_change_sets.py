"""Imports as change sets: what is applied at once, what waits for a person, and what is proposed again."""

from datetime import date, timedelta

import pytest

from advocacy.audit.models import Entry
from advocacy.interactions.models import KeyContact
from legislation.actions import change_sets
from legislation.models import (
    ChangeSetState,
    Committee,
    ImportChange,
    ImportChangeSet,
    ImportRun,
    LeaverDecision,
    Office,
    Tenure,
)
from tests.cast import Cast
from tests.factories.people import UserFactory
from tests.legislation.importing import TODAY, happened, imported, in_office, official, only
from tests.legislation.proposing import (
    NELL,
    NOON,
    SOURCE,
    crowd,
    lines,
    move_to_27,
    new_number,
    newcomer,
    reviewed,
    waiting,
)
from tests.legislation.record_dump import record_dump
from tests.legislation.test_import_openstates import retire
from tests.legislation.upstream import ALBA, BAO, PUBLIC_HEALTH, STATES, copy_of, rewrite, texas

pytestmark = pytest.mark.django_db


@pytest.fixture
def states(tmp_path):
    """The record as it is, and the upstream folder that it came from."""
    folder = copy_of(STATES, tmp_path)
    imported(SOURCE, folder)
    return folder


# --- the rule ---


def test_a_new_telephone_number_is_applied_at_once(states):
    new_number(states)

    report = reviewed(states)

    applied = ImportChangeSet.objects.get()
    assert (only(report).status, applied.state, applied.decided_by) == ("applied", "applied", None)
    assert lines(applied) == [("changed_office", "Alba Ferrante")]
    assert Office.objects.filter(phone="512-555-0199").exists()
    assert applied.run == ImportRun.objects.first()
    assert Entry.objects.about(applied).get().verb == "applied"


def test_the_line_says_from_what_to_what(states):
    new_number(states)
    reviewed(states)

    (difference,) = ImportChange.objects.get(kind="changed_office").differences()

    assert difference == ("office · phone", "512-555-0131", "512-555-0199")


def test_whoever_would_leave_office_stays_until_a_person_decides(states):
    retire(states, BAO, date(2026, 6, 3))

    report = reviewed(states)

    assert (only(report).status, only(report).waiting) == ("waiting", 4)
    assert "Bảo Nguyễn" in in_office()
    assert lines(waiting()) == [
        ("changed", "Bảo Nguyễn"),
        ("changed", "Public Health"),
        ("left", "Bảo Nguyễn"),
        ("vacancy", "Texas House 26"),
    ]


def test_the_safe_part_of_the_same_import_does_not_wait(states):
    retire(states, BAO, date(2026, 6, 3))
    new_number(states)

    reviewed(states)

    safe = ImportChangeSet.objects.get(state=ChangeSetState.APPLIED)
    assert lines(safe) == [("changed_office", "Alba Ferrante")]
    assert waiting().safe_part == safe
    assert "Alba Ferrante" not in [name for _kind, name in lines(waiting())]


def test_a_newcomer_takes_a_vacant_seat_at_once(states):
    newcomer(states, "27")

    reviewed(states)

    assert ("joined", "Nell Abara") in lines(ImportChangeSet.objects.get(state="applied"))
    assert "Nell Abara" in in_office()


def test_a_newcomer_into_the_seat_of_a_leaver_waits_with_the_leaver(states):
    retire(states, BAO, date(2026, 6, 3))
    newcomer(states, "26")

    reviewed(states)

    kinds = [line for line in lines(waiting()) if line[0] in {"left", "joined", "vacancy"}]
    assert kinds == [("joined", "Nell Abara"), ("left", "Bảo Nguyễn")]
    assert "Nell Abara" not in in_office()


def test_a_committee_waits_with_the_newcomer_who_sits_on_it(states):
    retire(states, BAO, date(2026, 6, 3))
    newcomer(states, "26")
    nell = {"name": "Nell Abara", "role": "member", "person_id": "ocd-person/" + NELL[-40:-4]}
    rewrite(texas(states) / PUBLIC_HEALTH, lambda content: content["members"].append(nell))

    reviewed(states)
    change_sets.approve(waiting(), by=UserFactory(), now=NOON)

    members = Committee.objects.get(name="Public Health").memberships.filter(ends_on=None)
    assert "Nell Abara" in members.values_list("official__name", flat=True)


def test_a_member_who_moves_to_another_seat_waits(states):
    move_to_27(states)

    reviewed(states)

    assert ("moved_seat", "Bảo Nguyễn") in lines(waiting())
    assert waiting().changes.get(kind="moved_seat").detail == "Texas House 26 → Texas House 27"


def test_what_points_at_somebody_who_moved_is_listed_for_decision(cast: Cast, states):
    KeyContact.objects.create(
        person=cast.dana,
        official=official("Bảo Nguyễn"),
        chapter=cast.gulf_prairie,
        starts_on=date(2026, 1, 1),
    )
    move_to_27(states)
    reviewed(states)

    change_sets.approve(waiting(), by=cast.jordan, now=NOON)

    row = LeaverDecision.objects.get()
    assert (row.kind, str(row.official)) == ("key contact", "Bảo Nguyễn")
    assert row.change_set.state == ChangeSetState.APPLIED


def test_a_term_renewed_in_the_same_seat_does_not_wait(states):
    def renew(content):
        content["roles"][0]["end_date"] = date(2026, 7, 1)
        content["roles"].insert(0, content["roles"][0] | {"start_date": "2026-07-01"})
        del content["roles"][0]["end_date"]

    rewrite(texas(states) / BAO, renew)

    report = reviewed(states)

    assert (only(report).status, ImportChangeSet.objects.proposed().count()) == ("applied", 0)
    assert Tenure.objects.in_force(TODAY).get(official__name="Bảo Nguyễn").starts_on == date(2026, 7, 1)


def test_the_first_load_of_a_jurisdiction_waits_for_nobody(tmp_path):
    report = reviewed(copy_of(STATES, tmp_path))

    assert only(report).status == "applied"
    assert ImportChangeSet.objects.get().counts["added"] == 8


def test_what_could_not_be_matched_is_a_line_of_its_own(states):
    new_number(states)

    reviewed(states)

    details = ImportChange.objects.filter(kind="unmatched").values_list("detail", flat=True)
    assert [detail.partition(" is no ")[0] for detail in details] == ["Finn Holloway", "Nobody Known"]


def test_somebody_in_no_folder_is_flagged_as_vanished(states):
    (texas(states) / BAO).unlink()

    reviewed(states)

    assert ("vanished", "Bảo Nguyễn") in lines(ImportChangeSet.objects.get())
    assert "Bảo Nguyễn" in in_office()


def test_more_than_a_tenth_leaving_is_refused_and_proposes_nothing(states):
    for number in range(20):
        crowd(states, number)
    imported(SOURCE, states)
    before = record_dump()
    for number in range(4):
        retire(states, f"legislature/Member-{number}.yml", date(2026, 6, 3))

    report = reviewed(states)

    assert (only(report).status, record_dump()) == ("refused", before)
    assert not ImportChangeSet.objects.exists()


def test_a_body_that_shrinks_by_a_twentieth_holds_back_even_the_safe_part(states):
    for number in range(50):
        crowd(states, number)
    imported(SOURCE, states)
    before = record_dump()
    for number in range(4):
        retire(states, f"legislature/Member-{number}.yml", date(2026, 6, 3))
    new_number(states)

    report = reviewed(states)

    assert (only(report).status, record_dump()) == ("waiting", before)
    assert ("changed_office", "Alba Ferrante") in lines(waiting())


def test_a_dry_run_leaves_no_change_set(states):
    retire(states, BAO, date(2026, 6, 3))

    report = reviewed(states, dry_run=True)

    assert only(report).waiting == 4
    assert not ImportChangeSet.objects.exists()


# --- proposing again ---


def test_the_same_file_again_keeps_the_set_that_waits(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    first = waiting()

    reviewed(states, on=TODAY + timedelta(days=1))

    assert waiting() == first


def test_a_file_that_says_more_takes_the_place_of_the_set_that_waits(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    first = waiting()
    retire(states, ALBA, date(2026, 7, 1))

    reviewed(states)

    first.refresh_from_db()
    assert (first.state, bytes(first.snapshot)) == ("superseded", b"")
    assert {name for kind, name in lines(waiting()) if kind == "left"} == {"Bảo Nguyễn", "Alba Ferrante"}


def test_an_import_without_review_overtakes_what_waits(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)

    report = imported(SOURCE, states)

    assert happened(report) == {"left": ["Bảo Nguyễn"]}
    assert ImportChangeSet.objects.get().state == "superseded"


def test_what_was_rejected_is_not_proposed_again_until_the_source_says_more(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    change_sets.reject(waiting(), by=UserFactory(), now=NOON, reason="He was re-elected.")

    again = reviewed(states)
    retire(states, ALBA, date(2026, 7, 1))
    more = reviewed(states)

    assert (only(again).status, only(again).waiting) == ("unchanged", 0)
    assert only(more).status == "waiting"
