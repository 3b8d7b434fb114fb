"""A source without ids for hearings: one that moves is recognised by its words, and doubt leaves both visible."""

from datetime import UTC, datetime, timedelta

import pytest

from legislation.models import Hearing, HearingMove
from legislation.sources.measures.records import HearingFact, MeasureRecord
from tests.legislation.measures.legiscan import read_bill
from tests.legislation.measures.loading import LEGISCAN, again, bill, loaded

pytestmark = pytest.mark.django_db
AT = datetime(2027, 2, 15, 14, tzinfo=UTC)
LATER, NEXT_WEEK = AT.replace(hour=20), AT + timedelta(days=7)


def sits(at: datetime = AT, committee: str = "Public Health", **fact: object) -> HearingFact:
    said = committee.lower().replace(" ", "")
    known = {"starts_at": at, "zone": "America/Chicago", "committee": committee, "sitting": said}
    return HearingFact(**({"external_id": f"tx-{at:%Y-%m-%dT%H:%M}-{said}"} | known | fact))  # type: ignore[arg-type]


def on(number: str, *hearings: HearingFact) -> MeasureRecord:
    return bill(number, hearings=hearings)


def told(*records: MeasureRecord) -> None:
    loaded(*records, scheme=LEGISCAN)


def calendar() -> list[tuple[str, str, list[str]]]:
    """Each entry: when it starts, its status, and the measures on it."""
    return [
        (f"{row.starts_at:%d %H}h", row.status, sorted(one.number for one in row.measures.all()))
        for row in Hearing.objects.order_by("starts_at", "pk")
    ]


def test_a_hearing_that_moves_with_all_its_measures_stays_one_entry_of_the_calendar():
    records = [on("HB 1", sits()), on("HB 2", sits())]
    told(*records)
    entry = Hearing.objects.get().pk

    told(*(again(one, hearings=(sits(LATER),)) for one in records))

    assert calendar() == [("15 20h", "moved", ["HB 1", "HB 2"])]
    assert (Hearing.objects.get().pk, Hearing.objects.get().sequence) == (entry, 1)
    assert HearingMove.objects.get().started_at == AT


def test_it_is_known_by_its_new_time_from_then_on():
    record = on("HB 1", sits())
    moved, back = again(record, hearings=(sits(LATER),)), again(record, hearings=(sits(NEXT_WEEK),))
    for one in (record, moved, moved, back):
        told(one)

    assert calendar() == [("22 14h", "moved", ["HB 1"])]
    assert HearingMove.objects.count() == 2


def test_a_measure_put_on_a_later_sitting_leaves_the_others_where_they_were():
    record = on("HB 1", sits())
    told(record, on("HB 2", sits()))

    told(again(record, hearings=(sits(NEXT_WEEK),)))

    assert calendar() == [("15 14h", "scheduled", ["HB 2"]), ("22 14h", "scheduled", ["HB 1"])]


def test_a_measure_put_on_a_sitting_that_is_known_goes_there():
    record = on("HB 1", sits())
    told(record, on("HB 2", sits()), on("HB 3", sits(NEXT_WEEK)))

    told(again(record, hearings=(sits(NEXT_WEEK),)))

    assert calendar() == [("15 14h", "scheduled", ["HB 2"]), ("22 14h", "scheduled", ["HB 1", "HB 3"])]


def test_a_sitting_that_all_its_measures_left_for_another_is_called_off():
    records = [on("HB 1", sits()), on("HB 2", sits())]
    told(*records)

    for one in records:
        told(again(one, hearings=(sits(LATER),)))

    assert calendar() == [("15 14h", "cancelled", []), ("15 20h", "scheduled", ["HB 1", "HB 2"])]


def test_two_sittings_in_the_same_words_that_both_change_are_not_guessed_at():
    record = on("HB 1", sits(), sits(LATER))
    told(record)

    told(again(record, hearings=(sits(NEXT_WEEK), sits(NEXT_WEEK.replace(hour=20)))))

    assert [(when, status) for when, status, _measures in calendar()] == [
        ("15 14h", "scheduled"), ("15 20h", "scheduled"), ("22 14h", "scheduled"), ("22 20h", "scheduled"),
    ]  # fmt: skip


def test_a_second_hearing_beside_the_first_is_another():
    record = on("HB 1", sits())
    told(record)

    told(again(record, hearings=(sits(), sits(NEXT_WEEK))))

    assert [status for _when, status, _measures in calendar()] == ["scheduled", "scheduled"]


def test_another_committee_is_another_hearing_and_what_is_over_did_not_move():
    record = on("HB 1", sits(), sits(AT - timedelta(days=30), "Finance"))
    told(record)

    told(again(record, hearings=(sits(LATER, "Insurance"), sits(LATER, "Finance"))))

    assert [status for _when, status, _measures in calendar()] == ["scheduled"] * 4


def test_what_legiscan_calls_alike_is_one_sitting_whatever_its_hour_and_whether_it_stands(tmp_path):
    def heard(**event: str) -> HearingFact:
        entry = {"type": "Hearing", "date": "2025-03-04", "time": "13:30", "location": "Room 1"} | event
        (fact,) = read_bill(tmp_path, calendar=[entry]).hearings or ()
        return fact

    first = heard(description="Senate Health Hearing")
    moved = heard(description="RESCHEDULED: Senate Health Hearing", time="15:00")
    cancelled = heard(description="Senate Health Hearing - CANCELED")
    other = heard(description="House Health Hearing")

    assert first.sitting == moved.sitting == cancelled.sitting != other.sitting
    assert first.external_id == cancelled.external_id != moved.external_id
    assert all(one.external_id.endswith(one.sitting) for one in (first, moved, other))
    assert (cancelled.is_cancelled, moved.is_cancelled) == (True, False)
