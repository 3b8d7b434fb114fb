"""Deciding about change sets: what approval writes, who may, and what is kept of it."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from advocacy.audit.models import Entry
from legislation.actions import change_sets
from legislation.actions.change_sets import AlreadyDecided, RecordHasChanged
from legislation.changeset import payload
from legislation.models import (
    ChangeSetState,
    ImportChange,
    ImportChangeSet,
    Source,
    SourceRecord,
    Tenure,
)
from legislation.sources import catalogue
from tests.cast import Cast, browser_of
from tests.factories.people import UserFactory
from tests.legislation.importing import TODAY, imported, in_office, official, only
from tests.legislation.proposing import NOON, SOURCE, newcomer, reviewed, waiting
from tests.legislation.record_dump import record_dump
from tests.legislation.test_import_openstates import retire
from tests.legislation.upstream import BAO, STATES, copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def states(tmp_path):
    """The record as it is, and the upstream folder that it came from."""
    folder = copy_of(STATES, tmp_path)
    imported(SOURCE, folder)
    return folder


# --- deciding ---


def test_approval_writes_what_was_read_and_says_who(states):
    retire(states, BAO, date(2026, 6, 3))
    newcomer(states, "26")
    reviewed(states)
    somebody, proposed = UserFactory(), waiting()

    change_sets.approve(proposed, by=somebody, now=NOON)

    assert (proposed.state, proposed.decided_by, proposed.decided_at) == ("applied", somebody, NOON)
    assert "Bảo Nguyễn" not in in_office()
    assert official("Nell Abara") == proposed.changes.get(kind="joined").official
    assert Entry.objects.about(proposed).get().verb == "approved"
    assert only(imported(SOURCE, states)).status == "unchanged"


def test_what_was_approved_later_counts_from_the_day_it_was_found(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)

    change_sets.approve(waiting(), by=UserFactory(), now=NOON + timedelta(days=30))

    seen = SourceRecord.objects.get(official__name="Bảo Nguyễn").last_seen_at
    assert seen.date() == TODAY


def test_a_record_that_has_changed_since_is_not_overwritten(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    row = Tenure.objects.in_force(TODAY).get(official__name="Bảo Nguyễn")
    Tenure.objects.filter(pk=row.pk).update(ends_on=date(2026, 5, 1), end_reason="resigned")
    before = record_dump()

    with pytest.raises(RecordHasChanged, match="Run the import again"):
        change_sets.approve(waiting(), by=UserFactory(), now=NOON)

    assert record_dump() == before
    assert waiting().decided_at is None


def test_a_rejected_set_leaves_the_record_and_says_why(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    proposed, before = waiting(), record_dump()

    change_sets.reject(proposed, by=UserFactory(), now=NOON, reason="He was re-elected.")

    assert (proposed.state, record_dump()) == ("rejected", before)
    assert Entry.objects.about(proposed).get().reason == "He was re-elected."
    with pytest.raises(AlreadyDecided):
        change_sets.approve(proposed, by=UserFactory(), now=NOON)


def test_a_second_decision_about_a_page_that_is_still_open_finds_nothing_to_do(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    one, other = waiting(), waiting()
    faster, slower = UserFactory(), UserFactory()

    change_sets.approve(one, by=faster, now=NOON)
    with pytest.raises(AlreadyDecided):
        change_sets.approve(other, by=slower, now=NOON)
    with pytest.raises(AlreadyDecided):
        change_sets.reject(other, by=slower, now=NOON, reason="Too late.")

    other.refresh_from_db()
    assert (other.state, other.decided_by) == ("applied", faster)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_wins(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    people, start, answers = [UserFactory(), UserFactory()], Barrier(2), []
    proposed = waiting().pk

    def press(by) -> None:
        mine = ImportChangeSet.objects.get(pk=proposed)
        start.wait(timeout=30)
        try:
            change_sets.approve(mine, by=by, now=NOON)
            answers.append(by)
        except AlreadyDecided:
            answers.append(None)
        finally:
            connection.close()

    presses = [Thread(target=press, args=(by,)) for by in people]
    for each in presses:
        each.start()
    for each in presses:
        each.join(timeout=60)

    (winner,) = [by for by in answers if by]
    assert len(answers) == 2
    assert ImportChangeSet.objects.get(pk=proposed).decided_by == winner
    assert Entry.objects.filter(verb="approved").count() == 1


class Killed(BaseException):
    """What ends a worker in the middle of its work."""


def test_a_worker_that_dies_at_any_statement_leaves_nothing_half(states):
    retire(states, BAO, date(2026, 6, 3))
    newcomer(states, "26")
    reviewed(states)
    before, somebody, survived = record_dump(), UserFactory(), 0

    for fatal in range(1, 200):
        statements = iter(range(1, 1_000))

        def dies(execute, sql, params, many, context, statements=statements, fatal=fatal):
            if sql.split()[0] in {"INSERT", "UPDATE", "DELETE"} and next(statements) == fatal:
                raise Killed
            return execute(sql, params, many, context)

        try:
            with transaction.atomic(), connection.execute_wrapper(dies):
                change_sets.approve(waiting(), by=somebody, now=NOON)
            break
        except Killed:
            survived += 1
            assert record_dump() == before
            assert waiting().state == ChangeSetState.PROPOSED

    assert survived > 8
    assert not ImportChangeSet.objects.proposed().exists()


# --- what is kept ---


@pytest.mark.parametrize("source", ["openstates-people"])
def test_a_snapshot_comes_back_from_storage_as_it_was(source):
    (entry,) = catalogue.entries(source, STATES, districts=None, divisions=None)
    snapshot = entry.read({})

    assert payload.unpacked(payload.packed(snapshot)) == snapshot


def _set(**values) -> ImportChangeSet:
    source = Source.objects.get_or_create(key=SOURCE, defaults={"name": "Open States"})[0]
    values = {"source": source, "scope_name": "Texas", "day": TODAY, "made_at": NOON} | values
    return ImportChangeSet.objects.create(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "applied"},
        {"state": "proposed", "decided_at": NOON},
        {"state": "rejected", "decided_at": NOON},
        {"state": "undone", "decided_at": NOON},
        {"state": "applied", "decided_at": NOON, "undone_at": NOON},
    ],
)
def test_a_change_set_says_who_decided_what_and_why(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        _set(**values)


def test_one_set_of_a_source_waits_for_a_jurisdiction(states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)

    with pytest.raises(IntegrityError), transaction.atomic():
        _set(jurisdiction=waiting().jurisdiction)


# --- the staff's screens ---


def test_staff_read_filter_and_approve_in_the_admin(cast: Cast, states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    browser, proposed = browser_of(cast.jordan), waiting()
    page = reverse("admin:legislation_importchangeset_change", args=[proposed.pk])

    everything = browser.get(page).content.decode()
    vacancies = browser.get(page, {"kind": "vacancy"}).content.decode()
    listed = browser.get(reverse("admin:legislation_importchangeset_changelist")).content.decode()
    asked = browser.get(reverse("admin:legislation_importchangeset_approve", args=[proposed.pk]))
    still = waiting()
    answer = browser.post(
        reverse("admin:legislation_importchangeset_approve", args=[proposed.pk]), follow=True
    )

    assert everything.index("Texas House 26") < everything.index("Public Health")
    assert "Bảo Nguyễn" in everything
    assert "tenure · until" in everything
    assert "Texas House 26</th>" in vacancies
    assert "Bảo Nguyễn</a>" not in vacancies
    assert "Left office: 1" in listed
    assert (asked.status_code, still.pk) == (200, proposed.pk)
    assert "Approved: the record says so now." in answer.content.decode()
    assert "Bảo Nguyễn" not in in_office()


def test_a_long_set_is_read_page_by_page_to_its_last_line(cast: Cast, states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    browser, proposed = browser_of(cast.jordan), waiting()
    phones = [ImportChange(change_set=proposed, kind="changed", name=f"Member {n:03}") for n in range(250)]
    ImportChange.objects.bulk_create(phones)
    page = reverse("admin:legislation_importchangeset_change", args=[proposed.pk])

    first, second = (
        browser.get(page, {"kind": "changed", "page": number}).content.decode() for number in (1, 2)
    )

    assert "Member 100" in first
    assert "Member 249" not in first
    assert "?kind=changed&amp;page=2" in first
    assert "Member 249" in second
    assert "Page 2 of 2" in second


def test_rejecting_in_the_admin_needs_a_reason(cast: Cast, states):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    browser, proposed = browser_of(cast.jordan), waiting()
    address = reverse("admin:legislation_importchangeset_reject", args=[proposed.pk])

    browser.post(address, {"reason": ""})
    untouched = waiting()
    browser.post(address, {"reason": "He was re-elected."})

    proposed.refresh_from_db()
    assert untouched == proposed
    assert (proposed.state, proposed.reason, proposed.decided_by) == (
        "rejected",
        "He was re-elected.",
        cast.jordan,
    )


@pytest.mark.parametrize("who", ["dana", "angela", "tom", "sam"])
@pytest.mark.parametrize("act", ["approve", "reject", "undo"])
def test_nobody_else_decides(cast: Cast, states, who, act):
    retire(states, BAO, date(2026, 6, 3))
    reviewed(states)
    address = reverse(f"admin:legislation_importchangeset_{act}", args=[waiting().pk])

    answer = browser_of(getattr(cast, who)).post(address, {"reason": "No."})

    assert answer.status_code in {302, 403}
    assert waiting().state == ChangeSetState.PROPOSED
