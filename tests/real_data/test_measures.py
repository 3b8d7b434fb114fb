"""Every staged file of measures comes in, with the counts that data/README.md states, and only once."""

import json
from pathlib import Path

import pytest

from legislation.actions import load_measures
from legislation.actions.measure_report import Report
from legislation.models import Measure, MeasureAction, RollCall, Sponsorship, Stage, Vote
from legislation.sources.measures.records import SessionFact
from tests.legislation.importing import TODAY, imported
from tests.legislation.measures.loading import action, bill, loaded, noon
from tests.real_data.staged import staged

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
SCRAPE = "bills/openstates-scrape"


def brought_in(source: str, path: Path) -> Report:
    (report,) = load_measures.run(source=source, path=path, now=noon(TODAY))
    return report


# What data/README.md says of each sample, under the names of the report. Figures of which it says nothing are left out.
STATED = [
    # 40 results of two queries, which share four bills, and 3 details.
    ("openstates-v3", "openstates-v3", {"measures": 40 - 4 + 3, "repeated": 4}),
    # 48,270 voters are printed: the scraper breaks "Brown, G" in two 3,090 times, and the reader joins them again.
    (
        "openstates-scrape",
        "openstates-scrape/wy-2026.tar.gz",
        {
            "measures": 335,
            "actions": 3_708,
            "roll_calls": 1_249,
            "votes_listed": 48_270,
            "votes": 48_270 - 3_090,
        },
    ),
    (
        "openstates-scrape",
        "openstates-scrape/us-119-health-it.tar.gz",
        {"measures": 132, "actions": 362, "roll_calls": 2},
    ),
    (
        "openstates-scrape",
        "openstates-scrape/us-119-with-votes.tar.gz",
        {"measures": 23, "roll_calls": 201, "known_by_number": 17},
    ),
    ("openstates-scrape", "openstates-scrape/us-119-update/2026-07-27.tar.gz", {"measures": 44}),
    ("openstates-scrape", "openstates-scrape/us-119-update/2026-08-22.tar.gz", {"measures": 44 + 12}),
    ("openstates-scrape", "openstates-scrape/gu-38th.tar.gz", {"measures": 277, "actions": 0}),
    # With the three roll calls of a state whose bills are not there: each is refused by name.
    ("legiscan-json", "legiscan-json", {"measures": 71, "refused": 3}),
    # Of 3,066 documents 1,143 are notes and analyses, no texts.
    (
        "legiscan-csv",
        "legiscan-csv/mi-2025-2026.tar.gz",
        {
            "measures": 1_400,
            "actions": 7_588,
            "sponsors": 16_373,
            "roll_calls": 692,
            "votes": 26_244,
            "texts": 3_066 - 1_143,
        },
    ),
    ("congress-gov", "congress-gov-v3", {"measures": 20 + 1}),
    ("billstatus", "billstatus-xml", {"measures": 8}),
    # 222 cosponsors and the sponsor. Of the actions nine have no words, and the other copies are told twice or more:
    # by another source system of Congress, or once for each of eleven committees.
    (
        "billstatus",
        "billstatus-xml/BILLSTATUS-117hr1.xml.gz",
        {"actions_listed": 138, "actions": 92, "sponsors": 222 + 1},
    ),
    # Of two roll calls one concerns no measure.
    ("senate-votes", "senate-vote-xml", {"roll_calls": 2 - 1}),
    ("legisinfo", "legisinfo/45-1.tar.gz", {"measures": 185, "roll_calls": 96}),
]


@pytest.mark.parametrize(
    ("source", "name", "stated"), STATED, ids=[name for _source, name, _stated in STATED]
)
def test_every_sample_comes_in_with_the_counts_of_the_readme_and_a_second_time_changes_nothing(
    source: str, name: str, stated: dict[str, int]
):
    path = staged(f"bills/{name}")

    first, again = brought_in(source, path), brought_in(source, path)

    told = first.all_counts()
    assert {what: told.get(what, 0) for what in stated} == stated
    assert json.loads(json.dumps(first.as_data()))["counts"] == told
    assert told["created"] == told.get("measures", 0)
    assert in_the_tables() == (
        told["created"] + told.get("known_by_number", 0),
        told.get("actions", 0),
        told.get("roll_calls", 0),
        told.get("votes", 0),
    )
    assert (again.changes, again.counts["rows"], again.counts["created"]) == (0, 0, 0)
    assert [one.why for one in again.refused] == [one.why for one in first.refused]


def in_the_tables() -> tuple[int, int, int, int]:
    return (
        Measure.objects.count(),
        MeasureAction.objects.count(),
        RollCall.objects.count(),
        Vote.objects.count(),
    )


def test_titles_of_parliament_are_there_in_both_languages_and_29_bills_are_law():
    brought_in("legisinfo", staged("bills/legisinfo/45-1.tar.gz"))

    assert not Measure.objects.filter(title_fr="").exists()
    assert Measure.objects.with_stage(TODAY).filter(stage=Stage.ENACTED).count() == 29
    assert Measure.objects.filter(subjects__contains="Pro forma").count() == 2


def test_what_is_kept_of_wyoming_and_of_h_r_1_is_said_in_words():
    wyoming = brought_in("openstates-scrape", staged(f"{SCRAPE}/wy-2026.tar.gz"))
    congress = brought_in("billstatus", staged("bills/billstatus-xml/BILLSTATUS-117hr1.xml.gz"))

    assert [*wyoming.notices, *congress.notices] == [
        "Of 48270 votes listed 45180 are kept: 3090 are lone initials of the names before.",
        "Of 138 actions listed 92 are kept: the others repeat one of them or have no words.",
    ]


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
