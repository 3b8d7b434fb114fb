"""The one loader: what a source says becomes rows, once; what it does not say again stays."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from legislation.actions import load_measures
from legislation.actions.row_lists import remove
from legislation.models import (
    ImportRun,
    LegislativeSession,
    Measure,
    MeasureAction,
    Source,
    SourceRecord,
    Stage,
    StageEvent,
    TextVersion,
)
from legislation.sources.measures.records import MeasureFile, Reading, Refused, SessionFact
from legislation.sources.opening import FileRefused
from tests.factories.measures import measure, stepped
from tests.legislation.measures.loading import (
    FILED,
    HEARD,
    LEGISCAN,
    SESSION,
    STATES,
    action,
    again,
    bill,
    changed,
    loaded,
    roll_call,
    sponsor,
    step,
    text,
    the,
)

pytestmark = pytest.mark.django_db
COMPLETE = bill(
    "HB 210",
    title_fr="Échange de données de santé",
    other_titles=("Health Data Act", "HDA"),
    summary_en="Lets records travel.",
    subjects=("Health", "Data"),
    url="https://texas.example/hb210",
    actions=(action("Filed"), action("Read first time", HEARD)),
    stages=(step(Stage.INTRODUCED), step(Stage.COMMITTEE_1, HEARD, local_label="Referred to Public Health")),
    sponsors=(sponsor("Reyes"),),
    texts=(text("I", "Introduced", on=FILED, url="https://texas.example/hb210i"),),
)


def history(number: str = "HB 1") -> list[tuple[int, str]]:
    rows = MeasureAction.objects.filter(measure=the(number)).order_by("order")
    return list(rows.values_list("order", "text"))


def steps(number: str = "HB 1") -> list[tuple[date, str, str]]:
    rows = StageEvent.objects.filter(measure=the(number)).oldest_first()
    return list(rows.values_list("on", "stage", "source__key"))


def test_a_record_becomes_a_measure_with_all_it_says():
    report = loaded(COMPLETE)

    row = the("HB 210")
    assert (row.title_fr, row.other_titles, row.subjects) == (
        "Échange de données de santé",
        "Health Data Act\nHDA",
        "Health\nData",
    )
    assert (row.number_key, row.source.key, str(row.session)) == ("HB210", "openstates-scrape", "Texas 90R")
    assert "sante" in row.search_text
    assert history("HB 210") == [(0, "Filed"), (1, "Read first time")]
    assert [stage for _on, stage, _source in steps("HB 210")] == ["introduced", "committee_1"]
    assert row.text_versions.get().url == "https://texas.example/hb210i"
    assert changed(report) == (1, 0, 0)


def test_the_same_file_again_changes_nothing_and_is_seen():
    loaded(COMPLETE)
    before = list(MeasureAction.objects.values_list("pk", flat=True))

    report = loaded(COMPLETE, on=date(2027, 2, 10))

    assert (report.changes, changed(report), report.counts["rows"]) == (0, (0, 0, 1), 0)
    assert list(MeasureAction.objects.values_list("pk", flat=True)) == before
    assert SourceRecord.objects.get().last_seen_at.date() == date(2027, 2, 10)


def test_only_what_the_source_changed_is_written():
    loaded(COMPLETE)

    report = loaded(again(COMPLETE, actions=(*COMPLETE.actions, action("Heard", HEARD))))

    assert (changed(report), report.counts["rows"]) == ((0, 1, 0), 1)
    assert history("HB 210")[-1] == (2, "Heard")


def test_what_a_source_does_not_speak_of_stays_and_what_it_says_is_nothing_goes():
    loaded(COMPLETE)

    loaded(again(COMPLETE, actions=None, texts=(), title_fr=""))

    assert len(history("HB 210")) == 2
    assert TextVersion.objects.count() == 0
    assert the("HB 210").title_fr == "Échange de données de santé"


def test_a_dry_run_counts_everything_and_leaves_nothing_but_its_run():
    report = loaded(COMPLETE, bill("HB 211"), dry_run=True)

    assert changed(report) == (2, 0, 0)
    assert (Measure.objects.count(), LegislativeSession.objects.count()) == (0, 0)
    run = ImportRun.objects.get()
    assert (run.dry_run, run.counts["created"], run.upstream_date) == (True, 2, HEARD)


def test_an_unknown_session_is_made_and_filled_when_more_is_known():
    bare = SessionFact(SESSION.jurisdiction, "90R")
    loaded(bill("HB 1", session=bare))
    assert LegislativeSession.objects.get().name == "90R"

    loaded(bill("HB 2"))

    session = LegislativeSession.objects.get()
    assert (session.name, session.starts_on) == ("90th Regular Session", date(2027, 1, 12))


@pytest.mark.parametrize(
    "session", [SessionFact(SESSION.jurisdiction, ""), SessionFact("ocd-x/atlantis", "1")]
)
def test_a_record_of_a_session_we_cannot_hold_is_refused_and_the_others_are_not(session):
    report = loaded(bill("HB 1", session=session), bill("HB 2"))

    assert (changed(report), [one.record for one in report.refused]) == ((1, 0, 0), ["HB 1"])


@pytest.mark.parametrize("number", ["---", "HB " + "1" * 60])
def test_a_number_that_is_none_is_refused(number):
    report = loaded(bill(number), bill("HB 2"))

    assert (Measure.objects.count(), len(report.refused)) == (1, 1)


def test_what_a_reader_refused_is_in_the_report():
    report = loaded(Refused("a.json", "not readable"), bill("HB 2"))

    assert [(one.file, one.why) for one in report.refused] == [("a.json", "not readable")]
    assert report.all_counts()["refused"] == 1


def test_a_record_that_the_database_refuses_does_not_keep_out_its_neighbours():
    calls = (roll_call("v1", number=-1),)

    report = loaded(bill("HB 1"), bill("HB 2", roll_calls=calls), bill("HB 3"))

    assert [one.record for one in report.refused] == ["HB 2"]
    assert sorted(Measure.objects.values_list("number", flat=True)) == ["HB 1", "HB 3"]


def test_of_two_records_with_one_number_in_one_file_the_first_stands_each_time():
    twice = [bill("HB 1", id="a"), bill("H.B. 0001", id="b", title_en="Another")]

    first, second = loaded(*twice), loaded(*twice)

    assert (the().title_en, [one.record for one in first.refused]) == ("Title of HB 1", ["H.B. 0001"])
    assert (changed(second), len(second.refused)) == ((0, 0, 1), 1)
    assert list(SourceRecord.objects.values_list("external_id", "missing_since")) == [("a", None)]


def test_a_record_that_comes_twice_is_read_once():
    first = bill("HB 1")

    report = loaded(first, again(first, title_en="Later page"))

    assert (the().title_en, report.counts["repeated"]) == ("Title of HB 1", 1)


def test_a_changed_id_is_the_same_measure_and_the_old_record_is_marked_missing():
    loaded(bill("HB 1", id="old"))
    before = the().pk

    report = loaded(bill("HB 1", id="new", title_en="Amended"), on=date(2027, 3, 1))

    assert (the().pk, the().title_en, changed(report)) == (before, "Amended", (0, 1, 0))
    rows = SourceRecord.objects.order_by("external_id").values_list("external_id", "missing_since__date")
    assert list(rows) == [("new", None), ("old", date(2027, 3, 1))]


def test_a_renumbered_measure_stays_the_one_that_people_follow():
    loaded(bill("HB 1", id="x"))
    before = the().pk

    loaded(bill("HB 9", id="x"))

    assert list(Measure.objects.values_list("pk", "number", "number_key")) == [(before, "HB 9", "HB9")]


def test_the_same_number_in_another_session_is_another_measure():
    loaded(bill("HB 1"), bill("HB 1", session=SESSION._replace(identifier="91R")))

    assert Measure.objects.filter(number_key="HB1").count() == 2


def test_steps_that_people_entered_stay_and_are_not_doubled():
    bill_of_ours = measure("HB 1")
    stepped(bill_of_ours, Stage.INTRODUCED, FILED)
    loaded(bill("HB 1", stages=(step(Stage.INTRODUCED), step(Stage.COMMITTEE_1, HEARD))))

    loaded(again(bill("HB 1"), stages=(step(Stage.INTRODUCED), step(Stage.PASSED_1, HEARD))))

    assert steps() == [(FILED, "introduced", None), (HEARD, "passed_1", "openstates-scrape")]


def test_several_steps_of_one_day_keep_their_order():
    loaded(bill(stages=(step(Stage.REPORTED_1), step(Stage.PASSED_1), step(Stage.COMMITTEE_2))))

    rows = StageEvent.objects.order_by("order").values_list("order", "stage")
    assert list(rows) == [(0, "reported_1"), (1, "passed_1"), (2, "committee_2")]


def test_a_step_listed_twice_is_one():
    loaded(bill(stages=(step(Stage.INTRODUCED), step(Stage.INTRODUCED, local_label="Filed again"))))

    assert len(steps()) == 1


def test_a_measure_of_two_thousand_lines_and_one_of_none_come_in_whole():
    long = tuple(action(f"Line {number}", FILED + timedelta(days=number // 10)) for number in range(2_000))

    report = loaded(bill("HB 1", actions=long), bill("HB 2", actions=()))

    assert (len(history()), history()[1_999], len(history("HB 2"))) == (2_000, (1_999, "Line 1999"), 0)
    assert report.counts["actions"] == 2_000


def test_days_ahead_are_kept_and_are_not_the_stage_of_today():
    ahead = date(2031, 1, 1)
    report = loaded(
        bill(actions=(action("Filed"), action("Takes effect", ahead)), stages=(step(Stage.IN_FORCE, ahead),))
    )

    row = Measure.objects.with_stage(date(2027, 2, 9)).get()
    assert (row.stage, len(history()), report.newest_fact) == (None, 2, None)


def test_a_title_in_one_language_is_enough():
    loaded(bill("C-12", title_en="", title_fr="Loi sur la santé"))

    assert (the("C-12").title_en, the("C-12").title) == ("", "Loi sur la santé")


def test_a_character_that_no_database_takes_is_left_out_and_half_an_address_too():
    loaded(bill(title_en="Nul\x00l", url="https://x.example/" + "y" * 600, actions=(action("A\x00b"),)))

    assert (the().title_en, the().url, history()) == ("Null", "", [(0, "Ab")])


def test_texts_follow_the_source():
    loaded(bill(texts=(text("I"), text("E", "Engrossed"))))

    loaded(again(bill(), texts=(text("E", "Engrossed as amended"),)))

    assert list(TextVersion.objects.values_list("key", "label")) == [("E", "Engrossed as amended")]


def test_a_row_that_something_refers_to_stays_when_the_source_drops_it():
    loaded(bill())
    held, free = Source.objects.get(), Source.objects.create(key="free", name="Free")

    assert remove(Source, [held.pk, free.pk]) == 1
    assert list(Source.objects.all()) == [held]


def test_the_number_of_queries_does_not_grow_with_the_records():
    def queries(numbers: range) -> int:
        records = [
            bill(
                f"HB {number}",
                actions=(action("Filed"),),
                stages=(step(Stage.INTRODUCED),),
                sponsors=(sponsor("Reyes"),),
                texts=(text("I"),),
                roll_calls=(roll_call(f"v{number}", {"Reyes": "yes"}),),
            )
            for number in numbers
        ]
        with CaptureQueriesContext(connection) as first:
            loaded(*records)
        with CaptureQueriesContext(connection) as second:
            loaded(*(again(one, title_en="New", texts=(text("I", "Filed"),)) for one in records))
        with CaptureQueriesContext(connection) as third:
            loaded(*(again(one, title_en="New", texts=(text("I", "Filed"),)) for one in records))
        return len(first), len(second), len(third)

    loaded(bill("HB 1000"))

    assert queries(range(1, 3)) == queries(range(100, 140))


def test_a_file_that_breaks_off_keeps_what_came_before():
    def half() -> Iterator[Reading]:
        yield bill("HB 1")
        raise FileRefused("bills.json ends in the middle")

    report = load_measures.load(
        MeasureFile(STATES, "bills.json", half(), ["2 files left out"]), now=timezone.now()
    )

    assert (changed(report), report.failures) == ((1, 0, 0), ["bills.json ends in the middle"])
    assert report.notices == ["2 files left out"]


def test_the_source_says_its_licence_wherever_its_facts_are_shown():
    loaded(bill(), scheme=LEGISCAN)

    source = Source.objects.get()
    assert (source.licence, source.attribution[:14]) == ("CC BY 4.0", "LegiScan data ")


def test_what_is_imported_is_found_at_once_by_its_new_words_and_its_newest_line():
    record = bill("HB 7", title_en="Telehealth parity", actions=(action("Filed", date(2026, 1, 13)),))

    def found(text: str) -> list[str]:
        return [row.number for row in Measure.objects.search(text).by_relevance(text)]

    loaded(record)
    first = (found("telehealth"), found("hb7"), found("referred"), Measure.objects.get().last_action)
    loaded(
        again(record, actions=(*(record.actions or ()), action("Referred to Insurance", date(2026, 2, 2))))
    )

    assert first == (["HB 7"], ["HB 7"], [], date(2026, 1, 13))
    assert (found("referred insurance"), Measure.objects.get().last_action) == (["HB 7"], date(2026, 2, 2))
