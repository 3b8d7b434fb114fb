"""Roll calls, hearings and relations: what hangs on measures, and measures known from nothing else."""

from datetime import UTC, date, datetime

import pytest

from legislation.models import (
    Committee,
    Hearing,
    HearingMove,
    Measure,
    MeasureAction,
    MeasureRelation,
    RelationKind,
    RollCall,
    SourceRecord,
    Vote,
    VoteOption,
)
from legislation.sources.measures.records import ActionFact, HearingFact, MeasureKey, RelationFact
from tests.factories.log import alma_reyes
from tests.factories.people import state
from tests.legislation.measures.loading import (
    CONGRESS,
    HEARD,
    LEGISCAN,
    SESSION,
    STATES,
    again,
    apart,
    bill,
    changed,
    loaded,
    roll_call,
    the,
)

pytestmark = pytest.mark.django_db
YES, NO, ABSENT = VoteOption.YES, VoteOption.NO, VoteOption.ABSENT
AT = datetime(2027, 2, 15, 14, tzinfo=UTC)


def votes(external_id: str = "v1") -> list[tuple[str, str]]:
    rows = Vote.objects.filter(roll_call__external_id=external_id).order_by("order")
    return list(rows.values_list("name", "option"))


def hearing(**fact: object) -> HearingFact:
    known = {"starts_at": AT, "zone": "America/Chicago", "committee": "Public Health", "room": "E2.012"}
    return HearingFact(**({"external_id": "h1"} | known | fact))  # type: ignore[arg-type]


def related(number: str, kind: RelationKind = RelationKind.COMPANION, session: str = "90R") -> RelationFact:
    return RelationFact(MeasureKey(SESSION._replace(identifier=session), number), kind)


def relations() -> list[tuple[str, str, str]]:
    return list(MeasureRelation.objects.values_list("measure__number", "other__number", "kind"))


def test_a_roll_call_keeps_its_count_and_every_vote():
    loaded(bill(roll_calls=(roll_call("v1", {"Reyes": YES, "Young": NO}, number=12),)))

    row = RollCall.objects.get()
    assert (row.number, row.on, row.result, row.yes, row.no, row.others) == (12, HEARD, "passed", 2, 1, None)
    assert votes() == [("Reyes", "yes"), ("Young", "no")]


def test_a_roll_call_of_which_only_the_count_is_known_keeps_the_votes_it_has():
    record = bill(roll_calls=(roll_call("v1", {"Reyes": YES}),))
    loaded(record)

    loaded(again(record, roll_calls=(roll_call("v1", yes=3),)))

    assert (RollCall.objects.get().yes, votes()) == (3, [("Reyes", "yes")])


def test_a_changed_vote_stays_the_same_row_and_new_ones_come_after():
    record = bill(roll_calls=(roll_call("v1", {"Reyes": YES, "Young": NO}),))
    loaded(record)
    kept = Vote.objects.get(name="Young").pk

    loaded(again(record, roll_calls=(roll_call("v1", {"Abel": YES, "Young": ABSENT}),)))

    assert votes() == [("Young", "absent"), ("Abel", "yes")]
    assert Vote.objects.get(name="Young").pk == kept


def test_a_roll_call_that_the_source_drops_goes():
    record = bill(roll_calls=(roll_call("v1"), roll_call("v2")))
    loaded(record)

    loaded(again(record, roll_calls=(roll_call("v2"),)))

    assert [row.external_id for row in RollCall.objects.all()] == ["v2"]


def test_a_vote_on_a_measure_that_is_not_in_the_set_makes_one_known_by_its_number():
    report = loaded(apart("HJRes 140", roll_call("v1", {"Reyes": YES})))

    row = Measure.objects.get()
    assert (row.number, row.number_key, row.title_en, row.source) == ("HJRes 140", "HJRES140", "", None)
    assert (votes(), report.counts["known_by_number"], changed(report)) == ([("Reyes", "yes")], 1, (0, 0, 0))
    assert loaded(apart("HJRes 140", roll_call("v1", {"Reyes": YES}))).changes == 0


def test_the_measure_of_such_a_vote_is_the_one_that_comes_later():
    alma_reyes()
    loaded(apart("HJRes 140", roll_call("v1", {"Reyes": YES})))

    report = loaded(bill("HJRES 140"))

    assert (Measure.objects.get().title_en, changed(report)) == ("Title of HJRES 140", (0, 1, 0))
    assert RollCall.objects.get().measure == Measure.objects.get()
    assert Vote.objects.get().official is not None


def test_roll_calls_that_come_apart_or_are_not_spoken_of_remove_no_other():
    loaded(apart("HB 1", roll_call("v1")))

    loaded(apart("HB 1", roll_call("v2")))
    loaded(bill("HB 1", roll_calls=None))

    assert sorted(row.external_id for row in RollCall.objects.all()) == ["v1", "v2"]


