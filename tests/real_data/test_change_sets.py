"""The update pairs of data/README.md as change sets: what arrives, approved, and taken back."""

from datetime import UTC, date, datetime

import pytest

from legislation.actions import change_set_undo, change_sets
from legislation.models import ChangeSetState, ImportChange, ImportChangeSet
from tests.factories.people import UserFactory
from tests.legislation.importing import imported, only
from tests.legislation.record_dump import record_dump
from tests.real_data.staged import staged
from tests.real_data.test_people_of_congress import JOINED, LEFT, VACANT
from tests.real_data.test_people_of_states import CURRENT, EARLIER, FLORIDA, GEORGIA

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
NOON = datetime(2026, 8, 22, 12, tzinfo=UTC)
PAIRS = [
    (
        "congress-legislators",
        "us-federal/snapshots/2026-01-13",
        "us-federal",
        {"left": LEFT, "joined": JOINED, "changed_party": ["Kevin Kiley"], "vacancy": VACANT},
    ),
    (
        "openstates-people",
        f"{EARLIER}/ga.tar.gz",
        f"{CURRENT}/ga.tar.gz",
        GEORGIA | {"vacancy": ["Georgia House 177", "Georgia Senate 12", "Georgia Senate 7"]},
    ),
    (
        "openstates-people",
        f"{EARLIER}/fl.tar.gz",
        f"{CURRENT}/fl.tar.gz",
        FLORIDA | {"vacancy": ["Florida House 78"]},
    ),
]
_TELLING = ("left", "joined", "moved_seat", "vanished", "changed_party", "vacancy")


def rows_by_kind() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, name in ImportChange.objects.filter(kind__in=_TELLING).values_list("kind", "name"):
        found.setdefault(kind, []).append(name)
    return {kind: sorted(names) for kind, names in found.items()}


@pytest.mark.parametrize(("source", "earlier", "current", "expected"), PAIRS)
def test_a_pair_arrives_as_a_change_set_with_exactly_the_expected_rows(source, earlier, current, expected):
    imported(source, staged(earlier), on=date(2026, 2, 2))

    report = imported(source, staged(current), review=True)

    assert only(report).status == "waiting"
    assert rows_by_kind() == expected
    waiting = ImportChangeSet.objects.proposed().get()
    assert waiting.counts["left"] == len(expected["left"])


@pytest.mark.parametrize(("source", "earlier", "current", "expected"), PAIRS)
def test_approved_it_is_the_record_of_a_plain_import_and_undone_the_previous_one(
    source, earlier, current, expected
):
    somebody = UserFactory()
    imported(source, staged(earlier), on=date(2026, 2, 2))
    before = record_dump()
    imported(source, staged(current), review=True)
    waiting = ImportChangeSet.objects.proposed().get()

    change_sets.approve(waiting, by=somebody, now=NOON)

    again = imported(source, staged(current))
    assert (only(again).status, again.changes) == ("unchanged", 0)
    for applied in ImportChangeSet.objects.filter(state=ChangeSetState.APPLIED):
        change_set_undo.undo(applied, by=somebody, now=NOON)
    assert record_dump() == before


def test_a_truncated_upstream_file_changes_nothing(tmp_path):
    whole = staged(f"{CURRENT}/ga.tar.gz")
    imported("openstates-people", staged(f"{EARLIER}/ga.tar.gz"), on=date(2026, 2, 2))
    half = tmp_path / "ga.tar.gz"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    before = record_dump()

    report = imported("openstates-people", half, review=True)

    assert only(report).status == "refused"
    assert record_dump() == before
    assert not ImportChangeSet.objects.exists()
