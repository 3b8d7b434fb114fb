"""Every staged file of measures comes in, with the counts that data/README.md states, and only once."""

from pathlib import Path

import pytest

from legislation.actions import load_measures
from legislation.actions.measure_report import Report
from legislation.models import Measure, MeasureAction, RollCall, SourceRecord, Sponsorship, Vote
from legislation.sources.measures.records import SessionFact
from tests.legislation.importing import TODAY, imported
from tests.legislation.measures.loading import action, bill, loaded, noon
from tests.real_data.staged import staged

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
SCRAPE = "bills/openstates-scrape"


def brought_in(source: str, path: Path) -> Report:
    (report,) = load_measures.run(source=source, path=path, now=noon(TODAY))
    return report


def twice(source: str, name: str) -> dict[str, int]:
    """The counts of the first import, after a second has changed nothing."""
    path = staged(f"bills/{name}")
    first = brought_in(source, path)
    again = brought_in(source, path)
    assert (again.changes, again.counts["rows"], again.counts["created"]) == (0, 0, 0)
    assert [one.why for one in again.refused] == [one.why for one in first.refused]
    return first.all_counts()


def in_the_tables() -> tuple[int, int, int, int]:
    return (
        Measure.objects.count(),
        MeasureAction.objects.count(),
        RollCall.objects.count(),
        Vote.objects.count(),
    )


def test_wyoming_comes_in_whole_and_once():
    counts = twice("openstates-scrape", "openstates-scrape/wy-2026.tar.gz")

    # 48,270 voters of the file are 45,180: the scraper breaks "Brown, G" in two, and the reader joins them again.
    assert in_the_tables() == (335, 3_708, 1_249, 48_270 - 3_090)
    assert (counts["measures"], counts["refused"]) == (335, 0)


def test_michigan_comes_in_whole_and_once():
    twice("legiscan-csv", "legiscan-csv/mi-2025-2026.tar.gz")

    assert in_the_tables() == (1_400, 7_588, 692, 26_244)


def test_parliament_comes_in_whole_and_once_with_titles_in_both_languages():
    twice("legisinfo", "legisinfo/45-1.tar.gz")

    measures, _actions, roll_calls, _votes = in_the_tables()
    assert (measures, roll_calls) == (185, 96)
    assert not Measure.objects.filter(title_fr="").exists()


def test_guam_comes_in_without_any_action():
    twice("openstates-scrape", "openstates-scrape/gu-38th.tar.gz")

    assert in_the_tables()[:2] == (277, 0)


def test_bills_known_only_from_their_votes_are_measures_with_a_number():
    counts = twice("openstates-scrape", "openstates-scrape/us-119-with-votes.tar.gz")

    assert (counts["roll_calls"], counts["known_by_number"]) == (201, 17)
    assert Measure.objects.filter(source=None, title_en="").count() == 17


@pytest.mark.parametrize(
    ("source", "name", "measures"),
    [
        ("openstates-scrape", "openstates-scrape/us-119-health-it.tar.gz", 132),
        ("legiscan-json", "legiscan-json/al-2025_getBill_array.json.gz", 71),
        ("billstatus", "billstatus-xml", 8),
        ("congress-gov", "congress-gov-v3", 21),
    ],
)
def test_every_other_sample_comes_in_and_once(source, name, measures):
    counts = twice(source, name)

    assert (counts["created"], Measure.objects.count() - counts.get("known_by_number", 0)) == (
        measures,
        measures,
    )


def test_the_answers_of_the_open_states_api_come_in_and_once():
    counts = twice("openstates-v3", "openstates-v3")

    assert counts["created"] == Measure.objects.count() > 0


def test_votes_of_the_senate_come_in_and_once():
    twice("senate-votes", "senate-vote-xml")

    assert RollCall.objects.count() == SourceRecord.objects.count()


def test_from_july_to_august_twelve_are_new_and_thirty_six_changed():
    july = brought_in("openstates-scrape", staged(f"{SCRAPE}/us-119-update/2026-07-27.tar.gz"))
    august = brought_in("openstates-scrape", staged(f"{SCRAPE}/us-119-update/2026-08-22.tar.gz"))

    assert july.counts["created"] == 44
    assert (august.counts["created"], august.counts["updated"], august.counts["unchanged"]) == (12, 36, 8)


def test_a_bill_of_two_sources_is_one_measure_with_two_provenances():
    """No bill is in two of the staged samples: the second telling of H.R. 1 is invented."""
    brought_in("billstatus", staged("bills/billstatus-xml"))
    official = Measure.objects.get(number_key="HR1")
    lines = official.actions.count()
    session = SessionFact(official.session.jurisdiction.ocd_id, "117")

    loaded(bill("HR 1", session=session, actions=(action("Filed"),)), scheme="openstates-v3")

    assert Measure.objects.count() == 8
    assert set(official.source_records.values_list("source__key", flat=True)) == {
        "billstatus",
        "openstates-v3",
    }
    official.refresh_from_db()
    assert (official.source.key, official.number, official.actions.count()) == ("billstatus", "H.R. 1", lines)


def test_the_members_of_wyoming_are_found_and_those_in_doubt_are_names():
    people = staged("us-states/openstates-people")
    imported("openstates-people", people / "wy.tar.gz")

    report = brought_in("openstates-scrape", staged(f"{SCRAPE}/wy-2026.tar.gz"))

    matched = Vote.objects.exclude(official=None)
    assert matched.count() + Vote.objects.filter(official=None).count() == 45_180
    assert matched.count() > 43_000
    assert set(matched.filter(name="Brown, G").values_list("official__name", flat=True)) == {"Gary Brown"}
    assert not matched.filter(name__iexact="brown").exists()
    assert (
        report.unmatched.total() == Vote.objects.unmatched().count() + Sponsorship.objects.unmatched().count()
    )
