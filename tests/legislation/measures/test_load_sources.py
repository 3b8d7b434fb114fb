"""One measure, several sources: whose word goes first, and what the others may add."""

import pytest

from legislation.models import Measure, MeasureAction, SourceRecord, Sponsorship, Stage, StageEvent
from legislation.sources.measures.catalogue import READERS, SOURCES, rank_of
from tests.legislation.measures.loading import (
    CONGRESS,
    LEGISCAN,
    STATES,
    action,
    again,
    bill,
    changed,
    loaded,
    sponsor,
    step,
    the,
)

pytestmark = pytest.mark.django_db
FROM_CONGRESS = bill("H.R. 1", id="hr1-119", actions=(action("Introduced in House"),), sponsors=None)
FROM_STATES = bill(
    "HR1",
    id="us/119/HR1",
    title_en="Another title",
    title_fr="Titre",
    actions=(action("Filed"), action("Referred")),
    sponsors=(sponsor("Reyes"),),
    stages=(step(Stage.INTRODUCED),),
)


def shown() -> tuple[str, str, str, list[str], list[str]]:
    """What a reader sees of the one measure."""
    row = Measure.objects.get()
    lines = list(MeasureAction.objects.order_by("order").values_list("text", flat=True))
    names = list(Sponsorship.objects.values_list("name", flat=True))
    return row.source.key, row.title_en, row.title_fr, lines, names


@pytest.mark.parametrize("order", [(CONGRESS, STATES), (STATES, CONGRESS)])
def test_whichever_comes_first_the_better_source_leads_and_the_other_fills_what_is_missing(order):
    records = {CONGRESS: FROM_CONGRESS, STATES: FROM_STATES}
    for scheme in order:
        loaded(records[scheme], scheme=scheme)

    assert shown() == (CONGRESS, "Title of H.R. 1", "Titre", ["Introduced in House"], ["Reyes"])
    assert set(SourceRecord.objects.values_list("source__key", "measure")) == {
        (CONGRESS, Measure.objects.get().pk),
        (STATES, Measure.objects.get().pk),
    }
    assert StageEvent.objects.get().source.key == STATES


def test_a_second_import_of_both_changes_nothing():
    for scheme, record in ((CONGRESS, FROM_CONGRESS), (STATES, FROM_STATES)):
        loaded(record, scheme=scheme)
    before = shown()

    again_both = [loaded(FROM_STATES, scheme=STATES), loaded(FROM_CONGRESS, scheme=CONGRESS)]

    assert ([one.counts["rows"] for one in again_both], shown()) == ([0, 0], before)


def test_what_the_lesser_source_alone_gives_follows_the_lesser_source():
    loaded(FROM_CONGRESS, scheme=CONGRESS)
    loaded(FROM_STATES, scheme=STATES)

    news = again(FROM_STATES, actions=(action("Lesser"),), sponsors=(sponsor("Reyes"), sponsor("Young")))
    report = loaded(news, scheme=STATES)

    assert (shown()[3:], changed(report)) == ((["Introduced in House"], ["Reyes", "Young"]), (0, 1, 0))


def test_a_source_that_comes_to_lead_replaces_the_lists_it_gives():
    loaded(FROM_STATES, scheme=LEGISCAN)

    loaded(again(FROM_CONGRESS, sponsors=(), stages=(step(Stage.COMMITTEE_1),)), scheme=CONGRESS)

    assert shown()[3:] == (["Introduced in House"], [])
    assert [one.stage for one in StageEvent.objects.all()] == ["committee_1"]


def test_a_source_that_lost_the_measure_does_not_hold_back_the_others():
    loaded(FROM_CONGRESS, scheme=CONGRESS)
    SourceRecord.objects.update(missing_since="2027-02-10T00:00Z")

    loaded(FROM_STATES, scheme=STATES)

    assert shown()[:2] == (STATES, "Another title")


def test_only_the_source_that_leads_renumbers_a_measure():
    loaded(bill("HB 1", id="a"), scheme=CONGRESS)
    loaded(bill("HB 1", id="b"), scheme=STATES)

    loaded(bill("HB 2", id="b"), scheme=STATES)

    assert sorted(Measure.objects.values_list("number", flat=True)) == ["HB 1", "HB 2"]
    assert the("HB 2").source.key == STATES


def test_official_publishers_go_before_collectors_and_those_before_our_own_hand():
    ranks = [rank_of(key) for key in ("congress-gov", "openstates-v3", "legiscan", "own", "somebody")]

    assert ranks == sorted(set(ranks))


def test_every_format_of_the_issue_can_be_named():
    assert sorted(READERS) == [
        "billstatus",
        "congress-gov",
        "legiscan-csv",
        "legiscan-json",
        "legisinfo",
        "openstates-scrape",
        "openstates-v3",
        "own",
        "senate-votes",
    ]


def test_sources_whose_licence_asks_for_it_are_named_with_their_facts():
    named = {key for key, about in SOURCES.items() if about.attribution}

    assert named == {"legiscan", "legisinfo"}
