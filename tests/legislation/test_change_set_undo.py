"""Undoing a change set: the record is afterwards as it was, or nothing is touched and the reason is said."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.audit.models import Entry
from advocacy.interactions.models import KeyContact
from legislation.actions import change_set_undo, change_sets, corrections, leavers
from legislation.actions.change_set_undo import CannotBeUndone
from legislation.actions.change_sets import AlreadyDecided
from legislation.models import ContactPoint, Correction, ImportChangeSet, LeaverDecision, Office, SourceRecord
from legislation.models.leaver import Decision
from tests.cast import Cast, browser_of
from tests.factories.log import logged
from tests.factories.people import UserFactory
from tests.legislation.importing import imported, in_office, official
from tests.legislation.proposing import NOON, SOURCE, new_number, newcomer, reviewed, waiting
from tests.legislation.record_dump import record_dump
from tests.legislation.test_import_openstates import retire
from tests.legislation.upstream import BAO, PUBLIC_HEALTH, STATES, copy_of, texas

pytestmark = pytest.mark.django_db


@pytest.fixture
def states(tmp_path):
    """The record as it is, and the upstream folder that it came from."""
    folder = copy_of(STATES, tmp_path)
    imported(SOURCE, folder)
    return folder


def undo(change_set: ImportChangeSet) -> None:
    change_set_undo.undo(change_set, by=UserFactory(), now=NOON)


def applied() -> ImportChangeSet:
    return ImportChangeSet.objects.filter(state="applied").first()


def elected(states) -> ImportChangeSet:
    """Nell Abara has taken a vacant seat, by a set that is applied."""
    newcomer(states, "27")
    reviewed(states)
    return applied()


def test_undone_the_record_is_row_by_row_what_it_was(states):
    before = record_dump()
    retire(states, BAO, date(2026, 6, 3))
    newcomer(states, "26")
    new_number(states)
    (texas(states) / PUBLIC_HEALTH).unlink()
    reviewed(states)
    change_sets.approve(waiting(), by=UserFactory(), now=NOON)
    assert record_dump() != before

    while change_set := applied():
        undo(change_set)

    assert record_dump() == before


def test_what_a_source_said_of_a_corrected_fact_is_taken_back_too(states):
    row, stored = Office.objects.get(official__name="Alba Ferrante"), Office.objects.get(phone="512-555-0131")
    row.phone = "512-555-0100"
    row.save()
    corrections.correct(stored, row, by=UserFactory(), now=NOON, reason="They told us on the telephone.")
    before = record_dump()
    new_number(states)
    newcomer(states, "27")
    reviewed(states)
    assert Correction.objects.get().needs_review

    undo(applied())

    assert record_dump() == before


def test_a_first_load_can_be_undone_to_an_empty_record(tmp_path):
    imported("canada-mps", copy_of(STATES.parent / "canada", tmp_path))
    before = record_dump()
    reviewed(copy_of(STATES, tmp_path))

    undo(applied())

    left = {table: rows for table, rows in record_dump().items() if rows != before[table]}
    assert list(left) == ["legislation.Source"]


def test_it_says_who_took_it_back_and_when(states):
    change_set, somebody = elected(states), UserFactory()

    change_set_undo.undo(change_set, by=somebody, now=NOON)

    assert (change_set.state, change_set.undone_by, change_set.undone_at) == ("undone", somebody, NOON)
    assert Entry.objects.about(change_set).first().verb == "undone"
    assert change_set.changes.get(kind="joined").official is None


def test_what_was_undone_is_proposed_and_not_applied_by_the_next_import(states):
    undo(elected(states))

    reviewed(states)

    assert waiting().changes.filter(kind="joined", name="Nell Abara").exists()
    assert "Nell Abara" not in in_office()


def test_only_what_is_applied_can_be_undone(states):
    change_set = elected(states)
    undo(change_set)

    with pytest.raises(AlreadyDecided):
        undo(change_set)


def test_a_later_run_that_saw_the_same_people_again_does_not_stand_in_the_way(states):
    before = in_office()
    change_set = elected(states)
    imported(SOURCE, states, on=date(2026, 9, 1))

    undo(change_set)

    assert in_office() == before
    seen = SourceRecord.objects.get(official__name="Alba Ferrante").last_seen_at
    assert seen == datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("what", ["changed", "added", "deleted"])
def test_nothing_is_undone_where_somebody_changed_a_row_since(states, what):
    new_number(states)
    change_set = elected(states)
    if what == "changed":
        Office.objects.filter(official__name="Alba Ferrante").update(hours="9 to 5")
    elif what == "added":
        ContactPoint.objects.create(official=official("Nell Abara"), kind="email", value="nell@house.example")
    else:
        Office.objects.filter(official__name="Nell Abara").delete()
    before = record_dump()

    with pytest.raises(CannotBeUndone) as refusal:
        undo(change_set)

    named = {"changed": "office “", "added": "nell@house.example", "deleted": "office "}
    assert named[what] in str(refusal.value)
    assert record_dump() == before
    assert applied() == change_set


def test_whoever_was_met_since_stays_and_so_does_the_set(cast: Cast, states):
    change_set = elected(states)
    logged(cast.dana, [official("Nell Abara")])
    before = record_dump()

    with pytest.raises(CannotBeUndone, match="Nell Abara"):
        undo(change_set)

    assert record_dump() == before


def test_whoever_has_a_key_contact_stays(cast: Cast, states):
    change_set = elected(states)
    KeyContact.objects.create(
        person=cast.dana,
        official=official("Nell Abara"),
        chapter=cast.gulf_prairie,
        starts_on=date(2026, 8, 1),
    )

    with pytest.raises(CannotBeUndone, match="Dana Whitfield: Nell Abara"):
        undo(change_set)

    assert "Nell Abara" in in_office()


def test_what_was_listed_for_decision_is_withdrawn_with_the_leaving(cast: Cast, states):
    today = cast.dana.today(timezone.now())
    tie = KeyContact.objects.create(
        person=cast.dana,
        official=official("Bảo Nguyễn"),
        chapter=cast.gulf_prairie,
        starts_on=date(2026, 8, 1),
    )
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    change_set = waiting()
    change_sets.approve(change_set, by=cast.jordan, now=NOON)
    listed = LeaverDecision.objects.open().visible_to(cast.dana, today).get()

    undo(change_set)

    assert listed.object_id == tie.pk
    assert not LeaverDecision.objects.exists()


def test_undoing_names_the_decisions_that_were_taken_and_stay(cast: Cast, states):
    KeyContact.objects.create(
        person=cast.dana,
        official=official("Bảo Nguyễn"),
        chapter=cast.gulf_prairie,
        starts_on=date(2026, 8, 1),
    )
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    change_set = waiting()
    change_sets.approve(change_set, by=cast.jordan, now=NOON)
    leavers.decide(
        LeaverDecision.objects.open().get(), Decision.CLOSE, by=cast.dana, now=NOON, reason="He retired."
    )

    answer = browser_of(cast.jordan).post(
        reverse("admin:legislation_importchangeset_undo", args=[change_set.pk]), follow=True
    )

    assert (
        "Decisions already taken stay; look at them again: Bảo Nguyễn: Dana Whitfield"
        in answer.content.decode()
    )
    assert "Bảo Nguyễn" in in_office()


def test_staff_undo_in_the_admin_after_a_question(cast: Cast, states):
    change_set, browser = elected(states), browser_of(cast.jordan)
    address = reverse("admin:legislation_importchangeset_undo", args=[change_set.pk])
    logged(cast.dana, [official("Nell Abara")])

    page = browser.get(reverse("admin:legislation_importchangeset_change", args=[change_set.pk]))
    question = browser.get(address)
    refused = browser.post(address, follow=True).content.decode()

    assert f'href="{address}"' in page.content.decode()
    assert question.status_code == 200
    assert "Nothing was undone." in refused
    assert applied() == change_set