def test_one_vote_of_a_chamber_that_two_sources_list_is_one_roll_call_of_the_better():
    loaded(bill(roll_calls=(roll_call("os-1", {"Reyes": YES}, number=7),)), scheme=STATES)
    kept = RollCall.objects.get().pk

    loaded(apart("HB 1", roll_call("cg-1", {"Reyes": NO}, number=7)), scheme=CONGRESS)
    assert (RollCall.objects.get().pk, RollCall.objects.get().external_id) == (kept, "cg-1")

    again_lesser = bill(title_en="New", roll_calls=(roll_call("os-1", {"Reyes": YES}, number=7),))
    loaded(again_lesser, scheme=STATES)
    assert (RollCall.objects.get().external_id, votes("cg-1")) == ("cg-1", [("Reyes", "no")])


def test_companions_stand_once_whichever_comes_first_in_the_file():
    report = loaded(bill("SB 5", relations=(related("HB 5"),)), bill("HB 5", relations=(related("SB 5"),)))

    assert (relations(), report.counts["unknown_related"]) == ([("SB 5", "HB 5", "companion")], 0)
    assert MeasureRelation.objects.get().is_imported


def test_a_relation_with_a_direction_keeps_it():
    earlier = bill("HB 9", session=SESSION._replace(identifier="89R"))

    loaded(earlier, bill("HB 5", relations=(related("HB 9", RelationKind.PRIOR_SESSION, "89R"),)))

    assert relations() == [("HB 5", "HB 9", "prior_session")]


def test_an_unknown_relative_is_counted_and_found_when_it_comes():
    record = bill("HB 5", relations=(related("SB 5"), related("HB 5"), related("HB 1", session="12R")))
    first = loaded(record)
    assert (first.counts["unknown_related"], relations()) == (2, [])
    assert loaded(record).changes == 0

    loaded(bill("SB 5"))
    report = loaded(record)

    assert relations() == [("HB 5", "SB 5", "companion")]
    assert (report.changes, report.counts["unknown_related"]) == (0, 1)


def test_to_look_for_a_relative_again_nothing_else_of_the_record_is_read_or_written():
    record = bill("HB 5", actions=(ActionFact(HEARD, "Heard"),), relations=(related("SB 5"),))
    loaded(record)
    MeasureAction.objects.update(text="As it was")
    loaded(bill("SB 5"))

    report = loaded(record)

    assert relations() == [("HB 5", "SB 5", "companion")]
    assert (MeasureAction.objects.get().text, report.counts["unchanged"]) == ("As it was", 1)
    assert loaded(record, bill("HB 6")).counts["unchanged"] == 1


def test_of_a_source_that_does_not_lead_no_relative_is_looked_for_again():
    lesser = bill("HB 5", relations=(related("SB 5"),))
    loaded(lesser, scheme=LEGISCAN)
    loaded(bill("HB 5", relations=()), bill("SB 5"), scheme=STATES)

    loaded(lesser, scheme=LEGISCAN)

    assert relations() == []


def test_a_hearing_is_announced_with_each_of_its_measures_and_is_one():
    texas = state("tx", "Texas")
    health = Committee.objects.create(jurisdiction=texas, name="Public Health", external_id="1")

    loaded(bill("HB 1", hearings=(hearing(),)), bill("HB 2", hearings=(hearing(),)))

    row = Hearing.objects.get()
    assert (row.committee, row.committee_name, row.status, row.sequence) == (health, "", "scheduled", 0)
    assert sorted(one.number for one in row.measures.all()) == ["HB 1", "HB 2"]


def test_a_moved_hearing_stays_the_same_entry_and_says_when_it_was_to_be():
    record = bill(hearings=(hearing(),))
    loaded(record)
    kept = Hearing.objects.get().pk

    loaded(again(record, hearings=(hearing(starts_at=AT.replace(hour=20)),)))

    row, move = Hearing.objects.get(), HearingMove.objects.get()
    assert (row.pk, row.status, row.starts_at.hour, row.sequence) == (kept, "moved", 20, 1)
    assert (move.started_at, move.room) == (AT, "E2.012")


def test_a_cancelled_hearing_is_called_off_and_on_again():
    record = bill(hearings=(hearing(),))
    loaded(record)

    loaded(again(record, hearings=(hearing(is_cancelled=True),)))
    assert (Hearing.objects.get().status, Hearing.objects.get().sequence) == ("cancelled", 1)

    loaded(again(record, hearings=(hearing(is_cancelled=False, url="https://x.example/n"),)))
    assert (Hearing.objects.get().status, Hearing.objects.get().sequence) == ("scheduled", 2)
    assert Hearing.objects.get().committee_name == "Public Health"


def test_an_announced_hearing_that_did_not_change_is_not_written():
    record = bill(hearings=(hearing(),))
    loaded(record)

    assert loaded(again(record, title_en="Other")).counts["rows"] == 1
    assert the().hearings.count() == 1


def test_the_record_of_a_vote_says_which_measure_it_is_about():
    loaded(apart("HB 7", roll_call("v1", on=date(2027, 3, 1))))

    kept = SourceRecord.objects.get()
    assert (kept.kind, kept.external_id, str(kept.measure.number)) == ("roll_call", "v1", "HB 7")
