"""Tiers by the day, positions and who decides about them, and who may read either."""

from datetime import date

import pytest

from advocacy.audit.models import Entry
from advocacy.positions.models import Position, Score, Standpoint, TierChange, Tracking, score_of
from legislation.models import Fate, Result, Stage
from tests.cast import Cast, browser_of
from tests.factories.measures import measure, proposed, stepped, took, tracked
from tests.factories.people import state

FEB = date(2027, 2, 9)
NO_DECISIONS = {"decisions-TOTAL_FORMS": "0", "decisions-INITIAL_FORMS": "0"}
WIN, MIXED, LOSS, OPEN, NOT = Score.WIN, Score.MIXED, Score.LOSS, Score.OPEN, Score.NOT_SCORED


def test_the_tier_is_what_was_decided_last_by_that_day(cast: Cast):
    tracking = tracked(measure("HB 1"), cast.gulf_prairie, tier=3, since=date(2027, 1, 11))
    for on, tier in ((date(2027, 2, 9), 1), (date(2027, 6, 2), 4)):
        TierChange.objects.create(tracking=tracking, on=on, tier=tier)

    days = (date(2027, 1, 10), date(2027, 1, 11), date(2027, 2, 9), date(2027, 6, 2))
    assert [Tracking.objects.with_tier(day).get().tier for day in days] == [None, 3, 1, 4]
    assert [Tracking.objects.tracked(day).count() for day in days] == [0, 1, 1, 0]
    assert [one.before for one in TierChange.objects.with_tier_before().order_by("on")] == [None, 3, 1]


@pytest.mark.parametrize(
    ("position", "ended", "pending"),
    [
        ("support", [WIN, LOSS, LOSS, LOSS], OPEN),
        ("support_if_amended", [MIXED, LOSS, LOSS, LOSS], OPEN),
        ("oppose_unless_amended", [LOSS, WIN, WIN, WIN], OPEN),
        ("oppose", [LOSS, WIN, WIN, WIN], OPEN),
        ("neutral", [NOT, NOT, NOT, NOT], NOT),
        ("monitor", [NOT, NOT, NOT, NOT], NOT),
        ("no_position_yet", [NOT, NOT, NOT, NOT], NOT),
    ],
)
def test_the_table_of_outcomes_is_the_one_of_the_brief(position: str, ended: list[Score], pending: Score):
    results = (Result.ENACTED, Result.VOTED_DOWN, Result.RAN_OUT_OF_TIME, Result.VETOED)

    assert [score_of(position, result) for result in results] == ended
    assert {score_of(position, result) for result in (Result.OPEN, Result.REPLACED)} == {pending}


@pytest.mark.parametrize(
    ("amendments", "scores"),
    [("all", [WIN, WIN]), ("some", [WIN, WIN]), ("none", [MIXED, LOSS]), ("", [MIXED, LOSS])],
)
def test_amendments_make_the_win_of_what_was_enacted(amendments: str, scores: list[Score]):
    positions = ("support_if_amended", "oppose_unless_amended")

    assert [score_of(one, Result.ENACTED, amendments) for one in positions] == scores


def test_only_what_was_approved_before_the_last_day_and_still_held_is_scored(cast: Cast):
    fate = Fate(Result.ENACTED, FEB)
    bill = measure("HB 1")
    rows = [
        took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan, date(2027, 2, 8)),
        took(bill, cast.hill_country, Standpoint.SUPPORT, cast.jordan, FEB),
        took(bill, None, Standpoint.SUPPORT, cast.jordan, date(2027, 1, 4), ends_on=FEB),
        took(bill, cast.three_capitals, Standpoint.SUPPORT, cast.jordan, ends_on=date(2027, 2, 8)),
        proposed(bill, cast.cascadia_north, Standpoint.SUPPORT),
    ]

    assert [row.held_when(fate) for row in rows] == [True, False, True, False, False]


def test_a_proposal_is_never_shown_as_a_position(cast: Cast):
    bill = measure("HB 1")

    assert proposed(bill, cast.gulf_prairie, Standpoint.OPPOSE).label == "Proposed: Oppose"
    assert took(bill, None, Standpoint.OPPOSE, cast.jordan).label == "Oppose"


def test_approved_positions_are_known_to_all_and_proposals_to_those_they_concern(cast: Cast):
    bill = measure("HB 1")
    took(bill, cast.hill_country, Standpoint.SUPPORT, cast.jordan)
    proposed(bill, cast.gulf_prairie, Standpoint.OPPOSE)
    names = ("dana", "chris", "priya", "luis", "tom", "angela", "jordan", "sam", "ruth", "former")

    seen = {name: Position.objects.visible_to(getattr(cast, name)).count() for name in names}

    both = dict.fromkeys(("dana", "chris", "priya", "luis", "tom", "angela", "jordan"), 2)
    assert seen == {**both, "sam": 1, "ruth": 1, "former": 0}


def test_who_follows_what_is_known_in_the_chapter_and_in_the_legislature(cast: Cast):
    tracked(measure("HB 1"), cast.gulf_prairie)
    tracked(measure("HB 2", jurisdiction=state("oh", "Ohio")), None)
    names = ("dana", "chris", "luis", "tom", "angela", "jordan", "sam", "ruth", "former")

    seen = {name: Tracking.objects.visible_to(getattr(cast, name)).count() for name in names}

    both = dict.fromkeys(("dana", "chris", "luis", "tom", "angela", "jordan"), 2)
    assert seen == {**both, "ruth": 1, "sam": 0, "former": 0}
    assert TierChange.objects.visible_to(cast.ruth).count() == 1


def test_a_lead_who_also_has_a_chapter_still_sees_everything(cast: Cast):
    bill = measure("HB 1", jurisdiction=state("oh", "Ohio"))
    tracked(bill, cast.three_capitals)
    proposed(bill, cast.three_capitals, Standpoint.OPPOSE)
    cast.gulf_prairie.roles.create(person=cast.angela, role="chapter_advocate", starts_on=date(2026, 7, 1))

    counts = [rows.visible_to(cast.angela).count() for rows in (Tracking.objects, Position.objects)]
    assert counts == [1, 1]


def test_the_page_of_a_measure_tells_our_position_and_marks_a_proposal(cast: Cast):
    bill = measure("HB 1")
    took(bill, None, Standpoint.SUPPORT, cast.jordan)
    proposed(bill, cast.gulf_prairie, Standpoint.OPPOSE, rationale="It costs too much.")
    tracked(bill, cast.gulf_prairie, owner=cast.dana)

    dana, ruth = (
        browser_of(one).get(bill.get_absolute_url()).content.decode() for one in (cast.dana, cast.ruth)
    )

    assert "Proposed: Oppose" in dana
    assert "It costs too much." in dana
    assert "Tier 1, Dana Whitfield" in dana
    assert "Approved on Jan. 15, 2027 by Jordan Blake" in ruth
    assert "Oppose" not in ruth


def test_staff_move_a_measure_to_another_tier_and_the_history_says_so(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie)
    tier = row.tier_changes.get()
    said = {
        "measure": row.measure_id, "chapter": row.chapter_id, "owner": cast.dana.pk, "why": "", "issues": [],
        "tier_changes-TOTAL_FORMS": "2", "tier_changes-INITIAL_FORMS": "1",
        "tier_changes-0-id": tier.pk, "tier_changes-0-tracking": row.pk, "tier_changes-0-on": "2027-01-11",
        "tier_changes-0-tier": "1", "tier_changes-1-tracking": row.pk, "tier_changes-1-on": "2027-02-09",
        "tier_changes-1-tier": "2",
    }  # fmt: skip

    answer = browser_of(cast.jordan).post(f"/admin/positions/tracking/{row.pk}/change/", said)

    assert answer.status_code == 302
    assert Tracking.objects.with_tier(FEB).get().tier == 2
    changes = [entry.changes for entry in Entry.objects.about(row)]
    assert changes == [
        {"tier_changes": [[], ["2027-02-09 · 2 – Engage"]]},
        {"owner": [None, "Dana Whitfield"]},
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_measure_asks_as_often_for_one_position_as_for_three(
    cast: Cast, django_assert_num_queries, number: int
):
    bill = measure("HB 1")
    for one, chapter in enumerate((cast.gulf_prairie, cast.hill_country, cast.three_capitals)[:number], 1):
        took(bill, chapter, Standpoint.SUPPORT, cast.jordan)
        tracked(bill, chapter, owner=cast.dana)
        stepped(bill, Stage.COMMITTEE_1, date(2027, 1, one))
    browser = browser_of(cast.dana)
    browser.get(bill.get_absolute_url())

    with django_assert_num_queries(40):
        browser.get(bill.get_absolute_url())
